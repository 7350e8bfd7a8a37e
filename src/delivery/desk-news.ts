import type { WebClient } from '@slack/web-api';
import type { Log } from '../flows/ports.ts';
import type { Message } from '../views/message.ts';
import { failureOf } from './slack-error.ts';

/** What managers are to hear of the desk itself (4.5). It belongs to no ticket, so no ticket keeps it until it is said. */
export interface DeskNews {
  /** Tells each of them; who cannot be told now is told by `tellAgain`. Never throws. */
  tell(managers: readonly string[], message: Message): Promise<void>;
  tellAgain(): Promise<void>;
}

export const createDeskNews = (client: WebClient, log: Log): DeskNews => {
  let untold: readonly { readonly manager: string; readonly message: Message }[] = [];

  const tellAgain = async (): Promise<void> => {
    const waiting = untold;
    untold = [];
    for (const each of waiting) {
      try {
        await client.chat.postMessage({ channel: each.manager, ...each.message });
      } catch (error) {
        const { kind, why } = failureOf(error);
        log.warn('manager not told of the desk', { manager: each.manager, why });
        if (kind !== 'never') untold = [...untold, each];
      }
    }
  };

  return {
    tell: async (managers, message) => {
      untold = [...untold, ...managers.map((manager) => ({ manager, message }))];
      await tellAgain();
    },
    tellAgain,
  };
};
