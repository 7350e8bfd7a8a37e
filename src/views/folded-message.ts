import { isFold, type Notice } from '../domain/notice.ts';
import { isOpen, ticketName } from '../domain/ticket.ts';
import { callMessage, callPieces, isStillCalled, whyLine } from './call-message.ts';
import { nextLine } from './deadlines.ts';
import { priorityNames, sortingText, tierInWords } from './labels.ts';
import { bold, type Line, lineText, type Piece } from './line.ts';
import { managerLine, managerMessage } from './manager-message.ts';
import { bullets, type Message, message, paragraph, rich, section } from './message.ts';
import { eventAt, type Subject } from './subject.ts';

/** One of several notices that are said together; `link` is its card's address, where known. */
export interface FoldedItem {
  readonly notice: Notice;
  readonly subject: Subject;
  readonly link: string | null;
}

const shown = 20;

/** Calls of one tier, or news to one manager, in one message (5.8, 6.2); `null` when no reason is left. */
export const foldedMessage = (items: readonly FoldedItem[]): Message | null => {
  const live = items.filter(hasReason);
  const [first] = live;
  if (first === undefined) return null;
  if (live.length === 1) {
    const { notice, subject } = first;
    return notice.kind === 'call' ? callMessage(notice, subject) : managerMessage(notice, subject);
  }
  if (first.notice.kind === 'call') return foldedCalls(live, first);
  if (isFold(first.notice, 'gone')) return goneNews(live);
  return isFold(first.notice, 'again') ? stillNobody(live) : lateNews(live);
};

/** Whether one of several is still to be said when its turn comes (14.3). */
export const hasReason = ({ notice, subject }: Pick<FoldedItem, 'notice' | 'subject'>): boolean =>
  notice.kind === 'call'
    ? isStillCalled(notice, subject, eventAt(subject, notice.seq))
    : managerMessage(notice, subject) !== null;

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

/** What nobody has taken though it was called out before, in one list, in which each leads to its card. */
const stillNobody = (items: readonly FoldedItem[]): Message =>
  listed(items, `${items.length} tickets still have nobody. Please have somebody take them:`);

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
