import type { Message } from './message.ts';

/**
 * Whether a posted message reads as one that was made from the present state. Slack gives blocks back with ids and signs of
 * its own, so only what people read and what buttons carry is compared: letters and digits, in their order.
 *
 * @param blocks the blocks of a message as Slack keeps it
 */
export const showsSame = (blocks: unknown, { blocks: wanted }: Message): boolean => wordsOf(blocks) === wordsOf(wanted);

/** Fields that are read by people, or say what a press is about. */
const telling: ReadonlySet<string> = new Set(['text', 'url', 'user_id', 'channel_id', 'timestamp', 'value']);

const wordsOf = (part: unknown): string => {
  if (Array.isArray(part)) return part.map(wordsOf).join('');
  if (typeof part !== 'object' || part === null) return '';
  return Object.entries(part)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (isWord(value) ? (telling.has(name) ? lettersOf(`${value}`) : '') : wordsOf(value)))
    .join('');
};

const isWord = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const lettersOf = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '');
