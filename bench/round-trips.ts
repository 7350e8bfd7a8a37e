import { movedClock } from '../sandbox/clock.ts';
import type { Slack } from '../sandbox/slack.ts';
import type { Message } from '../sandbox/slack-records.ts';
import { startTierline, type Tierline } from '../src/app.ts';
import { createLog } from '../src/logger.ts';
import { openedAt } from './deadlines.ts';
import { each } from './load.ts';
import type { Server } from './server.ts';
import { nameOf, openWire, type Wire } from './wire.ts';
import { agentOf, deskPlan, deskText, openWorkplace, placeOf, tierChannels } from './workplace.ts';

/** Of one kind of act, for one of them. */
interface Trips {
  readonly mongodb: number;
  readonly slack: number;
  /** The most round trips to MongoDB that are right; `null` where nothing was promised. */
  readonly atMost: number | null;
  /** How often it was done. */
  readonly count: number;
  /** Of each command and method, for one act. */
  readonly commands: Readonly<Record<string, number>>;
  readonly methods: Readonly<Record<string, number>>;
}

const actions = [
  'message to ticket',
  'claim, from the cache',
  'claim',
  'opening a form',
  'resolve',
  'reply',
  '/ticket list',
  'timed escalation',
  'tick with nothing due',
] as const;
type Action = (typeof actions)[number];

export type RoundTrips = Readonly<Record<Action, Trips>>;

/** Some acts take one person several steps; they are done so often at most. */
const mostFew = 20;

const atMost: Readonly<Partial<Record<Action, number>>> = {
  'message to ticket': 2.2,
  'claim, from the cache': 1.2,
  claim: 2.2,
  'timed escalation': 0.1,
  'tick with nothing due': 2,
};

interface Stage {
  readonly slack: Slack;
  readonly wire: Wire;
  tierline(): Tierline;
  /** Ends the process's memory: the next act finds nothing in its cache. */
  restart(): Promise<void>;
  settle(): Promise<void>;
}

/**
 * What each act costs until its last mark is saved, in moved time, many at once as on a busy day: commands are counted on
 * the wire to the database, calls by the local Slack.
 *
 * @param size tickets that are due at once in the end; some more are opened
 */
export const measureRoundTrips = async (server: Server, size: number): Promise<RoundTrips> => {
  const clock = movedClock(openedAt, { flows: false });
  const slack = await openWorkplace(false, clock);
  const database = await server.fresh('trips');
  const wire = await openWire(database.uri);
  const log = createLog('warn', (line) => process.stderr.write(`  ${line}`));
  const start = (): Promise<Tierline> =>
    startTierline({
      ...{ botToken: slack.tokens.bot, connection: { kind: 'socket', appToken: slack.tokens.app } },
      ...{ slackApiUrl: slack.apiUrl, port: 0, mongodbUri: wire.uri, leaseSeconds: 30, drainSeconds: 5 },
      ...{ deskPlan: deskPlan(), deskFileText: deskText, sweepCron: null, pacing: 'none', clock, log },
    });
  let running: Tierline | null = await start();
  const stage: Stage = {
    slack,
    wire,
    tierline: () => {
      if (running === null) throw new Error('Using the desk failed: it is not running');
      return running;
    },
    restart: async () => {
      await running?.stop();
      running = null;
      running = await start();
    },
    settle: async () => {
      for (let round = 0; round < 2; round += 1) {
        await slack.quiet(10);
        await running?.idle();
      }
    },
  };
  try {
    return await playAll(stage, size, (at) => clock.moveTo(Math.max(at, clock.now())));
  } finally {
    await running?.stop();
    await wire.close();
    await slack.stop();
    await database.drop();
  }
};

