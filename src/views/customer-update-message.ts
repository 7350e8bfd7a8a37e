import { clocksOf } from '../domain/clocks.ts';
import type { EventOf, TicketEvent } from '../domain/event.ts';
import { isOpen, ticketName } from '../domain/ticket.ts';
import { cut } from './cut.ts';
import { customerStatusText, nameOf, tierInWords } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { type Message, message, paragraph, quote, rich, saying, spoken } from './message.ts';
import type { Subject } from './subject.ts';

/** A word from staff, always with status, tier, and the expected time or when the next word comes (7.2). */
export const staffUpdateMessage = (subject: Subject, event: EventOf<'updated'>): Message => {
  const opening: Line = [bold(ticketName(subject.ticket)), ` · ${nameOf(event.by)} writes:`];
  const standing = standingLine(subject);
  const next = nextWordLine(event.expectedAt, event.doneAt + subject.policy.clocks.update.every);
  return message(`${lineText(opening)} ${spoken(event.words.text)} ${lineText(standing)} ${lineText(next)}`, [
    rich(paragraph(opening), quote(cut(event.words.text, 3_000)), paragraph(standing), paragraph(next)),
  ]);
};

/** "It is being worked on, at Tier 2 (Advanced)." */
export const standingLine = ({ ticket, desk }: Pick<Subject, 'ticket' | 'desk'>): Line => [
  `It is ${customerStatusText(ticket)}, at ${tierInWords(desk, ticket.tier)}.`,
];

/** The expected time, or when the next word comes (7.2). */
const nextWordLine = (expectedAt: number | null, nextWordAt: number): Line =>
  expectedAt === null
    ? ['We do not know yet when it is solved; we aim to write again by ', at(nextWordAt), '.']
    : ['We expect it to be solved by ', at(expectedAt), '.'];

/** What Tierline says by itself, from recorded facts only (7.3). `null` when the issue is over by now. */
export const holdingUpdateMessage = (subject: Subject, event: TicketEvent): Message | null => {
  if (!isOpen(subject.ticket)) return null;
  const opening: Line = [bold(ticketName(subject.ticket)), ' · how it stands. ', ...whoHasIt(subject)];
  return saying(opening, whatComes(subject, event));
};

const whoHasIt = ({ ticket, desk }: Subject): Line => {
  const tier = tierInWords(desk, ticket.tier);
  if (ticket.owner === null) return [`It has been with ${tier} since `, at(ticket.arrivedAt), '.'];
  return [`${nameOf(ticket.owner)} of ${tier} has had it since `, at(ticket.owner.since), '.'];
};

const whatComes = (subject: Subject, event: TicketEvent): Line => {
  const { ticket, policy } = subject;
  const again = event.doneAt + policy.clocks.update.every;
  if (ticket.status === 'waiting') {
    const need = cut(ticket.waitingFor ?? '', 2_000);
    return [
      'We are waiting for your answer',
      ...(ticket.waitingSince === null ? [] : [' since ', at(ticket.waitingSince)]),
      ...(need === '' ? [] : [`. What we need from you: ${need}`]),
      '\nPlease answer in this thread. ',
      ...aimToWrite(again),
    ];
  }
  return [...expectedLine(subject, event), ...nextStep(subject), ...aimToWrite(again)];
};

const expectedLine = ({ ticket }: Subject, event: TicketEvent): Line => {
  if (ticket.expectedAt === null) return [];
  if (ticket.expectedAt <= event.doneAt) {
    return ['We had expected it to be solved by ', at(ticket.expectedAt), '; it is not yet. '];
  }
  return ['We expect it to be solved by ', at(ticket.expectedAt), '. '];
};

const nextStep = ({ ticket, policy, desk }: Subject): Line => {
  const handOver = clocksOf(ticket, policy).find(({ name }) => name === 'hand-over');
  if (handOver === undefined || handOver.dueAt === null) return [];
  return ['If it is not solved by ', at(handOver.dueAt), `, it goes to ${tierInWords(desk, ticket.tier + 1)}. `];
};

const aimToWrite = (by: number): Line => ['We aim to write again by ', at(by), '.'];
