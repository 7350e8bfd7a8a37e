/** The server behind the demo's page (12, 15.2): files and live windows on this machine's own address. */
import type { AddressInfo } from 'node:net';
import type { Ask, PageClock, ToPage } from './page/protocol.ts';
import { allDone, type PageAnswer, refused } from './page-answer.ts';
import { doDeed } from './page-deeds.ts';
import { faultsShape } from './page-faults.ts';
import { startFeed } from './page-feed.ts';
import { helloFor } from './page-hello.ts';
import { createPageHttp } from './page-http.ts';
import { openLive } from './page-live.ts';
import { rolesIn } from './page-roles.ts';
import { sliceBefore, threadSlice } from './page-shapes.ts';
import { isIn } from './page-sight.ts';
import { type PageStage, type PageStageOptions, startPageStage } from './page-stage.ts';
import { unreadIn } from './page-unread.ts';
import { createWindows, type Window } from './page-windows.ts';

type Hello = Extract<ToPage, { readonly type: 'hello' }>;

export type PageOptions = PageStageOptions & {
  /** 0 takes any free port. */
  readonly port: number;
  readonly about: Hello['about'];
};

export type PageServer = {
  /** `http://127.0.0.1:PORT/` */
  readonly address: string;
  stage(): PageStage;
  stop(): Promise<void>;
};

/** @throws StartError when the bot cannot start */
export const startPage = async (options: PageOptions): Promise<PageServer> => {
  let port = 0;
  const windows = createWindows();
  const [stage, server] = await Promise.all([startPageStage(options), createPageHttp(() => port)]);
  const { slack, cast } = stage;
  const unread = unreadIn(slack.world);
  const roleOf = rolesIn(cast);
  const feed = startFeed({ slack, unread, roleOf, windows: windows.all, isHurried: () => false });

  const clockNow = (): PageClock => ({ now: stage.clock.now(), zone: cast.zone, isMoving: false, due: [] });

  const answer = async ({ user }: Window, ask: Ask): Promise<PageAnswer> => {
    switch (ask.do) {
      case 'history':
        if (!isIn(slack.world.channels.get(ask.channel), user)) return refused('You are not in that channel.');
        return { type: 'slice', slice: sliceBefore(slack.world, user, ask) };
      case 'thread':
        if (!isIn(slack.world.channels.get(ask.channel), user)) return refused('You are not in that channel.');
        return { type: 'slice', slice: threadSlice(slack.world, user, ask.channel, ask.ts) };
      case 'seen':
        if (unread.see(user, ask.channel)) feed.marksChanged();
        return allDone;
      case 'clock':
      case 'clock-stop':
      case 'scene':
      case 'fault':
      case 'double':
      case 'hold':
      case 'cut':
      case 'bot':
      case 'calm':
        return refused('Not yet.');
      default:
        return doDeed(slack, user, ask);
    }
  };

  const live = openLive(server, {
    windows,
    port: () => port,
    personFor: (wanted) => {
      const person = slack.world.people.get(wanted ?? '');
      return person === undefined || person.isBot ? (cast.customers[0]?.id ?? '') : person.id;
    },
    greet: (window) =>
      window.send(
        helloFor(window.user, {
          slack,
          unread,
          roleOf,
          clock: clockNow(),
          faults: faultsShape(stage),
          scenes: [],
          about: options.about,
        }),
      ),
    answer,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve());
  });
  port = (server.address() as AddressInfo).port;
  return {
    address: `http://127.0.0.1:${port}/`,
    stage: () => stage,
    stop: async () => {
      feed.stop();
      await live.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await stage.stop();
    },
  };
};
