import type { RichTextBlockElement } from '@slack/types';
import type { TicketEvent } from '../domain/event.ts';
import { ticketName } from '../domain/ticket.ts';
import { filesLine, messageText } from './background-message.ts';
import { cut } from './cut.ts';
import { happeningOf, lateness, type Told } from './happening.ts';
import { nameOf } from './labels.ts';
import { bold, type Line, lineText } from './line.ts';
import { type Message, message, paragraph, quote, rich } from './message.ts';
import type { Subject } from './subject.ts';

const quoteLimit = 3_000;

/**
 * One line in the tier's thread (6.2). A line about a message shows its text as it is now; older texts are for
 * managers, elsewhere (2.5).
 */
export const lineMessage = (subject: Subject, event: TicketEvent): Message => {
  const said = saidLine(subject, event);
  return said ?? toldMessage(subject, forOwner(subject, event, happeningOf(subject, event)));
};

/** The owner is told when the first message goes (2.5). */
const forOwner = ({ ticket }: Subject, event: TicketEvent, told: Told): Told =>
  event.type === 'message-removed' && event.first && ticket.owner !== null
    ? { ...told, line: [{ user: ticket.owner.userId }, ' ', ...told.line] }
    : told;

const toldMessage = ({ ticket }: Subject, { line, quotes }: Told): Message => {
  const parts: RichTextBlockElement[] = quotes.flatMap(({ label, text }) => [
    ...(label === null ? [] : [paragraph([bold(label)])]),
    quote(cut(text, quotes.length > 1 ? quoteLimit / 2 : quoteLimit)),
  ]);
  const words: Line = quotes.map(({ label, text }) => ` ${label === null ? '' : `${label}: `}${cut(text, 800)}`);
  const stop = quotes.length === 0 ? '.' : ':';
  const shown: Line = quotes.length === 0 ? line : [...line, ':'];
  return message(`${ticketName(ticket)}: ${lineText(line)}${stop}${lineText(words)}`, [
    rich(paragraph(shown), ...parts),
  ]);
};

/** The line of a message of the customer's conversation; `null` for any other event. */
const saidLine = (subject: Subject, event: TicketEvent): Message | null => {
  const key = messageKeyOf(event);
  const said = subject.ticket.messages.find((each) => each.key === key);
  if (key === null || said === undefined) return null;
  const opening: Line = [`${nameOf(said.by)} ${said.side === 'customer' ? 'wrote' : 'answered the customer'}`];
  const text = messageText(said, quoteLimit);
  if (said.removedAt !== null) {
    const line: Line = [...opening, ': ', ...text];
    return message(`${ticketName(subject.ticket)}: ${lineText(line)}.`, [rich(paragraph(line))]);
  }
  const [words, ...edited] = text;
  const shown = typeof words === 'string' ? words : '';
  const line: Line = [...opening, ...edited, ...lateness(event)];
  const spoken = `${lineText(line)}: ${lineText([cut(shown, 1_000)])}`;
  const files = filesLine(said.files);
  return message(`${ticketName(subject.ticket)}: ${spoken}`, [
    rich(paragraph([...line, ':']), quote(shown), ...(files === null ? [] : [paragraph(files)])),
  ]);
};

/** The first message is told as an event: its text stands in the background, which is redrawn. */
const messageKeyOf = (event: TicketEvent): string | null => {
  switch (event.type) {
    case 'customer-said':
    case 'staff-said':
    case 'message-edited':
      return event.messageKey;
    case 'message-removed':
      return event.first ? null : event.messageKey;
    default:
      return null;
  }
};
