/** Tells the story: plays a step, then shows the instant, who did what, and what each person newly sees. */
import { DateTime } from 'luxon';
import { type Paper, width } from './demo-paper.ts';
import { minute } from './demo-policy.ts';
import { type Sighting, watcherOf } from './demo-seen.ts';
import type { Stage } from './demo-stage.ts';

export type Tale = {
  readonly stage: Stage;
  chapter(title: string, about: string): void;
  /** One thing somebody does. `details` are lines below it, such as what is filled into a form. */
  step<T>(title: string, work: () => Promise<T>, details?: readonly string[]): Promise<T>;
  /** Lets time pass to an instant (epoch ms); what the bot does on the way is shown at its own instants. */
  passTo(at: number, title: string): Promise<void>;
  /** Lets time pass until something can be seen, for at most `limit` ms. @returns whether it was seen */
  until(holds: () => boolean, limit: number, title: string): Promise<boolean>;
  /** Lets time pass without a word, unless there is something to see. */
  skipTo(at: number): Promise<void>;
  /** A remark to the reader. */
  remark(text: string): void;
};

/** How many lines of a message are shown at most. */
type Room = { readonly posted: number; readonly redrawn: number; readonly aside: number };
const roomy: Room = { posted: 14, redrawn: 4, aside: 3 };
const narrow: Room = { posted: 6, redrawn: 3, aside: 2 };

/** `Mon 11 Jan 10:00`, in the desk's zone. */
export const clockFace = (at: number, zone: string): string =>
  DateTime.fromMillis(at, { zone }).setLocale('en').toFormat('ccc d LLL HH:mm');

const byItself = 'Tierline, by itself';
const mostLooks = 5_000;

export const taleOf = (stage: Stage, paper: Paper): Tale => {
  const watch = watcherOf(stage);
  let chapters = 0;
  let room = roomy;

  const show = (at: number, title: string, details: readonly string[], seen: readonly Sighting[]): void => {
    paper.line();
    const face = `${clockFace(at, stage.cast.zone)}  `.padEnd(18);
    paper.wrapped(title, face, ' '.repeat(face.length), title === byItself ? 'yellow' : 'bold');
    for (const detail of details) paper.wrapped(detail, `${' '.repeat(face.length)}· `, `${' '.repeat(face.length)}  `);
    const shown = seen.filter(isWorthShowing);
    for (const sighting of shown) showSighting(paper, sighting, room);
    if (shown.length === 0) paper.line(`${' '.repeat(face.length)}(nobody sees anything new)`, 'dim');
  };

  /** What was seen at instants on the way is shown under these. */
  const goOn = async (at: number, enough: () => boolean): Promise<readonly Sighting[]> => {
    let pending: readonly Sighting[] = [];
    for (let looks = 0; !enough(); looks += 1) {
      const before = stage.now();
      if (!(await stage.advance(at))) break;
      if (looks > mostLooks)
        throw new Error(`Passing time failed: something stays due at ${clockFace(stage.now(), stage.cast.zone)}`);
      if (stage.now() > before + minute / 2) {
        if (pending.some(isWorthShowing)) show(before, byItself, [], pending);
        pending = [];
      }
      pending = [...pending, ...watch()];
    }
    return pending;
  };

  const step: Tale['step'] = async (title, work, details = []) => {
    const at = stage.now();
    const result = await work();
    await stage.settle();
    show(at, title, details, watch());
    return result;
  };

  const passTo = async (at: number, title: string | null): Promise<void> => {
    const started = stage.now();
    const pending = await goOn(at, () => false);
    const last = stage.now();
    const isEarlier = last < at - minute / 2 && last > started;
    if (isEarlier && pending.some(isWorthShowing)) show(last, byItself, [], pending);
    if (stage.now() < at) stage.moveTo(at);
    await stage.settle();
    const seen = [...(isEarlier ? [] : pending), ...watch()];
    if (title !== null) show(at, title, [], seen);
    else if (seen.some(isWorthShowing)) show(at, byItself, [], seen);
  };

  return {
    stage,
    chapter: (title, about) => {
      chapters += 1;
      if (chapters > 1) room = narrow;
      const head = `━━ ${chapters}. ${title} `;
      paper.line();
      paper.line(head.padEnd(width, '━'), 'cyan');
      paper.wrapped(about, '', '', 'dim');
    },
    step,
    passTo,
    until: async (holds, limit, title) => {
      const pending = await goOn(stage.now() + limit, holds);
      if (!holds()) return false;
      const at = stage.now();
      await stage.settle();
      show(at, title, [], [...pending, ...watch()]);
      return true;
    },
    skipTo: (at) => passTo(at, null),
    remark: (text) => {
      paper.line();
      paper.wrapped(text, '                  ', '                  ', 'dim');
    },
  };
};

/** A card or thread line drawn anew says nothing new to a reader of the story, unless it is the card that moved on. */
const isWorthShowing = ({ how, isAside }: Sighting): boolean => how === 'new' || !isAside;

const showSighting = (paper: Paper, { where, how, isAside, lines }: Sighting, room: Room): void => {
  const most = isAside ? room.aside : how === 'redrawn' ? room.redrawn : room.posted;
  paper.line(`  ${where}${how === 'redrawn' ? ', the message now reads' : ''}`, 'green');
  const all = lines.filter((line) => line.trim() !== '');
  const last = all.at(-1) ?? '';
  const buttons = all.length > most && last.startsWith('[') ? [last] : [];
  const shown = all.length > most ? [...all.slice(0, Math.max(1, most - buttons.length)), '…', ...buttons] : all;
  for (const line of shown) paper.wrapped(line, '  │ ', line.startsWith('• ') ? '  │   ' : '  │ ');
};
