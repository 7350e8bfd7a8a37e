import { closest, distance } from 'fastest-levenshtein';

const ticketVerbs = [
  'new',
  'list',
  'show',
  'why',
  'history',
  'claim',
  'release',
  'assign',
  'handover',
  'handback',
  'note',
  'update',
  'told',
  'wait',
  'resume',
  'resolve',
  'close',
  'reopen',
  'help',
] as const;
export type TicketVerb = (typeof ticketVerbs)[number];

/** What somebody typed after `/ticket`, taken apart. Text is as Slack sent it: people are `<@U1|ana>`, signs escaped. */
export type TicketWords =
  | { readonly kind: 'verb'; readonly verb: TicketVerb; readonly rest: string }
  | { readonly kind: 'unknown'; readonly typed: string; readonly nearest: string | null };

/** No words is help, and a bare number shows that ticket. A typo gets the nearest command (12). */
export const readTicketWords = (text: string): TicketWords => {
  const { first, rest } = firstWord(text);
  if (first === '') return { kind: 'verb', verb: 'help', rest: '' };
  if (ticketNumberIn(first) !== null) return { kind: 'verb', verb: 'show', rest: text.trim() };
  const verb = ticketVerbs.find((each) => each === first.toLowerCase());
  if (verb !== undefined) return { kind: 'verb', verb, rest };
  return { kind: 'unknown', typed: first, nearest: nearestOf(first, ticketVerbs) };
};

/** The nearest word, unless none is near: nobody is helped by a wild guess. */
export const nearestOf = (typed: string, words: readonly string[]): string | null => {
  const lower = typed.toLowerCase();
  const nearest = closest(lower, [...words]);
  return distance(lower, nearest) <= Math.max(2, Math.floor(nearest.length / 2)) ? nearest : null;
};

/** `ESC-12`, `esc-12`, `#12` and `12` are all ticket 12; anything else is `null` (12). */
export const ticketNumberIn = (word: string): number | null => {
  const digits = /^(?:#|esc-?)?(\d{1,9})$/i.exec(word)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** A ticket and what was said about it; `number` is `null` where there is none at the start. */
export const readNumbered = (rest: string): { readonly number: number | null; readonly text: string } => {
  const { first, rest: text } = firstWord(rest);
  return { number: ticketNumberIn(first), text };
};

/** People named at the start (`<@U1|ana>`), and the words after them. */
export const readPeople = (
  text: string,
  most: number,
): { readonly people: readonly string[]; readonly text: string } => {
  const people: string[] = [];
  let left = text.trim();
  while (people.length < most) {
    const [whole, userId] = /^<@([A-Z0-9]+)(?:\|[^<>]*)?>/.exec(left) ?? [];
    if (whole === undefined || userId === undefined) break;
    people.push(userId);
    left = left.slice(whole.length).trimStart();
  }
  return { people, text: left };
};

/** Somebody written as plain text, `@ana`, whom Slack did not know: nobody can tell who is meant. */
export const strangerIn = (text: string): string | null => /^@(\S+)/.exec(text.trim())?.[1] ?? null;

export const firstWord = (text: string): { readonly first: string; readonly rest: string } => {
  const [, first = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  return { first, rest };
};
