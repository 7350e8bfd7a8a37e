import type { EventOf, TicketEvent } from '../domain/event.ts';
import { ticketName } from '../domain/ticket.ts';
import { messageText } from './background-message.ts';
import { buttonValue } from './button-value.ts';
import { customerHappening } from './customer-happening.ts';
import { cutLine } from './cut.ts';
import { happeningOf, type Told } from './happening.ts';
import { actionIds, pageBlockId } from './ids.ts';
import { shortTitle } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { actions, bullets, button, type Message, message, paragraph, rich, withBlocks } from './message.ts';
import { carried, type Subject } from './subject.ts';
import { type NotSaid, notSaidLine } from './withdrawn.ts';

/** Who reads it: customers see what was said to them, and only managers what messages said before (2.5, 11). */
export type HistoryReader = 'customer' | 'staff' | 'manager';

const perPage = 20;
const quoteLimit = 250;

/**
 * The timeline as text, newest page first, each page in order of time.
 *
 * @param page 0 is the newest
 * @param notSaid in order of time
 */
export const historyMessage = (
  subject: Subject,
  reader: HistoryReader,
  page: number,
  notSaid: readonly NotSaid[],
): Message => {
  const rows = rowsFor(subject, reader, reader === 'customer' ? [] : notSaid);
  const pages = Math.max(1, Math.ceil(rows.length / perPage));
  const shown = Math.min(Math.max(page, 0), pages - 1);
  const to = rows.length - shown * perPage;
  const head: Line = [bold(ticketName(subject.ticket)), ` · ${shortTitle(subject.ticket)} · what happened`];
  const foot: Line = pages === 1 ? [] : [` (page ${shown + 1} of ${pages}, newest first)`];
  const said = message(`${lineText([...head, ...foot])}: ${rows.length} entries.`, [
    rich(paragraph([...head, ...foot]), ...bulletsOf(rows.slice(Math.max(0, to - perPage), to))),
  ]);
  return pages === 1 ? said : withBlocks(said, pageButtons(subject, shown, pages));
};

const rowsFor = (subject: Subject, reader: HistoryReader, notSaid: readonly NotSaid[]): readonly Line[] => {
  const left = [...notSaid];
  const before = (instant: number): readonly Line[] =>
    left.splice(0, left.filter(({ at: when }) => when < instant).length).map(notSaidLine);
  const happened = subject.events.flatMap((event): readonly Line[] => {
    const told = toldFor(subject, event, reader);
    return [...before(event.doneAt), ...(told === null ? [] : [rowOf(event, told)])];
  });
  return [...happened, ...left.map(notSaidLine)];
};

const bulletsOf = (rows: readonly Line[]) => (rows.length === 0 ? [] : [bullets(rows)]);

const rowOf = (event: TicketEvent, { line, quotes }: Told): Line => {
  const words = quotes.map(
    ({ label, text }) => `${label === null ? ': ' : ` · ${label}: `}“${cutLine(text, shareOf(quotes))}”`,
  );
  return [at(event.at), ' · ', ...line, ...words];
};

const shareOf = (quotes: Told['quotes']): number => Math.floor(quoteLimit / Math.max(1, quotes.length));

const toldFor = (subject: Subject, event: TicketEvent, reader: HistoryReader): Told | null => {
  switch (reader) {
    case 'customer':
      return customerHappening(subject, event);
    case 'staff':
      return asItReadsNow(subject, event);
    case 'manager':
      return withRevisions(subject, event);
  }
};

/** For staff a message reads as it does now, whatever it said before (2.5). */
const asItReadsNow = (subject: Subject, event: TicketEvent): Told => {
  const told = happeningOf(subject, event);
  switch (event.type) {
    case 'opened':
      return { ...told, quotes: [{ label: null, text: subject.ticket.description || '(no text)' }] };
    case 'customer-said':
    case 'staff-said':
      return spokenNow(subject, event, told);
    default:
      return told;
  }
};

const spokenNow = (subject: Subject, event: EventOf<'customer-said' | 'staff-said'>, told: Told): Told => {
  const said = subject.ticket.messages.find(({ key }) => key === event.messageKey);
  if (said === undefined) return { line: [...told.line, ' (now an issue of its own)'], quotes: [] };
  return { line: [...told.line, ': ', ...messageText(said, quoteLimit)], quotes: [] };
};

const withRevisions = (subject: Subject, event: TicketEvent): Told => {
  const told = happeningOf(subject, event);
  return event.type === 'message-edited'
    ? { line: [...told.line, ', to'], quotes: [{ label: null, text: event.words.text }] }
    : told;
};

const pageButtons = (subject: Subject, page: number, pages: number) => {
  const value = buttonValue(carried(subject));
  return actions(
    [
      ...(page + 1 < pages ? [button('Earlier', actionIds.historyBack, value)] : []),
      ...(page > 0 ? [button('Later', actionIds.historyOn, value)] : []),
    ],
    pageBlockId('history', page),
  );
};
