import type { RichTextBlockElement } from '@slack/types';
import { type Ticket, type TicketMessage, ticketName } from '../domain/ticket.ts';
import { cut, cutLine } from './cut.ts';
import { customerName, impactNames, nameOf, reachNames, sortingText, urgencyNames } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { bullets, type Message, message, paragraph, quote, rich } from './message.ts';
import type { Subject } from './subject.ts';

/** How much of each is shown. */
export interface Shares {
  readonly description: number;
  readonly handOver: number;
  readonly note: number;
  readonly notes: number;
  readonly message: number;
  readonly messages: number;
}

// Their sum keeps the whole under Slack's ceiling with the longest texts.
const shares: Shares = { description: 2_500, handOver: 1_000, note: 250, notes: 4, message: 200, messages: 10 };

/** What is known, at the head of the card's thread (6.2). Redrawn when a message of it is edited (2.5). */
export const backgroundMessage = ({ ticket }: Subject): Message => {
  const opening: Line = [bold('What is known about '), bold(ticketName(ticket))];
  return message(`${lineText(opening)}: ${lineText([cut(ticket.description, 1_000)])}`, [
    rich(
      paragraph(opening),
      ...knownParts(ticket, shares, [customerFact(ticket), openedFact(ticket), sortedFact(ticket)]),
    ),
  ]);
};

/** Description, some facts, hand-over note, notes, and the last messages. */
export const knownParts = (ticket: Ticket, share: Shares, facts: readonly Line[]): readonly RichTextBlockElement[] => {
  const said = ticket.messages.filter(({ text }) => text !== ticket.description).slice(-share.messages);
  const notes = ticket.notes.slice(-share.notes);
  const { handOverNote } = ticket;
  return [
    quote(cut(ticket.description, share.description)),
    bullets([...facts, ...allFiles(ticket)]),
    ...(handOverNote === null ? [] : [paragraph([bold('Hand-over note')]), quote(cut(handOverNote, share.handOver))]),
    ...(notes.length === 0
      ? []
      : [paragraph([bold('Notes')]), bullets(notes.map((each) => noteLine(each, share.note)))]),
    ...(said.length === 0
      ? []
      : [paragraph([bold('Last messages')]), bullets(said.map((each) => messageLine(each, share.message)))]),
  ];
};

const customerFact = (ticket: Ticket): Line => [
  `Customer: ${customerName(ticket)}, by ${reachNames[ticket.customer.reach].toLowerCase()}`,
];

export const openedFact = (ticket: Ticket): Line => [`Opened by ${nameOf(ticket.openedBy)} `, at(ticket.openedAt)];

export const severityText = ({ impact, urgency }: Ticket): string =>
  `${impactNames[impact]}, ${urgencyNames[urgency].toLowerCase()}`;

const sortedFact = (ticket: Ticket): Line => [`${sortingText(ticket)} · ${severityText(ticket)}`];

const allFiles = ({ messages }: Ticket): readonly Line[] => {
  const line = filesLine(messages.filter(({ removedAt }) => removedAt === null).flatMap(({ files }) => files));
  return line === null ? [] : [line];
};

/** "Files: a.png, b.pdf", or `null` for none (2.5). */
export const filesLine = (files: TicketMessage['files']): Line | null =>
  files.length === 0 ? null : [`Files: ${cutLine(files.map(({ name }) => name).join(', '), 300)}`];

const noteLine = ({ by, at: notedAt, text }: Ticket['notes'][number], limit: number): Line => [
  `${nameOf(by)}, `,
  at(notedAt),
  `: ${cutLine(text, limit)}`,
];

const messageLine = (said: TicketMessage, limit: number): Line => [
  `${nameOf(said.by)}${said.side === 'staff' ? ' (staff)' : ''}, `,
  at(said.at),
  ': ',
  ...messageText(said, limit),
];

/** A customer's message as it is now: the newest text, or when it was taken back (2.5). */
export const messageText = ({ text, removedAt, editedAt, files, side }: TicketMessage, limit: number): Line => {
  if (removedAt !== null) return [`removed by ${side === 'customer' ? 'the customer' : 'its author'}, `, at(removedAt)];
  const shown = text.trim() === '' ? (files.length > 0 ? 'sent a file' : 'no text') : cut(text, limit);
  return editedAt === null ? [shown] : [shown, ' (edited ', at(editedAt), ')'];
};
