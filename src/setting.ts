import { validate } from 'node-cron';
import { nearest } from './domain/known-keys.ts';

/** What one setting of the environment makes of its text; an empty text is a setting that is not there. */
export interface Setting<T> {
  readonly reader: (text: string) => Outcome<T>;
  /** Stands in for a value that was refused, so that the rest can still be read. */
  readonly fallback: T;
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly complaint: string };

const fine = <T>(value: T): Outcome<T> => ({ ok: true, value });
const wrong = (complaint: string): Outcome<never> => ({ ok: false, complaint });
const missing = (what: string): Outcome<never> => wrong(`is missing: expected ${what}`);

/** A Slack token, known by how it begins. Of a wrong one no more is quoted than the kind of token it is. */
export const token = (prefix: string, what: string): Setting<string> => ({
  fallback: '',
  reader: (text) => {
    const expected = `${what}, which begins with ${prefix}`;
    if (text === '') return missing(expected);
    if (text.startsWith(prefix) && text.length > prefix.length) return fine(text);
    const kind = /^(xox[a-z]|xapp)-/.exec(text)?.[0];
    return wrong(`is wrong: expected ${expected}${kind && kind !== prefix ? `; this one begins with ${kind}` : ''}`);
  },
});

/** Any text at all; it is never quoted. */
export const given = (what: string): Setting<string> => ({
  fallback: '',
  reader: (text) => (text === '' ? missing(what) : fine(text)),
});

// A database address may hold a password, so it is never quoted.
export const mongodbUri: Setting<string> = {
  fallback: '',
  reader: (text) => {
    const expected = 'an address such as mongodb://localhost:27017/tierline';
    if (text === '') return missing(expected);
    return /^mongodb(\+srv)?:\/\/[^/\s]+/.test(text) ? fine(text) : wrong(`is wrong: expected ${expected}`);
  },
};

/** An address with a slash at its end; null when none is given. */
export const baseUrl: Setting<string | null> = {
  fallback: null,
  reader: (text) => {
    if (text === '') return fine(null);
    if (/^https?:\/\//.test(text) && URL.canParse(text)) return fine(text.endsWith('/') ? text : `${text}/`);
    return wrong(`is wrong: expected an address such as https://slack.com/api/, got '${text}'`);
  },
};

export const wholeNumber = (least: number, most: number, standard: number): Setting<number> => ({
  fallback: standard,
  reader: (text) => {
    if (text === '') return fine(standard);
    const isFine = /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
    return isFine
      ? fine(Number(text))
      : wrong(`is wrong: expected a whole number from ${least} to ${most}, got '${text}'`);
  },
});

export const oneOf = <T extends string>(names: readonly T[], standard: T): Setting<T> => ({
  fallback: standard,
  reader: (text) => {
    if (text === '') return fine(standard);
    const found = names.find((name) => name === text.toLowerCase());
    if (found !== undefined) return fine(found);
    const near = nearest(text, names);
    return wrong(
      `is wrong: expected ${names.join(' or ')}, got '${text}'${near === null ? '' : `: did you mean ${near}?`}`,
    );
  },
});

export const cronLine = (standard: string): Setting<string> => ({
  fallback: standard,
  reader: (text) => {
    if (text === '') return fine(standard);
    return validate(text) ? fine(text) : wrong(`is wrong: expected a cron line such as ${standard}, got '${text}'`);
  },
});
