import type { Call } from '../domain/desk.ts';
import type { TicketEvent } from '../domain/event.ts';
import type { Notice } from '../domain/notice.ts';
import { isOpen, isReachable, ticketName } from '../domain/ticket.ts';
import { nextLine } from './deadlines.ts';
import { lateness } from './happening.ts';
import { priorityNames, shortTitle, sortingText, tierInWords } from './labels.ts';
import { bold, type Line, lineText, type Piece } from './line.ts';
import { lines, type Message, message, section } from './message.ts';
import { eventAt, type Subject } from './subject.ts';

/** Calls the tier about one ticket (6.2); `null` when nobody needs to be called any more (14.3). */
export const callMessage = (notice: Notice, subject: Subject): Message | null => {
  const event = eventAt(subject, notice.seq);
  if (notice.redraws === null && !isStillCalled(notice, subject, event)) return null;
  const { ticket } = subject;
  const opening: Line = [
    ...callPieces(notice, subject),
    `${tierInWords(subject.desk, notice.tier)}: `,
    ...whyLine(event),
  ];
  // What people typed is drawn again when they take it back; a message that folds is not.
  const about = notice.fold === null ? shortTitle(ticket) : sortingText(ticket);
  const what: Line = [bold(`${ticketName(ticket)} · ${priorityNames[ticket.priority]} · ${about}`)];
  const next = nextLine(subject);
  return message(`${lineText(opening)}. ${lineText(what)}. ${lineText(next)}.`, [
    section(opening),
    lines(what, ['→ ', ...next]),
  ]);
};

/** Who is called: the group, everybody here, or nobody, as the desk has it for arrivals and breaches. */
export const callPieces = (notice: Pick<Notice, 'about' | 'tier'>, { desk }: Subject): readonly Piece[] => {
  const tier = desk.tiers[notice.tier - 1];
  if (tier === undefined) return [];
  const call: Call = isBreach(notice) ? tier.callOnBreach : tier.callOnArrival;
  return call === 'none' ? [] : [{ call, group: tier.group }, ' '];
};

const isBreach = ({ about }: Pick<Notice, 'about'>): boolean =>
  about === 'response-missed' || about === 'take-up-missed' || about === 'update-missed';

/** Whether what the tier is called for still stands: it went elsewhere, was taken or ended since otherwise. */
const isStillCalled = (notice: Notice, { ticket }: Subject, event: TicketEvent): boolean => {
  if (ticket.tier !== notice.tier) return false;
  if (notice.about === 'update-missed') return !isReachable(ticket) && ticket.owed.length > 0;
  const isTakenSince = ticket.owner !== null && ticket.owner.since >= event.at;
  return isOpen(ticket) && !isTakenSince;
};

/** Why the tier is called, in a few words. */
export const whyLine = (event: TicketEvent): Line => [whyText(event), ...lateness(event)];

const whyText = (event: TicketEvent): string => {
  switch (event.type) {
    case 'opened':
      return 'a new ticket';
    case 'escalated':
      return event.why === 'deadline' ? 'escalated to you, time ran out' : 'escalated to you';
    case 'handed-back':
      return 'handed back to you';
    case 'reopened':
      return 'open again';
    case 'response-missed':
      return event.nobodysBreach ? 'more pressing now, please answer' : 'no answer in time';
    case 'take-up-missed':
      return 'still nobody has it';
    case 'update-missed':
      return 'the customer was not told in time';
    default:
      return 'please look at this';
  }
};
