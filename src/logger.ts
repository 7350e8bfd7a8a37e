import { LogLevel, type Logger as SdkLogger } from '@slack/web-api';
import { pino } from 'pino';
import type { Log } from './flows/ports.ts';

export type Level = 'error' | 'warn' | 'info' | 'debug';

type Facts = Readonly<Record<string, unknown>>;

/**
 * One JSON line for each happening (13.3). Tokens, passwords in addresses and response addresses never leave it,
 * wherever they stand; message text is kept out by those who call, and by {@link sdkLogger}.
 *
 * @param write takes one line with its line break
 */
export const createLog = (level: Level, write: (line: string) => void): Log => {
  const lines = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => write(withoutSecrets(line)) },
  );
  return {
    info: (happening, facts = {}) => lines.info(plainFacts(facts), happening),
    warn: (happening, facts = {}) => lines.warn(plainFacts(facts), happening),
    error: (happening, facts = {}) => lines.error(plainFacts(facts), happening),
  };
};

/**
 * What Slack's libraries write about themselves. Their debug lines hold whole payloads, so those are dropped; their
 * errors are warnings here, because whoever made the call reports what failed.
 */
export const sdkLogger = (log: Log, part: string): SdkLogger => {
  const warn = (...words: unknown[]): void => log.warn('slack library', { part, says: said(words) });
  return {
    debug: () => {},
    info: (...words: unknown[]) => log.info('slack library', { part, says: said(words) }),
    warn,
    error: warn,
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  };
};

const secrets: readonly (readonly [RegExp, string])[] = [
  [/\bx(?:ox[a-z]|app)(?:[.-]\w+)+/gi, '[token]'],
  [/\b([a-z][a-z+]*:\/\/)[^\s"/@]+@/gi, '$1[secret]@'],
  [/https?:\/\/hooks\.slack\.com\/[^\s"\\]+/gi, '[response address]'],
  // The same behind a proxy or a local Slack.
  [/https?:\/\/[^\s"\\]+?\/(?:commands|actions|app|services|workflows|response)\/[^\s"\\]+/gi, '[response address]'],
  [/([?&](?:ticket|token|code|state)=)[^&\s"\\]+/gi, '$1[secret]'],
  [/\b\d{6,}\.\d{6,}\.[0-9a-f]{16,}\b/gi, '[trigger]'],
];

const withoutSecrets = (line: string): string =>
  secrets.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line);

const plainFacts = (facts: Facts): Facts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, fact]) => [name, fact instanceof Error ? errorFacts(fact, 0) : fact]),
  );

const deepestCause = 5;

/** Only these of an error: what libraries hang on theirs may hold payloads and documents. */
const errorFacts = (error: Error, depth: number): Facts => {
  const inner = innerOf(error);
  const stack = framesOf(error);
  return {
    name: error.name,
    message: wordsOf(error),
    ...('code' in error ? { code: error.code } : {}),
    ...(stack === null ? {} : { stack }),
    ...(inner instanceof Error && depth < deepestCause ? { cause: errorFacts(inner, depth + 1) } : {}),
  };
};

/** The stack without the message, which stands at its head. */
const framesOf = ({ stack = '' }: Error): string | null => {
  const first = stack.search(/^\s+at /m);
  return first < 0 ? null : stack.slice(first).trimStart();
};

/** What libraries quote in their messages may be what somebody wrote: those quotes go. */
const wordsOf = (error: Error): string => {
  const quotes = quoting.has(error.name) ? /"[\s\S]*"|'[\s\S]*'|`[\s\S]*`/g : null;
  const message = quotes === null ? error.message : error.message.replace(quotes, '…');
  return withoutQuotes(message).slice(0, longest);
};

/** mongoose quotes the value that does not fit. */
const quoting: ReadonlySet<string> = new Set(['CastError', 'ValidationError', 'ValidatorError', 'StrictModeError']);

const withoutQuotes = (text: string): string =>
  text
    .replace(/"[\s\S]*"(?:\.\.\.)? is not valid JSON/, 'what came is not valid JSON')
    // A proxy's page where Slack's answer should be.
    .replace(/(An API error occurred: )(?!\w+$)[\s\S]*/, '$1no answer in JSON');

/** Bolt keeps what was really thrown under `original`. */
const innerOf = (error: Error): unknown => error.cause ?? ('original' in error ? error.original : undefined);

const longest = 500;

const said = (words: readonly unknown[]): string =>
  words
    .map((word) => (word instanceof Error ? wordsOf(word) : withoutQuotes(String(word))))
    .join(' ')
    .slice(0, longest);
