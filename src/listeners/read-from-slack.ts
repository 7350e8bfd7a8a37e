import type { WebClient } from '@slack/web-api';
import type { Incoming } from '../flows/incoming.ts';
import type { Ports } from '../flows/ports.ts';
import { readMessage } from './slack-message.ts';
import { refusalWord } from './slack-refusal.ts';

/**
 * Reads one message from Slack, with its newest text and files.
 *
 * @returns `null` where it is gone, is no person's, or the bot does not see the channel: then nobody can answer there
 * @throws for every other answer of Slack
 */
export const messageFromSlack = async (
  { directory }: Pick<Ports, 'directory'>,
  client: WebClient,
  botUserId: string,
  channel: string,
  ts: string,
): Promise<Incoming | null> => {
  const call = { channel, ts, oldest: ts, latest: ts, inclusive: true, limit: 10 };
  const found = await client.conversations.replies(call).then(
    ({ messages }) => messages?.find((message) => message.ts === ts) ?? null,
    (error: unknown) => {
      if (outOfSight.has(refusalWord(error))) return null;
      throw error;
    },
  );
  if (found === null) return null;
  const nameOf = async (userId: string): Promise<string> => (await directory.person(userId, null)).name;
  return readMessage(channel, found, botUserId, nameOf);
};

const outOfSight: ReadonlySet<string | null> = new Set([
  'channel_not_found',
  'not_in_channel',
  'thread_not_found',
  'message_not_found',
  'is_archived',
  'missing_scope',
]);
