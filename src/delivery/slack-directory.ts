import type { WebClient } from '@slack/web-api';
import { type Instant, minute } from '../domain/instant.ts';
import type { Clock, Directory } from '../flows/ports.ts';
import { createBucket } from './bucket.ts';
import { reachingSlack } from './reaching-slack.ts';
import { failureOf } from './slack-error.ts';
import { listPeople } from './slack-lists.ts';
import { type Profile, personOf, profileShape } from './slack-profile.ts';

export interface SlackDirectory extends Directory {
  /** Reads the person anew next time: Slack said that the profile changed. */
  forget(userId: string): void;
}

interface Remembered {
  readonly readAt: Instant;
  readonly profile: Promise<Profile | null>;
}

/**
 * People, read from Slack and remembered for a minute; one call for each person and minute, however many ask. While Slack
 * cannot be read, what was last known stands. Where more ask than Slack lets us look up one by one, everybody is read in a list.
 *
 * Where nothing is known either, `person` and `zoneOf` throw: to take a colleague for a customer would open a ticket.
 *
 * @throws SlackUnreachableError
 */
export const createSlackDirectory = (client: WebClient, clock: Clock): SlackDirectory => {
  const people = new Map<string, Remembered>();
  const oneByOne = createBucket(lookUps);
  let everybody: { readonly readAt: Instant; readonly profiles: Promise<ReadonlyMap<string, Profile>> } | null = null;

  const listed = (now: Instant): Promise<ReadonlyMap<string, Profile>> => {
    if (everybody !== null && now - everybody.readAt < freshFor) return everybody.profiles;
    const profiles = listPeople(client).then((all) => new Map(all.map((each) => [each.id, each])));
    everybody = { readAt: now, profiles };
    return profiles;
  };

  /** People of other workspaces are in no list. */
  const lookUp = async (userId: string): Promise<Profile | null> => {
    const now = clock.now();
    if (oneByOne.freeAt(now) > now) {
      const profile = (await listed(now).catch(() => null))?.get(userId);
      if (profile !== undefined) return profile;
    }
    oneByOne.take(now);
    return read(client, userId);
  };

  const profileOf = (userId: string): Promise<Profile | null> => {
    const known = people.get(userId);
    if (known !== undefined && clock.now() - known.readAt < freshFor) return known.profile;
    const profile = lookUp(userId).catch((error: unknown) => {
      // The next to ask tries again.
      const isNewest = people.get(userId)?.profile === profile;
      if (isNewest) people.delete(userId);
      if (known === undefined) throw error;
      if (isNewest) people.set(userId, known);
      return known.profile;
    });
    remember(userId, { readAt: clock.now(), profile });
    return profile;
  };

  const remember = (userId: string, remembered: Remembered): void => {
    people.delete(userId);
    people.set(userId, remembered);
    const [oldest] = people.keys();
    if (people.size > mostRemembered && oldest !== undefined) people.delete(oldest);
  };

  return {
    person: async (userId, team) => personOf(userId, team, await profileOf(userId)),
    zoneOf: async (userId) => (await profileOf(userId))?.tz ?? null,
    forget: (userId) => {
      people.delete(userId);
    },
  };
};

/** `users.info` allows about a hundred a minute. */
const lookUps = { every: minute / 100, burst: 20 };

const freshFor = minute;
const mostRemembered = 5_000;

/** Two tries where the answer was lost: most people are asked for while somebody waits. */
const read = (client: WebClient, userId: string): Promise<Profile | null> =>
  reachingSlack(`Reading the person '${userId}'`, () =>
    readOnce(client, userId).catch((error: unknown) => {
      if (failureOf(error).kind !== 'unclear') throw error;
      return readOnce(client, userId);
    }),
  );

const readOnce = async (client: WebClient, userId: string): Promise<Profile | null> => {
  try {
    return profileShape
      .nullable()
      .catch(null)
      .parse((await client.users.info({ user: userId })).user);
  } catch (error) {
    if (failureOf(error).kind === 'never') return null;
    throw error;
  }
};
