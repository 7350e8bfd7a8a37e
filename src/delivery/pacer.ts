import { type Duration, type Instant, minute } from '../domain/instant.ts';
import type { Clock } from '../flows/ports.ts';
import { type Bucket, createBucket } from './bucket.ts';
import type { Limits, PacedMethod } from './slack-rates.ts';

/** A call that wants to be made. */
export interface PacedCall {
  readonly method: PacedMethod;
  /** The channel, or the person whose DM it is. */
  readonly place: string;
  /** What it is about: the same when it comes again. */
  readonly key: string;
  /** Goes before all that is not critical (14.4). */
  readonly critical: boolean;
  /** Says at once what is due of many tickets, so seldom that it need not wait behind single ones: it goes right after what is critical. */
  readonly folds: boolean;
  /** It was put off before, and comes because its time has come. */
  readonly isBack: boolean;
  /** It is not begun from then on: who waits until then is put off. */
  readonly until: Instant;
}

/** `later`: nothing was called; come again after so many milliseconds. */
type Paced<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'later'; readonly after: Duration };

/** Keeps one process within Slack's limits (14.4). */
export interface Pacer {
  /**
   * Does some work that makes this one call when its turn comes: one at a time for a method and place, the critical ones
   * first, the others as they came.
   *
   * @param work says with `called` whether it made the call
   */
  run<T>(call: PacedCall, work: () => Promise<{ readonly called: boolean; readonly value: T }>): Promise<Paced<T>>;
  /** Takes the right to one call of a method, and gives 0; or how long there is none. */
  ask(method: PacedMethod): Duration;
  /** Slack answered 429, with the pause it asked for. */
  tooMany(call: Pick<PacedCall, 'method' | 'place'>, after: Duration): void;
  /** From now on nobody waits here: the process is about to end, and what is put off is said by another. */
  hurry(): void;
}

export interface PacerParts {
  readonly clock: Clock;
  readonly limits: Limits;
  /** How long a call may wait here for its turn, twice that at the most; what would wait longer is put off. */
  readonly patience: Duration;
  /** Resolves after so many milliseconds. Never asked where patience is 0, as in time moved by hand. */
  readonly wait: (ms: Duration) => Promise<void>;
}

/** Nothing is put off for longer: the queue may be shorter by then. */
const furthest: Duration = 5 * minute;
/** The same where others seem to call in the same place: how much they have left to say is not known here. */
const furthestShared: Duration = minute / 2;

/** Who comes back a little before its turn keeps the queue from running dry between two sweeps. */
const early = 0.8;

const mostGrants = 1_000;

interface Waiting {
  readonly call: PacedCall;
  readonly gate: string;
  readonly buckets: readonly Bucket[];
  readonly since: Instant;
  /** The slot that was taken beforehand, where it has come. */
  readonly grantedAt: Instant | null;
  readonly answer: (turn: Turn) => void;
}

type Turn = { readonly kind: 'go' } | { readonly kind: 'later'; readonly after: Duration };

