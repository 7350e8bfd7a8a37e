import { type Duration, hour, type Instant, minute, second } from '../src/domain/instant.ts';
import type { Random } from './random.ts';

export const faultKinds = [
  'store refused',
  'store answer lost',
  'store slow',
  'store down',
  'slack refused',
  'slack answer lost',
  'slack slow',
  'slack rate limit',
  'slack down',
  'slack refused for good',
  'directory failed',
  'died while waiting',
  'asleep',
  'killed',
  'whole desk down',
  'event twice',
  'event late',
  'press twice',
  'press at once',
  'clock apart',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** How one call goes. `never`: the process dies before it hears; `asleep`: it is suspended as soon as it has asked. */
type Fate = 'fine' | 'refused' | 'lost' | 'slow' | 'limited' | 'never' | 'asleep';

export interface Faults {
  /** Nothing goes wrong any more. */
  quiet(): void;
  isQuiet(): boolean;
  /** Whether this happens now; counted when it does. */
  happens(kind: FaultKind, probability: number): boolean;
  count(kind: FaultKind): void;
  fateOf(what: 'store' | 'slack'): Fate;
  latency(): Duration;
  /** Nobody answers there until then. */
  takeDown(what: 'store' | 'slack', until: Instant): void;
  isDown(what: 'store' | 'slack', now: Instant): boolean;
  readonly counts: Readonly<Record<FaultKind, number>>;
}

/**
 * @param severity 0 for none, 1 for a bad day, more for worse
 * @param allowed kinds that may happen; the shortened run of a failing seed has few
 */
export const createFaults = (random: Random, severity: number, allowed: ReadonlySet<FaultKind>): Faults => {
  const counts = noCounts();
  const downUntil = { store: Number.NEGATIVE_INFINITY, slack: Number.NEGATIVE_INFINITY };
  let isQuiet = false;

  const count = (kind: FaultKind): void => {
    counts[kind] += 1;
  };
  const happens = (kind: FaultKind, probability: number): boolean => {
    // Asked in every case, so that a kind that is switched off leaves the rest of the story as it was.
    const hit = random.chance(probability * severity);
    if (!hit || isQuiet || !allowed.has(kind)) return false;
    count(kind);
    return true;
  };
  const fateOf = (what: 'store' | 'slack'): Fate => {
    const draw = random.next();
    const scale = severity * 0.01;
    const hit = (kind: FaultKind, from: number, share: number): boolean => {
      if (draw < from * scale || draw >= (from + share) * scale || isQuiet || !allowed.has(kind)) return false;
      count(kind);
      return true;
    };
    if (hit(`${what} refused`, 0, 4)) return 'refused';
    if (hit(`${what} answer lost`, 4, 4)) return 'lost';
    if (hit(`${what} slow`, 8, 2.5)) return 'slow';
    if (hit('died while waiting', 10.5, 0.08)) return 'never';
    if (hit('asleep', 10.6, 0.3)) return 'asleep';
    if (what === 'slack' && hit('slack rate limit', 11, 4)) return 'limited';
    return 'fine';
  };
  return {
    quiet: () => {
      isQuiet = true;
    },
    isQuiet: () => isQuiet,
    happens,
    count,
    fateOf,
    latency: () => 1 + Math.floor(random.waiting(6)),
    takeDown: (what, until) => {
      downUntil[what] = Math.max(downUntil[what], until);
    },
    isDown: (what, now) => {
      if (isQuiet || now >= downUntil[what]) return false;
      count(`${what} down`);
      return true;
    },
    counts,
  };
};

const noCounts = (): Record<FaultKind, number> => ({
  ...{ 'store refused': 0, 'store answer lost': 0, 'store slow': 0, 'store down': 0 },
  ...{ 'slack refused': 0, 'slack answer lost': 0, 'slack slow': 0, 'slack rate limit': 0, 'slack down': 0 },
  ...{
    'slack refused for good': 0,
    'directory failed': 0,
    'died while waiting': 0,
    asleep: 0,
    killed: 0,
    'whole desk down': 0,
  },
  ...{ 'event twice': 0, 'event late': 0, 'press twice': 0, 'press at once': 0, 'clock apart': 0 },
});

/** How often the larger things go wrong, and for how long. */
export const mishaps = {
  storeDown: { every: 20 * 24 * hour, lasts: 4 * minute },
  slackDown: { every: 15 * 24 * hour, lasts: 25 * minute },
  /** An account, a channel or a message that is not there. */
  closed: { every: 6 * 24 * hour, lasts: 8 * hour },
  /** Longer than a lease and the landing of a call, at the most. */
  asleep: { least: 2 * second, most: 90 * second },
  killed: { every: 2 * 24 * hour, lasts: 20 * second },
  wholeDeskDown: { every: 40 * 24 * hour, lasts: 6 * hour },
} as const;
