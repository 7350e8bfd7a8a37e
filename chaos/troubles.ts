import { setTimeout as pause } from 'node:timers/promises';
import type { Fault } from '../sandbox/api-faults.ts';
import type { Database } from '../sandbox/database.ts';
import type { Slack } from '../sandbox/slack.ts';
import type { Random } from '../simulation/random.ts';
import type { Fleet } from './bots.ts';
import { retryAfterSeconds } from './scale.ts';
import type { Windows } from './windows.ts';

export interface Scene {
  readonly slack: Slack;
  readonly fleet: Fleet;
  readonly database: Database;
  readonly random: Random;
  readonly botCount: number;
  readonly databaseDown: Windows;
  /** No trouble begins after this instant. */
  readonly until: number;
  /** Only what leaves nothing unclear, so that nobody has to wait until a call can no longer land. */
  readonly isMild: boolean;
}

/** Faults that were really injected, by name. */
export type Injected = Record<string, number>;

/** Makes trouble until the time is over, then takes it all back. */
export const makeTrouble = async (scene: Scene): Promise<Injected> => {
  const { slack } = scene;
  const injected: Injected = {};
  const count = (name: string): void => {
    injected[name] = (injected[name] ?? 0) + 1;
  };
  await Promise.all([
    killBots(scene),
    suspendBots(scene, count),
    killDatabase(scene),
    failCalls(scene),
    mixUpDeliveries(scene, count),
    shakeSockets(scene, count),
  ]);
  slack.faults.api.clear();
  slack.faults.twice('no');
  slack.faults.release();
  for (const { fault } of slack.faults.api.met) count(fault.kind);
  for (const { isCopy } of slack.deliveries) if (isCopy) count('delivered twice');
  return injected;
};

const waiting = async (until: number, ms: number): Promise<boolean> => {
  await pause(Math.max(0, Math.min(ms, until - Date.now())));
  return Date.now() < until;
};

/** Some times, at any instant; the process is back at once or after a while. */
const killBots = async ({ fleet, random, botCount, until, isMild }: Scene): Promise<void> => {
  const chance = random.fork('kills');
  if (isMild) {
    // Nothing was in hand yet; the others go on.
    fleet.kill(0, 1);
    return;
  }
  const wanted = chance.whole(4, 5);
  const every = (until - Date.now()) / wanted;
  for (let left = wanted; left > 0; left -= 1) {
    if (!(await waiting(until, chance.between(0.1, 1.2) * every))) return;
    const awayMs = chance.chance(0.7) ? 1 : chance.between(100, 1_500);
    while (!fleet.kill(chance.whole(0, botCount - 1), awayMs)) if (!(await waiting(until, 50))) return;
  }
};

/** For longer than a lease: another takes over meanwhile what it has in hand (14.3). */
const suspendBots = async (
  { fleet, random, botCount, until, isMild }: Scene,
  count: (name: string) => void,
): Promise<void> => {
  const chance = random.fork('suspensions');
  while (!isMild && (await waiting(until, chance.between(1_000, 6_000)))) {
    const place = chance.whole(0, botCount - 1);
    if (fleet.suspend(place, chance.between(3_500, 6_000))) count('suspended');
    if (chance.chance(0.3) && fleet.terminate(chance.whole(0, botCount - 1))) count('terminated');
  }
};

const killDatabase = async ({ database, databaseDown, random, until, isMild }: Scene): Promise<void> => {
  const chance = random.fork('database');
  for (let left = isMild ? 1 : chance.whole(1, 2); left > 0; left -= 1) {
    if (!(await waiting(until, chance.between(500, isMild ? 1_500 : 5_000)))) return;
    databaseDown.begin();
    await database.kill();
    await pause(chance.between(0, 2_000));
    await database.restart();
    databaseDown.end();
  }
};

const failCalls = async ({ slack, random, until, isMild }: Scene): Promise<void> => {
  const chance = random.fork('calls');
  while (await waiting(until, chance.waiting(150))) {
    const method = chance.pick(methods);
    slack.faults.api.add(
      method,
      isMild ? clearFaultOf(chance) : faultOf(chance),
      method !== '*' && chance.chance(0.2) ? 3 : 1,
    );
  }
};

const methods = [
  'chat.postMessage',
  'chat.postMessage',
  'chat.postMessage',
  'chat.postMessage',
  'chat.postMessage',
  'chat.update',
  'conversations.replies',
  'conversations.history',
  'views.open',
  'users.info',
  'apps.connections.open',
  '*',
] as const;

/** Slack decides within 10 s even when it is slow. */
const faultOf = (chance: Random): Fault =>
  chance.pick<() => Fault>([
    () => ({ kind: 'drop-after' }),
    () => ({ kind: 'drop-after' }),
    () => ({ kind: 'drop-before' }),
    () => ({ kind: 'status', status: chance.pick([500, 502, 503]) }),
    () => ({ kind: 'rate-limited', retryAfter: chance.whole(1, retryAfterSeconds) }),
    () => ({ kind: 'slow', ms: chance.chance(0.2) ? chance.between(8_000, 9_800) : chance.between(50, 3_000) }),
    () => ({ kind: 'error', error: chance.pick(['internal_error', 'fatal_error', 'service_unavailable']) }),
  ])();

/** Faults after which everybody knows whether the call was carried out. */
const clearFaultOf = (chance: Random): Fault =>
  chance.chance(0.5) ? { kind: 'rate-limited', retryAfter: 1 } : { kind: 'slow', ms: chance.between(50, 500) };

/** Events twice, late, and in another order. */
const mixUpDeliveries = async ({ slack, random, until }: Scene, count: (name: string) => void): Promise<void> => {
  const chance = random.fork('deliveries');
  while (await waiting(until, chance.between(50, 700))) {
    slack.faults.twice(chance.pick(['no', 'in-turn', 'at-once']));
    if (!chance.chance(0.4)) continue;
    slack.faults.suppress(() => {
      const keepsBack = chance.chance(0.7);
      if (keepsBack) count('held back and reordered');
      return keepsBack;
    });
    await waiting(until, chance.between(100, 900));
    slack.faults.release((held) => shuffled(held, chance));
  }
};

const shuffled = <T>(items: readonly T[], chance: Random): readonly T[] =>
  items
    .map((item) => ({ item, place: chance.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);

const shakeSockets = async ({ slack, random, until }: Scene, count: (name: string) => void): Promise<void> => {
  const chance = random.fork('sockets');
  while (await waiting(until, chance.between(300, 2_500))) {
    const open = slack.connections();
    if (open === 0) continue;
    const how = chance.pick(['cut', 'refresh_requested', 'warning', 'link_disabled'] as const);
    count(`socket ${how}`);
    if (how === 'cut') slack.faults.cutSockets();
    else slack.faults.disconnect(how, chance.chance(0.7) ? chance.whole(0, open - 1) : undefined);
  }
};
