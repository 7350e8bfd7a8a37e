import type { Desk, Tier } from '../../src/domain/desk.ts';
import { day, hour } from '../../src/domain/instant.ts';
import type { Policy, PriorityTarget } from '../../src/domain/policy.ts';
import { aDesk, aPolicy } from './a-policy.ts';

/** A text of so many characters. */
type Fill = (length: number) => string;

/** Neither file nor schema has a ceiling, so these are as long as nobody would write them. */
const tiers = 6;
const sentences = 60;
const holidays = 400;

/** A dozen tiers with names of a page each, and contact lines as long as addresses get. */
export const longestDesk = (fill: Fill): Desk => {
  const people = aDesk().tiers.flatMap(({ members }) => members);
  const tier = (_: unknown, index: number): Tier => ({
    name: fill(3_000),
    channel: `C_T${index + 1}`,
    group: index % 2 === 0 ? `S_T${index + 1}` : null,
    members: people,
    trouble: null,
    callOnArrival: index % 2 === 0 ? 'group' : 'here',
    callOnBreach: 'channel',
  });
  return aDesk({
    tiers: Array.from({ length: tiers }, tier),
    contact: { email: `${'x'.repeat(240)}@example.test`, portal: `https://example.test/${'x'.repeat(300)}` },
  });
};

/** Every target per priority, every day with many opening hours, every text a chapter. */
export const longestPolicy = (fill: Fill): Policy => {
  const plain = aPolicy();
  const target = { within: 29 * day + 23 * hour + 59 * 60_000, time: 'business' } as const;
  const targets: PriorityTarget = {
    ...target,
    priorities: { critical: target, high: target, normal: target, low: target },
  };
  const windows = Array.from({ length: 48 }, (_, index) => ({ from: index * 30, to: index * 30 + 20 }));
  const texts = Array.from({ length: sentences }, () => fill(12_000));
  return aPolicy({
    title: fill(3_000),
    words: {
      company: fill(3_000),
      purpose: fill(12_000),
      scope: fill(12_000),
      ourPart: texts,
      customersPart: texts,
      limits: texts,
    },
    calendar: {
      zone: 'America/Argentina/ComodRivadavia',
      week: {
        mon: windows,
        tue: windows.slice(1),
        wed: windows,
        thu: windows.slice(1),
        fri: windows,
        sat: windows,
        sun: [],
      },
      holidays: Array.from({ length: holidays }, (_, index) => ({
        date: new Date(Date.UTC(2027, 0, 1) + index * day).toISOString().slice(0, 10),
        name: fill(3_000),
      })),
    },
    clocks: {
      ...plain.clocks,
      tiers: Array.from({ length: tiers }, (_, index) => ({
        respond: targets,
        takeUp: target.within,
        handOver: index === tiers - 1 ? null : targets,
      })),
    },
  });
};
