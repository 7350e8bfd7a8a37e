/** A channel's messages or a thread's, the newest at the bottom and kept in sight; older ones come as one scrolls up. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { useAnnounced } from './announced.ts';
import { useKeptInSight } from './kept-in-sight.ts';
import { useLedTo } from './led-to.ts';
import type { PageMessage } from './protocol.ts';
import { Stretch } from './stretch.tsx';
import { beginnings, stretchesOf } from './stretches.ts';
import { useNames } from './text.tsx';
import type { Place } from './window.tsx';

/** Older messages are fetched before one comes to where they will stand. */
const loadPx = 1_500;

const articleOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('article') : null;

const isIn = (some: readonly PageMessage[], ts: string | null): boolean =>
  ts !== null && (some[0]?.ts ?? '') <= ts && ts <= (some.at(-1)?.ts ?? '');

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
  const isLoading = useRef(false);
  const starts = useRef<readonly string[]>([]);
  const [focusedTs, setFocusedTs] = useState<string | null>(null);
  const { box, whole, show, scrolled } = useKeptInSight(messages);
  const first = messages[0]?.ts ?? '';
  const last = messages.at(-1);
  useAnnounced(last, isLoaded);

  useEffect(() => {
    // Who is elsewhere when something comes will come back for the newest.
    if (box.current?.contains(document.activeElement) === false) setFocusedTs(null);
  }, [last?.ts]);

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
  useLedTo(place, messages, { box, show }, more);

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

  const stop = stopIn(messages, focusedTs);
  const firstNew =
    newAfter === null
      ? null
      : (messages.find(({ ts, user, isOnlyForYou }) => ts > newAfter && user !== names.you && !isOnlyForYou)?.ts ??
        null);
  starts.current = beginnings(messages, starts.current);
  const stretches = stretchesOf(messages, starts.current);
  return (
    <section
      class="messages"
      ref={box}
      onScroll={() => {
        if (scrolled() < loadPx) void more();
      }}
      onKeyDown={onKeyDown}
      onFocusIn={({ target }) => setFocusedTs(articleOf(target)?.dataset.ts ?? null)}
      aria-label={label}
    >
      <div ref={whole}>
        {hasMore && <p class="quiet center">Scroll up for older messages</p>}
        {stretches.map(({ start, messages: some }, index) => (
          <Stretch
            key={start}
            messages={some}
            names={names}
            isInThread={isInThread}
            after={stretches[index - 1]?.messages.at(-1)?.at ?? null}
            firstNew={firstNew !== first && isIn(some, firstNew) ? firstNew : null}
            stop={isIn(some, stop) ? stop : null}
          />
        ))}
        {messages.length === 0 && <p class="quiet center">Nothing here yet.</p>}
      </div>
    </section>
  );
};
