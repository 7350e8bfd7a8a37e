/** The state of the workspace, and the few ways to look things up in it. Nothing here speaks to the bot. */
import type { Clock } from './clock.ts';
import type { Json } from './json.ts';
import { createEars, type Ears } from './slack-ears.ts';
import type { AppSeed, Furniture, PersonSeed, TeamSeed } from './slack-furniture.ts';
import type { Message, Revision, View } from './slack-records.ts';
import { appOf, channelOf, groupOf, personOf } from './slack-seeds.ts';

export type Person = Required<Omit<PersonSeed, 'email'>> & { readonly email: string | null };

export type Channel = {
  readonly id: string;
  readonly kind: 'channel' | 'group' | 'im';
  name: string;
  readonly shared: readonly string[];
  archived: boolean;
  readonly members: Set<string>;
  /** The other side of a DM. */
  readonly partner: string | null;
  readonly createdAt: number;
};

export type Group = { readonly id: string; handle: string; name: string; members: string[] };

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type Stored = Mutable<Omit<Message, 'revisions' | 'reactions'>> & {
  revisions: Revision[];
  reactions: { name: string; users: string[] }[];
};

export type App = Required<Omit<AppSeed, 'commands'>> & { readonly commands: readonly string[] | null };

/** The modals one person has open, bottom first, with what was typed into each. */
export type OpenView = { view: View; typed: Record<string, Record<string, Json>> };

export type World = {
  readonly clock: Clock;
  readonly team: TeamSeed;
  readonly teams: ReadonlyMap<string, TeamSeed>;
  readonly app: App;
  readonly people: Map<string, Person>;
  readonly channels: Map<string, Channel>;
  readonly groups: Map<string, Group>;
  readonly files: Map<string, Json>;
  readonly messages: Stored[];
  /** The same messages by channel. */
  readonly byChannel: Map<string, Stored[]>;
  /** The same by `channel ts-of-the-root`: the root, and what hangs under it. */
  readonly byThread: Map<string, Stored[]>;
  /** The same by `channel ts`. */
  readonly byTs: Map<string, Stored[]>;
  readonly stacks: Map<string, OpenView[]>;
  readonly homes: Map<string, OpenView>;
  readonly ears: Ears;
  /** A fresh ts (also action_ts, event_ts): unique, rising, from the clock. */
  newTs(): string;
  /** A fresh id with this prefix. */
  newId(prefix: string): string;
};

const tsMaker = (clock: Clock): (() => string) => {
  let last = 0;
  return () => {
    last = Math.max(last + 1, clock.now() * 1000);
    return `${Math.floor(last / 1e6)}.${String(last % 1e6).padStart(6, '0')}`;
  };
};

const idMaker = (): ((prefix: string) => string) => {
  let count = 0;
  return (prefix) => {
    count += 1;
    return `${prefix}${count.toString(36).toUpperCase().padStart(8, '0')}`;
  };
};

export const createWorld = (furniture: Furniture, clock: Clock): World => {
  const app = appOf(furniture.app);
  const bot: PersonSeed = { id: app.userId, name: app.name, isBot: true };
  const byId = <T extends { readonly id: string }>(items: readonly T[]): Map<string, T> =>
    new Map(items.map((item) => [item.id, item]));
  return {
    clock,
    team: furniture.team,
    teams: byId([furniture.team, ...(furniture.foreignTeams ?? [])]),
    app,
    people: byId([bot, ...(furniture.users ?? [])].map((seed) => personOf(seed, furniture.team.id))),
    channels: byId((furniture.channels ?? []).map((seed) => channelOf(seed, app.userId, clock.now()))),
    groups: byId((furniture.groups ?? []).map(groupOf)),
    files: new Map(),
    messages: [],
    byChannel: new Map(),
    byThread: new Map(),
    byTs: new Map(),
    stacks: new Map(),
    homes: new Map(),
    ears: createEars(),
    newTs: tsMaker(clock),
    newId: idMaker(),
  };
};

/** The DM between the bot and this person, made when there is none. */
export const dmChannel = (world: World, userId: string): Channel => {
  const found = [...world.channels.values()].find((one) => one.partner === userId);
  if (found) return found;
  const made: Channel = {
    id: `D${userId}`,
    kind: 'im',
    name: '',
    shared: [],
    archived: false,
    members: new Set([userId, world.app.userId]),
    partner: userId,
    createdAt: world.clock.now(),
  };
  world.channels.set(made.id, made);
  world.ears.tell({ kind: 'channels' });
  return made;
};

export const personIn = (world: World, id: string): Person => {
  const person = world.people.get(id);
  if (!person) throw new Error(`Cannot act as "${id}": no such person in the workspace`);
  return person;
};

export const channelIn = (world: World, id: string): Channel => {
  const channel = world.channels.get(id);
  if (!channel) throw new Error(`Cannot use channel "${id}": no such channel in the workspace`);
  return channel;
};

export const isForeign = (world: World, person: Person): boolean => person.team !== world.team.id;
