/** What a window knows: everything its person was sent, and how each message from the server changes it. */
import type {
  PageChannel,
  PageClock,
  PageFaults,
  PageHappening,
  PageMessage,
  PagePerson,
  PageScene,
  PageView,
  ToPage,
} from './protocol.ts';

type Hello = Extract<ToPage, { readonly type: 'hello' }>;

interface Happenings {
  readonly from: number;
  readonly to: number;
  readonly list: readonly PageHappening[];
  /** How many older ones are left out. */
  readonly left: number;
}

export interface State {
  readonly isConnected: boolean;
  readonly hello: Hello | null;
  readonly people: ReadonlyMap<string, PagePerson>;
  readonly channels: readonly PageChannel[];
  readonly commands: Hello['commands'];
  readonly shortcuts: Hello['shortcuts'];
  /** By channel, then by ts. */
  readonly messages: ReadonlyMap<string, ReadonlyMap<string, PageMessage>>;
  /** Channels whose newest page has come, and whether there is more above. */
  readonly hasMore: ReadonlyMap<string, boolean>;
  /** The oldest message of each channel that paging has reached: what is known from before it has gaps. */
  readonly floors: ReadonlyMap<string, string>;
  /** Threads that have come whole, as `channel ts`. */
  readonly threads: ReadonlySet<string>;
  readonly view: PageView | null;
  readonly home: PageView | null;
  readonly clock: PageClock;
  readonly faults: PageFaults | null;
  readonly scenes: readonly PageScene[];
  readonly happenings: Happenings | null;
  readonly notice: string | null;
}

export const emptyState: State = {
  isConnected: false,
  hello: null,
  people: new Map(),
  channels: [],
  commands: [],
  shortcuts: [],
  messages: new Map(),
  hasMore: new Map(),
  floors: new Map(),
  threads: new Set(),
  view: null,
  home: null,
  clock: { now: 0, zone: 'UTC', isMoving: false, secondsLeft: null, due: [] },
  faults: null,
  scenes: [],
  happenings: null,
  notice: null,
};

const byId = (people: readonly PagePerson[]): ReadonlyMap<string, PagePerson> =>
  new Map(people.map((each) => [each.id, each]));

export const after = (state: State, heard: ToPage): State => {
  switch (heard.type) {
    case 'hello':
      return {
        ...emptyState,
        isConnected: true,
        hello: heard,
        people: byId(heard.people),
        channels: heard.channels,
        commands: heard.commands,
        shortcuts: heard.shortcuts,
        view: heard.view,
        home: heard.home,
        clock: heard.clock,
        faults: heard.faults,
        scenes: heard.scenes,
        happenings: state.happenings,
      };
    case 'people':
      return { ...state, people: byId(heard.people) };
    case 'channels':
      return { ...state, channels: heard.channels };
    case 'message':
      return withMessages(state, [heard.message]);
    case 'view':
      return { ...state, view: heard.view };
    case 'home':
      return { ...state, home: heard.home };
    case 'clock':
      return { ...state, clock: heard.clock };
    case 'happenings':
      return { ...state, happenings: { from: heard.from, to: heard.to, list: heard.list, left: heard.left } };
    case 'faults':
      return { ...state, faults: heard.faults };
    case 'notice':
      return { ...state, notice: heard.text };
    case 'slice':
    case 'done':
    case 'refused':
      return state;
  }
};

export const withMessages = (state: State, fresh: readonly PageMessage[]): State => {
  const messages = new Map(state.messages);
  for (const [channel, list] of byChannel(fresh)) {
    const known = new Map(messages.get(channel));
    for (const each of list) {
      if (each.isDeleted) known.delete(each.ts);
      else known.set(each.ts, each);
    }
    messages.set(channel, known);
  }
  return { ...state, messages };
};

const isReply = ({ threadTs, ts }: PageMessage): boolean => threadTs !== null && threadTs !== ts;

const inOrder = (list: Iterable<PageMessage>): readonly PageMessage[] =>
  [...list].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));

/** What a channel's own list shows, oldest first. */
export const listOf = ({ messages, floors }: State, channel: string): readonly PageMessage[] => {
  const floor = floors.get(channel) ?? '';
  return inOrder(
    [...(messages.get(channel)?.values() ?? [])].filter(
      (each) => each.ts >= floor && (!isReply(each) || each.isBroadcast),
    ),
  );
};

/** A thread, its first message first. */
export const threadOf = ({ messages }: State, channel: string, ts: string): readonly PageMessage[] =>
  inOrder([...(messages.get(channel)?.values() ?? [])].filter((each) => each.ts === ts || each.threadTs === ts));

const byChannel = (messages: readonly PageMessage[]): ReadonlyMap<string, readonly PageMessage[]> => {
  const found = new Map<string, PageMessage[]>();
  for (const each of messages) {
    const list = found.get(each.channel);
    if (list === undefined) found.set(each.channel, [each]);
    else list.push(each);
  }
  return found;
};
