/** The window's line to the server: what it hears becomes state, what it asks is answered; a cut line is taken up again. */
import type { Ask, PageSlice, ToPage } from './protocol.ts';
import { after, emptyState, type State, withMessages } from './state.ts';

type Answer = Extract<ToPage, { readonly type: 'done' | 'slice' | 'refused' }>;

export interface Live {
  state(): State;
  /** @returns ends it */
  onChange(hear: () => void): () => void;
  ask(ask: Ask): Promise<Answer>;
  /** The newest page of a channel, or the one above what is known. */
  load(channel: string): Promise<void>;
  loadThread(channel: string, ts: string): Promise<void>;
  clearNotice(): void;
  close(): void;
}

/** More than fills a window at once; older ones in small pages, each put in place between two frames. */
const newestSize = 60;
const olderSize = 30;
const againAfterMs = 700;
const cutOff: Answer = { type: 'refused', id: 0, why: 'The line to the demo was cut. Please try once more.' };

export const openLive = (person: string | null): Live => {
  let state: State = emptyState;
  let socket: WebSocket | null = null;
  let asked = 0;
  let isClosed = false;
  let isTold = false;
  const waiting = new Map<number, (answer: Answer) => void>();
  const hearers = new Set<() => void>();

  // Many messages that come at once are shown at once.
  const change = (next: State): void => {
    state = next;
    if (isTold) return;
    isTold = true;
    setTimeout(() => {
      isTold = false;
      for (const hear of hearers) hear();
    }, 0);
  };

  const connect = (): void => {
    const who = person === null ? '' : `?as=${encodeURIComponent(person)}`;
    const line = new WebSocket(`ws://${location.host}/live${who}`);
    socket = line;
    line.onmessage = ({ data }) => {
      const heard = JSON.parse(String(data)) as ToPage;
      if (heard.type === 'done' || heard.type === 'slice' || heard.type === 'refused') {
        waiting.get(heard.id)?.(heard);
        waiting.delete(heard.id);
      } else change(after(state, heard));
    };
    line.onclose = () => {
      for (const tell of waiting.values()) tell(cutOff);
      waiting.clear();
      if (isClosed) return;
      change({ ...state, isConnected: false });
      setTimeout(() => {
        if (!isClosed) connect();
      }, againAfterMs);
    };
  };

  const ask: Live['ask'] = (what) => {
    if (socket?.readyState !== WebSocket.OPEN) return Promise.resolve(cutOff);
    asked += 1;
    const id = asked;
    socket.send(JSON.stringify({ id, ask: what }));
    return new Promise((resolve) => waiting.set(id, resolve));
  };

  const take = (slice: PageSlice): State => withMessages(state, slice.messages);

  const load: Live['load'] = async (channel) => {
    const isFirst = !state.hasMore.has(channel);
    const before = isFirst ? null : (state.floors.get(channel) ?? null);
    const answer = await ask({ do: 'history', channel, before, limit: isFirst ? newestSize : olderSize });
    if (answer.type !== 'slice') return;
    const floor = answer.slice.messages[0]?.ts ?? before ?? '';
    change({
      ...take(answer.slice),
      hasMore: new Map(state.hasMore).set(channel, answer.slice.hasMore),
      floors: new Map(state.floors).set(channel, answer.slice.hasMore ? floor : ''),
    });
  };

  connect();
  return {
    state: () => state,
    onChange: (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
    ask,
    load,
    loadThread: async (channel, ts) => {
      const answer = await ask({ do: 'thread', channel, ts });
      if (answer.type !== 'slice') return;
      change({ ...take(answer.slice), threads: new Set(state.threads).add(`${channel} ${ts}`) });
    },
    clearNotice: () => change({ ...state, notice: null }),
    close: () => {
      isClosed = true;
      socket?.close();
    },
  };
};
