import type { Instant } from '../src/domain/instant.ts';

/** A promise that did not hold: its clause, and what was seen. */
export class Violation extends Error {
  readonly invariant: string;
  readonly at: Instant;
  constructor(invariant: string, what: string, at: Instant) {
    super(`${invariant}: ${what}`);
    this.name = 'Violation';
    this.invariant = invariant;
    this.at = at;
  }
}

/** Says that a promise is broken. */
export type Broken = (invariant: string, what: string) => void;
