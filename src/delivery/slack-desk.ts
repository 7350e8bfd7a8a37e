import type { WebClient } from '@slack/web-api';
import type { Desk, Tier } from '../domain/desk.ts';
import type { DeskPlan, TierPlan } from '../domain/desk-plan.ts';
import type { Instant } from '../domain/instant.ts';
import type { PlanIssue } from '../domain/plan-issues.ts';
import type { Clock, Directory } from '../flows/ports.ts';
import { type ChannelTrouble, createChannelWatch, troubleOf } from './channel-watch.ts';
import { type DeskIds, type NamesReading, readDeskNames } from './desk-names.ts';
import { reachingSlack } from './reaching-slack.ts';
import { failureOf } from './slack-error.ts';
import { listChannelMembers, listGroupMembers } from './slack-lists.ts';
import { createStaffMemory } from './staff-memory.ts';

export type DeskReading =
  | {
      readonly ok: true;
      readonly desk: Desk;
      /** Intake channels in which customers cannot be heard (4.5). */
      readonly troubles: readonly { readonly channel: string; readonly trouble: ChannelTrouble }[];
      /** Managers and admins of the plan who cannot be staff: guests, deactivated, of another workspace (1). */
      readonly notStaff: readonly string[];
    }
  | { readonly ok: false; readonly complaints: readonly PlanIssue[] };

export interface DeskReader {
  /**
   * The desk as Slack shows it now. The first reading of a plan looks up its names and complains of what is not there;
   * later ones cost two calls a tier, and one for each intake channel but at most 20.
   *
   * @param since from when on messages of an intake channel become tickets; from now on where the map has none
   * @throws SlackUnreachableError when Slack did not answer: the desk read before still stands
   */
  read(plan: DeskPlan, since: ReadonlyMap<string, Instant>): Promise<DeskReading>;
  /** Looks at the person anew next time: Slack said that the profile changed. */
  forget(userId: string): void;
}

export interface DeskReaderParts {
  readonly client: WebClient;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly team: string;
}

export const createDeskReader = ({ client, directory, clock, team }: DeskReaderParts): DeskReader => {
  const idsOf = new WeakMap<DeskPlan, DeskIds>();
  const staff = createStaffMemory(client, directory, clock, team);
  const intake = createChannelWatch(client);

  const read = async (plan: DeskPlan, since: ReadonlyMap<string, Instant>): Promise<DeskReading> => {
    const names = await namesOf(plan);
    if (!names.ok) return names;
    const { ids } = names;
    const seen = await Promise.all(ids.tiers.map((tier) => lookAtTier(client, tier)));
    await staff.learn([...seen.flatMap(({ candidates }) => candidates ?? []), ...ids.managers, ...ids.admins]);
    const complaints = idsOf.has(plan) ? [] : strangers(ids, seen, staff.isUnseen);
    if (complaints.length > 0) return { ok: false, complaints };
    idsOf.set(plan, ids);
    const troubles = await intake.look(ids.intake);
    const desk: Desk = {
      team,
      tiers: plan.tiers.flatMap((tier, index) => tierOf(tier, seen[index], staff.maybeStaff)),
      managers: ids.managers.filter(staff.maybeStaff),
      admins: ids.admins.filter(staff.maybeStaff),
      intake: ids.intake.map((channel) => ({ channel, since: since.get(channel) ?? clock.now() })),
      contact: plan.contact,
    };
    return {
      ok: true,
      desk,
      troubles: [...troubles].map(([channel, trouble]) => ({ channel, trouble })),
      notStaff: [...ids.managers, ...ids.admins].filter((userId) => !staff.maybeStaff(userId)),
    };
  };

  const namesOf = async (plan: DeskPlan): Promise<NamesReading> => {
    const ids = idsOf.get(plan);
    return ids === undefined ? readDeskNames(client, plan) : { ok: true, ids };
  };

  return {
    read: (plan, since) => reachingSlack('Reading the desk', () => read(plan, since)),
    forget: staff.forget,
  };
};

/** A tier as Slack shows it. `candidates`: its members before we ask who can be staff; `null`: no such user group. */
interface SeenTier {
  readonly channel: string;
  readonly group: string | null;
  readonly trouble: ChannelTrouble | null;
  readonly candidates: readonly string[] | null;
}

const lookAtTier = async (
  client: WebClient,
  { channel, group }: { readonly channel: string; readonly group: string | null },
): Promise<SeenTier> => {
  const read = group === null ? listChannelMembers(client, channel) : listGroupMembers(client, group);
  const [trouble, candidates] = await Promise.all([troubleOf(client, channel), read.catch(nobodyThere)]);
  return { channel, group, trouble, candidates };
};

const nobodyThere = (error: unknown): null => {
  if (failureOf(error).kind === 'never') return null;
  throw error;
};

const tierOf = (
  plan: TierPlan,
  seen: SeenTier | undefined,
  maybeStaff: (userId: string) => boolean,
): readonly Tier[] => {
  if (seen === undefined) return [];
  const members = (seen.candidates ?? []).filter(maybeStaff);
  return [
    {
      name: plan.name,
      channel: seen.channel,
      group: seen.group,
      members,
      trouble: seen.trouble ?? (members.length === 0 ? 'no-members' : null),
      callOnArrival: plan.callOnArrival,
      callOnBreach: plan.callOnBreach,
    },
  ];
};

/** Ids of the plan behind which Slack shows nobody. A channel is not among them: it may be mended while we run (4.5). */
const strangers = (
  ids: DeskIds,
  tiers: readonly SeenTier[],
  isUnseen: (userId: string) => boolean,
): readonly PlanIssue[] => {
  const people = (name: 'managers' | 'admins'): readonly PlanIssue[] =>
    ids[name].flatMap((userId, index) =>
      isUnseen(userId) ? [{ path: [name, index], message: `Slack has no person '${userId}'` }] : [],
    );
  const groups = tiers.flatMap(({ group, candidates }, index) =>
    group !== null && candidates === null
      ? [{ path: ['tiers', index, 'members', 'group'], message: `Slack has no user group '${group}'` }]
      : [],
  );
  return [...groups, ...people('managers'), ...people('admins')];
};
