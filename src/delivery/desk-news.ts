import type { WebClient } from '@slack/web-api';
import type { Log } from '../flows/ports.ts';
import type { Message } from '../views/message.ts';
import { failureOf } from './slack-error.ts';

/** What managers are to hear of the desk itself (4.5). */
export interface DeskNews {
  /** Tells each manager. Never throws. @returns what could not be told now */
  tell<T extends { readonly manager: string }>(
    untold: readonly T[],
    wording: (each: T) => Message,
  ): Promise<readonly T[]>;
}

export const createDeskNews = (client: WebClient, log: Log): DeskNews => ({
  tell: async (untold, wording) => {
    const left: (typeof untold)[number][] = [];
    for (const each of untold) {
      try {
        await client.chat.postMessage({ channel: each.manager, ...wording(each) });
      } catch (error) {
        const { kind, why } = failureOf(error);
        log.warn('manager not told of the desk', { manager: each.manager, why });
        if (kind !== 'never') left.push(each);
      }
    }
    return left;
  },
});
