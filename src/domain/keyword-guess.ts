import { countPhrases, lineOf } from './words.ts';

export const kinds = ['technical', 'billing', 'service'] as const;
export type Kind = (typeof kinds)[number];

export const services = ['shared-hosting', 'vps', 'dedicated-server', 'domain', 'other'] as const;
export type Service = (typeof services)[number];

/** Words and phrases that speak for a kind or a service (2.7). */
export interface KeywordRules {
  readonly kind: Readonly<Record<Kind, readonly string[]>>;
  readonly service: Readonly<Record<Service, readonly string[]>>;
}

export interface Guess {
  readonly kind: Kind | null;
  readonly service: Service | null;
}

/**
 * Guesses kind and service of a plain message from the policy's words (2.7): whole words, in any case.
 * The side with the most different words found wins. Nothing found, or a tie, is null: no guess is better than a wrong one.
 */
export const guessFromKeywords = (rules: KeywordRules, text: string): Guess => {
  const line = lineOf(text);
  return { kind: bestOf(kinds, rules.kind, line), service: bestOf(services, rules.service, line) };
};

const bestOf = <T extends string>(
  names: readonly T[],
  rules: Readonly<Record<T, readonly string[]>>,
  line: string,
): T | null => {
  const scores = names.map((name) => ({ name, score: countPhrases(line, rules[name]) }));
  const most = Math.max(...scores.map(({ score }) => score));
  const best = scores.filter(({ score }) => score === most);
  return most > 0 && best.length === 1 ? (best[0]?.name ?? null) : null;
};
