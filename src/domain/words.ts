const token = /:(?:[+-]1|[a-z][a-z0-9_'-]*):|[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu;
// A skin tone or a variation selector changes the look of an emoji, not what it says.
const decoration = /:skin-tone-\d:|[\u{1F3FB}-\u{1F3FF}\u{FE0E}\u{FE0F}\u{200D}]/gu;
const apostrophe = /(?<=\p{L})['’ʼ](?=\p{L})/gu;

/** The words of a text, lower case, apostrophes left out ("doesn't" is "doesnt"); an emoji is a word of its own. */
export const wordsOf = (text: string): readonly string[] =>
  text.normalize('NFKC').toLowerCase().replace(decoration, '').replace(apostrophe, '').match(token) ?? [];

/** Which of the phrases stand in the text as whole words, each at most once. */
export const phrasesIn = (text: string, phrases: readonly string[]): readonly string[] => {
  const line = spaced(wordsOf(text));
  return [...new Set(phrases)].filter((phrase) => {
    const words = wordsOf(phrase);
    return words.length > 0 && line.includes(spaced(words));
  });
};

const spaced = (words: readonly string[]): string => ` ${words.join(' ')} `;
