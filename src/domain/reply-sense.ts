import { wordsOf } from './words.ts';

/** The words by which a reply to a resolved ticket is understood (8.3). */
export interface ReplyWords {
  readonly thanks: readonly string[];
  readonly stillBroken: readonly string[];
  /** Words that make a thank-you doubtful ("but", "also"): such a reply is asked about. */
  readonly doubt: readonly string[];
}

export type ReplySense = 'thanks' | 'still-broken' | 'other';

// A thank-you that says much more than thanks may say something that needs an answer.
const mostOtherWords = 6;

/**
 * What a reply to a resolved or closed ticket says (8.3). "Thanks but it still fails" is `still-broken`; a thank-you with
 * a question, a doubt or a long rest is `other`, for asking costs a click and a reply taken for thanks gets no answer.
 */
export const replySense = (text: string, words: ReplyWords): ReplySense => {
  const found = tally(wordsOf(text), phraseBook(words));
  if (found.stillBroken > 0) return 'still-broken';
  const onlyThanks = found.thanks > 0 && found.doubt === 0 && found.rest <= mostOtherWords;
  return onlyThanks && !/[?？؟]/u.test(text) ? 'thanks' : 'other';
};

interface Phrase {
  readonly words: readonly string[];
  readonly says: keyof ReplyWords;
}

// Longest first, so that "no longer broken" is read before "broken".
const phraseBook = (words: ReplyWords): readonly Phrase[] =>
  (['stillBroken', 'doubt', 'thanks'] as const)
    .flatMap((says) => words[says].map((phrase) => ({ words: wordsOf(phrase), says })))
    .filter((phrase) => phrase.words.length > 0)
    .sort((a, b) => b.words.length - a.words.length);

const tally = (words: readonly string[], book: readonly Phrase[]): Record<keyof ReplyWords | 'rest', number> => {
  const found = { thanks: 0, stillBroken: 0, doubt: 0, rest: 0 };
  let at = 0;
  while (at < words.length) {
    const phrase = book.find((each) => each.words.every((word, index) => words[at + index] === word));
    found[phrase?.says ?? 'rest'] += 1;
    at += phrase?.words.length ?? 1;
  }
  return found;
};
