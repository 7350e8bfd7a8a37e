/** Answers what a window asks for: what its person sees and does, and what moves the whole workspace, one after the other. */

import type { Ask } from './page/protocol.ts';
import { allDone, type PageAnswer, refused } from './page-answer.ts';
import { doDeed } from './page-deeds.ts';
import { calmFaults, orderFault } from './page-faults.ts';
import { sliceBefore, threadSlice } from './page-shapes.ts';
import type { Show } from './page-show.ts';
import { isIn } from './page-sight.ts';
import type { Turns } from './page-turns.ts';
import type { Window } from './page-windows.ts';

type DirectorParts = {
  /** null while another one is set up. */
  readonly show: () => Show | null;
  readonly turns: Turns;
  readonly setScene: (id: string) => Promise<PageAnswer>;
};

const notYours = refused('You are not in that channel.');
const notYet = refused('A scene is being set up. It is ready in a moment.');
const notThere = refused('The desk could not be set up. Choose a scene to try again, or start the demo anew.');

export const createDirector =
  ({ show, turns, setScene }: DirectorParts) =>
  async (window: Window, ask: Ask): Promise<PageAnswer> => {
    const now = show();
    if (now === null && turns.isTaken()) return notYet;
    if (now === null) return ask.do === 'scene' ? turns.run(() => setScene(ask.id)) : notThere;
    const { stage, beat } = now;
    switch (ask.do) {
      case 'history':
      case 'thread':
      case 'seen':
        return reading(now, window, ask);
      case 'clock':
        if (turns.isTaken() && now.moves.isMoving())
          window.send({ type: 'notice', text: 'The clock is being moved already. Your move comes right after it.' });
        return turns.run(async () => {
          const answer = await (show() ?? now).moves.move(ask.move);
          (show() ?? now).beat.tell();
          return answer;
        });
      case 'clock-stop':
        now.moves.end();
        return allDone;
      case 'scene':
        now.moves.end();
        return turns.run(() => setScene(ask.id));
      case 'bot':
        return turns.run(() => runBot(now, ask.run));
      case 'fault':
        orderFault(stage, ask.kind, ask.calls);
        break;
      case 'double':
        stage.slack.faults.twice(ask.on ? 'at-once' : 'no');
        break;
      case 'hold':
        if (ask.on) stage.slack.faults.hold();
        else stage.slack.faults.release();
        break;
      case 'cut':
        stage.slack.faults.cutSockets();
        break;
      case 'calm':
        calmFaults(stage);
        if (stage.bot() === null) return turns.run(() => runBot(now, true));
        break;
      default:
        return doDeed(stage.slack, window.user, ask);
    }
    beat.tell();
    return allDone;
  };

type Reading = Extract<Ask, { readonly do: 'history' | 'thread' | 'seen' }>;

const reading = ({ stage, unread, marksChanged }: Show, { user }: Window, ask: Reading): PageAnswer => {
  const { world } = stage.slack;
  if (!isIn(world.channels.get(ask.channel), user)) return notYours;
  switch (ask.do) {
    case 'history':
      return { type: 'slice', slice: sliceBefore(world, user, ask) };
    case 'thread':
      return { type: 'slice', slice: threadSlice(world, user, ask.channel, ask.ts) };
    case 'seen':
      if (unread.see(user, ask.channel)) marksChanged();
      return allDone;
  }
};

/** Started again on the same database, the bot first looks for what it missed. */
const runBot = async ({ stage, beat }: Show, run: boolean): Promise<PageAnswer> => {
  const isRunning = stage.bot() !== null;
  if (run === isRunning) return allDone;
  const doing = run ? stage.startBot() : stage.stopBot();
  beat.tell();
  try {
    await doing;
    if (run) await stage.lookBack();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refused(`The bot did not start: ${why}.`);
  } finally {
    await beat.renew();
  }
  return allDone;
};
