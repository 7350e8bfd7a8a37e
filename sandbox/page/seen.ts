/** What the person has seen: only what stands in a window that they have before them. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PageChannel } from './protocol.ts';
import { useActs } from './window.tsx';

const isBefore = (): boolean => document.visibilityState === 'visible';

const useVisible = (): boolean => {
  const [isVisible, setVisible] = useState(isBefore());
  useEffect(() => {
    const hear = (): void => setVisible(isBefore());
    document.addEventListener('visibilitychange', hear);
    return () => document.removeEventListener('visibilitychange', hear);
  }, []);
  return isVisible;
};

/** Tells the server what is seen. @returns the ts after which it was new when one came, or null */
export const useSeen = ({ id, unread, mentions, seenUpTo }: PageChannel): string | null => {
  const { live } = useActs();
  const isVisible = useVisible();
  const isLooking = useRef(false);
  const [newAfter, setNewAfter] = useState<string | null>(null);
  useEffect(() => {
    const isNew = unread > 0 || mentions > 0;
    // What comes while one looks on is not marked as new.
    if (isVisible && !isLooking.current) setNewAfter(isNew ? seenUpTo : null);
    isLooking.current = isVisible;
    if (isVisible && isNew) void live.ask({ do: 'seen', channel: id });
  }, [live, id, isVisible, unread, mentions]);
  return newAfter;
};
