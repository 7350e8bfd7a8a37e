/** Carries changes of the workspace to the windows whose people may see them, as they happen. */
import { channelShapes, homeView, messageShape, personShape, type Roles, topView } from './page-shapes.ts';
import { isReply, maySee } from './page-sight.ts';
import type { Unread } from './page-unread.ts';
import type { Window } from './page-windows.ts';
import type { Slack } from './slack.ts';
import type { WorldChange } from './slack-ears.ts';
import type { Message } from './slack-records.ts';
import { findMessage } from './slack-storage.ts';

type FeedParts = {
  readonly slack: Slack;
  readonly unread: Unread;
  readonly roleOf: Roles;
  readonly windows: () => readonly Window[];
  /** While time is moved, changes are carried in bundles. */
  readonly isHurried: () => boolean;
};

export type Feed = {
  /** Unread marks of one person have changed. */
  marksChanged(): void;
  stop(): void;
};

const hurriedMs = 80;
const marksMs = 25;

export const startFeed = (parts: FeedParts): Feed => {
  const { slack, isHurried } = parts;
  const fresh = new Set<Message>();
  const others = new Set<string>();
  const flush = soon(() => {
    for (const message of fresh) sendMessage(parts, message);
    for (const kind of others) sendOther(parts, kind);
    fresh.clear();
    others.clear();
  });
  const sent = new WeakMap<Window, string>();
  const marks = soon(() => {
    for (const window of parts.windows()) {
      const channels = channelShapes(slack.world, window.user, parts.unread);
      const text = JSON.stringify(channels);
      if (sent.get(window) === text) continue;
      sent.set(window, text);
      window.send({ type: 'channels', channels });
    }
  });

  const hear = (change: WorldChange): void => {
    if (change.kind === 'message') {
      fresh.add(change.message);
      const root = rootOf(slack, change.message);
      if (root !== null) fresh.add(root);
    } else if (change.kind !== 'channels')
      others.add(change.kind === 'people' ? 'people' : `${change.kind} ${change.user}`);
    flush.within(isHurried() ? hurriedMs : 0);
    if (change.kind === 'message' || change.kind === 'channels') marks.within(isHurried() ? 4 * hurriedMs : marksMs);
  };
  const end = slack.onChange(hear);
  return {
    marksChanged: () => marks.within(marksMs),
    stop: () => {
      end();
      flush.stop();
      marks.stop();
    },
  };
};

const rootOf = ({ world }: Slack, message: Message): Message | null =>
  isReply(message) ? (findMessage(world, message.channel, message.threadTs ?? '') ?? null) : null;

const sendMessage = ({ slack, windows }: FeedParts, message: Message): void => {
  for (const window of windows()) {
    if (!maySee(slack.world, window.user, message)) continue;
    window.send({ type: 'message', message: messageShape(slack.world, window.user, message) });
  }
};

const sendOther = ({ slack, windows, roleOf }: FeedParts, what: string): void => {
  const { world } = slack;
  const [kind, user] = what.split(' ');
  for (const window of windows()) {
    if (kind === 'people')
      window.send({ type: 'people', people: [...world.people.values()].map((each) => personShape(each, roleOf)) });
    if (window.user !== user) continue;
    if (kind === 'view') window.send({ type: 'view', view: topView(world, window.user) });
    if (kind === 'home') window.send({ type: 'home', home: homeView(world, window.user) });
  }
};

/** Runs work once for however many calls come within some milliseconds; the first call says how many. */
const soon = (work: () => void) => {
  let timer: NodeJS.Timeout | undefined;
  return {
    within: (ms: number): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        work();
      }, ms);
    },
    stop: (): void => clearTimeout(timer),
  };
};
