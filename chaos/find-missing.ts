import { highestTier, type Spoken } from './evidence.ts';
import { nameOf } from './find-lost.ts';
import { displayNames } from './town.ts';
import type { Finding } from './verdict.ts';

/** What should have been said and was not. */
export const findMissing = (spoken: Spoken): readonly Finding[] =>
  spoken.all.length === 0
    ? []
    : [...receipt(spoken), ...ladder(spoken), ...arrivals(spoken), ...managers(spoken), ...lastCard(spoken)];

const missing = (what: string): Finding => ({ kind: 'missing', what });

const receipt = ({ toCustomer, name, affair }: Spoken): readonly Finding[] =>
  toCustomer.some(({ ever }) => ever.includes('we have your issue'))
    ? []
    : [missing(`${nameOf(affair.first.by)} got no receipt for ${name}`)];

/** Whatever nobody solves climbs to the last tier: there is time enough for that. */
const ladder = (spoken: Spoken): readonly Finding[] => {
  const tier = highestTier(spoken);
  if (tier === spoken.inTiers.length || isSolved(spoken)) return [];
  return [missing(`${spoken.name} was not solved, and stayed in tier ${tier}`)];
};

const isSolved = ({ toCustomer }: Spoken): boolean => toCustomer.some(({ ever }) => ever.includes('Still broken'));

/** Each tier on the way has a card; the last one what is known below it; and the customer was told of it (6.2). */
const arrivals = (spoken: Spoken): readonly Finding[] => {
  const { inTiers, name, toCustomer } = spoken;
  const tier = highestTier(spoken);
  const cards = inTiers
    .slice(0, tier)
    .flatMap(({ cards: found }, index) =>
      found.length > 0 ? [] : [missing(`${name} has no card in tier ${index + 1}`)],
    );
  const known = inTiers[tier - 1]?.below.some(({ ever }) => ever.includes('What is known about')) ?? true;
  const isTold = tier < 2 || toCustomer.some(({ ever }) => new RegExp(`now with .*Tier ${tier}`).test(ever));
  return [
    ...cards,
    ...(known ? [] : [missing(`below the card of ${name} in tier ${tier} does not stand what is known`)]),
    ...(isTold ? [] : [missing(`the customer of ${name} was not told that tier ${tier} has it`)]),
  ];
};

/** Reaching the last tier is told to managers, whatever the priority (6.3). */
const managers = (spoken: Spoken): readonly Finding[] => {
  const { toManager, name, inTiers } = spoken;
  if (highestTier(spoken) < inTiers.length) return [];
  const isTold = toManager.some(({ ever }) => /escalated|Tier 3/i.test(ever));
  return isTold ? [] : [missing(`no manager was told that ${name} reached tier 3`)];
};

/** The card shows how it stands (4.2): solved or not, and who has it as far as the customer was told. */
const lastCard = (spoken: Spoken): readonly Finding[] => {
  const { toCustomer, inTiers, name } = spoken;
  const tier = highestTier(spoken);
  const card = inTiers[tier - 1]?.cards.at(-1)?.text ?? '';
  const told = toCustomer.map(({ ever }) => ever).join('\n');
  const [status, pattern] = /ESC-\d+\W+(was |is )?closed/i.test(told)
    ? (['closed', /closed/i] as const)
    : isSolved(spoken)
      ? (['resolved', /resolved/i] as const)
      : (['open', /open/i] as const);
  const wrongStatus = pattern.test(card)
    ? []
    : [missing(`the card of ${name} in tier ${tier} does not show it ${status}`)];
  const owner = ownerTold(spoken);
  const shows = (who: string): boolean => new RegExp(`${who} (has|had) it(?! before)`).test(card);
  const wrongOwner =
    status !== 'open' || (owner === null ? !people.some(shows) : shows(owner))
      ? []
      : [missing(`the card of ${name} in tier ${tier} does not show that ${owner ?? 'nobody'} has it`)];
  return [...wrongStatus, ...wrongOwner];
};

const people = Object.values(displayNames);

/** Who has it after what the customer was told: the last to be on it, until it went up without them. */
const ownerTold = ({ toCustomer }: Spoken): string | null => {
  let owner: string | null = null;
  for (const { ever } of toCustomer) {
    const claimed = /(\w+) is on it/.exec(ever)?.[1];
    if (claimed !== undefined) owner = claimed;
    if (/was escalated/.test(ever)) owner = /(\w+) stays on it/.exec(ever)?.[1] ?? null;
  }
  return owner;
};