const playAll = async (stage: Stage, size: number, moveTo: (at: number) => void): Promise<RoundTrips> => {
  const { slack, settle } = stage;
  const few = Math.min(mostFew, Math.ceil(size / 4));
  const all = size + few;
  const cards = new Map<number, Message>();
  const counted = {} as Record<Action, Trips>;
  const count = async (action: Action, times: number, act: () => Promise<unknown>): Promise<void> => {
    counted[action] = await tripsOf(stage, times, atMost[action] ?? null, act);
  };
  const post = (index: number): Promise<string> => {
    const { user, channel } = placeOf(index);
    return slack.as(user).post(channel, `Order ${index} fails: our shop shows an error`);
  };
  const roots = new Map<number, string>();

  await customersKnown(stage, all);
  await count('message to ticket', all, () =>
    each({ from: 0, to: all }, async (index) => {
      roots.set(index, await post(index));
    }),
  );
  for (const message of slack.read(tierChannels[0])) {
    const index = /Order (\d+)/.exec(message.text)?.[1];
    if (index !== undefined && message.pings.length === 0) cards.set(Number(index), message);
  }
  const claim = async (index: number): Promise<void> => {
    const card = cards.get(index);
    if (card === undefined) throw new Error(`Claiming order ${index} failed: it has no card`);
    const { error } = await slack.as(agentOf(index)).press(card, 'Claim');
    if (error !== null) throw new Error(`Claiming order ${index} failed: ${error}`);
  };
  const half = Math.floor(all / 2);
  await agentsKnown(stage);
  await count('claim, from the cache', half, () => each({ from: 0, to: half }, claim));
  await stage.restart();
  await agentsKnown(stage);
  await count('claim', all - half, () => each({ from: half, to: all }, claim));

  const hands = (index: number) => slack.as(agentOf(index));
  await count('opening a form', 1, async () => {
    await hands(0).press(cardOf(cards, 0), 'Resolve');
  });
  await hands(0).closeView();
  await count('resolve', few, async () => {
    for (let index = 0; index < few; index += 1) {
      await hands(index).press(cardOf(cards, index), 'Resolve');
      await settle();
      await hands(index).submit({ cause: 'disk full', fix: 'cleaned up', message: 'Your shop runs again.' });
      await hands(index).submit();
    }
  });
  await count('reply', few, () =>
    each({ from: few, to: 2 * few }, async (index) => {
      const { user, channel } = placeOf(index);
      await slack.as(user).post(channel, 'It is still slow', { threadTs: roots.get(index) ?? '' });
    }),
  );
  await count('/ticket list', few, () =>
    each({ from: 0, to: few }, async (index) => {
      await slack.as(agentOf(index)).command('/ticket list', { channel: tierChannels[0] });
    }),
  );
  counted['timed escalation'] = await escalation(stage, size, moveTo);
  await count('tick with nothing due', 1, () => stage.tierline().tick());
  return counted;
};

/** Passes time until tickets go to Tier 2, and counts the one tick in which they do. */
const escalation = async (stage: Stage, size: number, moveTo: (at: number) => void): Promise<Trips> => {
  for (let ticks = 0; ticks < 100; ticks += 1) {
    const next = await stage.tierline().nextInstant();
    if (next === null) break;
    moveTo(next);
    const before = stage.slack.read(tierChannels[1]).length;
    const trips = await tripsOf(stage, size, atMost['timed escalation'] ?? null, () => stage.tierline().tick());
    const arrived = stage.slack
      .read(tierChannels[1])
      .slice(before)
      .filter(({ pings }) => pings.length === 0).length;
    if (arrived > 0 && arrived !== size)
      throw new Error(`Counting escalations failed: ${arrived} came at once, not ${size}`);
    if (arrived > 0) return trips;
  }
  throw new Error('Counting escalations failed: nothing was handed over');
};

const cardOf = (cards: ReadonlyMap<number, Message>, index: number): Message => {
  const card = cards.get(index);
  if (card === undefined) throw new Error(`Using order ${index} failed: it has no card`);
  return card;
};

/** As in a desk that has been at work for a while: nobody is looked up any more, no number is fetched first. */
const customersKnown = async ({ slack }: Stage, count: number): Promise<void> =>
  each({ from: 0, to: Math.min(count, 100) }, async (index) => {
    await slack.as(placeOf(index).user).dm('hello');
  });

const agentsKnown = ({ slack }: Stage): Promise<void> =>
  each({ from: 0, to: 4 }, async (index) => {
    await slack.as(agentOf(index)).command('/ticket help', { channel: tierChannels[0] });
  });

const tripsOf = async (
  { slack, wire, settle }: Stage,
  count: number,
  most: number | null,
  act: () => Promise<unknown>,
): Promise<Trips> => {
  await settle();
  wire.clear();
  const before = slack.calls.length;
  await act();
  await settle();
  const commands = wire.commands().map(nameOf);
  const methods = slack.calls.slice(before).map(({ method }) => method);
  return {
    mongodb: thousandths(commands.length / count),
    slack: thousandths(methods.length / count),
    atMost: most,
    count,
    commands: perAct(commands, count),
    methods: perAct(methods, count),
  };
};

const thousandths = (figure: number): number => Math.round(figure * 1000) / 1000;

const perAct = (names: readonly string[], count: number): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...new Set(names)].map((name) => [name, thousandths(names.filter((other) => other === name).length / count)]),
  );
