import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { minute } from '../domain/instant.ts';
import type { Anchor } from '../domain/notice.ts';
import type { Destination, Remark } from '../flows/ports.ts';

/** Where a posted message can be found again: not a redraw, not a whisper. */
export type Posting = Extract<Destination, { readonly kind: 'channel' | 'person' }>;

/** Marks a posted message with what it says: ids only, since every app and member of the workspace may read it. */
export const markOf = (remarks: readonly [Remark, ...Remark[]]) => {
  const [{ subject, notice }, ...others] = remarks;
  return {
    event_type: eventType,
    event_payload: { ticket: subject.ticket.id, notice: notice.id, others: others.map(shortKey).join(' ') },
  };
};

/** The method that reads there; a DM is opened first, which has as generous a limit of its own. */
export const lookUpMethodOf = (to: Posting): 'conversations.history' | 'conversations.replies' =>
  to.kind === 'channel' && to.threadTs !== null ? 'conversations.replies' : 'conversations.history';

/**
 * The messages in Slack that already say some of these remarks, by remark (14.3). Looks from when the oldest was written,
 * through at most 1,000 messages.
 *
 * @throws what the Slack client throws
 */
export const findSaid = async (
  client: WebClient,
  remarks: readonly Remark[],
  to: Posting,
): Promise<ReadonlyMap<Remark, Anchor>> => {
  const channel = to.kind === 'channel' ? to.channel : await directChannel(client, to.userId);
  const threadTs = to.kind === 'channel' ? to.threadTs : null;
  const writtenAt = Math.min(...remarks.map(({ notice }) => notice.writtenAt));
  const found = new Map<Remark, Anchor>();
  let cursor = '';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await readPage(client, channel, threadTs, writtenAt - minute, cursor);
    for (const message of answer.messages) {
      for (const remark of remarks) if (says(message, remark)) found.set(remark, { channel, ts: message.ts });
    }
    cursor = answer.response_metadata.next_cursor;
    if (found.size === remarks.length || cursor === '') break;
  }
  return found;
};

const eventType = 'tierline_notice';
const pageSize = 200;
const mostPages = 5;

/** Short, since a mark must stay small: numbers are unique in a workspace. */
const shortKey = ({ subject, notice }: Remark): string => `${subject.ticket.number}/${notice.id}`;

const mark = z.object({
  event_type: z.literal(eventType),
  event_payload: z.object({ ticket: z.string(), notice: z.string(), others: z.string().default('') }),
});

const pageShape = z.object({
  messages: z.array(z.object({ ts: z.string(), metadata: mark.nullish().catch(null) })).default([]),
  response_metadata: z.object({ next_cursor: z.string().default('') }).default({ next_cursor: '' }),
});

const says = ({ metadata }: z.infer<typeof pageShape>['messages'][number], remark: Remark): boolean => {
  if (!metadata) return false;
  const { ticket, notice, others } = metadata.event_payload;
  return (
    (ticket === remark.subject.ticket.id && notice === remark.notice.id) || others.split(' ').includes(shortKey(remark))
  );
};

const readPage = async (
  client: WebClient,
  channel: string,
  threadTs: string | null,
  since: number,
  cursor: string,
): Promise<z.infer<typeof pageShape>> => {
  const range = { channel, limit: pageSize, include_all_metadata: true, ...(cursor === '' ? {} : { cursor }) };
  const oldest = (since / 1000).toFixed(6);
  const answer =
    threadTs === null
      ? await client.conversations.history({ ...range, oldest })
      : await client.conversations.replies({ ...range, oldest, ts: threadTs });
  return pageShape.parse(answer);
};

const directChannel = async (client: WebClient, userId: string): Promise<string> => {
  const answer = await client.conversations.open({ users: userId });
  return z.string().parse(answer.channel?.id);
};
