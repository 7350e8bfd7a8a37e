import { type Duration, type Instant, second } from '../domain/instant.ts';
import type { Clock, TicketStore } from '../flows/ports.ts';

/** How long the oldest of what should be done already has waited; 0 where nothing waits. */
export interface Ages {
  readonly overdue: Duration;
  readonly unsaid: Duration;
}

/** Looks, at most once a second; `null` when the database does not answer within 1.5 s. */
export type OldestLook = () => Promise<Ages | null>;

/** So many of those that are to be said next are looked at: an older notice behind them all is rare, and shows when its turn comes. */
const looked = 50;
const keptFor: Duration = second;
const patience: Duration = 1.5 * second;

/** Two indexed queries side by side, one document of the first and at most {@link looked} of the second. */
export const createOldestLook = (tickets: Pick<TicketStore, 'due' | 'unsaid'>, clock: Clock): OldestLook => {
  let kept: Promise<Ages | null> | null = null;
  let until = 0;

  const look = async (): Promise<Ages> => {
    const now = clock.now();
    const [due, unsaid] = await Promise.all([tickets.due(now, 1), tickets.unsaid(Number.MAX_SAFE_INTEGER, looked)]);
    const written = unsaid.flatMap(({ notices }) => Object.values(notices).map(({ writtenAt }) => writtenAt));
    return { overdue: age(due[0]?.dueAt ?? now, now), unsaid: age(Math.min(now, ...written), now) };
  };

  return () => {
    // Real time: it is the server that is to be spared.
    if (kept === null || performance.now() >= until) {
      kept = inTime(look());
      until = performance.now() + keptFor;
    }
    return kept;
  };
};

const age = (since: Instant, now: Instant): Duration => Math.max(0, now - since);

const inTime = async (look: Promise<Ages>): Promise<Ages | null> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience);
  });
  try {
    return await Promise.race([look.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
};
