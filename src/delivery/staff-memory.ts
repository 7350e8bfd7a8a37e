import type { WebClient } from '@slack/web-api';
import { hour, type Instant } from '../domain/instant.ts';
import type { Clock, Directory } from '../flows/ports.ts';
import { listPeople } from './slack-lists.ts';
import { isFullMember } from './slack-profile.ts';

export interface StaffMemory {
  /** Learns what is not known of these people yet. Throws what client and directory throw. */
  learn(userIds: readonly string[]): Promise<void>;
  /** Full members of the desk's own workspace: those who can be staff (1). Of people learnt. */
  maybeStaff(userId: string): boolean;
  /** Slack shows no such person. Of people learnt. */
  isUnseen(userId: string): boolean;
  forget(userId: string): void;
}

type Standing = 'full' | 'other' | 'unseen';

/** Remembers for an hour who can be staff; a change of somebody's profile is also told by Slack. */
export const createStaffMemory = (client: WebClient, directory: Directory, clock: Clock, team: string): StaffMemory => {
  const known = new Map<string, Standing>();
  /** To be read anew. Until then what was known stands: nobody loses a ticket because their profile is just being read. */
  const stale = new Set<string>();
  let learntAt: Instant = clock.now();

  const isUnknown = (userId: string): boolean => !known.has(userId) || stale.has(userId);

  /** Who changes while we read is stale again afterwards; who could not be read stays so. */
  const refreshing = async (userIds: readonly string[], read: () => Promise<void>): Promise<void> => {
    for (const userId of userIds) stale.delete(userId);
    try {
      await read();
    } catch (error) {
      for (const userId of userIds) stale.add(userId);
      throw error;
    }
  };

  const learnAll = async (): Promise<void> => {
    for (const person of await listPeople(client)) {
      known.set(person.id, person.team_id === team && isFullMember(person) ? 'full' : 'other');
    }
  };

  const learnOne = async (userId: string): Promise<void> => {
    const person = await directory.person(userId, null);
    if (person.team === '') known.set(userId, 'unseen');
    else known.set(userId, person.team === team && person.isFullMember ? 'full' : 'other');
  };

  return {
    learn: async (userIds) => {
      if (clock.now() - learntAt >= hour) {
        known.clear();
        stale.clear();
        learntAt = clock.now();
      }
      const unknown = (): readonly string[] => [...new Set(userIds)].filter(isUnknown);
      if (unknown().length > mostOneByOne) await refreshing(unknown(), learnAll);
      await Promise.all(unknown().map((userId) => refreshing([userId], () => learnOne(userId))));
    },
    maybeStaff: (userId) => known.get(userId) === 'full',
    isUnseen: (userId) => known.get(userId) === 'unseen',
    forget: (userId) => {
      stale.add(userId);
    },
  };
};

/** More than this are read in one list: `users.info` allows about a hundred a minute. */
const mostOneByOne = 20;
