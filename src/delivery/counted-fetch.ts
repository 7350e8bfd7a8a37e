import { z } from 'zod';
import type { Clock } from '../flows/ports.ts';
import { type Fetch, type Response, slackFetch } from './slack-fetch.ts';
import { createSlackPauses } from './slack-pauses.ts';
import { isPerChannel } from './slack-rates.ts';

/** What became of one call, as it looks from here. */
type CallOutcome = 'ok' | 'refused' | '429' | 'http-error' | 'lost';

/** Hears each call when it is over. `method`: Slack's own name of it, or `response_url`. */
export type HearCall = (method: string, outcome: CallOutcome) => void;

/**
 * Fetches, and tells what became of it: whatever calls Slack through it is counted, and nothing is read twice. What Slack
 * wants no call of for a while is not sent, not counted, and answered as Slack would (14.4).
 *
 * @param apiUrl base of the Web API, with a slash at its end; `null` for Slack's own
 */
export const countedFetch = (hear: HearCall, apiUrl: string | null, clock: Clock): Fetch => {
  const pauses = createSlackPauses(clock);
  return async (url, init) => {
    const method = methodIn(String(url), apiUrl ?? slacksOwn);
    const refusal = pauses.refusal(method, String(url));
    if (refusal !== null) return refusal;
    const heard = (outcome: CallOutcome): void => hear(method, outcome);
    let response: Response;
    try {
      response = await slackFetch(url, init);
    } catch (error) {
      heard('lost');
      throw error;
    }
    if (response.status === 429) {
      heard('429');
      // What is paced by channel is held back by the pacer; each response address has a limit of its own.
      if (method !== responseUrl && !isPerChannel(method)) pauses.keep(method, response);
    } else if (!response.ok) heard('http-error');
    else if (method === responseUrl) heard('ok');
    else return listenedTo(response, heard);
    return response;
  };
};

const responseUrl = 'response_url';

const slacksOwn = 'https://slack.com/api/';

/** Response addresses are secrets, and each is another: no part of them becomes a name. */
const methodIn = (url: string, base: string): string => (url.startsWith(base) ? url.slice(base.length) : responseUrl);

/** Slack says in the body whether it did what was asked. */
const listenedTo = (response: Response, heard: (outcome: CallOutcome) => void): Response => ({
  ok: response.ok,
  status: response.status,
  statusText: response.statusText,
  url: response.url,
  headers: response.headers,
  arrayBuffer: () => response.arrayBuffer(),
  json: () => response.json(),
  text: async () => {
    try {
      const text = await response.text();
      heard(isOk(text) ? 'ok' : 'refused');
      return text;
    } catch (error) {
      heard('lost');
      throw error;
    }
  },
});

/** Slack puts it first: what went well, and may be long, is not parsed twice. */
const isOk = (body: string): boolean => /^\s*\{\s*"ok"\s*:\s*true\b/.test(body) || okIn(body);

const okIn = (body: string): boolean => {
  try {
    return z.object({ ok: z.literal(true) }).safeParse(JSON.parse(body)).success;
  } catch {
    return false;
  }
};
