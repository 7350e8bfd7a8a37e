import { clocksOf, type MarkName, type RunningClock } from '../domain/clocks.ts';
import type { Instant } from '../domain/instant.ts';
import { isReachable } from '../domain/ticket.ts';
import { tierInWords } from './labels.ts';
import { at, type Line } from './line.ts';
import type { Subject } from './subject.ts';

/** A promise that runs on a ticket: what is to be done, and by when. */
export interface Deadline {
  readonly clock: RunningClock['name'];
  /** "Claim or answer it". */
  readonly todo: string;
  /** What happens then otherwise: ", or it goes to Tier 2 (Advanced)"; empty where the deed itself says it. */
  readonly orElse: string;
  /** Tierline does it itself when nobody else does: what only people can do comes first. */
  readonly isCovered: boolean;
  /** Nobody has to do anything: Tierline or the calendar does. */
  readonly isAutomatic: boolean;
  readonly at: Instant;
  readonly time: RunningClock['time'];
}

/** What has to be done and by when: first what only people can do, the nearest first; without the clocks that a pause has stopped. */
export const deadlinesOf = (subject: Subject): readonly Deadline[] => {
  const deadlines = clocksOf(subject.ticket, subject.policy).flatMap((clock): readonly Deadline[] => {
    const last = clock.marks.at(-1);
    return last === undefined
      ? []
      : [
          {
            clock: clock.name,
            at: last.at,
            time: clock.time,
            orElse: '',
            isCovered: false,
            isAutomatic: false,
            ...deed(last.does, subject),
          },
        ];
  });
  return deadlines.toSorted((a, b) => Number(a.isCovered) - Number(b.isCovered) || a.at - b.at);
};

const deed = (
  does: MarkName,
  { ticket, desk }: Subject,
): Pick<Deadline, 'todo'> & Partial<Pick<Deadline, 'orElse' | 'isCovered' | 'isAutomatic'>> => {
  switch (does) {
    case 'warn-respond':
    case 'miss-response':
      return { todo: 'Claim or answer it' };
    case 'miss-take-up':
      return { todo: 'Somebody must take it' };
    case 'warn-hand-over':
    case 'escalate':
      return { todo: 'Solve it', orElse: `, or it goes to ${tierInWords(desk, ticket.tier + 1)}` };
    case 'warn-update':
    case 'send-holding-update':
    case 'miss-update':
      return isReachable(ticket)
        ? { todo: 'Write to the customer', orElse: ', or Tierline does', isCovered: true }
        : { todo: 'Tell the customer' };
    case 'remind-waiting':
      return { todo: 'Resume it, or resolve it for want of an answer,' };
    case 'ask-again':
      return { todo: 'The customer is asked again', isAutomatic: true };
    case 'close-unconfirmed':
      return { todo: 'It closes, unconfirmed,', isAutomatic: true };
  }
};

/** "Solve it by <moment> (day and night), or it goes to Tier 2 (Advanced)". */
export const deadlineLine = ({ todo, orElse, isAutomatic, at: dueAt, time }: Deadline): Line =>
  isAutomatic
    ? [`${todo} `, at(dueAt)]
    : [`${todo} by `, at(dueAt), ` (${time === 'business' ? 'business time' : 'day and night'})${orElse}`];

/** What to do next on the ticket and by when; the first thing a reader at night has to see. */
export const nextLine = (subject: Subject): Line => {
  const [next] = deadlinesOf(subject);
  if (next !== undefined) return deadlineLine(next);
  return [subject.ticket.status === 'closed' ? 'Nothing to do' : 'No clock is running'];
};
