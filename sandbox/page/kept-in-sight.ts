/** What one looks at in a list of messages stays in sight: the newest, while one is at the end; else what one has scrolled to. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { PageMessage } from './protocol.ts';

export interface Sight {
  /** What scrolls. */
  readonly box: RefObject<HTMLElement | null>;
  /** All that it holds. */
  readonly whole: RefObject<HTMLDivElement | null>;
  /** Brings one message into the middle, and keeps it there. @returns lets it go again */
  readonly show: (found: HTMLElement) => () => void;
  /** @returns how much is above what is seen, in pixels */
  readonly scrolled: () => number;
}

const nearPx = 80;

/** Above it is the name of a day, which may go. */
const endOf = (part: Element): number => part.getBoundingClientRect().bottom;

/** To be called before the messages are drawn. */
export const useKeptInSight = (messages: readonly PageMessage[]): Sight => {
  const box = useRef<HTMLElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const shown = useRef<HTMLElement | null>(null);
  const lastTop = useRef(0);
  const known = useRef('');
  const first = messages[0]?.ts ?? '';
  const last = messages.at(-1);

  // What gets older messages above it must not move. Its place can be seen for the last time now, before they are drawn.
  const part = known.current !== '' && first < known.current ? whole.current?.querySelector('.stretch') : null;
  const end = part?.isConnected === true ? endOf(part) : 0;
  useLayoutEffect(() => {
    known.current = first;
    const { current } = box;
    if (current === null) return;
    if (isAtEnd.current) current.scrollTop = current.scrollHeight;
    else if (part?.isConnected === true) current.scrollTop += endOf(part) - end;
  }, [messages.length, first, last]);

  // Messages get their true height as they come into sight, and pictures come late: who is at the end stays there.
  useEffect(() => {
    const { current: outer } = box;
    const { current: inner } = whole;
    if (outer === null || inner === null) return;
    const watcher = new ResizeObserver(() => {
      if (shown.current !== null) shown.current.scrollIntoView({ block: 'center' });
      else if (isAtEnd.current) outer.scrollTop = outer.scrollHeight;
    });
    watcher.observe(inner);
    return () => watcher.disconnect();
  }, []);

  return {
    box,
    whole,
    show: (found) => {
      isAtEnd.current = false;
      found.scrollIntoView({ block: 'center' });
      shown.current = found;
      return () => {
        shown.current = null;
      };
    },
    scrolled: () => {
      const { scrollTop = 0, scrollHeight = 0, clientHeight = 0 } = box.current ?? {};
      const isNearEnd = scrollHeight - scrollTop - clientHeight < nearPx;
      isAtEnd.current = isNearEnd || (isAtEnd.current && scrollTop >= lastTop.current);
      lastTop.current = scrollTop;
      return scrollTop;
    },
  };
};
