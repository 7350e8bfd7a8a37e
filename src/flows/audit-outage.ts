import { day, type Instant, minute } from '../domain/instant.ts';
import { allPages, type ChannelParts, readChannel } from './audit-channel.ts';
import { farthestBack, takeInFound } from './audit-messages.ts';
import type { AuditStore, Outage, RunningPlace, RunningTicket, Span } from './audit-ports.ts';
import { instantOf } from './incoming.ts';

export interface OutageParts extends ChannelParts {
  readonly audits: Pick<AuditStore, 'messagesIn' | 'runningAfter' | 'searched'>;
  /** Up to where threads and direct messages have been read that one turn was too short for. */
  readonly reached: Map<string, Instant>;
}

/** Slack sends an event again for about six minutes: it may have given up on what was written before the silence began. */
const leadTime = 10 * minute;
/** What cannot be taken in is looked for again for so long. */
const patience = day;
const pageSize = 20;

const firstPlace: RunningPlace = { dueAt: 0, ids: [] };

/** How much was found; `failed`: something of it could not be taken in. `place`: where to go on, `null` at the end. */
interface Search<P> {
  readonly mended: number;
  readonly failed: boolean;
  readonly place: P | null;
}

/**
 * After a time in which nobody heard Slack: reads the threads of running tickets and the bot's direct messages, and takes in
 * what Slack gave up on (2.11). Goes on where it stopped, in whichever process.
 *
 * @param upTo what is newer is left to the way it comes by
 */
export const searchAfterOutage = async (
  parts: OutageParts,
  outage: Outage,
  upTo: Instant,
): Promise<{ readonly replies: number; readonly directs: number; readonly finished: boolean }> => {
  const { team } = parts.desks.desk();
  const span = { from: Math.max(outage.since - leadTime, upTo - farthestBack), to: upTo };
  const threads = await readThreads(parts, outage.tickets, span);
  const directs = await readDirects(parts, outage.directs, span);
  const finished = threads.place === null && directs.place === null;
  const failed = outage.failed || threads.failed || directs.failed;
  if (finished) parts.reached.clear();
  const again = finished && failed && upTo - outage.seenAt < patience;
  await parts.audits.searched(
    team,
    again
      ? { ...outage, tickets: firstPlace, directs: '', failed: false }
      : { ...outage, tickets: threads.place, directs: directs.place, failed },
  );
  return { replies: threads.mended, directs: directs.mended, finished };
};

const readThreads = async (
  parts: OutageParts,
  start: RunningPlace | null,
  span: Span,
): Promise<Search<RunningPlace>> => {
  const { team } = parts.desks.desk();
  let mended = 0;
  let failed = false;
  for (let place = start; place !== null; ) {
    const tickets: readonly RunningTicket[] = await parts.audits.runningAfter(team, place, span.to, pageSize);
    for (const { dueAt, id, threads } of tickets) {
      for (const thread of threads) {
        const read = await readThread(parts, thread, span);
        mended += read.mended;
        failed ||= read.end === 'failed';
        if (read.end === 'later') return { mended, failed, place };
      }
      place = after(place, dueAt, id);
    }
    if (tickets.length < pageSize) break;
  }
  return { mended, failed, place: null };
};

const after = (place: RunningPlace, dueAt: Instant, id: string): RunningPlace =>
  dueAt === place.dueAt ? { dueAt, ids: [...place.ids, id] } : { dueAt, ids: [id] };

/** Slack shows a thread from its beginning, so that each page can be taken in as it comes. */
const readThread = async (
  parts: OutageParts,
  thread: string,
  { from, to }: Span,
): Promise<{ readonly mended: number; readonly end: 'read' | 'later' | 'failed' }> => {
  const [channel = '', ts = ''] = thread.split(':');
  const span = { from: parts.reached.get(thread) ?? from, to };
  let mended = 0;
  let failed = false;
  for (let cursor: string | null = null; ; ) {
    const page = await parts.archive.thread(channel, ts, span, cursor);
    if (page.kind === 'later') return { mended, end: 'later' };
    // A thread whose first message is gone, or a channel that the bot has left: there is nobody to answer.
    if (page.kind === 'refused') parts.log.info('audit may not read', { thread, why: page.why });
    if (page.kind === 'refused') return { mended, end: 'read' };
    const found = await takeInFound(parts, parts.desks.desk().team, channel, page.items);
    mended += found.mended;
    failed ||= found.failedAt !== null;
    const last = page.items.at(-1);
    if (last !== undefined && !failed) parts.reached.set(thread, Math.max(from, instantOf(last.ts)));
    if (page.next === null) return { mended, end: failed ? 'failed' : 'read' };
    cursor = page.next;
  }
};

const readDirects = async (parts: OutageParts, start: string | null, span: Span): Promise<Search<string>> => {
  if (start === null) return { mended: 0, failed: false, place: null };
  const channels = await allPages(parts.archive.directs);
  if (channels.kind === 'later') return { mended: 0, failed: false, place: start };
  if (channels.kind === 'refused') parts.log.warn('audit may not read', { channel: 'direct', why: channels.why });
  if (channels.kind === 'refused') return { mended: 0, failed: false, place: null };
  let mended = 0;
  let failed = false;
  let place = start;
  for (const channel of channels.items.filter((each) => each > start).toSorted()) {
    const read = await readChannel(parts, channel, { ...span, from: parts.reached.get(channel) ?? span.from });
    mended += read.mended;
    failed ||= read.end === 'failed';
    if (read.end !== 'failed') parts.reached.set(channel, read.upTo);
    if (read.end === 'later') return { mended, failed, place };
    place = channel;
  }
  return { mended, failed, place: null };
};
