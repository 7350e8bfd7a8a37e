import { isFold, type Notice } from '../domain/notice.ts';
import { isOpen, ticketName } from '../domain/ticket.ts';
import { callPieces, whyLine } from './call-message.ts';
import { nextLine } from './deadlines.ts';
import { priorityNames, sortingText, tierInWords } from './labels.ts';
import { bold, type Line, lineText, type Piece } from './line.ts';
import { managerLine } from './manager-message.ts';
import { bullets, type Message, message, paragraph, rich, section } from './message.ts';
import { eventAt, type Subject } from './subject.ts';

/** One of several notices that are said together; `link` is its card's address, where known. */
export interface FoldedItem {
  readonly notice: Notice;
  readonly subject: Subject;
  readonly link: string | null;
}

const shown = 20;

/** Calls of one tier, or news to one manager, in one message (5.8, 6.2); each of them has its reason still (14.3). */
export const foldedMessage = (items: readonly FoldedItem[]): Message => {
  const [first] = items;
  if (first?.notice.kind === 'call') return foldedCalls(items, first);
  return items.every(({ notice }) => isFold(notice, 'gone')) ? goneNews(items) : lateNews(items);
};

const foldedCalls = (items: readonly FoldedItem[], first: FoldedItem): Message => {
  const loudest = items.find(({ notice }) => isLoud(notice)) ?? first;
  const head: Line = [
    ...callPieces(loudest.notice, loudest.subject),
    `${tierInWords(first.subject.desk, first.notice.tier)}: ${items.length} tickets need you`,
  ];
  const rows = items.map((item): Line => {
    const event = eventAt(item.subject, item.notice.seq);
    const next: Line = isOpen(item.subject.ticket) ? ['. ', ...nextLine(item.subject)] : [];
    return [...ticketPieces(item), ': ', ...whyLine(event), ...next];
  });
  return message(`${lineText(head)}: ${named(items)}.`, [
    section(head),
    rich(bullets(rows.slice(0, shown)), ...andMore(rows)),
  ]);
};

const isLoud = ({ about }: Notice): boolean =>
  about === 'response-missed' || about === 'take-up-missed' || about === 'update-missed';

/** Everything that was done late, in one list, oldest due instant first (5.8). */
const lateNews = (items: readonly FoldedItem[]): Message =>
  listed(items, `The desk was down. ${items.length} things were done late and count against nobody:`);

/** What can never arrive where it was to be said, in one list (14.3). */
const goneNews = (items: readonly FoldedItem[]): Message =>
  listed(items, `${items.length} things could not be said in Slack. Please see to them:`);

const listed = (items: readonly FoldedItem[], heading: string): Message => {
  const dueAt = ({ notice, subject }: FoldedItem): number => eventAt(subject, notice.seq).at;
  const inOrder = items.toSorted((a, b) => dueAt(a) - dueAt(b));
  const head: Line = [heading];
  const rows = inOrder.map(
    (item): Line => [...ticketPieces(item), ': ', ...managerLine(item.subject, eventAt(item.subject, item.notice.seq))],
  );
  return message(`${lineText(head)} ${named(inOrder)}.`, [
    rich(paragraph(head), bullets(rows.slice(0, shown)), ...andMore(rows)),
  ]);
};

const ticketPieces = ({ subject: { ticket }, link }: FoldedItem): readonly Piece[] => {
  const name = ticketName(ticket);
  return [
    link === null ? bold(name) : { url: link, label: name },
    ` · ${priorityNames[ticket.priority]} · ${sortingText(ticket)}`,
  ];
};

const andMore = (rows: readonly Line[]) =>
  rows.length > shown ? [paragraph([`… and ${rows.length - shown} more; see the tickets' cards.`])] : [];

const named = (items: readonly FoldedItem[]): string =>
  items
    .slice(0, shown)
    .map(({ subject }) => ticketName(subject.ticket))
    .join(', ');
