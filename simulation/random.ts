/** Chance that comes from a seed and nothing else: the same seed, the same story. */
export interface Random {
  /** From 0 up to, not including, 1. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number;
  between(least: number, most: number): number;
  /** A waiting time whose mean is given; mostly shorter, sometimes much longer. */
  waiting(mean: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** `null` where there is nothing to pick. */
  pickAny<T>(items: readonly T[]): T | null;
  /** Chance of its own, so that one more question here changes nothing there. */
  fork(name: string): Random;
}

/** FNV-1a over UTF-16 units. */
const seedOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
};

/** Chance from a seed, by the generator known as mulberry32. */
export const randomFrom = (seed: string): Random => {
  let state = seedOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    between: (least, most) => least + next() * (most - least),
    waiting: (mean) => -Math.log(1 - next()) * mean,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
    pickAny: (items) => items[whole(0, items.length - 1)] ?? null,
    fork: (name) => randomFrom(`${seed}/${name}`),
  };
};
