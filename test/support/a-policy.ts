import type { Desk } from '../../src/domain/desk.ts';
import { day, hour, minute } from '../../src/domain/instant.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Policy } from '../../src/domain/policy.ts';

const weekday = [{ from: 540, to: 1020 }];

/** The company's numbers, office hours in UTC; change what a test is about. */
export const aPolicy = (change: Partial<Policy> = {}): Policy => ({
  title: 'Escalation Process Policy',
  words: { company: 'A host', purpose: '', scope: '', ourPart: [], customersPart: [], limits: [] },
  review: { effective: '2025-01-01', next: null },
  calendar: {
    zone: 'Etc/UTC',
    week: { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday, sat: [], sun: [] },
    holidays: [],
  },
  priority: {
    person: { 'can-wait': 'low', degraded: 'normal', down: 'high' },
    site: { 'can-wait': 'low', degraded: 'normal', down: 'high' },
    many: { 'can-wait': 'normal', degraded: 'high', down: 'critical' },
  },
  clocks: {
    tiers: [
      {
        respond: { within: hour, time: 'business', priorities: { critical: { within: hour, time: 'elapsed' } } },
        takeUp: hour,
        handOver: { within: 4 * hour, time: 'elapsed', priorities: {} },
      },
      {
        respond: { within: hour, time: 'elapsed', priorities: {} },
        takeUp: hour,
        handOver: { within: 12 * hour, time: 'elapsed', priorities: {} },
      },
      { respond: { within: hour, time: 'elapsed', priorities: {} }, takeUp: hour, handOver: null },
    ],
    update: {
      every: day,
      actBefore: 15 * minute,
      remindOwnerBefore: 4 * hour,
      remindTierBefore: hour,
      managersAfter: 2,
    },
    wait: { every: 3 * day },
    confirm: { after: [day, 2 * day] },
    close: { after: 3 * day },
    warnWhenLeft: 0.25,
    keptWithin: minute,
  },
  joinWithin: 3 * minute,
  reopenWithin: 7 * day,
  keywords: {
    kind: { technical: ['down'], billing: ['invoice'], service: ['transfer'] },
    service: { 'shared-hosting': [], vps: ['vps'], 'dedicated-server': [], domain: ['domain'], other: [] },
  },
  replies: { thanks: ['thanks', 'thank you'], stillBroken: ['still broken', 'still down'], doubt: ['but'] },
  ...change,
});

export const aPerson = (userId: string, change: Partial<Person> = {}): Person => ({
  userId,
  team: 'T1',
  name: userId.toLowerCase(),
  isFullMember: true,
  isWorkspaceAdmin: false,
  ...change,
});

/** Three tiers: ana and ben in Tier 1, ben and cleo in Tier 2, dora in Tier 3; max is the manager. */
export const aDesk = (change: Partial<Desk> = {}): Desk => {
  const tier = (name: string, channel: string, members: readonly string[]) =>
    ({ name, channel, group: null, members, trouble: null, callOnArrival: 'here', callOnBreach: 'channel' }) as const;
  return {
    team: 'T1',
    tiers: [
      tier('Support', 'C_T1', ['ANA', 'BEN']),
      tier('Advanced', 'C_T2', ['BEN', 'CLEO']),
      tier('Management', 'C_T3', ['DORA']),
    ],
    managers: ['MAX'],
    admins: [],
    intake: [{ channel: 'C_HELP', since: 0 }],
    contact: { email: 'support@example.test', portal: null },
    ...change,
  };
};
