import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Page, SlackArchive, Span, StoredMessage } from '../flows/audit-ports.ts';
import type { Clock, Log } from '../flows/ports.ts';
import { createReadingPace } from './reading-pace.ts';
import { failureOf } from './slack-error.ts';

export interface ArchiveParts {
  /** Tries each call once and gives 429 back at once: see `slack-client.ts`. */
  readonly client: WebClient;
  readonly clock: Clock;
  readonly log: Log;
}

/** What Slack keeps of channels, threads and direct messages, read at a pace of its own. One call each. */
export const createSlackArchive = ({
  client,
  clock,
  log,
}: ArchiveParts): SlackArchive & {
  /** From now on there is no time to read. */
  close(): void;
} => {
  const pace = createReadingPace(clock);
  let isClosed = false;

  const reading = async <T>(method: string, call: () => Promise<Page<T>>): Promise<Page<T>> => {
    if (isClosed || !pace.take(method)) return { kind: 'later' };
    try {
      return await call();
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'too-many') pace.tooMany(method, failure.after);
      const isFinal = failure.kind === 'never' || failure.kind === 'unknown' || failure.why === 'missing_scope';
      if (isFinal) return { kind: 'refused', why: failure.why };
      log.warn('reading Slack failed, to be tried again', { method, why: failure.why });
      return { kind: 'later' };
    }
  };

  return {
    close: () => {
      isClosed = true;
    },
    channel: (channel, span, cursor) =>
      reading('conversations.history', async () =>
        messagesOf(await client.conversations.history({ channel, ...rangeOf(span), ...at(cursor) })),
      ),
    thread: (channel, ts, span, cursor) =>
      reading('conversations.replies', async () =>
        messagesOf(await client.conversations.replies({ channel, ts, ...rangeOf(span), ...at(cursor) })),
      ),
    directs: (cursor) =>
      reading('conversations.list', async () => {
        const page = directsPage.parse(await client.conversations.list({ types: 'im', limit: 999, ...at(cursor) }));
        return { kind: 'page', items: page.channels.map(({ id }) => id), next: nextOf(page) };
      }),
  };
};

const pageSize = 200;

const rangeOf = ({ from, to }: Span) => ({
  limit: pageSize,
  include_all_metadata: true,
  inclusive: true,
  oldest: (from / 1000).toFixed(6),
  latest: (to / 1000).toFixed(6),
});

const at = (cursor: string | null): { readonly cursor?: string } => (cursor === null ? {} : { cursor });

const message = z
  .looseObject({
    ts: z.string(),
    thread_ts: z.string().nullish(),
    edited: z.unknown().optional(),
    metadata: z
      .object({ event_type: z.literal('tierline_notice'), event_payload: z.object({ ticket: z.string() }) })
      .nullish()
      .catch(null),
  })
  .transform(
    (raw): StoredMessage => ({
      ts: raw.ts,
      threadTs: raw.thread_ts ?? null,
      isEdited: raw.edited !== undefined && raw.edited !== null,
      ticketId: raw.metadata?.event_payload.ticket ?? null,
      raw,
    }),
  );

const cursorShape = z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' });
const messagesPage = z.object({ messages: z.array(message).default([]), response_metadata: cursorShape });
const directsPage = z.object({
  channels: z.array(z.object({ id: z.string() })).default([]),
  response_metadata: cursorShape,
});

const messagesOf = (answer: unknown): Page<StoredMessage> => {
  const page = messagesPage.parse(answer);
  return { kind: 'page', items: page.messages, next: nextOf(page) };
};

const nextOf = ({
  response_metadata: { next_cursor: next },
}: {
  readonly response_metadata: z.infer<typeof cursorShape>;
}) => (next === '' ? null : next);
