import { setImmediate as turn } from 'node:timers/promises';
import type { Duration, Instant } from '../src/domain/instant.ts';

/** Moved time: what happens when is a list, and nothing ever waits for a real clock. */
export interface Scheduler {
  now(): Instant;
  /** Runs something at an instant, or now if that has passed; of one instant, in the order asked for. */
  at(instant: Instant, run: () => void): void;
  in(after: Duration, run: () => void): void;
  /** How many things have happened so far. */
  steps(): number;
  /** Lets everything up to an instant happen. What a step sets off is finished before `afterEach` and the next step. */
  runUntil(until: Instant, afterEach: () => void): Promise<void>;
}

interface Planned {
  readonly at: Instant;
  readonly order: number;
  readonly run: () => void;
}

/** After so many steps the event loop turns once, so that rejections nobody handled are heard of. */
const breatheEvery = 1000;

/**
 * Resolves when every promise that can settle has, however long the chains are: a tick that is asked for from the queue of
 * promises comes once that queue is empty. Costs a tenth of a turn of the event loop.
 */
const settled = (): Promise<void> => new Promise((resolve) => Promise.resolve().then(() => process.nextTick(resolve)));

const isBefore = (a: Planned, b: Planned): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

export const createScheduler = (start: Instant): Scheduler => {
  const heap: Planned[] = [];
  let current = start;
  let order = 0;
  let steps = 0;

  const at = (instant: Instant, run: () => void): void => {
    order += 1;
    rise(heap, { at: Math.max(instant, current), order, run });
  };

  const runUntil = async (until: Instant, afterEach: () => void): Promise<void> => {
    for (let next = heap[0]; next !== undefined && next.at <= until; next = heap[0]) {
      sink(heap);
      current = next.at;
      steps += 1;
      next.run();
      await (steps % breatheEvery === 0 ? turn() : settled());
      afterEach();
    }
    current = Math.max(current, until);
  };

  return { now: () => current, at, in: (after, run) => at(current + after, run), steps: () => steps, runUntil };
};

/** Puts one more on the heap. */
const rise = (heap: Planned[], item: Planned): void => {
  let index = heap.length;
  heap.push(item);
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || isBefore(parent, item)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = item;
};

/** Takes the first off the heap. */
const sink = (heap: Planned[]): void => {
  const item = heap.pop();
  if (item === undefined || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const left = heap[2 * index + 1];
    const right = heap[2 * index + 2];
    const isRight = right !== undefined && left !== undefined && isBefore(right, left);
    const child = isRight ? right : left;
    if (child === undefined || isBefore(item, child)) break;
    heap[index] = child;
    index = 2 * index + (isRight ? 2 : 1);
  }
  heap[index] = item;
};
