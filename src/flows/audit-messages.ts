import { day, type Instant, minute } from '../domain/instant.ts';
import type { AuditStore, Hear, StoredMessage } from './audit-ports.ts';
import { instantOf, messageKey } from './incoming.ts';
import type { Log } from './ports.ts';

export interface FoundParts {
  readonly audits: Pick<AuditStore, 'messagesIn'>;
  readonly hear: Hear;
  readonly log: Log;
}

/** What is just coming in is left to the way it comes by. */
export const settling = minute;

/** A net looks only so far back. */
export const farthestBack = 7 * day;

/**
 * Takes in the messages that no ticket knows, oldest first, by the same way as those that Slack delivers; and edits of those
 * that one knows. One that fails is logged, and does not stop the others.
 *
 * @returns how many something came of, and the earliest instant of one that failed
 */
export const takeInFound = async (
  { audits, hear, log }: FoundParts,
  team: string,
  channel: string,
  messages: readonly StoredMessage[],
): Promise<{ readonly mended: number; readonly failedAt: Instant | null }> => {
  if (messages.length === 0) return { mended: 0, failedAt: null };
  const threads = new Set(messages.flatMap(({ ts, threadTs }) => [ts, threadTs ?? ts]));
  const known = await audits.messagesIn(
    team,
    [...threads].map((ts) => messageKey(channel, ts)),
  );
  let mended = 0;
  let failedAt: Instant | null = null;
  for (const message of messages.toSorted((a, b) => Number(a.ts) - Number(b.ts))) {
    const isKnown = known.has(messageKey(channel, message.ts));
    if (isKnown && !message.isEdited) continue;
    try {
      if (await hear(channel, message, isKnown)) mended += 1;
    } catch (error) {
      failedAt ??= instantOf(message.ts);
      log.error('message not taken in by the audit', { channel, ts: message.ts, error });
    }
  }
  return { mended, failedAt };
};
