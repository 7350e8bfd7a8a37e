/** A channel's messages or a thread's, the newest at the bottom and kept in sight; older ones come as one scrolls up. */
import { Component } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { MessageRow } from './message.tsx';
import { dayKey, dayName } from './moment.ts';
import type { PageMessage } from './protocol.ts';
import { useNames } from './text.tsx';

interface RowProps {
  readonly message: PageMessage;
  readonly isInThread: boolean;
  readonly reader: string;
}

/** Drawn again only when its message changes: a channel holds thousands. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return next.message !== this.props.message || next.reader !== this.props.reader;
  }
  override render({ message, isInThread }: RowProps) {
    return <MessageRow message={message} isInThread={isInThread} />;
  }
}

const nearPx = 80;
const loadPx = 600;
const litMs = 4_000;

export const MessageList = ({
  messages,
  label,
  isInThread = false,
  hasMore = false,
  loadMore = null,
  target = null,
}: {
  readonly messages: readonly PageMessage[];
  readonly label: string;
  readonly isInThread?: boolean;
  readonly hasMore?: boolean;
  readonly loadMore?: (() => Promise<void>) | null;
  /** The message one was led to. */
  readonly target?: string | null;
}) => {
  const names = useNames();
  const box = useRef<HTMLElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const lit = useRef<HTMLElement | null>(null);
  const lastTop = useRef(0);
  const isLoading = useRef(false);
  const first = messages[0]?.ts ?? '';
  const last = messages.at(-1);
  const before = useRef({ first: '', height: 0 });

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
  const isThere = target !== null && messages.some(({ ts }) => ts === target);
  useEffect(() => {
    if (target === null || isThere) return;
    if (first === '' || target < first) void more();
  });
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
  }, [target, isThere]);

  /** Up and down go from message to message, where nothing else in the message listens to them. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const from = event.target as HTMLElement;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const { current } = box;
    if (step === undefined || current === null || (from !== current && !from.matches('article'))) return;
    event.preventDefault();
    const all = [...current.querySelectorAll<HTMLElement>('article')];
    const at = all.indexOf(from);
    const next = at === -1 ? all.at(-1) : all[Math.min(all.length - 1, Math.max(0, at + step))];
    next?.focus();
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

  const reader = `${names.you} ${dayName(names.now, { zone: names.zone, now: 0 })}`;
  return (
    // biome-ignore lint/a11y: what scrolls must be scrollable by keys, and the keys go from message to message
    <section class="messages" ref={box} onScroll={onScroll} onKeyDown={onKeyDown} tabIndex={0} aria-label={label}>
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
              <Row message={message} isInThread={isInThread} reader={reader} />
            </div>
          );
        })}
        {messages.length === 0 && <p class="quiet center">Nothing here yet.</p>}
      </div>
    </section>
  );
};
