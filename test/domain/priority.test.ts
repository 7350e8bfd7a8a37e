import { readStandardPolicy } from '../../src/desk-file.ts';
import { targetFor } from '../../src/domain/policy.ts';
import { impacts, priorityOf, urgencies } from '../../src/domain/priority.ts';

const policy = readStandardPolicy();

describe('priority', () => {
  it('is impact by urgency, and never falls when either grows', () => {
    const rows = impacts.map((impact) => urgencies.map((urgency) => priorityOf(policy.priority, impact, urgency)));
    expect(rows).toEqual([
      ['low', 'normal', 'high'],
      ['normal', 'high', 'critical'],
      ['high', 'critical', 'critical'],
    ]);
  });

  it('takes its own target where the policy has one, else the general one', () => {
    const respond = policy.clocks.tiers[0]?.respond;
    if (!respond) throw new Error('The shipped policy has no Tier 1');
    expect(targetFor(respond, 'critical')).toEqual({ within: 3_600_000, time: 'elapsed' });
    expect(targetFor(respond, 'low')).toMatchObject({ within: 3_600_000, time: 'business' });
  });
});
