/** Furnishes the local Slack with the channels, people and groups that a desk names, and with people to play (15.2). */
import { type Actor, type Cast, idFrom, type Names, namesBut, type Room, seedOf, type TierCast } from './demo-cast.ts';
import type { DeskPlan } from './demo-policy.ts';
import type { AppSeed, ChannelSeed, Furniture, GroupSeed, PersonSeed } from './slack-furniture.ts';

type Reference = DeskPlan['managers'][number];
type TierPlan = DeskPlan['tiers'][number];

export type Furnished = { readonly furniture: Furniture; readonly cast: Cast };

const foreignTeam = { id: 'TSHOP', name: 'The Shop', domain: 'the-shop' };
const customersWanted = 6;

/** @param app what the bot's manifest asks for */
export const furnish = (plan: DeskPlan, app: AppSeed): Furnished => {
  const { zone } = plan.policy.calendar;
  const named = [...plan.managers, ...plan.admins].flatMap((each) => (each.by === 'name' ? [each.name] : []));
  const names = namesBut(named);
  const known = peopleNamed([...plan.managers, ...plan.admins], names);
  const managers = some(plan.managers.flatMap((each) => known.get(keyOf(each)) ?? []));
  const tiers = some(plan.tiers.map((tier, index) => tierCast(tier, index + 1, names)));
  const customers = Array.from({ length: customersWanted }, () => actor(names.customer()));
  const foreign: Cast['foreign'] = [actor(names.foreign()), actor(names.foreign())];
  const rooms = plan.intake.map((each) => roomOf(each));
  const lounge = { id: 'CDEMOLOUNGE', name: freeName('lounge', plan) };
  const shared = rooms.at(-1) ?? { id: 'CDEMOSHARED', name: freeName('shared', plan) };
  const cast: Cast = { tiers, managers, intake: rooms[0] ?? null, lounge, shared, customers, foreign, zone };

  const staff = [...new Map([...known.values()].map((each) => [each.id, each])).values()];
  const everyone = [...staff, ...tiers.flatMap(({ people }) => people), ...customers].map(({ id }) => id);
  const isShared = ({ id }: Room): boolean => id === shared.id;
  const open: readonly Room[] = [...new Map([...rooms, lounge, shared].map((room) => [room.id, room])).values()];
  return {
    cast,
    furniture: {
      team: { id: 'TDESK', name: plan.policy.words.company, domain: 'the-desk' },
      foreignTeams: [foreignTeam],
      users: [
        ...[...staff, ...tiers.flatMap(({ people }) => people), ...customers].map((each) => seedOf(each, zone)),
        ...foreign.map((each): PersonSeed => seedOf(each, zone, { team: foreignTeam.id })),
      ],
      channels: [
        ...open.map(
          (room): ChannelSeed => ({
            ...room,
            members: isShared(room) ? [...everyone, ...foreign.map(({ id }) => id)] : everyone,
            ...(isShared(room) ? { shared: [foreignTeam.id] } : {}),
          }),
        ),
        ...tiers.map(({ room, people }): ChannelSeed => ({ ...room, members: people.map(({ id }) => id) })),
      ],
      groups: groupsOf(tiers),
      app,
    },
  };
};

const actor = (name: string): Actor => ({ id: idFrom('U', name), name });

const keyOf = (reference: Reference): string => (reference.by === 'id' ? reference.id : reference.name.toLowerCase());

/** Somebody named by id gets an invented name. */
const peopleNamed = (references: readonly Reference[], names: Names): ReadonlyMap<string, Actor> => {
  const people = new Map<string, Actor>();
  for (const each of references) {
    if (people.has(keyOf(each))) continue;
    people.set(keyOf(each), each.by === 'id' ? { id: each.id, name: names.staff() } : actor(capital(each.name)));
  }
  return people;
};

const roomOf = (reference: Reference): Room =>
  reference.by === 'id'
    ? { id: reference.id, name: reference.id.toLowerCase() }
    : { id: idFrom('C', reference.name), name: reference.name };

const tierCast = (plan: TierPlan, number: number, names: Names): TierCast => ({
  number,
  name: plan.name,
  room: roomOf(plan.channel),
  group: plan.group === null ? null : groupOf(plan.group, number),
  people: [actor(names.staff()), actor(names.staff())],
});

const groupOf = (reference: Reference, number: number): NonNullable<TierCast['group']> =>
  reference.by === 'id'
    ? { id: reference.id, handle: `tier-${number}-group` }
    : { id: idFrom('S', reference.name), handle: reference.name };

/** One group may serve several tiers: it then has the people of all of them. */
const groupsOf = (tiers: readonly TierCast[]): readonly GroupSeed[] => {
  const groups = new Map<string, { readonly handle: string; readonly members: string[] }>();
  for (const { group, people } of tiers) {
    if (group === null) continue;
    const { handle, members } = groups.get(group.id) ?? { handle: group.handle, members: [] };
    groups.set(group.id, { handle, members: [...members, ...people.map(({ id }) => id)] });
  }
  return [...groups].map(([id, group]) => ({ id, ...group }));
};

const freeName = (wanted: string, plan: DeskPlan): string => {
  const taken = [...plan.intake, ...plan.tiers.map(({ channel }) => channel)].flatMap((each) =>
    each.by === 'name' ? [each.name] : [],
  );
  return taken.includes(wanted) ? freeName(`${wanted}-2`, plan) : wanted;
};

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const some = <T>(items: readonly T[]): readonly [T, ...T[]] => {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error('Cannot furnish the local Slack: the desk names no tier or no manager');
  return [first, ...rest];
};
