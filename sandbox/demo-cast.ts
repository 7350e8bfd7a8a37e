/** Who plays in the demo, and where. Names of the demo's people are test data. */
import type { Furniture, PersonSeed } from './slack-furniture.ts';

export type Actor = { readonly id: string; readonly name: string };
export type Room = { readonly id: string; readonly name: string };

export type TierCast = {
  /** From 1. */
  readonly number: number;
  readonly name: string;
  readonly room: Room;
  readonly group: { readonly id: string; readonly handle: string } | null;
  readonly people: readonly [Actor, Actor];
};

export type Cast = {
  readonly tiers: readonly [TierCast, ...TierCast[]];
  readonly managers: readonly [Actor, ...Actor[]];
  /** Where customers write; null when the desk has no such channel and they mention the bot instead. */
  readonly intake: Room | null;
  /** Where people may talk at all, for commands and for mentions. */
  readonly lounge: Room;
  /** A channel shared with another workspace. */
  readonly shared: Room;
  readonly customers: readonly Actor[];
  /** Two colleagues of another company's workspace. */
  readonly foreign: readonly [Actor, Actor];
  /** IANA zone of the desk, in which the demo tells the time. */
  readonly zone: string;
};

const staffNames = ['Ana', 'Ben', 'Carla', 'Dev', 'Eva', 'Finn', 'Gita', 'Hugo', 'Ines', 'Jon', 'Kira', 'Leo'];
const customerNames = ['Kim', 'Lou', 'Mia', 'Ned', 'Olga', 'Pia', 'Rui', 'Sam', 'Tess', 'Uma'];
const foreignNames = ['Fay', 'Flo', 'Gus', 'Gwen', 'Hana', 'Ida'];

/** Hands out names that nobody has yet. */
export type Names = { staff(): string; customer(): string; foreign(): string };

/** @param taken handles and names already given, in any case */
export const namesBut = (taken: readonly string[]): Names => {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const from = (pool: readonly string[], spare: string): (() => string) => {
    let count = 0;
    return () => {
      const free = pool.find((name) => !used.has(name.toLowerCase())) ?? `${spare} ${++count}`;
      used.add(free.toLowerCase());
      return free;
    };
  };
  return {
    staff: from(staffNames, 'Colleague'),
    customer: from(customerNames, 'Customer'),
    foreign: from(foreignNames, 'Guest'),
  };
};

/** Letters and digits only, upper case: how Slack's ids look. */
export const idFrom = (prefix: string, name: string): string =>
  `${prefix}${[...name].map((sign) => (/[a-z0-9]/i.test(sign) ? sign : (sign.codePointAt(0) ?? 0).toString(36))).join('')}`.toUpperCase();

export const seedOf = (actor: Actor, tz: string, more: Partial<PersonSeed> = {}): PersonSeed => ({
  id: actor.id,
  name: actor.name.toLowerCase().replaceAll(' ', '.'),
  displayName: actor.name,
  tz,
  ...more,
});

/** Names people, channels and groups by id; an id that nobody has stays as it is. */
export const namesOfCast = ({ users = [], channels = [], groups = [] }: Furniture): ((id: string) => string) => {
  const names = new Map([
    ...users.map(({ id, displayName, name }) => [id, displayName ?? name] as const),
    ...channels.map(({ id, name }) => [id, name] as const),
    ...groups.map(({ id, handle }) => [id, handle] as const),
  ]);
  return (id) => names.get(id) ?? id;
};
