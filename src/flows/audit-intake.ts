import type { Instant } from '../domain/instant.ts';
import { type ChannelParts, readChannel } from './audit-channel.ts';
import { farthestBack } from './audit-messages.ts';
import type { AuditStore } from './audit-ports.ts';

export interface IntakeParts extends ChannelParts {
  readonly audits: Pick<AuditStore, 'messagesIn' | 'knowUpTo'>;
}

/**
 * Reads the intake channels from where all is known up to an instant, those longest unread first: a customer's message that
 * has no ticket gets one. What was written before a channel was an intake channel, or more than 7 days ago, is left alone.
 *
 * @returns how many messages something came of, and whether every channel has been read so far
 */
export const auditIntake = async (
  parts: IntakeParts,
  known: Readonly<Record<string, Instant>>,
  upTo: Instant,
): Promise<{ readonly mended: number; readonly finished: boolean }> => {
  const { team, intake } = parts.desks.desk();
  const spans = intake
    .map(({ channel, since }) => ({ channel, from: Math.max(since, known[channel] ?? since, upTo - farthestBack) }))
    .filter(({ from }) => from < upTo)
    .toSorted((a, b) => a.from - b.from);
  // What is no intake channel now has nothing to be known: if it becomes one again, it counts from then.
  const others = Object.keys(known).filter((channel) => !intake.some((each) => each.channel === channel));
  const reached = new Map<string, Instant>(others.map((channel) => [channel, upTo]));
  let mended = 0;
  let finished = true;
  for (const { channel, from } of spans) {
    const read = await readChannel(parts, channel, { from, to: upTo });
    mended += read.mended;
    reached.set(channel, read.upTo);
    finished = read.end !== 'later';
    if (!finished) break;
  }
  if (reached.size > 0) await parts.audits.knowUpTo(team, Object.fromEntries(reached));
  return { mended, finished };
};
