import { createHash } from 'node:crypto';
import { type TicketEvent, wordsOf } from './event.ts';

/** A person's words, kept beside the timeline with the salt of their digest, so that both can go (9.1). */
export interface KeptWords {
  readonly salt: string;
  readonly text: string;
}

/** One timeline entry: an event whose words are digests, chained to the entry before it by hash (9.1). */
export interface Entry {
  readonly seq: number;
  /** The event without its words; `words` holds a salted digest per field. */
  readonly event: object;
  readonly words: Readonly<Record<string, string>>;
  readonly hash: string;
}

/** The hash before the first entry. */
export const noHash = '';

/** Where the words of an entry's field are kept: `12:text`. */
export const wordsKey = (seq: number, field: string): string => `${seq}:${field}`;

export const digestOf = (words: KeptWords): string => sha256(`${words.salt}\n${words.text}`);

/**
 * Turns events into chained entries and the words kept beside them (9.1).
 *
 * @param salt gives a fresh random salt for each text.
 */
export const sealEvents = (
  events: readonly TicketEvent[],
  after: { readonly seq: number; readonly hash: string },
  salt: () => string,
): {
  readonly entries: readonly Entry[];
  readonly words: Readonly<Record<string, KeptWords>>;
  /** Of the newest entry. */
  readonly hash: string;
} => {
  const entries: Entry[] = [];
  const words: Record<string, KeptWords> = {};
  let { seq, hash } = after;
  for (const event of events) {
    seq += 1;
    const digests: Record<string, string> = {};
    for (const [field, text] of Object.entries(wordsOf(event))) {
      const kept = { salt: salt(), text };
      words[wordsKey(seq, field)] = kept;
      digests[field] = digestOf(kept);
    }
    const bare = withoutWords(event);
    hash = entryHash({ seq, event: bare, words: digests }, hash);
    entries.push({ seq, event: bare, words: digests, hash });
  }
  return { entries, words, hash };
};

/** The hash an entry must carry, given the hash before it. */
export const entryHash = (entry: Omit<Entry, 'hash'>, before: string): string =>
  sha256(canonical({ seq: entry.seq, event: entry.event, words: entry.words, before }));

/** The events of a timeline with their words put back; an erased text reads as empty (9.1, 9.6). */
export const eventsOf = (
  entries: readonly Entry[],
  words: Readonly<Record<string, KeptWords>>,
): readonly TicketEvent[] =>
  entries.map((entry) => {
    const texts: Record<string, string> = {};
    for (const field of Object.keys(entry.words)) texts[field] = words[wordsKey(entry.seq, field)]?.text ?? '';
    const event = { ...entry.event, words: texts };
    if (!isEvent(event)) throw new Error(`Reading timeline entry ${entry.seq} failed: it has no type or no instant`);
    return event;
  });

const isEvent = (value: object): value is TicketEvent => 'type' in value && 'at' in value && 'doneAt' in value;

const withoutWords = (event: TicketEvent): Record<string, unknown> => {
  const { words: _apart, ...bare } = { words: null, ...event };
  return bare;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** JSON with sorted keys and without undefined: the same value gives the same text after any database round trip. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const pairs = Object.entries(value).filter(([, item]) => item !== undefined);
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
};
