/** What comes into a list is read out to those who listen to the page: their own words are not, nor what was there. */
import { useEffect, useRef } from 'preact/hooks';
import type { PageMessage } from './protocol.ts';
import { spokenOf, useNames } from './text.tsx';
import { useActs } from './window.tsx';

const mostCharacters = 300;

/** @param isLoaded what stands there before is where one begins to listen */
export const useAnnounced = (last: PageMessage | undefined, isLoaded: boolean): void => {
  const { announce } = useActs();
  const names = useNames();
  const heardUpTo = useRef<string | null>(null);
  const ts = last?.ts ?? '';
  useEffect(() => {
    const before = heardUpTo.current;
    heardUpTo.current = isLoaded ? ts : null;
    if (!isLoaded || before === null || last === undefined || ts <= before || last.user === names.you) return;
    const words = spokenOf(last.text, names).slice(0, mostCharacters);
    announce(`${last.isOnlyForYou ? 'Only visible to you. ' : ''}${names.person(last.user)}: ${words}`);
  }, [ts, isLoaded]);
};
