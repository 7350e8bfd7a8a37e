/** A channel's messages or a thread's, the newest at the bottom and kept in sight; older ones come as one scrolls up. */
import { Component } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useAnnounced } from './announced.ts';
import { MessageRow } from './message.tsx';
import { dayKey, dayName } from './moment.ts';
import type { PageMessage } from './protocol.ts';
import { TabStopContext } from './tab-stop.ts';
import { useNames } from './text.tsx';
import type { Place } from './window.tsx';

interface RowProps {
  readonly message: PageMessage;
  readonly isInThread: boolean;
  readonly isStop: boolean;
  readonly reader: string;
}

/** Drawn again only when its message changes: a channel holds thousands. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { message, isStop, reader } = this.props;
    return next.message !== message || next.isStop !== isStop || next.reader !== reader;
  }
  override render({ message, isInThread, isStop }: RowProps) {
    return (
      <TabStopContext.Provider value={isStop}>
        <MessageRow message={message} isInThread={isInThread} />
      </TabStopContext.Provider>
    );
  }
}

const nearPx = 80;
const loadPx = 600;
const litMs = 4_000;

const articleOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('article') : null;

/** Where Tab stops: the message one was at, or the one after it when that is gone; else the newest. */
const stopIn = (messages: readonly PageMessage[], at: string | null): string | null =>
  (at === null ? undefined : messages.find(({ ts }) => ts >= at))?.ts ?? messages.at(-1)?.ts ?? null;

export const MessageList = ({
  messages,
  label,
  isLoaded,
  isInThread = false,
  hasMore = false,
  loadMore = null,
  newAfter = null,
  place,
}: {
  readonly messages: readonly PageMessage[];
  readonly label: string;
  readonly isLoaded: boolean;
  readonly isInThread?: boolean;
  readonly hasMore?: boolean;
  readonly loadMore?: (() => Promise<void>) | null;
  /** The ts after which it was new to the person when they came. */
  readonly newAfter?: string | null;
  /** Where one was led to, if that is in this list. */
  readonly place: Place | null;
}) => {
  const names = useNames();
  const box = useRef<HTMLElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lit = useRef<HTMLElement | null>(null);
  const lastTop = useRef(0);
  const isLoading = useRef(false);
  const [focusedTs, setFocusedTs] = useState<string | null>(null);
  const first = messages[0]?.ts ?? '';
  const last = messages.at(-1);
  const before = useRef({ first: '', height: 0 });
  useAnnounced(last, isLoaded);

  useEffect(() => {
    // Who is elsewhere when something comes will come back for the newest.
    if (box.current?.contains(document.activeElement) === false) setFocusedTs(null);
  }, [last?.ts]);

  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    if (isAtEnd.current) current.scrollTop = current.scrollHeight;
    else if (before.current.first !== '' && first < before.current.first)
      current.scrollTop += current.scrollHeight - before.current.height;
    before.current = { first, height: current.scrollHeight };
  }, [messages.length, first, last]);

  // Rows learn their true height as they come into sight, and pictures come late: who is at the end stays there.
  useEffect(() => {
    const { current: outer } = box;
    const { current: inner } = rows;
    if (outer === null || inner === null) return;
    const watcher = new ResizeObserver(() => {
      if (lit.current !== null) lit.current.scrollIntoView({ block: 'center' });
      else if (isAtEnd.current) outer.scrollTop = outer.scrollHeight;
    });
    watcher.observe(inner);
    return () => watcher.disconnect();
  }, []);

  const more = async (): Promise<void> => {
    if (isLoading.current || !hasMore || loadMore === null) return;
    isLoading.current = true;
    await loadMore();
    isLoading.current = false;
  };
  useEffect(() => {
    const { current } = box;
    if (current !== null && current.scrollHeight <= current.clientHeight) void more();
  });
  const unlight = (found: HTMLElement): void => {
    found.classList.remove('found');
    lit.current = null;
  };
  const target = place?.at ?? null;
  const isThere = target !== null && messages.some(({ ts }) => ts === target);
  useEffect(() => {
    if (target === null || isThere) return;
    if (first === '' || target < first) void more();
  });
  // Led to the same message once more, one has come from a new place.
  useEffect(() => {
    const found = isThere ? box.current?.querySelector<HTMLElement>(`[data-ts="${CSS.escape(target)}"]`) : null;
    if (found === null || found === undefined) return;
    isAtEnd.current = false;
    found.scrollIntoView({ block: 'center' });
    found.focus({ preventScroll: true });
    found.classList.add('found');
    lit.current = found;
    const dim = setTimeout(() => unlight(found), litMs);
    return () => {
      clearTimeout(dim);
      unlight(found);
    };
  }, [place, isThere]);

  /** Up and down go from message to message, where nothing else in the message listens to them. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const { current } = box;
    const from = articleOf(event.target);
    if (current === null || from === null || from !== event.target) return;
    const all = [...current.querySelectorAll<HTMLElement>('article')];
    const at = all.indexOf(from);
    const end = all.length - 1;
    const steps = new Map([
      ['ArrowUp', Math.max(0, at - 1)],
      ['ArrowDown', Math.min(end, at + 1)],
      ['Home', 0],
      ['End', end],
    ]);
    const to = steps.get(event.key);
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  };

  const onScroll = ({
    currentTarget: { scrollTop, scrollHeight, clientHeight },
  }: {
    currentTarget: HTMLElement;
  }): void => {
    const isNearEnd = scrollHeight - scrollTop - clientHeight < nearPx;
    isAtEnd.current = isNearEnd || (isAtEnd.current && scrollTop >= lastTop.current);
    lastTop.current = scrollTop;
    if (scrollTop < loadPx) void more();
  };

  const stop = stopIn(messages, focusedTs);
  const firstNew =
    newAfter === null
      ? -1
      : messages.findIndex(({ ts, user, isOnlyForYou }) => ts > newAfter && user !== names.you && !isOnlyForYou);
  const reader = `${names.you} ${dayName(names.now, { zone: names.zone, now: 0 })}`;
  return (
    <section
      class="messages"
      ref={box}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onFocusIn={({ target }) => setFocusedTs(articleOf(target)?.dataset.ts ?? null)}
      aria-label={label}
    >
      <div ref={rows}>
        {hasMore && <p class="quiet center">Scroll up for older messages</p>}
        {messages.map((message, index) => {
          const previous = messages[index - 1];
          const isNewDay =
            !isInThread &&
            (previous === undefined || dayKey(previous.at, names.zone) !== dayKey(message.at, names.zone));
          return (
            <div class="row" key={message.ts}>
              {isNewDay && <p class="day">{dayName(message.at, names)}</p>}
              {index > 0 && index === firstNew && <p class="new">New</p>}
              <Row message={message} isInThread={isInThread} isStop={message.ts === stop} reader={reader} />
            </div>
          );
        })}
        {messages.length === 0 && <p class="quiet center">Nothing here yet.</p>}
      </div>
    </section>
  );
};
