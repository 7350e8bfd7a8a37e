import type { EventOf, TicketEvent } from '../domain/event.ts';
import { isOpen, ticketName } from '../domain/ticket.ts';
import { isAnIssueButton, reopenButton, solvedButtons } from './customer-buttons.ts';
import { cut } from './cut.ts';
import { nameOf, tierInWords } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { actions, type Message, message, paragraph, quote, rich, saying, spoken, withBlocks } from './message.ts';
import { carried, type Subject } from './subject.ts';

/** The solution, and the question whether it is one (8.1). Cause and fix stay inside (7.1). */
export const resolvedMessage = (subject: Subject, event: EventOf<'resolved'>): Message => {
  const opening: Line = [bold(ticketName(subject.ticket)), ` · ${nameOf(event.by)} thinks it is solved:`];
  const question: Line = ['Is it solved for you?'];
  return message(`${lineText(opening)} ${spoken(event.words.message)} ${lineText(question)}`, [
    rich(paragraph(opening), quote(cut(event.words.message, 3_000)), paragraph(question)),
    solvedButtons(carried(subject)),
  ]);
};

/** Asked again, with what silence leads to (8.2). `null` when it has been answered since. */
export const askAgainMessage = (subject: Subject): Message | null => {
  const { ticket, policy } = subject;
  if (ticket.status !== 'resolved') return null;
  const silence: Line =
    ticket.askedAt === null
      ? []
      : [' If we do not hear from you, we close it ', at(ticket.askedAt + policy.clocks.close.after), '.'];
  return asking(subject, ['Is ', bold(ticketName(ticket)), ' solved for you?', ...silence]);
};

/** The question after a reply that is neither thanks nor a complaint (8.3). */
export const askAfterReplyMessage = (subject: Subject): Message | null =>
  subject.ticket.status === 'resolved'
    ? asking(subject, [
        'Thank you, we noted that on ',
        bold(ticketName(subject.ticket)),
        '. Is it solved, or still broken?',
      ])
    : null;

const asking = (subject: Subject, line: Line): Message => {
  const said = saying(line);
  return withBlocks(said, solvedButtons(carried(subject)));
};

/** Closed, confirmed or not; Reopen while the ticket is still closed (8.2, 8.3). */
export const closedMessage = (subject: Subject, event: EventOf<'closed'>): Message => {
  const { ticket, policy } = subject;
  const until: Line = [' If it comes back, you can reopen it until ', at(event.at + policy.reopenWithin), '.'];
  return withReopen(subject, [bold(ticketName(ticket)), ...closedWords(event), ...until]);
};

const closedWords = ({ outcome, by }: EventOf<'closed'>): Line =>
  outcome === 'confirmed'
    ? [` is closed${by === null ? '' : ' as solved'}. Thank you!`]
    : [' is closed, as we have not heard from you.'];

/** One line, and the way back (8.6). The reason stays inside (7.1). */
export const dismissedMessage = (subject: Subject): Message => {
  const line: Line = [
    bold(ticketName(subject.ticket)),
    ' is closed: we took it for something that needs nothing from us.',
  ];
  return withButton(subject, [...line, ' Did we get that wrong?'], [isAnIssueButton(carried(subject))]);
};

/** Open again, in which tier, and by whom it was looked at (8.2). */
export const reopenedMessage = (subject: Subject, event: TicketEvent): Message => {
  const { ticket, desk } = subject;
  const why = event.type === 'reopened' && event.why === 'by-hand' ? ' is open again' : ', thank you: it is open again';
  const who = ticket.owner === null ? '' : `; ${nameOf(ticket.owner)} is on it`;
  return saying([bold(ticketName(ticket)), `${why}, at ${tierInWords(desk, ticket.tier)}${who}.`]);
};

/** A reply to a closed ticket (8.3). `null` when the ticket is open again by now. */
export const offerReopenMessage = (subject: Subject): Message | null =>
  isOpen(subject.ticket) || subject.ticket.status === 'resolved'
    ? null
    : withReopen(subject, [
        bold(ticketName(subject.ticket)),
        ' is closed, and we noted your words. Shall we open it again?',
      ]);

const withReopen = (subject: Subject, line: Line): Message =>
  withButton(subject, line, [reopenButton(carried(subject))]);

/** A button on a ticket that has moved on since would only be refused. */
const withButton = (subject: Subject, line: Line, buttons: Parameters<typeof actions>[0]): Message => {
  const said = saying(line);
  return subject.ticket.status === 'closed' ? withBlocks(said, actions(buttons)) : said;
};
