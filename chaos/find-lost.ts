import type { Affair, Pressed, Sent, Wrote } from './deeds.ts';
import type { Evidence, Spoken } from './evidence.ts';
import type { Saying } from './sayings.ts';
import { displayNames, handOverWithin } from './town.ts';
import type { Finding } from './verdict.ts';

/** What people did and was never seen again: a message, or a press or a form that was acknowledged (14.1). */
export const findLost = (spoken: Spoken, evidence: Evidence): readonly Finding[] => {
  const { affair, name, all } = spoken;
  if (all.length === 0) return [lost(`${nameOf(affair.first.by)} wrote ${name}, and nothing came of it`)];
  return [...lostWords(spoken), ...lostForms(spoken), ...lostPresses(spoken, evidence)];
};

const lost = (what: string): Finding => ({ kind: 'lost', what });

export const nameOf = (person: string): string => displayNames[person] ?? person;

/** What a customer wrote is read by the tier, in its newest wording, and not once it is deleted (2.5). */
const lostWords = ({ affair, name, inTiers }: Spoken): readonly Finding[] => {
  const staffReads = inTiers.flatMap(({ cards, below }) => [...cards, ...below]).map(({ text }) => text);
  return [affair.first, ...affair.replies]
    .filter(({ words, removedAt }) => staffReads.some((text) => text.includes(words)) !== (removedAt === null))
    .map((wrote) =>
      lost(
        `${what(wrote)} "${wrote.words}" on ${name} is ${wrote.removedAt === null ? 'not ' : 'still '}to be read in ${wrote.removedAt === null ? 'any' : 'a'} tier`,
      ),
    );
};

const what = ({ editedAt, removedAt, by }: Wrote): string =>
  `${nameOf(by)}'s ${removedAt !== null ? 'deleted message' : editedAt === null ? 'message' : 'edit'}`;

const lostForms = (spoken: Spoken): readonly Finding[] =>
  spoken.affair.forms
    .filter((form) => form.end === 'kept' && !isSeen(form, spoken))
    .map(({ by, what: form, words }) =>
      lost(`${nameOf(by)}'s form "${form}" on ${spoken.name} was taken, and "${words}" is nowhere`),
    );

const isSeen = (form: Sent, { toCustomer, inTiers, toManager }: Spoken): boolean => {
  const says = ({ ever }: Saying): boolean => ever.includes(form.words);
  if (form.what !== 'escalate') return toCustomer.some(says);
  const below = inTiers.flatMap((tier) => tier.below);
  if ([...below, ...toManager].some(says)) return true;
  // The hand-over note is that of the last escalation: what is shown after the next one lacks this one's.
  const shownAt = inTiers[form.tier]?.below[0]?.message.at ?? 0;
  return form.tier + 1 < inTiers.length && shownAt > form.at + handOverWithin;
};

const lostPresses = ({ affair, name, toCustomer }: Spoken, evidence: Evidence): readonly Finding[] => {
  const said = toCustomer.map(({ ever }) => ever).join('\n');
  return affair.presses
    .filter((press) => isTakenForSure(press, affair, evidence))
    .filter(({ what: button, by }) =>
      button === 'claim' ? !said.includes(`${nameOf(by)} is on it`) : !/closed/i.test(said),
    )
    .map(({ what: button, by }) =>
      lost(`${nameOf(by)} pressed "${button}" on ${name}, acknowledged, and nothing came of it`),
    );
};

/**
 * Acknowledged, and not answered with a refusal. Where the process may have died before its answer, nobody knows what it was;
 * then it counts only where nobody else did anything to it at that time.
 */
const isTakenForSure = (press: Pressed, affair: Affair, { obstacles }: Evidence): boolean => {
  const { acked, replies } = press.outcome;
  if (!acked || replies.length > 0) return false;
  const isUndisturbed = !obstacles.some(({ from, to }) => from <= press.ackedAt + 1_000 && to >= press.at);
  const around = [...affair.presses, ...affair.forms].filter((other) => Math.abs(other.at - press.at) < 8_000);
  return isUndisturbed || around.length === 1;
};
