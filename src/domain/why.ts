import { type ClockName, clocksOf, type MarkName, type RunningClock } from './clocks.ts';
import { durationText } from './duration.ts';
import type { Instant } from './instant.ts';
import type { Policy } from './policy.ts';
import { isReachable, type Pause, type Ticket } from './ticket.ts';
import { uncountedHours } from './why-closed.ts';

/** How instants and tiers are worded for the one who reads. */
export interface Wording {
  readonly at: (instant: Instant) => string;
  /** "Tier 2 (Advanced)" */
  readonly tier: (tier: number) => string;
  /** Customers read what was promised to them, and nothing of what stays inside (11). */
  readonly reader: 'staff' | 'customer';
}

export interface ClockStory {
  readonly clock: string;
  readonly sentences: readonly string[];
}

/** Explains every running clock: start, pauses, hours that did not count and why, due, what then and to whom (5.7). */
export const whyOf = (ticket: Ticket, policy: Policy, wording: Wording): readonly ClockStory[] =>
  clocksOf(ticket, policy)
    .filter(({ name }) => wording.reader === 'staff' || !internal.has(name))
    .map((clock) => ({
      clock: heading(clock, ticket, wording),
      sentences: [
        `It started ${wording.at(clock.startAt)}: ${startReason(clock, ticket)}.`,
        `It allows ${durationText(clock.within)}${timeWords(clock)}.`,
        ...pauseSentences(clock, wording),
        ...closedSentences(clock, policy, wording),
        dueSentence(clock, wording),
        ...(wording.reader === 'staff' ? warningSentences(clock, ticket, wording) : []),
        ...thenSentences(clock, ticket, policy, wording),
      ],
    }));

/** Clocks that the customer was never told of. */
const internal: ReadonlySet<ClockName> = new Set(['take-up', 'wait']);

const heading = ({ name }: RunningClock, ticket: Ticket, wording: Wording): string => {
  const here = wording.tier(ticket.tier);
  switch (name) {
    case 'respond':
      return `Answer by ${here}`;
    case 'take-up':
      return `Somebody of ${here} takes it`;
    case 'hand-over':
      return `Solution by ${here}`;
    case 'update':
      return wording.reader === 'staff' ? 'A word to the customer' : 'A word to you';
    case 'wait':
      return 'Waiting for the customer';
    case 'confirm':
      return wording.reader === 'staff' ? 'The customer confirms' : 'You confirm';
    case 'close':
      return 'Close';
  }
};

const startReason = ({ name, retimed }: RunningClock, ticket: Ticket): string => {
  switch (name) {
    case 'respond':
      return ticket.arrivedAt === ticket.openedAt ? 'the ticket was opened' : 'it came to this tier';
    case 'take-up':
      return 'since then it is taken on and nobody has it';
    case 'hand-over':
      return `this tier took it on${retimed ? ', and its priority was changed later' : ''}`;
    case 'update':
      return ticket.updateOwedAt === null
        ? 'the last word to the customer'
        : 'what was said then never reached the customer';
    case 'wait':
      return 'we asked the customer for something';
    case 'confirm':
    case 'close':
      return 'the customer was asked whether it is solved';
  }
};

const timeWords = ({ name, time }: RunningClock): string => {
  if (name === 'take-up') return `${countedWords(time)}, again and again until somebody takes it`;
  return name === 'wait' ? ', again and again while we wait' : countedWords(time);
};

const countedWords = (time: RunningClock['time']): string =>
  time === 'business' ? ' of business time' : ', where every hour counts';

const pauseSentences = (clock: RunningClock, wording: Wording): readonly string[] =>
  clock.pauses
    .filter(({ from, to }) => (to ?? Number.POSITIVE_INFINITY) > clock.startAt && from < (clock.dueAt ?? from + 1))
    .map((pause) => pauseSentence(pause, wording));

const pauseSentence = ({ from, to, why }: Pause, { at }: Wording): string => {
  const reasons: Readonly<Record<Pause['why'], string>> = {
    waiting: 'we waited for the customer',
    resolved: 'it was resolved',
    closed: 'it was closed',
  };
  return to === null
    ? `It stands still since ${at(from)}: we wait for the customer.`
    : `It stood still from ${at(from)} to ${at(to)}, while ${reasons[why]}.`;
};

