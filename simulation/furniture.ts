import type { Desk, Tier } from '../src/domain/desk.ts';
import { type Duration, day, hour, type Instant, minute, second } from '../src/domain/instant.ts';
import type { Person } from '../src/domain/person.ts';
import type { Policy, PriorityTarget, TierClocks } from '../src/domain/policy.ts';
import type { Random } from './random.ts';

/** A desk as chance made it, and the people around it. */
export interface Furniture {
  readonly desk: Desk;
  readonly policy: Policy;
  readonly customers: readonly Person[];
  readonly staff: readonly Person[];
  /** Days between two bursts of tickets, on average. */
  readonly daysBetween: number;
}

const team = 'T1';

const person = (userId: string, home = team): Person => ({
  userId,
  team: home,
  name: userId.toLowerCase(),
  isFullMember: home === team,
  isWorkspaceAdmin: false,
});

export const furnish = (random: Random, since: Instant): Furniture => {
  const tierCount = random.pick([2, 3, 3, 3, 3, 4]);
  const staff = Array.from({ length: random.whole(tierCount, 8) }, (_, index) => person(`US${index}`));
  const managers = Array.from({ length: random.whole(1, 2) }, (_, index) => person(`UM${index}`));
  const tiers = Array.from({ length: tierCount }, (_, index) => tierOf(random, index, staff, tierCount));
  const channels = Array.from({ length: random.whole(1, 3) }, (_, index) => `CHELP${index}`);
  return {
    desk: {
      team,
      tiers,
      managers: managers.map(({ userId }) => userId),
      admins: [],
      intake: channels.map((channel) => ({ channel, since })),
      contact: { email: 'support@example.test', portal: null },
    },
    policy: policyOf(random, tierCount),
    customers: Array.from({ length: random.whole(2, 9) }, (_, index) =>
      person(`UC${index}`, random.chance(0.5) ? team : `T${2 + (index % 2)}`),
    ),
    staff: [...staff, ...managers],
    daysBetween: random.between(11, 44),
  };
};

const tierOf = (random: Random, index: number, staff: readonly Person[], count: number): Tier => ({
  name: `Tier ${index + 1}`,
  channel: `CTIER${index + 1}`,
  group: random.chance(0.5) ? `S${index + 1}` : null,
  members: staff.filter((_, each) => each % count === index || random.chance(0.15)).map(({ userId }) => userId),
  trouble: null,
  callOnArrival: random.pick(['group', 'here', 'channel', 'none']),
  callOnBreach: random.pick(['channel', 'here']),
});

const zones = ['Etc/UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Sydney'] as const;

const policyOf = (random: Random, tierCount: number): Policy => {
  const hours = random.pick([
    [{ from: 540, to: 1020 }],
    [
      { from: 480, to: 720 },
      { from: 780, to: 1080 },
    ],
    [{ from: 0, to: 1440 }],
  ]);
  const weekend = random.chance(0.3) ? hours : [];
  return {
    title: 'Escalation Process Policy',
    words: { company: 'A host', purpose: '', scope: '', ourPart: [], customersPart: [], limits: [] },
    review: { effective: '2025-01-01', next: null },
    calendar: {
      zone: random.pick(zones),
      week: { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: weekend, sun: weekend },
      holidays: [
        { date: '2026-05-01', name: 'A day off' },
        { date: '2026-12-25', name: 'Another' },
      ],
    },
    priority: {
      person: { 'can-wait': 'low', degraded: 'normal', down: 'high' },
      site: { 'can-wait': 'low', degraded: 'normal', down: 'critical' },
      many: { 'can-wait': 'normal', degraded: 'high', down: 'critical' },
    },
    clocks: {
      tiers: Array.from({ length: tierCount }, (_, index) => clocksOf(random, index === tierCount - 1)),
      update: updateOf(random),
      wait: { every: random.pick([day, 3 * day, 3 * day]) },
      confirm: { after: random.pick([[day, 2 * day], [12 * hour], []]) },
      close: { after: random.pick([3 * day, 3 * day, 5 * day]) },
      warnWhenLeft: 0.25,
      keptWithin: minute,
    },
    joinWithin: random.pick([3 * minute, 3 * minute, 0]),
    reopenWithin: 7 * day,
    keywords: {
      kind: { technical: ['down'], billing: ['invoice'], service: ['transfer'] },
      service: { 'shared-hosting': [], vps: ['vps'], 'dedicated-server': [], domain: ['domain'], other: [] },
    },
    replies: { thanks: ['thanks', 'thank you'], stillBroken: ['still broken', 'still down'], doubt: ['but'] },
  };
};

const targetOf = (random: Random, lengths: readonly [Duration, ...Duration[]], business: number): PriorityTarget => {
  const within = random.pick(lengths);
  const critical = { within: Math.round(within / 2 / second) * second, time: 'elapsed' } as const;
  return {
    within,
    time: random.chance(business) ? 'business' : 'elapsed',
    priorities: random.chance(0.5) ? { critical } : {},
  };
};

const clocksOf = (random: Random, isLast: boolean): TierClocks => ({
  respond: targetOf(random, [hour, hour, 30 * minute, 4 * hour], 0.6),
  takeUp: random.pick([hour, hour, 2 * hour]),
  handOver: isLast ? null : targetOf(random, [4 * hour, 12 * hour, 2 * hour], 0.2),
});

const updateOf = (random: Random): Policy['clocks']['update'] => ({
  every: random.pick([day, day, 12 * hour]),
  actBefore: 15 * minute,
  remindOwnerBefore: 4 * hour,
  remindTierBefore: hour,
  managersAfter: 2,
});
