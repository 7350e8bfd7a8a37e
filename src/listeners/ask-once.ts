import { setTimeout as pause } from 'node:timers/promises';
import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import { type Instant, second } from '../domain/instant.ts';
import { type Incoming, instantOf, rootOf } from '../flows/incoming.ts';
import type { Ports } from '../flows/ports.ts';
import type { Message } from '../views/message.ts';

type Turn = 'ask' | 'ask-again' | 'asked' | 'busy';

export interface Asking extends Pick<Ports, 'clock' | 'desks'> {
  /** What was asked, as it is remembered. */
  readonly prompts: {
    askOnce(key: string, now: Instant): Promise<Turn>;
    asked(key: string, now: Instant): Promise<void>;
    notAsked(key: string): Promise<void>;
  };
}

/** What somebody is asked or shown for a message of theirs. */
interface Question {
  /** One call. */
  ask(key: string): Promise<unknown>;
  /** Whether Slack has it already; false where Slack does not let us look (14.3). */
  stands(key: string): Promise<boolean>;
}

/** Another delivery asks, and has not come to an end. Not acked, this one is sent again by Slack, and looks again then. */
class PromptBusyError extends Error {
  readonly code = 'prompt-busy';

  constructor(key: string) {
    super(`Asking about '${key}' failed: another delivery of the message is about to`);
    this.name = 'PromptBusyError';
  }
}

/**
 * Asks once, however often the message is delivered (2.10). Ends well only when it was asked (14.1).
 *
 * @returns whether it was asked now
 * @throws PromptBusyError, and what the Slack client throws
 */
export const askOnce = async (
  { prompts, clock, desks }: Asking,
  thread: string,
  { ask, stands }: Question,
): Promise<boolean> => {
  const key = `${desks.desk().team}:${thread}`;
  const turn = await turnFor(prompts, key, clock.now);
  if (turn === 'asked') return false;
  const isNew = turn === 'ask' || !(await stands(key));
  if (isNew) await ask(key).catch((error: unknown) => release(prompts, key, error));
  await prompts.asked(key, clock.now());
  return isNew;
};

/** Real milliseconds. A mention comes as two events at once: whoever is second mostly sees the first come to its end. */
const looks = [100, 200, 400, 800];

const turnFor = async (
  { askOnce: take }: Asking['prompts'],
  key: string,
  now: () => Instant,
): Promise<Exclude<Turn, 'busy'>> => {
  for (const wait of looks) {
    const turn = await take(key, now());
    if (turn !== 'busy') return turn;
    await pause(wait);
  }
  const turn = await take(key, now());
  if (turn === 'busy') throw new PromptBusyError(key);
  return turn;
};

/** What Slack did not even look at may be asked at once; anything else may have landed, and is looked for first. */
const release = async ({ notAsked }: Asking['prompts'], key: string, error: unknown): Promise<never> => {
  if (error instanceof WebAPIRateLimitedError) await notAsked(key);
  throw error;
};

/** Only the author of the message sees it. */
export const whispered = (client: WebClient, message: Incoming, content: Message): Question => ({
  ask: () =>
    client.chat.postEphemeral({
      channel: message.channel,
      user: message.userId,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
      ...content,
    }),
  stands: async () => false,
});

/** Under the message, marked so that it is found again. */
export const answered = (client: WebClient, message: Incoming, content: Message): Question => ({
  ask: (key) =>
    client.chat.postMessage({
      channel: message.channel,
      thread_ts: rootOf(message),
      ...content,
      metadata: { event_type: eventType, event_payload: { key } },
    }),
  stands: async (key) => {
    const answer = await client.conversations.replies({
      channel: message.channel,
      ts: rootOf(message),
      oldest: (instantOf(message.ts) / second).toFixed(6),
      limit: 200,
      include_all_metadata: true,
    });
    return page.parse(answer).messages.some(({ metadata }) => metadata?.event_payload.key === key);
  },
});

const eventType = 'tierline_prompt';

const mark = z.object({ event_type: z.literal(eventType), event_payload: z.object({ key: z.string() }) });
const page = z.object({ messages: z.array(z.object({ metadata: mark.nullish().catch(null) })).default([]) });
