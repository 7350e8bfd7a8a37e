/** Notes what the bot says while time is moved, for each window what its person may see. */
import type { PageHappening } from './page/protocol.ts';
import { maySee } from './page-sight.ts';
import type { Slack } from './slack.ts';
import type { Message } from './slack-records.ts';

type Noted = Pick<PageHappening, 'at' | 'text' | 'kind'> & { readonly message: Message };

export type Happenings = {
  /** Oldest first; the newest, where there are very many. */
  seenBy(user: string): readonly PageHappening[];
  stop(): void;
};

const mostKept = 20_000;
const mostShown = 500;
const mostCharacters = 400;

export const noteHappenings = (slack: Slack, now: () => number): Happenings => {
  const noted: Noted[] = [];
  /** Where the newest redrawing of each message stands: several at one instant are one. */
  const redrawn = new Map<Message, number>();
  const stop = slack.onChange((change) => {
    if (change.kind !== 'message' || change.message.botId !== slack.world.app.botId) return;
    const { message, how } = change;
    if (how !== 'posted' && how !== 'edited') return;
    const at = now();
    const one: Noted = { at, text: message.text, kind: how === 'posted' ? 'posted' : 'redrawn', message };
    const last = redrawn.get(message);
    if (how === 'edited' && last !== undefined && noted[last]?.at === at) {
      noted[last] = one;
      return;
    }
    if (noted.length >= mostKept) return;
    redrawn.set(message, noted.length);
    noted.push(one);
  });
  return {
    stop,
    seenBy: (user) =>
      noted
        .filter(({ message }) => !message.deleted && maySee(slack.world, user, message))
        .slice(-mostShown)
        .map(({ at, text, kind, message: { channel, ts, threadTs } }) => ({
          ...{ at, channel, ts, threadTs, kind },
          text: text.slice(0, mostCharacters),
        })),
  };
};
