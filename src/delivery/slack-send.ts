import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Anchor } from '../domain/notice.ts';
import type { Destination, Remark } from '../flows/ports.ts';
import type { Message } from '../views/message.ts';
import { markOf } from './slack-lookup.ts';

/** The method that says something there; each has limits of its own. */
export const methodOf = (to: Destination): 'chat.postMessage' | 'chat.update' | 'chat.postEphemeral' => {
  switch (to.kind) {
    case 'channel':
    case 'person':
      return 'chat.postMessage';
    case 'redraw':
      return 'chat.update';
    case 'whisper':
      return 'chat.postEphemeral';
  }
};

/**
 * One call. A person's DM is answered with its own channel id.
 *
 * @throws what the Slack client throws
 */
export const send = async (
  client: WebClient,
  message: Message,
  remarks: readonly [Remark, ...Remark[]],
  to: Destination,
): Promise<Anchor> => {
  switch (to.kind) {
    case 'channel':
    case 'person':
      return posted.parse(
        await client.chat.postMessage({
          ...message,
          ...quiet,
          ...where(to),
          metadata: markOf(remarks),
        }),
      );
    case 'redraw': {
      const { channel, ts } = to;
      await client.chat.update({ ...message, channel, ts });
      return { channel, ts };
    }
    case 'whisper': {
      const answer = await client.chat.postEphemeral({ ...message, ...where(to), user: to.userId });
      return { channel: to.channel, ts: whispered.parse(answer).message_ts };
    }
  }
};

/** What people wrote is quoted as it is: no pictures of the pages it links to. */
const quiet = { unfurl_links: false, unfurl_media: false } as const;

const posted = z.object({ channel: z.string(), ts: z.string() });
const whispered = z.object({ message_ts: z.string() });

const where = (
  to: Exclude<Destination, { readonly kind: 'redraw' }>,
): { readonly channel: string; readonly thread_ts?: string } => {
  if (to.kind === 'person') return { channel: to.userId };
  return { channel: to.channel, ...(to.threadTs === null ? {} : { thread_ts: to.threadTs }) };
};