const closedSentences = (clock: RunningClock, policy: Policy, { at }: Wording): readonly string[] => {
  if (clock.time !== 'business' || clock.dueAt === null) return [];
  return uncountedHours(policy.calendar, clock.startAt, clock.dueAt, clock.pauses).map(
    ({ from, to, what }) => `From ${at(from)} to ${at(to)} did not count: ${what}.`,
  );
};

const dueSentence = ({ dueAt, retimed }: RunningClock, { at, reader }: Wording): string => {
  if (dueAt === null) return 'While it stands still it is not due.';
  if (!retimed) return reader === 'staff' ? `It is due ${at(dueAt)}.` : `We aim to keep it by ${at(dueAt)}.`;
  return `With the changed priority its time was up already: it is due with the change, ${at(dueAt)}, and nobody's breach.`;
};

const warningSentences = ({ marks }: RunningClock, ticket: Ticket, wording: Wording): readonly string[] =>
  marks.flatMap(({ does, at, nth }) => {
    if (!does.startsWith('warn')) return [];
    return [`${nth === 2 ? wording.tier(ticket.tier) : ownerOrTier(ticket, wording)} is reminded ${wording.at(at)}.`];
  });

export const ownerOrTier = ({ owner, tier }: Ticket, wording: Wording): string =>
  owner === null ? wording.tier(tier) : owner.name;

const thenSentences = (clock: RunningClock, ticket: Ticket, policy: Policy, wording: Wording): readonly string[] => {
  const deadline = clock.marks.at(-1);
  if (deadline === undefined) return [];
  const isLast = ticket.tier + 1 === policy.clocks.tiers.length;
  const sentence =
    wording.reader === 'staff'
      ? thenForStaff(deadline.does, clock, ticket, isLast, wording)
      : thenForCustomer(deadline.does, ticket, wording);
  const early =
    deadline.does === 'send-holding-update' ? [`Tierline acts ${wording.at(deadline.at)}, before that.`] : [];
  return sentence === null ? early : [...early, sentence];
};

export const thenForStaff = (
  does: MarkName,
  { retimed }: RunningClock,
  ticket: Ticket,
  isNextLast: boolean,
  wording: Wording,
): string | null => {
  const here = wording.tier(ticket.tier);
  switch (does) {
    case 'miss-response':
      return retimed
        ? `Then ${here} is called again and the managers are told.`
        : `Then it is a breach: ${here} is called again, the managers are told, and ${here} has it from that instant.`;
    case 'miss-take-up':
      return `Then ${here} is called again and the managers are told.`;
    case 'escalate':
      return `Then it is escalated to ${wording.tier(ticket.tier + 1)}${isNextLast ? ', and the managers get a direct message' : ''}.`;
    case 'send-holding-update':
      return 'Then Tierline itself tells the customer how it stands.';
    case 'miss-update':
      return `Then ${here} is called and the managers are told: only a person can reach this customer.`;
    case 'remind-waiting':
      return `Then ${ownerOrTier(ticket, wording)} is asked: resume, or resolve for want of an answer.`;
    case 'ask-again':
      return isReachable(ticket)
        ? 'Then the customer is asked again.'
        : `Then ${ownerOrTier(ticket, wording)} is asked to ask the customer again.`;
    case 'close-unconfirmed':
      return 'Then it is closed, unconfirmed, and the customer is told so.';
    case 'warn-respond':
    case 'warn-hand-over':
    case 'warn-update':
      return null;
  }
};

const thenForCustomer = (does: MarkName, ticket: Ticket, wording: Wording): string | null => {
  switch (does) {
    case 'miss-response':
      return `If nobody has answered by then, ${wording.tier(ticket.tier)} and our managers are called.`;
    case 'escalate':
      return `If it is not solved by then, it goes to ${wording.tier(ticket.tier + 1)}.`;
    case 'send-holding-update':
      return 'If nobody has written by then, we tell you how it stands.';
    case 'ask-again':
      return 'If we have not heard from you by then, we ask again.';
    case 'close-unconfirmed':
      return 'If we have not heard from you by then, we close it.';
    default:
      return null;
  }
};
