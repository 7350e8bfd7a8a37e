import { readDeskText, readStandardPolicy } from '../../src/desk-file.ts';
import type { Policy } from '../../src/domain/policy.ts';

const hour = 3_600_000;
const desk = `tiers:
  - { name: A, channel: '#a', members: channel }
  - { name: B, channel: '#b', members: channel }
  - { name: C, channel: '#c', members: channel }
managers: ['@max']
`;

const withPolicy = (policy: string): Policy => {
  const reading = readDeskText(`${desk}policy: ${policy}\n`);
  if (reading.ok) return reading.plan.policy;
  throw new Error(reading.complaints.map((each) => `${each.path}: ${each.message}`).join('; '));
};

const complaints = (policy: string): readonly string[] => {
  const reading = readDeskText(`${desk}policy: ${policy}\n`);
  return reading.ok ? [] : reading.complaints.map((each) => `${each.path}: ${each.message}`);
};

describe('the shipped policy', () => {
  const { clocks, calendar, review, title, joinWithin, reopenWithin } = readStandardPolicy();

  it('holds what the company has promised', () => {
    expect(clocks.tiers.map((tier) => [tier.respond.within, tier.respond.time, tier.handOver?.within ?? null])).toEqual(
      [
        [hour, 'business', 4 * hour],
        [hour, 'elapsed', 12 * hour],
        [hour, 'elapsed', null],
      ],
    );
    expect(clocks.tiers.map((tier) => tier.handOver?.time ?? 'elapsed')).toEqual(['elapsed', 'elapsed', 'elapsed']);
    expect(clocks.update).toEqual({
      every: 24 * hour,
      actBefore: hour / 4,
      remindOwnerBefore: 4 * hour,
      remindTierBefore: hour,
      managersAfter: 2,
    });
    expect([clocks.wait.every, clocks.close.after, ...clocks.confirm.after]).toEqual(
      [72, 72, 24, 48].map((n) => n * hour),
    );
    expect([title, review.effective, joinWithin, reopenWithin]).toEqual([
      'Escalation Process Policy',
      '2025-01-01',
      180_000,
      168 * hour,
    ]);
    expect(calendar.week.fri).toEqual([{ from: 540, to: 1020 }]);
    expect(calendar.week.sat).toEqual([]);
  });
});

describe('a policy that says only some things', () => {
  it('takes the rest from the shipped one', () => {
    const policy = withPolicy("{ joinWithin: 0, calendar: { zone: Asia/Kolkata, week: { sat: ['10:00-12:00'] } } }");
    expect(policy.joinWithin).toBe(0);
    expect(policy.calendar.zone).toBe('Asia/Kolkata');
    expect(policy.calendar.week.sat).toEqual([{ from: 600, to: 720 }]);
    expect(policy.calendar.week.mon).toEqual([{ from: 540, to: 1020 }]);
    expect(policy.clocks).toEqual(readStandardPolicy().clocks);
  });

  it('keeps the warnings in proportion to a shorter update clock', () => {
    expect(withPolicy('{ clocks: { update: { every: 24s } } }').clocks.update).toMatchObject({
      every: 24_000,
      actBefore: 250,
      remindOwnerBefore: 4000,
      remindTierBefore: 1000,
      managersAfter: 2,
    });
    expect(
      withPolicy('{ clocks: { update: { every: 24s, actBefore: 3s, remindTierBefore: 5s } } }').clocks.update,
    ).toMatchObject({
      actBefore: 3000,
      remindOwnerBefore: 4000,
      remindTierBefore: 5000,
    });
  });

  it('keeps confirmations in proportion to closing, and a tier to its response', () => {
    const clocks = withPolicy(
      '{ clocks: { close: { after: 60s }, tiers: [{ respond: { within: 20s } }, { handOver: { within: 30s } }, {}] } }',
    ).clocks;
    expect(clocks.confirm.after).toEqual([20_000, 40_000]);
    expect(clocks.tiers[0]).toMatchObject({ takeUp: 20_000, handOver: { within: 4 * hour } });
    expect(clocks.tiers[0]?.respond.priorities.critical).toEqual({ within: 20_000, time: 'elapsed' });
    expect(clocks.tiers[1]).toMatchObject({ takeUp: hour, handOver: { within: 30_000 } });
    expect(clocks.tiers[2]?.handOver).toBeNull();
  });

  it('changes one hand-over clock and nothing else', () => {
    const clocks = withPolicy('{ clocks: { tiers: [{ handOver: { within: 5h } }, {}, {}] } }').clocks;
    const shipped = readStandardPolicy().clocks;
    expect(clocks.tiers[0]).toEqual({
      ...shipped.tiers[0],
      handOver: { within: 5 * hour, time: 'elapsed', priorities: {} },
    });
    expect(clocks.tiers.slice(1)).toEqual(shipped.tiers.slice(1));
  });

  it('may be open round the clock', () => {
    const { week } = withPolicy('{ calendar: { week: round-the-clock } }').calendar;
    expect(Object.values(week)).toEqual(Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]));
  });

  it('may say nothing at all', () => {
    expect(withPolicy('')).toEqual(readStandardPolicy());
  });
});

