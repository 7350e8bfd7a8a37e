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
  [/https:\/\/hooks\.slack\.com\/[^\s"\\]+/gi, '[response address]'],
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
  return {
    name: error.name,
    message: error.message,
    ...('code' in error ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(inner instanceof Error && depth < deepestCause ? { cause: errorFacts(inner, depth + 1) } : {}),
  };
};

/** Bolt keeps what was really thrown under `original`. */
const innerOf = (error: Error): unknown => error.cause ?? ('original' in error ? error.original : undefined);

const longest = 500;

const said = (words: readonly unknown[]): string =>
  words
    .map((word) => (word instanceof Error ? word.message : String(word)))
    .join(' ')
    .slice(0, longest);
