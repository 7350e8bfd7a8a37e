/** Moves the clock for whoever asks: one move after the other, and each can be stopped on its way. */
import type { ClockMove, ToPage } from './page/protocol.ts';
import { allDone, type PageAnswer, refused } from './page-answer.ts';
import { noteHappenings } from './page-happenings.ts';
import { targetOf } from './page-instants.ts';
import { passInstants, secondAfter } from './page-passing.ts';
import type { PageStage } from './page-stage.ts';
import type { Window } from './page-windows.ts';

export type Moves = {
  /** Takes no turn of its own: whoever calls sees to it that nothing else moves meanwhile. */
  move(move: ClockMove): Promise<PageAnswer>;
  isMoving(): boolean;
  /** As the page's clock says it. */
  secondsLeft(): number | null;
  /** Ends the move on its way at its next stop. */
  end(): void;
};

type MoveParts = {
  readonly stage: PageStage;
  readonly windows: () => readonly Window[];
  /** Tells the windows where the clock stands. */
  readonly tellClock: () => void;
};

const progressEveryMs = 100;
/** What a move took so far tells how long the rest takes only after some time. */
const tellingMs = 2_000;

/** A move on its way: instants of the clock, and the real one at which it began. */
type Way = { readonly from: number; readonly to: number; readonly sinceMs: number };

const leftOf = ({ from, to, sinceMs }: Way, now: number): number | null => {
  const tookMs = performance.now() - sinceMs;
  if (tookMs < tellingMs || now <= from) return null;
  return Math.max(1, Math.ceil((tookMs * (to - now)) / (now - from) / 1_000));
};

export const createMoves = ({ stage, windows, tellClock }: MoveParts): Moves => {
  const { clock, slack, cast } = stage;
  let way: Way | null = null;
  let isEnded = false;

  const nextDeadline = async (move: ClockMove): Promise<number | null> => {
    if (move.by !== 'next-deadline') return null;
    const due = (await stage.bot()?.dueNext(20)) ?? [];
    const next = due.map(({ at }) => at).find((at) => at > clock.now());
    return next === undefined ? null : secondAfter(next);
  };

  const go = async (at: number): Promise<void> => {
    const from = clock.now();
    const happenings = noteHappenings(slack, clock.now);
    let toldAt = performance.now();
    const onStop = (): void => {
      if (performance.now() - toldAt < progressEveryMs) return;
      toldAt = performance.now();
      tellClock();
    };
    way = { from, to: at, sinceMs: performance.now() };
    isEnded = false;
    tellClock();
    try {
      if (!(await passInstants(stage, at, { isEnded: () => isEnded, onStop }))) clock.moveTo(at);
      await stage.calm();
    } finally {
      happenings.stop();
      way = null;
    }
    const to = clock.now();
    for (const window of windows()) {
      window.send({ type: 'happenings', from, to, ...happenings.seenBy(window.user) } satisfies ToPage);
    }
  };

  return {
    isMoving: () => way !== null,
    secondsLeft: () => (way === null ? null : leftOf(way, clock.now())),
    end: () => {
      isEnded = true;
    },
    move: async (move) => {
      if (move.by === 'next-deadline' && stage.bot() === null)
        return refused('The bot is stopped. Start it, then it says what is due next.');
      clock.hold();
      try {
        const target = targetOf(move, secondAfter(clock.now()), cast.zone, await nextDeadline(move));
        if (!target.ok) return refused(target.why);
        await go(target.at);
        return allDone;
      } finally {
        clock.flow();
      }
    },
  };
};