export const createPacer = ({ clock, limits, patience, wait }: PacerParts): Pacer => {
  const buckets = new Map<string, Bucket>();
  const queue: Waiting[] = [];
  const busy = new Set<string>();
  /** Slots taken beforehand for calls that go first and could not wait here. */
  const grants = new Map<string, Instant>();
  let wakesAt = Number.POSITIVE_INFINITY;
  let willing = patience;

  const bucketsOf = (method: PacedMethod, place: string): readonly [Bucket, ...Bucket[]] => {
    const [first, ...rest] = limits(method, place);
    return [bucketOf(first), ...rest.map(bucketOf)];
  };

  const bucketOf = ({ name, rate }: ReturnType<Limits>[number]): Bucket => {
    const known = buckets.get(name);
    if (known !== undefined) return known;
    const made = createBucket(rate);
    forgetFull(buckets, clock.now());
    buckets.set(name, made);
    return made;
  };

  const turnOf = (call: PacedCall): Promise<Turn> =>
    new Promise((answer) => {
      const now = clock.now();
      const mine = bucketsOf(call.method, call.place);
      const slot = grants.get(call.key) ?? Number.POSITIVE_INFINITY;
      const grantedAt = slot <= now ? slot : null;
      if (grantedAt !== null) grants.delete(call.key);
      const entry = { call, gate: gateOf(call), buckets: mine, since: now, grantedAt, answer };
      const waits = isGranted(entry) ? 0 : turnAt(entry, now) - now;
      if (waits > willing || now + waits >= call.until) return answer(putOff(entry, now));
      if (!isGranted(entry) && !goesFirst(call) && !call.isBack) for (const bucket of mine) bucket.reserve(now);
      queue.splice(placeIn(queue, entry), 0, entry);
      pump();
    });

  /** About when it would be this call's turn, if it waited. */
  const turnAt = (entry: Waiting, now: Instant): Instant => {
    const { call, buckets: mine, gate } = entry;
    const ahead = queue.slice(0, placeIn(queue, entry)).filter((each) => each.gate === gate).length;
    const isNew = !goesFirst(call) && !call.isBack;
    return Math.max(
      ...mine.map((bucket, index) => {
        const free = bucket.freeAt(now + (index === 0 ? ahead * bucket.interval(now) : 0));
        // Those who were promised a slot and have not come when the channel lies idle are not coming.
        return isNew && !(ahead === 0 && bucket.isFull(now)) ? Math.max(free, bucket.nextSlot(now)) : free;
      }),
    );
  };

  const putOff = ({ call, buckets: mine }: Waiting, now: Instant): Turn => {
    if (goesFirst(call)) return granted(call, mine, now);
    const slot = Math.max(...mine.map((bucket) => bucket.nextSlot(now)));
    const most = mine.some((bucket) => bucket.isSlowed(now)) ? furthestShared : furthest;
    if (slot - now > most) return { kind: 'later', after: most };
    for (const bucket of mine) bucket.reserve(now);
    return { kind: 'later', after: Math.max(1, slot - now - early * patience) };
  };

  /** The next slot of all, taken from whoever it was promised to. */
  const granted = (call: PacedCall, mine: readonly Bucket[], now: Instant): Turn => {
    const slot = grants.get(call.key) ?? Math.max(...mine.map((bucket) => bucket.freeAt(now)));
    if (!grants.has(call.key)) {
      for (const bucket of mine) bucket.take(slot);
      const [oldest] = grants.keys();
      if (grants.size >= mostGrants && oldest !== undefined) grants.delete(oldest);
      grants.set(call.key, slot);
    }
    return { kind: 'later', after: Math.max(1, slot - now) };
  };

  /** Lets begin what may begin. */
  const pump = (): void => {
    const now = clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const entry of [...queue]) {
      const { since, call, gate } = entry;
      if (busy.has(gate) && now < call.until) continue;
      const freeAt = isGranted(entry) ? now : Math.max(...entry.buckets.map((bucket) => bucket.freeAt(now)));
      // Its caller may have lost the right to say it by then: it is asked for again.
      if (now - since > 2 * patience || freeAt >= call.until) leave(entry, putOff(entry, now));
      else if (freeAt <= now) begin(entry, now);
      else if (freeAt - since > 2 * willing) leave(entry, putOff(entry, now));
      else next = Math.min(next, freeAt);
    }
    if (next < wakesAt) wakeAt(next, now);
  };

  const wakeAt = (at: Instant, now: Instant): void => {
    wakesAt = at;
    void wait(at - now).then(() => {
      if (wakesAt === at) wakesAt = Number.POSITIVE_INFINITY;
      pump();
    });
  };

  const begin = (entry: Waiting, now: Instant): void => {
    // Where there is no limit nobody learns from the answer before.
    if (entry.buckets.some((bucket) => bucket.interval(now) > 0)) busy.add(entry.gate);
    if (!isGranted(entry)) for (const bucket of entry.buckets) bucket.take(now);
    leave(entry, { kind: 'go' });
  };

  const leave = (entry: Waiting, turn: Turn): void => {
    queue.splice(queue.indexOf(entry), 1);
    entry.answer(turn);
  };

  return {
    run: async (call, work) => {
      const turn = await turnOf(call);
      if (turn.kind === 'later') return turn;
      try {
        const { called, value } = await work();
        if (!called) for (const bucket of bucketsOf(call.method, call.place)) bucket.giveBack(clock.now());
        return { kind: 'done', value };
      } finally {
        busy.delete(gateOf(call));
        pump();
      }
    },
    ask: (method) => {
      const now = clock.now();
      const mine = bucketsOf(method, '');
      const isFree = mine.every((bucket) => bucket.freeAt(now) <= now);
      const slot = isFree ? now : Math.max(...mine.map((bucket) => bucket.nextSlot(now)));
      for (const bucket of mine) isFree ? bucket.take(now) : bucket.reserve(now);
      return isFree ? 0 : Math.max(1, slot - now);
    },
    tooMany: ({ method, place }, after) => {
      const now = clock.now();
      bucketsOf(method, place)[0].slowDown(now, now + after);
    },
    hurry: () => {
      willing = 0;
      pump();
    },
  };
};

/** A slot that lies in a pause is void: those of a whole pause must not all begin at its end (14.4). */
const isGranted = ({ grantedAt, buckets }: Waiting): boolean =>
  grantedAt !== null && !buckets.some((bucket) => bucket.isClosedAt(grantedAt));

const gateOf = ({ method, place }: PacedCall): string => `${method} ${place}`;

/** Behind all that go first: what has its right already, then what is critical, what folds, and the others. */
const placeIn = (queue: readonly Waiting[], entry: Waiting): number => {
  const after = queue.findIndex((each) => rankOf(each) > rankOf(entry));
  return after < 0 ? queue.length : after;
};

const goesFirst = ({ critical, folds }: PacedCall): boolean => critical || folds;

const rankOf = (entry: Waiting): number => {
  if (isGranted(entry)) return 0;
  if (entry.call.critical) return 1;
  return entry.call.folds ? 2 : 3;
};

const mostBuckets = 1_000;

/** A full bucket is as good as none. */
const forgetFull = (buckets: Map<string, Bucket>, now: Instant): void => {
  if (buckets.size < mostBuckets) return;
  for (const [name, bucket] of buckets) if (bucket.isFull(now)) buckets.delete(name);
};
