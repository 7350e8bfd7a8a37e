/** What is on: one stage, and all that its windows are told of it. A scene puts another show in its place. */
import type { ToPage } from './page/protocol.ts';
import { type Beat, startBeat } from './page-beat.ts';
import { startFeed } from './page-feed.ts';
import { helloFor } from './page-hello.ts';
import { createMoves, type Moves } from './page-moves.ts';
import { rolesIn } from './page-roles.ts';
import { sceneList } from './page-scenes.ts';
import { type PageStage, type PageStageOptions, startPageStage } from './page-stage.ts';
import type { Turns } from './page-turns.ts';
import { type Unread, unreadIn } from './page-unread.ts';
import type { Window } from './page-windows.ts';

type Hello = Extract<ToPage, { readonly type: 'hello' }>;

export type Show = {
  readonly stage: PageStage;
  readonly unread: Unread;
  readonly moves: Moves;
  readonly beat: Beat;
  /** A person's unread marks have changed. */
  marksChanged(): void;
  greet(window: Window): void;
  /** The person that a window asks for, or the first customer. */
  personFor(wanted: string | null): string;
  stop(): Promise<void>;
};

type ShowParts = {
  readonly windows: () => readonly Window[];
  readonly turns: Turns;
  readonly about: Hello['about'];
};

/** @throws StartError when the bot cannot start */
export const startShow = async (options: PageStageOptions, { windows, turns, about }: ShowParts): Promise<Show> => {
  const stage = await startPageStage(options);
  const { slack, cast } = stage;
  const unread = unreadIn(slack.world);
  const roleOf = rolesIn(cast);
  const isOfDesk = (user: string): boolean => {
    const person = slack.world.people.get(user);
    return person !== undefined && ['staff', 'managers'].includes(roleOf(person).group);
  };
  const moves: Moves = createMoves({ stage, windows, tellClock: () => beat.tell() });
  const feed = startFeed({ slack, unread, roleOf, windows, isHurried: moves.isMoving });
  const beat = startBeat({ stage, turns, windows, isOfDesk, moves });
  return {
    stage,
    unread,
    moves,
    beat,
    marksChanged: feed.marksChanged,
    greet: (window) => {
      const standing = { clock: beat.clock(window.user), faults: beat.faults(), scenes: sceneList };
      window.send(helloFor(window.user, { slack, unread, roleOf, about, ...standing }));
    },
    personFor: (wanted) => {
      const person = slack.world.people.get(wanted ?? '');
      return person === undefined || person.isBot ? (cast.customers[0]?.id ?? '') : person.id;
    },
    stop: async () => {
      moves.end();
      feed.stop();
      beat.stop();
      await stage.stop();
    },
  };
};
