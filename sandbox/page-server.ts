/** The server behind the demo's page (12, 15.2): files and live windows on this machine's own address. */
import type { AddressInfo } from 'node:net';
import { messageOf } from './demo-verdict.ts';
import type { ToPage } from './page/protocol.ts';
import { allDone, type PageAnswer, refused } from './page-answer.ts';
import { createDirector } from './page-director.ts';
import { emptyDatabase } from './page-empty.ts';
import { noteHappenings } from './page-happenings.ts';
import { createPageHttp } from './page-http.ts';
import { openLive } from './page-live.ts';
import { sceneHands } from './page-scene-hands.ts';
import { type Scene, sceneById } from './page-scenes.ts';
import { type Show, startShow } from './page-show.ts';
import type { PageStage, PageStageOptions } from './page-stage.ts';
import { createTurns } from './page-turns.ts';
import { createWindows } from './page-windows.ts';

export type PageOptions = PageStageOptions & {
  /** 0 takes any free port. */
  readonly port: number;
  readonly about: Extract<ToPage, { readonly type: 'hello' }>['about'];
};

export type PageServer = {
  /** `http://127.0.0.1:PORT/` */
  readonly address: string;
  /** What is on now; null while a scene is set up. */
  stage(): PageStage | null;
  stop(): Promise<void>;
};

/** @throws StartError when the bot cannot start */
export const startPage = async (options: PageOptions): Promise<PageServer> => {
  let port = 0;
  let show: Show | null = null;
  const windows = createWindows();
  const turns = createTurns();
  const open = (stage: PageStageOptions): Promise<Show> =>
    startShow(stage, { windows: windows.all, turns, about: options.about });
  const greetAll = (): void => {
    for (const window of windows.all()) show?.greet(window);
  };

  const stopShow = async (): Promise<void> => {
    const before = show;
    show = null;
    await before?.stop();
  };
  const setScene = async (id: string): Promise<PageAnswer> => {
    const scene = sceneById(id);
    if (scene === null) return refused('There is no such scene.');
    await stopShow();
    try {
      await emptyDatabase(options.mongodbUri);
      const plan = scene.desk?.(options.plan) ?? options.plan;
      const next = await open({ ...options, plan, startAt: scene.startAt(plan.policy.calendar) });
      show = next;
      greetAll();
      const happened = await playScene(scene, next);
      for (const window of windows.all()) window.send(happened(window.user));
      return allDone;
    } catch (error) {
      process.stderr.write(`The scene failed: ${messageOf(error)}\n`);
      show ??= await open(options).catch(() => null);
      greetAll();
      return refused('The scene could not be set up; here is the desk as far as it came.');
    }
  };

  const [first, server] = await Promise.all([open(options), createPageHttp(() => port)]);
  show = first;
  const live = openLive(server, {
    windows,
    port: () => port,
    personFor: first.personFor,
    greet: (window) => show?.greet(window),
    answer: createDirector({ show: () => show, turns, setScene }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => resolve());
  });
  port = (server.address() as AddressInfo).port;
  return {
    address: `http://127.0.0.1:${port}/`,
    stage: () => show?.stage ?? null,
    stop: async () => {
      show?.moves.end();
      await live.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await turns.run(async () => show?.stop());
    },
  };
};

type Happened = Extract<ToPage, { readonly type: 'happenings' }>;

/** Time stands still for those who set it up. @returns what each person has seen of it */
const playScene = async (scene: Scene, { stage, beat }: Show): Promise<(user: string) => Happened> => {
  const { slack, clock } = stage;
  const from = clock.now();
  const happenings = noteHappenings(slack, clock.now);
  clock.hold();
  try {
    await scene.play(sceneHands(stage));
  } finally {
    happenings.stop();
    clock.flow();
  }
  await beat.renew();
  const to = clock.now();
  return (user) => ({ type: 'happenings', from, to, ...happenings.seenBy(user) });
};
