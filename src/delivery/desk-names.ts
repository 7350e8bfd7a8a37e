import type { WebClient } from '@slack/web-api';
import type { DeskPlan, Reference } from '../domain/desk-plan.ts';
import { nearest } from '../domain/known-keys.ts';
import type { PlanIssue } from '../domain/plan-issues.ts';
import { listChannels, listGroups, listPeople } from './slack-lists.ts';
import { isFullMember, namesOf, type Profile } from './slack-profile.ts';

/** The ids of everything a desk plan names, in its order. */
export interface DeskIds {
  readonly tiers: readonly { readonly channel: string; readonly group: string | null }[];
  readonly managers: readonly string[];
  readonly admins: readonly string[];
  readonly intake: readonly string[];
}

export type NamesReading =
  | { readonly ok: true; readonly ids: DeskIds }
  | { readonly ok: false; readonly complaints: readonly PlanIssue[] };

/**
 * Looks up the names of a desk plan in Slack, or says which are not there (13.7). Costs one list for each kind of name that
 * is used, and nothing where the plan gives ids only. Throws what the Slack client throws.
 */
export const readDeskNames = async (client: WebClient, plan: DeskPlan): Promise<NamesReading> => {
  const complaints: PlanIssue[] = [];
  const channels = await channelIds(client, [...plan.tiers.map(({ channel }) => channel), ...plan.intake]);
  const people = await personIds(client, [...plan.managers, ...plan.admins]);
  const groups = await groupIds(
    client,
    plan.tiers.flatMap(({ group }) => (group === null ? [] : [group])),
  );

  const idOf = (reference: Reference, ids: Ids, path: PlanIssue['path']): string => {
    if (reference.by === 'id') return reference.id;
    const found = ids(reference.name);
    if (found.ok) return found.id;
    complaints.push({ path, message: found.complaint });
    return '';
  };

  const ids: DeskIds = {
    tiers: plan.tiers.map(({ channel, group }, index) => ({
      channel: idOf(channel, channels, ['tiers', index, 'channel']),
      group: group === null ? null : idOf(group, groups, ['tiers', index, 'members', 'group']),
    })),
    managers: plan.managers.map((person, index) => idOf(person, people, ['managers', index])),
    admins: plan.admins.map((person, index) => idOf(person, people, ['admins', index])),
    intake: plan.intake.map((channel, index) => idOf(channel, channels, ['intake', index])),
  };
  const all = [...complaints, ...sharedChannels(ids)];
  return all.length === 0 ? { ok: true, ids } : { ok: false, complaints: all };
};

type Found = { readonly ok: true; readonly id: string } | { readonly ok: false; readonly complaint: string };
type Ids = (name: string) => Found;

const found = (id: string): Found => ({ ok: true, id });
const missing = (complaint: string): Found => ({ ok: false, complaint });

const areNames = (references: readonly Reference[]): boolean => references.some(({ by }) => by === 'name');

const suggestion = (sign: string, name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  return near === null ? '' : `: did you mean '${sign}${near}'?`;
};

const channelIds = async (client: WebClient, references: readonly Reference[]): Promise<Ids> => {
  const channels = areNames(references) ? await listChannels(client) : [];
  const byName = new Map(channels.map(({ id, name }) => [name, id]));
  return (name) => {
    const id = byName.get(name);
    if (id !== undefined) return found(id);
    const hint = suggestion('#', name, [...byName.keys()]) || ': a private one must be joined by the bot first';
    return missing(`Slack shows the bot no channel '#${name}'${hint}`);
  };
};

const groupIds = async (client: WebClient, references: readonly Reference[]): Promise<Ids> => {
  const groups = areNames(references) ? await listGroups(client) : [];
  const byHandle = new Map(groups.map(({ id, handle }) => [handle.toLowerCase(), id]));
  return (name) => {
    const id = byHandle.get(name.toLowerCase());
    if (id !== undefined) return found(id);
    return missing(`Slack has no user group '@${name}'${suggestion('@', name, [...byHandle.keys()])}`);
  };
};

/** By handle first, then by what people see; a name that several carry is nobody's. */
const personIds = async (client: WebClient, references: readonly Reference[]): Promise<Ids> => {
  const people = areNames(references) ? (await listPeople(client)).filter(isFullMember) : [];
  const byHandle = new Map(people.map(({ id, name }) => [name.toLowerCase(), id]));
  return (name) => {
    const wanted = name.toLowerCase();
    const id = byHandle.get(wanted);
    if (id !== undefined) return found(id);
    const [one, another] = people.filter((person) => isCalled(person, wanted));
    if (one === undefined) {
      return missing(`Slack has no full member '@${name}'${suggestion('@', name, [...byHandle.keys()])}`);
    }
    if (another === undefined) return found(one.id);
    return missing(`several people are called '@${name}': write '@${one.name}', '@${another.name}' or an id`);
  };
};

const isCalled = (person: Profile, name: string): boolean =>
  namesOf(person).some((each) => each.toLowerCase() === name);

/** One channel given once by name and once by id is seen only here. */
const sharedChannels = ({ tiers, intake }: DeskIds): readonly PlanIssue[] => {
  const channels = tiers.map(({ channel }) => channel);
  const tierOf = (channel: string): number => (channel === '' ? -1 : channels.indexOf(channel));
  const twice = channels.flatMap((channel, index) => {
    const first = tierOf(channel);
    if (first < 0 || first === index) return [];
    return [{ path: ['tiers', index, 'channel'], message: `this is already the channel of tier ${first + 1}` }];
  });
  const both = intake.flatMap((channel, index) => {
    const tier = tierOf(channel);
    if (tier < 0) return [];
    return [{ path: ['intake', index], message: `this is the channel of tier ${tier + 1}: customers write elsewhere` }];
  });
  const again = intake.flatMap((channel, index) => {
    if (channel === '' || intake.indexOf(channel) === index) return [];
    return [{ path: ['intake', index], message: 'this channel is named twice' }];
  });
  return [...twice, ...both, ...again];
};
