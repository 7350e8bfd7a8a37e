import { day } from '../domain/instant.ts';
import type { Cause } from './ports.ts';

const most = 200;

/** The causes a ticket still knows after some more: those of the last 24 h, at most 200, in the order they came (14.7). */
export const keptCauses = (known: readonly Cause[], added: readonly Cause[]): readonly Cause[] => {
  const all = [...known, ...added];
  const newest = Math.max(...all.map(({ at }) => at));
  const oldestKept = all.findIndex(({ at }) => at > newest - day);
  return all.slice(Math.max(oldestKept, all.length - most));
};
