import type { Instant } from '../domain/instant.ts';
import type { FileReference } from '../domain/ticket.ts';

/** A message as someone wrote it, read from Slack's event or from Slack itself; text is plain, not Slack's markup. */
export interface Incoming {
  readonly channel: string;
  readonly ts: string;
  /** The thread it stands in; `null` at top level. */
  readonly threadTs: string | null;
  readonly userId: string;
  /** The author's own workspace, where Slack says it (2.12). */
  readonly team: string | null;
  readonly text: string;
  readonly files: readonly FileReference[];
  readonly mentionsBot: boolean;
}

export const messageKey = (channel: string, ts: string): string => `${channel}:${ts}`;

export const rootOf = ({ ts, threadTs }: Incoming): string => threadTs ?? ts;

/** The message itself, and the thread it stands in: what is answered below either belongs to what it opens. */
export const threadsFrom = (message: Incoming): readonly string[] => [
  ...new Set([messageKey(message.channel, message.ts), messageKey(message.channel, rootOf(message))]),
];

export const isReply = ({ ts, threadTs }: Incoming): boolean => threadTs !== null && threadTs !== ts;

/** A direct message with the bot: Slack names those channels `D…`. */
export const isDirect = ({ channel }: Pick<Incoming, 'channel'>): boolean => channel.startsWith('D');

/** Slack's `seconds.micros` as an instant. */
export const instantOf = (ts: string): Instant => Math.floor(Number(ts) * 1000);
