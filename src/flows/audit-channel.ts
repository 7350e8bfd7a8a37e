import { type Duration, type Instant, second } from '../domain/instant.ts';
import { type FoundParts, takeInFound } from './audit-messages.ts';
import type { Page, SlackArchive, Span, StoredMessage } from './audit-ports.ts';
import type { DeskSource } from './ports.ts';

export interface ChannelParts extends FoundParts {
  readonly desks: DeskSource;
  readonly archive: SlackArchive;
  /** How much of a channel fits one page, as far as this process knows. */
  readonly spans: Map<string, Duration>;
}

export interface ChannelRead {
  readonly mended: number;
  /** Everything up to here has been taken in. */
  readonly upTo: Instant;
  /** Why it ended there: `later`, no more may be read for now; `failed`, a message could not be taken in. */
  readonly end: 'read' | 'later' | 'refused' | 'failed';
}

/** A second that holds more than a page is read page by page. */
const shortest = second;

/**
 * Takes in what a channel has kept of a span, oldest first. Slack shows the newest first: a stretch that does not fit a page is
 * halved, so that one instant is all that has to be remembered to go on from.
 */
export const readChannel = async (parts: ChannelParts, channel: string, { from, to }: Span): Promise<ChannelRead> => {
  let at = from;
  let mended = 0;
  let failedAt: Instant | null = null;
  const reached = (): Instant => Math.max(from, Math.min(at, (failedAt ?? at + 1) - 1));
  while (at < to) {
    const length = Math.min(parts.spans.get(channel) ?? to - at, to - at);
    const span = { from: at, to: at + length };
    const page = await readSpan(parts, channel, span);
    if (page.kind === 'refused') parts.log.warn('audit may not read', { channel, why: page.why });
    if (page.kind !== 'page') return { mended, upTo: reached(), end: page.kind };
    if (page.next !== null) {
      parts.spans.set(channel, Math.max(shortest, Math.floor(length / 2)));
      continue;
    }
    parts.spans.set(channel, length * 2);
    const found = await takeInFound(parts, parts.desks.desk().team, channel, page.items);
    mended += found.mended;
    // It is read again the next time; what comes after it must not wait for that.
    failedAt ??= found.failedAt;
    at = span.to;
  }
  return { mended, upTo: reached(), end: failedAt === null ? 'read' : 'failed' };
};

/** One page; of the shortest span all that there are. */
const readSpan = async ({ archive }: ChannelParts, channel: string, span: Span): Promise<Page<StoredMessage>> => {
  const read = (cursor: string | null): Promise<Page<StoredMessage>> => archive.channel(channel, span, cursor);
  return span.to - span.from > shortest ? read(null) : allPages(read);
};

/** All pages as one; what keeps one of them from being read keeps them all. */
export const allPages = async <T>(
  read: (cursor: string | null) => Promise<Page<T>>,
  cursor: string | null = null,
): Promise<Page<T>> => {
  const page = await read(cursor);
  if (page.kind !== 'page' || page.next === null) return page;
  const rest = await allPages(read, page.next);
  return rest.kind === 'page' ? { ...rest, items: [...page.items, ...rest.items] } : rest;
};
