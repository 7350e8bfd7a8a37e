const token = /:(?:[+-]1|[a-z][a-z0-9_'-]*):|[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu;
// A skin tone or a variation selector changes the look of an emoji, not what it says.
const decoration = /:skin-tone-\d:|[\u{1F3FB}-\u{1F3FF}\u{FE0E}\u{FE0F}\u{200D}]/gu;
const apostrophe = /(?<=\p{L})['’ʼ](?=\p{L})/gu;

/** The words of a text, lower case, apostrophes left out ("doesn't" is "doesnt"); an emoji is a word of its own. */
export const wordsOf = (text: string): readonly string[] =>
  text.normalize('NFKC').toLowerCase().replace(decoration, '').replace(apostrophe, '').match(token) ?? [];

/** A text as one line in which phrases are looked for as whole words. */
export const lineOf = (text: string): string => spaced(wordsOf(text));

/** How many of the phrases stand in a line, each counted once. */
export const countPhrases = (line: string, phrases: readonly string[]): number =>
  linesOf(phrases).filter((phrase) => line.includes(phrase)).length;

const spaced = (words: readonly string[]): string => ` ${words.join(' ')} `;

/** A policy's phrases are looked for in every message: they are taken apart once. */
const known = new WeakMap<readonly string[], readonly string[]>();

const linesOf = (phrases: readonly string[]): readonly string[] => {
  const found = known.get(phrases);
  if (found !== undefined) return found;
  const worded = phrases.map(wordsOf).filter((words) => words.length > 0);
  const lines = [...new Set(worded.map(spaced))];
  known.set(phrases, lines);
  return lines;
};
