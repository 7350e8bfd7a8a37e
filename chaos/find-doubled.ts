import type { Spoken } from './evidence.ts';
import { nameOf } from './find-lost.ts';
import type { Saying } from './sayings.ts';
import type { Finding } from './verdict.ts';

/** What was said twice (14.3). Whispers and answers to presses are not looked at: Slack does not let them be found again. */
export const findDoubled = (spoken: Spoken): readonly Finding[] => [
  ...sameMark(spoken),
  ...sameCard(spoken),
  ...sameMilestone(spoken),
  ...sameWords(spoken),
];

const doubled = (what: string): Finding => ({ kind: 'doubled', what });

const sameMark = ({ all, name }: Spoken): readonly Finding[] => {
  const times = new Map<string, Saying[]>();
  for (const each of all) times.set(each.mark.notice, [...(times.get(each.mark.notice) ?? []), each]);
  return [...times.values()]
    .filter((said) => said.length > 1)
    .map((said) =>
      doubled(`on ${name} the same was said ${said.length} times in ${placesOf(said)}: "${briefly(said)}"`),
    );
};

const placesOf = (said: readonly Saying[]): string =>
  [...new Set(said.map(({ message }) => message.channel))].join(', ');

const briefly = ([first]: readonly Saying[]): string => (first?.text ?? '').replaceAll('\n', ' ').slice(0, 90);

/** Nobody hands anything back here, so no tier sees two cards of one issue. */
const sameCard = ({ inTiers, name }: Spoken): readonly Finding[] =>
  inTiers.flatMap(({ cards }, index) =>
    marksOf(cards) > 1 ? [doubled(`${name} has ${cards.length} cards in tier ${index + 1}`)] : [],
  );

/** What happens to an issue once is told once, under whatever mark. */
const sameMilestone = ({ toCustomer, affair, name }: Spoken): readonly Finding[] => {
  const once = [/we have your issue/, /now with .*Tier 2/, /now with .*Tier 3/];
  const milestones = once
    .filter((pattern) => marksOf(toCustomer.filter(({ ever }) => pattern.test(ever))) > 1)
    .map((pattern) => doubled(`the customer of ${name} was told ${pattern} more than once`));
  const claimants = [...new Set(affair.presses.filter(({ what }) => what === 'claim').map(({ by }) => by))];
  const claims = claimants
    .filter((by) => {
      const told = toCustomer.filter(({ ever }) => ever.includes(`${nameOf(by)} is on it`));
      return marksOf(told) > affair.presses.filter((press) => press.what === 'claim' && press.by === by).length;
    })
    .map((by) => doubled(`the customer of ${name} was told too often that ${nameOf(by)} is on it`));
  return [...milestones, ...claims];
};

/** What a form or a reply says stands once in its thread, however often it was sent or delivered. */
const sameWords = ({ affair, name, toCustomer, inTiers }: Spoken): readonly Finding[] => {
  const forms = affair.forms
    .filter(
      ({ what, words }) => what !== 'escalate' && marksOf(toCustomer.filter(({ ever }) => ever.includes(words))) > 1,
    )
    .map(({ what, words }) => doubled(`the customer of ${name} got the ${what} "${words}" more than once`));
  const replies = affair.replies.flatMap(({ words }) =>
    inTiers.flatMap(({ below }, index) => {
      // What is known when it arrives quotes the last replies too.
      const lines = below.filter(({ ever }) => ever.includes(words) && !ever.includes('What is known about'));
      return marksOf(lines) > 1 ? [doubled(`tier ${index + 1} read the reply "${words}" on ${name} twice`)] : [];
    }),
  );
  return [...forms, ...replies];
};

/** How many different notices these are; the same one twice is found by its mark. */
const marksOf = (said: readonly Saying[]): number => new Set(said.map(({ mark }) => mark.notice)).size;
