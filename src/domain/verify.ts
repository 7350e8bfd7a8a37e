import { evolveAll } from './evolve.ts';
import { type Ticket, ticketName } from './ticket.ts';
import { canonical, digestOf, type Entry, entryHash, eventsOf, type KeptWords, noHash, wordsKey } from './timeline.ts';

/** What is stored of a ticket, as far as its record must hold together (9.1). */
export interface Stored {
  readonly ticket: Ticket;
  readonly entries: readonly Entry[];
  readonly words: Readonly<Record<string, KeptWords>>;
  /** Of the newest entry, held apart: entries cut off the end show. */
  readonly hash: string;
}

/**
 * The first thing wrong with a ticket's record, in a sentence; `null` when its chain, its words and its state all
 * hold together (9.1). Words that were erased are no break: both the text and its salt are gone then.
 */
export const firstBreak = (stored: Stored): string | null => {
  const name = ticketName(stored.ticket);
  return chainBreak(name, stored) ?? wordsBreak(name, stored) ?? stateBreak(name, stored);
};

const chainBreak = (name: string, { entries, hash }: Stored): string | null => {
  let before = noHash;
  for (const [index, entry] of entries.entries()) {
    if (entry.seq !== index + 1) return `${name}: entry ${index + 1} is missing`;
    if (entry.hash !== entryHash(entry, before)) return `${name}: entry ${entry.seq} is not what was written`;
    before = entry.hash;
  }
  if (entries.length === 0) return `${name}: it has no timeline`;
  return before === hash ? null : `${name}: entry ${entries.length} is not the newest that was written`;
};

const wordsBreak = (name: string, { entries, words }: Stored): string | null => {
  for (const { seq, words: digests } of entries) {
    for (const [field, digest] of Object.entries(digests)) {
      const kept = words[wordsKey(seq, field)];
      if (kept !== undefined && digestOf(kept) !== digest) return `${name}: the ${field} of entry ${seq} was changed`;
    }
  }
  return null;
};

const stateBreak = (name: string, { ticket, entries, words }: Stored): string | null => {
  const erased = entries.some(({ seq, words: digests }) =>
    Object.keys(digests).some((field) => words[wordsKey(seq, field)] === undefined),
  );
  const replayed = evolveAll(null, eventsOf(entries, words));
  return erased || canonical(replayed) === canonical(ticket)
    ? null
    : `${name}: the ticket is not what its entries make`;
};
