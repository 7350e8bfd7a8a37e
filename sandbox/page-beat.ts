/** The heart of a show: has the bot look at its clocks while time flows, and tells the windows when something has changed. */
import type { PageClock, PageDue, PageFaults } from './page/protocol.ts';
import { faultsShape } from './page-faults.ts';
import type { Moves } from './page-moves.ts';
import type { PageStage } from './page-stage.ts';
import type { Turns } from './page-turns.ts';
import type { Window } from './page-windows.ts';

export type Beat = {
  /** As this person may know it. */
  clock(user: string): PageClock;
  faults(): PageFaults;
  /** Tells the windows now, if there is news. */
  tell(): void;
  /** Asks the bot again what is due next, and tells the windows. */
  renew(): Promise<void>;
  stop(): void;
};

type BeatParts = {
  readonly stage: PageStage;
  readonly turns: Turns;
  readonly windows: () => readonly Window[];
  /** Whether they may know of every ticket (11). */
  readonly isOfDesk: (user: string) => boolean;
  readonly moves: Pick<Moves, 'isMoving' | 'secondsLeft'>;
};

const beatMs = 250;
/** How often the bot does what its schedule has it do every minute, in beats. */
const minuteBeats = 240;
const renewBeats = 8;
const mostDue = 12;

export const startBeat = ({ stage, turns, windows, isOfDesk, moves }: BeatParts): Beat => {
  let due: readonly PageDue[] = [];
  let isStale = true;
  let beats = 0;
  const sent = { clock: '', faults: '' };

  const clock = (user: string): PageClock => ({
    now: stage.clock.now(),
    zone: stage.cast.zone,
    isMoving: moves.isMoving(),
    secondsLeft: moves.secondsLeft(),
    due: isOfDesk(user) ? due : null,
  });
  const faults = (): PageFaults => faultsShape(stage);

  const tell = (): void => {
    const now = stage.clock.now();
    const face = moves.isMoving() ? `${now} ${moves.secondsLeft()}` : JSON.stringify([Math.floor(now / 60_000), due]);
    if (face !== sent.clock) for (const window of windows()) window.send({ type: 'clock', clock: clock(window.user) });
    sent.clock = face;
    const panel = faults();
    const shown = JSON.stringify(panel);
    if (shown !== sent.faults) for (const window of windows()) window.send({ type: 'faults', faults: panel });
    sent.faults = shown;
  };

  const renew = async (): Promise<void> => {
    isStale = false;
    const next = (await stage.bot()?.dueNext(mostDue)) ?? [];
    due = next.map(({ at, ticket, title, sentence, card }) => ({ at, ticket, title, what: sentence, card }));
    tell();
  };

  /** What the bot's own schedule does in real time. */
  const look = async (): Promise<void> => {
    const bot = stage.bot();
    if (bot === null) return;
    const { dueAt, sayAt } = await bot.wanted();
    const now = stage.clock.now();
    if ((dueAt !== null && dueAt <= now) || (sayAt !== null && sayAt <= now)) await bot.tick();
    if (beats % minuteBeats === 0) {
      await bot.keepDesk();
      await stage.lookBack();
    }
  };

  const beat = async (): Promise<void> => {
    beats += 1;
    if (!turns.isTaken()) {
      await turns.run(look);
      if (isStale || beats % renewBeats === 0) await renew();
    }
    tell();
  };

  let isBeating = false;
  const timer = setInterval(() => {
    if (isBeating) return;
    isBeating = true;
    // A database or bot on its way out: the next beat shows how it stands.
    void beat()
      .catch(() => {})
      .finally(() => {
        isBeating = false;
      });
  }, beatMs);
  const end = stage.slack.onChange(() => {
    isStale = true;
  });
  return {
    clock,
    faults,
    tell,
    renew,
    stop: () => {
      clearInterval(timer);
      end();
    },
  };
};
