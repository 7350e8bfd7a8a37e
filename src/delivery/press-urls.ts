import { type Duration, type Instant, minute, second } from '../domain/instant.ts';
import type { Clock } from '../flows/ports.ts';
import type { Message } from '../views/message.ts';
import type { Fetch } from './slack-fetch.ts';

/**
 * The addresses at which Slack takes a new look for a message that was just pressed: a redraw there needs no turn of
 * `chat.update` (14.4). Each is used once, soon after its press; what fails there is redrawn in the ordinary way.
 */
export interface PressUrls {
  keep(pressed: { readonly channel: string; readonly ts: string; readonly url: string }): void;
  /** How to redraw this message at its press's address, once; `null` where it was not just pressed. */
  take(channel: string, ts: string): Redraw | null;
}

/** @returns whether the message shows it now */
type Redraw = (message: Message) => Promise<boolean>;

export interface PressUrlParts {
  readonly clock: Clock;
  readonly fetch: Fetch;
}

/** Slack lets an address live for half an hour; a redraw that comes later than this is not the press's own. */
const life: Duration = minute;
const patience: Duration = 5 * second;
const most = 1_000;

export const createPressUrls = ({ clock, fetch }: PressUrlParts): PressUrls => {
  const kept = new Map<string, { readonly url: string; readonly until: Instant }>();

  const redrawAt =
    (url: string): Redraw =>
    async (message) => {
      try {
        const { ok } = await fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ replace_original: true, ...message }),
          signal: AbortSignal.timeout(patience),
        });
        return ok;
      } catch {
        return false;
      }
    };

  return {
    keep: ({ channel, ts, url }) => {
      const [oldest] = kept.keys();
      if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
      kept.set(`${channel} ${ts}`, { url, until: clock.now() + life });
    },
    take: (channel, ts) => {
      const key = `${channel} ${ts}`;
      const found = kept.get(key);
      kept.delete(key);
      return found === undefined || found.until <= clock.now() ? null : redrawAt(found.url);
    },
  };
};
