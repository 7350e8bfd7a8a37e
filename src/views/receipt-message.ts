import { clocksOf } from '../domain/clocks.ts';
import { evolve } from '../domain/evolve.ts';
import type { Instant } from '../domain/instant.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { titleFrom } from '../domain/title.ts';
import { receiptButtons } from './customer-buttons.ts';
import { cut } from './cut.ts';
import { impactNames, nameOf, priorityNames, shortTitle, sortingText, tierInWords, urgencyNames } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { bullets, type Message, message, paragraph, quote, rich } from './message.ts';
import { carried, type Subject } from './subject.ts';

const quoteLimit = 1_000;

/** The receipt: number, what was understood, who looks at it, by when we aim to answer (2.3). */
export const receiptMessage = (subject: Subject): Message => {
  const { ticket } = subject;
  const opening: Line = [bold(ticketName(ticket)), ` · ${openingWords(subject)}`];
  const answer = answerLine(subject);
  const title: Line = [bold(shortTitle(ticket))];
  return message(`${lineText(opening)} ${lineText(title)}. ${lineText(answer)}.`, [
    rich(
      paragraph(opening),
      ...(isBeginning(ticket) ? [] : [paragraph(title)]),
      ...(ticket.description.trim() === '' ? [] : [quote(cut(ticket.description, quoteLimit))]),
      bullets([sortingLine(ticket), priorityLine(ticket), answer]),
    ),
    receiptButtons(carried(subject)),
  ]);
};

/** A title made from the message itself says nothing new. */
const isBeginning = ({ title, description }: Ticket): boolean => title === titleFrom(description);

const openingWords = ({ ticket }: Subject): string =>
  ticket.openedBy.userId === ticket.customer.userId || ticket.customer.userId === null
    ? 'Thank you, we have your issue.'
    : `${nameOf(ticket.openedBy)} has noted this issue for you.`;

const sortingLine = (ticket: Ticket): Line =>
  ticket.kind === null && ticket.service === null
    ? ['We sort it when we look at it']
    : [`About: ${sortingText(ticket)}`];

/** What somebody said in the form, or what we take it for until then. */
const priorityLine = ({ source, priority, impact, urgency }: Ticket): Line =>
  source === 'message' || source === 'mention'
    ? [`Priority: ${priorityNames[priority]}, until we have looked at it`]
    : [
        `Priority: ${priorityNames[priority]} `,
        `(${impactNames[impact].toLowerCase()}, ${urgencyNames[urgency].toLowerCase()})`,
      ];

const answerLine = (subject: Subject): Line => {
  const { ticket, desk } = subject;
  if (ticket.owner !== null && ticket.tier === 1) return [`${nameOf(ticket.owner)} is looking at it`];
  const by = aimedAnswer(subject);
  const who = `${tierInWords(desk, 1)} looks at it`;
  return by === null ? [who] : [`${who}; we aim to answer by `, at(by)];
};

/** By when the first tier aims to answer: as promised at the opening, whatever has happened since. */
const aimedAnswer = ({ events, policy }: Subject): Instant | null => {
  const [opened] = events;
  if (opened?.type !== 'opened') return null;
  return clocksOf(evolve(null, opened), policy).find(({ name }) => name === 'respond')?.dueAt ?? null;
};
