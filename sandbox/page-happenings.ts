/** Notes what the bot says while time is moved, for each window what its person may see. */
import type { PageHappening } from './page/protocol.ts';
import { maySee } from './page-sight.ts';
import type { Slack } from './slack.ts';
import type { Message } from './slack-records.ts';

type Noted = Pick<PageHappening, 'at' | 'kind'> & { readonly message: Message; text: string };

export type Happenings = {
  /** Oldest first; the newest, where there are very many, and how many older ones are left out. */
  seenBy(user: string): { readonly list: readonly PageHappening[]; readonly left: number };
  stop(): void;
};

/** At least. */
const mostKept = 10_000;
const mostShown = 500;
const mostCharacters = 400;

export const noteHappenings = (slack: Slack, now: () => number): Happenings => {
  const noted: Noted[] = [];
  let forgotten = 0;
  /** The newest redrawing of each message: several at one instant are one. */
  const redrawn = new Map<Message, Noted>();
  const stop = slack.onChange((change) => {
    if (change.kind !== 'message' || change.message.botId !== slack.world.app.botId) return;
    const { message, how } = change;
    if (how !== 'posted' && how !== 'edited') return;
    const at = now();
    const one: Noted = { at, text: message.text, kind: how === 'posted' ? 'posted' : 'redrawn', message };
    const last = redrawn.get(message);
    if (how === 'edited' && last?.at === at) {
      last.text = message.text;
      return;
    }
    redrawn.set(message, one);
    noted.push(one);
    if (noted.length > 2 * mostKept) forgotten += noted.splice(0, mostKept).length;
  });
  return {
    stop,
    seenBy: (user) => {
      const seen = noted.filter(({ message }) => !message.deleted && maySee(slack.world, user, message));
      const list = seen.slice(-mostShown).map(({ at, text, kind, message: { channel, ts, threadTs } }) => ({
        ...{ at, channel, ts, threadTs, kind },
        text: text.slice(0, mostCharacters),
      }));
      return { list, left: forgotten + seen.length - list.length };
    },
  };
};