describe('a policy is refused', () => {
  const noDay = '{ mon: [], tue: [], wed: [], thu: [], fri: [] }';

  it.each([
    ['{ clocks: { update: { every: -5m } } }', "policy.clocks.update.every: must not be negative: got '-5m'"],
    ['{ clocks: { wait: { every: 0 } } }', 'policy.clocks.wait.every: must be longer than zero'],
    [
      '{ clocks: { wait: { every: 3 } } }',
      "policy.clocks.wait.every: expected a length of time such as 90m, 4h, 20s or 3d, got '3'",
    ],
    ['{ clocks: { update: { actBefore: 25h } } }', 'policy.clocks.update.actBefore: must be shorter than every'],
    [
      '{ clocks: { update: { remindTierBefore: 10m } } }',
      'policy.clocks.update.remindTierBefore: must be longer than actBefore: a reminder comes before the bot acts',
    ],
    ['{ clocks: { confirm: { after: [24h, 72h] } } }', 'policy.clocks.confirm.after[1]: must come before close.after'],
    [
      '{ clocks: { confirm: { after: [48h, 24h] } } }',
      'policy.clocks.confirm.after[1]: must come after the one before it',
    ],
    [
      '{ clocks: { warnWhenLeft: 1 } }',
      "policy.clocks.warnWhenLeft: expected a share between 0 and 1, such as 0.25, got '1'",
    ],
    [
      '{ calendar: { zone: Mars/Olympus } }',
      "policy.calendar.zone: no time zone is called 'Mars/Olympus': expected one like Europe/Berlin",
    ],
    [
      `{ calendar: { week: ${noDay} } }`,
      'policy.calendar.week: no day of the week has opening hours: business time would never run',
    ],
    [
      "{ calendar: { week: { mon: ['09:00-12:00', '11:00-15:00'] } } }",
      'policy.calendar.week.mon: opening hours overlap',
    ],
    ['{ clokcs: { } }', "policy.clokcs: unknown setting 'clokcs': did you mean 'clocks'?"],
    [
      '{ clocks: { update: { evry: 24h } } }',
      "policy.clocks.update.evry: unknown setting 'evry': did you mean 'every'?",
    ],
    [
      '{ clocks: { tiers: [{}, { handOver: null }, {}] } }',
      'policy.clocks.tiers[1]: only the last tier has no handOver',
    ],
    [
      '{ clocks: { tiers: [{}, {}, { handOver: { within: 1h, time: elapsed } }] } }',
      'policy.clocks.tiers[2].handOver: the last tier hands over to nobody',
    ],
    [
      '{ priority: { many: { down: hihg } } }',
      "policy.priority.many.down: expected critical, high, normal or low, got 'hihg': did you mean 'high'?",
    ],
    ['{ review: { next: 2026-02-30 } }', 'policy.review.next: expected a day such as 2025-12-24, or null'],
    ['{ calendar: }', 'policy.calendar: expected zone, week, holidays, got nothing'],
  ])('%s', (policy, complaint) => {
    expect(complaints(policy)).toEqual([complaint]);
  });
});
