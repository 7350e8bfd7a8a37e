/** What every part of the window may need: its state, its line to the server, and where it is looking. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Live } from './live.ts';
import type { Ask } from './protocol.ts';
import type { State } from './state.ts';

export type Panel = 'clock' | 'scenes' | 'faults';

/** Where the window looks; kept in its address, so that a reload stays there. */
export interface Place {
  readonly channel: string | null;
  readonly thread: string | null;
  readonly panel: Panel | null;
  /** The message one was led to: scrolled to, and lit up. */
  readonly at: string | null;
  /** The scene that is being played, and what to watch in it. */
  readonly scene: string | null;
}

/** What can be done; the same from the first draw to the last, so that a list of thousands is not drawn again. */
export interface Acts {
  readonly live: Live;
  readonly go: (place: Partial<Place>) => void;
  /** Goes to a message, or says that it is in a channel this person is not in. */
  readonly goTo: (message: Pick<Place, 'channel' | 'thread' | 'at'>) => void;
  readonly become: (person: string) => void;
  /** Says something to the person in passing. */
  readonly say: (sentence: string) => void;
  /** Reads out what has come, to those who listen to the page. */
  readonly announce: (sentence: string) => void;
  /** Asks, and says what went wrong, if anything. @returns whether all is well */
  readonly try: (ask: Ask) => Promise<boolean>;
}

export interface Shell extends Acts {
  readonly state: State;
  readonly place: Place;
}

export const ActsContext = createContext<Acts | null>(null);

export const useActs = (): Acts => {
  const acts = useContext(ActsContext);
  if (acts === null) throw new Error('There is no window around this');
  return acts;
};

export const ShellContext = createContext<Shell | null>(null);

export const useShell = (): Shell => {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('There is no window around this');
  return shell;
};

export const useLive = (live: Live): State => {
  const [state, setState] = useState(live.state());
  useEffect(() => {
    setState(live.state());
    return live.onChange(() => setState(live.state()));
  }, [live]);
  return state;
};

export const readPlace = (hash: string): Place => {
  const [channel = '', thread = '', panel = '', at = '', scene = ''] = hash.replace(/^#/, '').split('/');
  return {
    channel: channel || null,
    thread: thread || null,
    panel: panel === 'clock' || panel === 'scenes' || panel === 'faults' ? panel : null,
    at: at || null,
    scene: scene || null,
  };
};

export const placeHash = ({ channel, thread, panel, at, scene }: Place): string =>
  `#${channel ?? ''}/${thread ?? ''}/${panel ?? ''}/${at ?? ''}/${scene ?? ''}`;
