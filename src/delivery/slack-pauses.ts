import { type Instant, second } from '../domain/instant.ts';
import type { Clock } from '../flows/ports.ts';
import type { Response } from './slack-fetch.ts';

/** The methods of which Slack wants no call for a while, and until when. */
interface SlackPauses {
  /** Keeps the `Retry-After` of a 429; nothing where it names none. */
  keep(method: string, response: Response): void;
  /** Slack's 429 with what is left of the pause; `null` where the method may be called. */
  refusal(method: string, url: string): Response | null;
}

export const createSlackPauses = (clock: Clock): SlackPauses => {
  const until = new Map<string, Instant>();
  return {
    keep: (method, { headers }) => {
      const seconds = Number.parseInt(headers.get('retry-after') ?? '', 10);
      if (seconds > 0) until.set(method, Math.max(until.get(method) ?? 0, clock.now() + seconds * second));
    },
    refusal: (method, url) => {
      const left = (until.get(method) ?? 0) - clock.now();
      return left > 0 ? tooMany(url, Math.ceil(left / second)) : null;
    },
  };
};

const tooMany = (url: string, seconds: number): Response => {
  const headers = new Map([['retry-after', String(seconds)]]);
  return {
    ok: false,
    status: 429,
    statusText: 'Too Many Requests',
    url,
    headers: { get: (name) => headers.get(name.toLowerCase()) ?? null, entries: () => headers.entries() },
    arrayBuffer: async () => new ArrayBuffer(0),
    json: async () => ({}),
    text: async () => '',
  };
};
