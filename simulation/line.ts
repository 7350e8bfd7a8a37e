import type { Duration } from '../src/domain/instant.ts';
import { second } from '../src/domain/instant.ts';
import { type Faults, mishaps } from './faults.ts';
import type { Life } from './life.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** The database answered nothing, or something that says so. */
class NoAnswerError extends Error {
  readonly code = 'store-unreachable';
  constructor() {
    super('Reaching the database failed: the connection broke');
    this.name = 'NoAnswerError';
  }
}

/** What a process asks of the world comes back later, or wrong, or never. */
export interface Line {
  /** Asks the store: `work` takes effect at one instant, and the answer comes at a later one. */
  ask<T>(work: () => T): Promise<T>;
}

/** After this the driver gives up by itself; the write may still land. */
const slowest: Duration = 15 * second;

export const createLine = (scheduler: Scheduler, faults: Faults, random: Random, life: Life): Line => {
  const ask = <T>(work: () => T): Promise<T> =>
    new Promise((resolve, reject) => {
      const fate = faults.fateOf('store');
      const there = fate === 'slow' ? Math.floor(random.between(second, slowest)) : faults.latency();
      if (fate === 'asleep') life.sleep(Math.floor(random.between(mishaps.asleep.least, mishaps.asleep.most)));
      scheduler.in(there, () => {
        const back = random.chance(0.7) ? 0 : faults.latency();
        const answer = (settle: () => void): void => {
          if (back === 0) life.reach(settle);
          else scheduler.in(back, () => life.reach(settle));
        };
        if (fate === 'never' && random.chance(0.5)) return life.die();
        if (fate === 'refused' || faults.isDown('store', scheduler.now()))
          return answer(() => reject(new NoAnswerError()));
        const done = attempt(work);
        if (fate === 'never') return life.die();
        if (fate === 'lost') return answer(() => reject(new NoAnswerError()));
        return answer(() => (done.ok ? resolve(done.value) : reject(done.error)));
      });
    });
  return { ask };
};

const attempt = <T>(
  work: () => T,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown } => {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, error };
  }
};
