import type { PlanIssue } from './plan-issues.ts';

/**
 * What is wrong between the parts of a desk, though each may be right. Works on the data as written, so that these are named
 * together with all others. Names are compared as written; one channel by name and by id shows only once Slack is asked.
 */
export const planComplaints = (whole: Readonly<Record<string, unknown>>): readonly PlanIssue[] => [
  ...sharedChannels(whole),
  ...repeated(whole, 'managers'),
  ...repeated(whole, 'admins'),
  ...repeated(whole, 'intake'),
  ...repeatedTierNames(whole),
  ...unequalTiers(whole),
];

const sharedChannels = (whole: unknown): readonly PlanIssue[] => {
  const tiers = listIn(whole, 'tiers').map((tier) => normal(part(tier, 'channel')));
  const twice = tiers.flatMap((channel, index) => {
    const first = tiers.indexOf(channel);
    if (channel === null || first === index) return [];
    return [
      {
        path: ['tiers', index, 'channel'],
        message: `'${channel}' is already the channel of ${tierName(whole, first)}`,
      },
    ];
  });
  const intake = listIn(whole, 'intake').flatMap((each, index) => {
    const tier = tiers.indexOf(normal(each));
    if (normal(each) === null || tier < 0) return [];
    return [
      {
        path: ['intake', index],
        message: `'${each}' is the channel of ${tierName(whole, tier)}: customers write elsewhere`,
      },
    ];
  });
  return [...twice, ...intake];
};

const repeated = (whole: unknown, name: string): readonly PlanIssue[] => {
  const items = listIn(whole, name).map(normal);
  return items.flatMap((item, index) =>
    item !== null && items.indexOf(item) < index ? [{ path: [name, index], message: `'${item}' is named twice` }] : [],
  );
};

const repeatedTierNames = (whole: unknown): readonly PlanIssue[] => {
  const names = listIn(whole, 'tiers').map((tier) => normal(part(tier, 'name')));
  return names.flatMap((name, index) =>
    name !== null && names.indexOf(name) < index
      ? [{ path: ['tiers', index, 'name'], message: `tier ${names.indexOf(name) + 1} has the same name` }]
      : [],
  );
};

const unequalTiers = (whole: unknown): readonly PlanIssue[] => {
  const tiers = listIn(whole, 'tiers').length;
  const clocks = listIn(part(part(whole, 'policy'), 'clocks'), 'tiers').length;
  if (tiers === 0 || clocks === 0) return [];
  const without = Array.from({ length: Math.max(0, tiers - clocks) }, (_, index) => clocks + index).map((index) => ({
    path: ['tiers', index],
    message: `${tierName(whole, index)} has no clock: write one more entry under policy.clocks.tiers`,
  }));
  const path = ['policy', 'clocks', 'tiers'];
  const message = `the policy has clocks for ${clocks} tiers, the desk has ${tiers}: write as many entries as tiers`;
  return clocks > tiers ? [{ path, message }] : without;
};

const tierName = (whole: unknown, index: number): string => {
  const name = part(listIn(whole, 'tiers')[index], 'name');
  return typeof name === 'string' ? `tier ${index + 1} '${name}'` : `tier ${index + 1}`;
};

const normal = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim().toLowerCase() : null;

const part = (whole: unknown, name: string): unknown =>
  typeof whole === 'object' && whole !== null ? Object.entries(whole).find(([key]) => key === name)?.[1] : undefined;

const listIn = (whole: unknown, name: string): readonly unknown[] => {
  const list = part(whole, name);
  return Array.isArray(list) ? list : [];
};
