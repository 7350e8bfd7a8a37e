/** The message that one was led to: older ones are fetched until it is there, then it is shown, and lit up for a while. */
import { useEffect } from 'preact/hooks';
import type { Sight } from './kept-in-sight.ts';
import type { PageMessage } from './protocol.ts';
import type { Place } from './window.tsx';

const litMs = 4_000;

export const useLedTo = (
  place: Place | null,
  messages: readonly PageMessage[],
  { box, show }: Pick<Sight, 'box' | 'show'>,
  fetchOlder: () => Promise<void>,
): void => {
  const first = messages[0]?.ts ?? '';
  const target = place?.at ?? null;
  const isThere = target !== null && messages.some(({ ts }) => ts === target);
  useEffect(() => {
    if (target === null || isThere) return;
    if (first === '' || target < first) void fetchOlder();
  });
  // Led to the same message once more, one has come from a new place.
  useEffect(() => {
    const found = isThere ? box.current?.querySelector<HTMLElement>(`[data-ts="${CSS.escape(target)}"]`) : null;
    if (found === null || found === undefined) return;
    const letGo = show(found);
    found.focus({ preventScroll: true });
    found.classList.add('found');
    const dim = (): void => {
      found.classList.remove('found');
      letGo();
    };
    const timer = setTimeout(dim, litMs);
    return () => {
      clearTimeout(timer);
      dim();
    };
  }, [place, isThere]);
};
