import type { Duration } from '../src/domain/instant.ts';
import type { Scheduler } from './scheduler.ts';

/** A process, as far as it can act. */
export interface Life {
  isAlive(): boolean;
  isAwake(): boolean;
  /** At once, in the middle of whatever it does. */
  die(): void;
  /** Suspended for so long: what it has sent goes its way, and what comes for it waits. */
  sleep(lasts: Duration): void;
  /** Something comes to it, an answer or a timer of its own: now, when it wakes, or never. */
  reach(happens: () => void): void;
}

/** @param changed hears that it died, fell asleep or woke */
export const createLife = (scheduler: Scheduler, changed: (what: 'died' | 'asleep' | 'awake') => void): Life => {
  const waiting: (() => void)[] = [];
  let state: 'awake' | 'asleep' | 'dead' = 'awake';

  const reach = (happens: () => void): void => {
    if (state === 'awake') happens();
    else if (state === 'asleep') waiting.push(happens);
  };
  const wake = (): void => {
    if (state !== 'asleep') return;
    state = 'awake';
    changed('awake');
    for (const happens of waiting.splice(0)) scheduler.in(0, () => reach(happens));
  };
  return {
    isAlive: () => state !== 'dead',
    isAwake: () => state === 'awake',
    die: () => {
      if (state === 'dead') return;
      state = 'dead';
      waiting.length = 0;
      changed('died');
    },
    sleep: (lasts) => {
      if (state !== 'awake') return;
      state = 'asleep';
      changed('asleep');
      scheduler.in(lasts, wake);
    },
    reach,
  };
};
