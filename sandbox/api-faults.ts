/** Faults on demand for Web API calls. */
import type { Clock } from './clock.ts';

export type Fault =
  /** Does what was asked, then drops the connection without an answer. */
  | { readonly kind: 'drop-after' }
  /** Drops the connection before anything was done. */
  | { readonly kind: 'drop-before' }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'rate-limited'; readonly retryAfter: number }
  /** Answers `ok: false` with this word. */
  | { readonly kind: 'error'; readonly error: string }
  /** Answers late, in real milliseconds. */
  | { readonly kind: 'slow'; readonly ms: number };

/** A fault that a call has met. `at` is on the clock. */
type MetFault = { readonly method: string; readonly fault: Fault; readonly at: number };

export type ApiFaults = {
  /** The next `times` calls of the method (`*`: of any) meet this fault. Later orders wait behind earlier ones. */
  add(method: string, fault: Fault, times?: number): void;
  clear(): void;
  /** Orders that calls will still meet, and how many. */
  waiting(): readonly { readonly fault: Fault; readonly left: number }[];
  next(method: string): Fault | null;
  /** The faults that calls have met, oldest first. */
  readonly met: readonly MetFault[];
  /** Real time; cut short by `clear` and `stop`. */
  pause(ms: number): Promise<void>;
  stop(): void;
};

export const createApiFaults = (clock: Clock): ApiFaults => {
  const orders: { readonly method: string; readonly fault: Fault; left: number }[] = [];
  const pauses = new Set<() => void>();
  const met: MetFault[] = [];

  const stop = (): void => {
    orders.length = 0;
    for (const end of pauses) end();
  };

  return {
    add: (method, fault, times = 1) => {
      orders.push({ method, fault, left: times });
    },
    clear: stop,
    waiting: () => orders.filter(({ left }) => left > 0).map(({ fault, left }) => ({ fault, left })),
    stop,
    met,
    next: (method) => {
      const order = orders.find((one) => one.left > 0 && (one.method === '*' || one.method === method));
      if (!order) return null;
      order.left -= 1;
      met.push({ method, fault: order.fault, at: clock.now() });
      return order.fault;
    },
    pause: (ms) =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          pauses.delete(end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        pauses.add(end);
      }),
  };
};
