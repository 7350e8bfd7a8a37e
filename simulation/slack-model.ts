import type { Instant } from '../src/domain/instant.ts';
import type { Incoming } from '../src/flows/incoming.ts';

/** The mark that Tierline puts on what it posts. */
export interface Mark {
  readonly event_type: string;
  readonly event_payload: { readonly ticket: string; readonly notice: string; readonly others: string };
}

/** A message as Slack keeps it. */
export interface SlackMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly at: Instant;
  /** What a person wrote, newest text; `null` for the bot's own. */
  readonly words: Incoming | null;
  readonly mark: Mark | null;
}

/** What Slack has received, and nothing else about Slack. */
export interface SlackModel {
  post(message: Omit<SlackMessage, 'ts' | 'at'>): SlackMessage;
  /** A person writes; the ts is Slack's. */
  write(words: Omit<Incoming, 'ts'>): Incoming;
  edit(channel: string, ts: string, text: string): { readonly message: Incoming; readonly ts: string } | null;
  remove(channel: string, ts: string): { readonly message: Incoming; readonly ts: string } | null;
  find(channel: string, ts: string): SlackMessage | null;
  /** Newest first: at top level, or with `threadTs` the replies of one thread. */
  since(channel: string, threadTs: string | null, oldest: Instant): readonly SlackMessage[];
  /** Lets go of what is older: nobody will look for it. */
  forgetBefore(instant: Instant): void;
}

export const createSlackModel = (now: () => Instant): SlackModel => {
  /** By channel, and by channel and thread; each in the order received. */
  let lists = new Map<string, SlackMessage[]>();
  let byKey = new Map<string, SlackMessage>();
  let lastMicros = 0;

  /** Slack's ts: seconds and microseconds, never the same twice. */
  const nextTs = (): string => {
    lastMicros = Math.max(lastMicros + 1, now() * 1000);
    const text = String(lastMicros);
    return `${text.slice(0, -6)}.${text.slice(-6)}`;
  };

  const listOf = ({ channel, threadTs }: Pick<SlackMessage, 'channel' | 'threadTs'>): string =>
    threadTs === null ? channel : `${channel}:${threadTs}`;

  const add = (message: SlackMessage): SlackMessage => {
    const list = lists.get(listOf(message));
    if (list === undefined) lists.set(listOf(message), [message]);
    else list.push(message);
    byKey.set(`${message.channel}:${message.ts}`, message);
    return message;
  };

  const find = (channel: string, ts: string): SlackMessage | null => byKey.get(`${channel}:${ts}`) ?? null;

  const change = (channel: string, ts: string, text: string | null): { message: Incoming; ts: string } | null => {
    const found = find(channel, ts);
    if (found?.words === null || found?.words === undefined) return null;
    const before = found.words;
    const words = { ...before, text: text ?? before.text };
    const changed = { ...found, words: text === null ? null : words };
    byKey.set(`${channel}:${ts}`, changed);
    const list = lists.get(listOf(found));
    const place = list?.indexOf(found) ?? -1;
    if (list !== undefined && place >= 0) list[place] = changed;
    return { message: text === null ? before : words, ts: nextTs() };
  };

  return {
    post: (message) => add({ ...message, ts: nextTs(), at: now() }),
    write: (written) => {
      const words = { ...written, ts: nextTs() };
      const { channel, ts, threadTs } = words;
      add({ channel, ts, threadTs, at: now(), words, mark: null });
      return words;
    },
    edit: change,
    remove: (channel, ts) => change(channel, ts, null),
    find,
    since: (channel, threadTs, oldest) => {
      const list = lists.get(listOf({ channel, threadTs })) ?? [];
      const found: SlackMessage[] = [];
      for (let index = list.length - 1; index >= 0; index -= 1) {
        const message = list[index];
        if (message === undefined || message.at < oldest) break;
        found.push(message);
      }
      return found;
    },
    forgetBefore: (instant) => {
      lists = new Map([...lists].map(([key, list]) => [key, list.filter(({ at }) => at >= instant)]));
      lists = new Map([...lists].filter(([, list]) => list.length > 0));
      byKey = new Map([...byKey].filter(([, { at }]) => at >= instant));
    },
  };
};
