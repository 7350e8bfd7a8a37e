import { type Duration, type Instant, minute, second } from '../src/domain/instant.ts';
import { mishaps } from './faults.ts';
import type { Random } from './random.ts';
import { type Replica, type ReplicaParts, startReplica } from './replica.ts';

/** All the processes of the desk: they come and go. */
export interface RunningDesk {
  /** One that would take a request now; `null` when none is up. */
  someone(random: Random): Replica | null;
  /** Tells every process that something is wanted at an instant. */
  wake(instant: Instant): void;
  /** Since when store, Slack and a process have been there without a break. */
  soundSince(): Instant;
  /** Whatever is down comes up, and nobody dies any more. */
  mend(): void;
}

type Parts = Omit<ReplicaParts, 'name' | 'skew' | 'changed'> & { readonly mostSkew: Duration; readonly most: number };

export const createDesk = (parts: Parts): RunningDesk => {
  const { scheduler, faults, random, tickets, closures, furniture, trace, most, mostSkew } = parts;
  const wanted = Math.min(random.whole(1, 3), most);
  let replicas: Replica[] = [];
  let started = 0;
  let closedUntil = Number.NEGATIVE_INFINITY;
  let upSince = scheduler.now();
  let reachableSince = scheduler.now();

  const start = (): void => {
    if (scheduler.now() < closedUntil) {
      scheduler.at(closedUntil, start);
      return;
    }
    started += 1;
    const isApart = faults.happens('clock apart', 0.5);
    const skew = isApart ? Math.floor(random.between(-mostSkew, mostSkew)) : 0;
    const name = `r${started}`;
    trace(`${name} starts`);
    const replica = startReplica({
      ...parts,
      ...{ name, skew, random: random.fork(name) },
      changed: (what) => {
        if (what === 'died') {
          replicas = replicas.filter((each) => each !== replica);
          scheduler.in(second + Math.floor(random.waiting(mishaps.killed.lasts)), start);
        }
        count();
      },
    });
    replicas.push(replica);
    count();
    replica.wake(tickets.nextInstant() ?? scheduler.now());
  };

  /** Since when any process could act. */
  const count = (): void => {
    if (!replicas.some((each) => each.isAwake())) upSince = Number.POSITIVE_INFINITY;
    else if (upSince === Number.POSITIVE_INFINITY) upSince = scheduler.now();
  };

  /** Something that happens now and then, as long as anything may go wrong. */
  const nowAndThen = (every: Duration, happen: () => void): void => {
    scheduler.in(Math.floor(random.waiting(every)), () => {
      if (faults.isQuiet()) return;
      happen();
      nowAndThen(every, happen);
    });
  };

  const takeDown = (what: 'store' | 'slack', lasts: Duration): void => {
    if (!faults.happens(`${what} down`, 1)) return;
    const until = scheduler.now() + Math.floor(random.waiting(lasts));
    trace(`${what} down until ${until}`);
    faults.takeDown(what, until);
    reachableSince = Math.max(reachableSince, until);
  };

  /** Somebody's account, a channel, a card that somebody deletes, or a customer's own message. */
  const anyPlace = (): string | null => {
    const { managers, tiers, intake } = furniture.desk;
    const ticket = random.pickAny([...tickets.every()]);
    const { place, posting } = ticket?.ticket ?? { place: { kind: 'none' }, posting: 0 };
    const card = ticket?.anchors[`card:${posting}`];
    return random.pickAny([
      ...managers,
      ...[...tiers, ...intake].map(({ channel }) => channel),
      ...(place.kind === 'thread' ? [`${place.channel}:${place.threadTs}`, place.channel] : []),
      ...(card === undefined ? [] : [`${card.channel}:${card.ts}`, `${card.channel}:${card.ts}`]),
    ]);
  };

  const close = (): void => {
    const place = anyPlace();
    if (!faults.happens('slack refused for good', 1) || place === null) return;
    const lasts = place.includes(':') ? Number.POSITIVE_INFINITY : Math.floor(random.waiting(mishaps.closed.lasts));
    trace(`${place} is not there for ${lasts}`);
    closures.close(place, scheduler.now() + lasts);
  };

  for (let index = 0; index < wanted; index += 1) scheduler.in(index * second, start);
  nowAndThen(mishaps.storeDown.every, () => takeDown('store', mishaps.storeDown.lasts));
  nowAndThen(mishaps.slackDown.every, () => takeDown('slack', mishaps.slackDown.lasts));
  nowAndThen(mishaps.closed.every, close);
  nowAndThen(mishaps.killed.every, () => {
    if (faults.happens('killed', 1)) random.pickAny(replicas)?.die();
  });
  nowAndThen(mishaps.wholeDeskDown.every, () => {
    if (!faults.happens('whole desk down', 1)) return;
    closedUntil = scheduler.now() + minute + Math.floor(random.waiting(mishaps.wholeDeskDown.lasts));
    for (const replica of [...replicas]) replica.die();
  });

  return {
    someone: (chance) => chance.pickAny(replicas),
    wake: (instant) => {
      for (const replica of replicas) replica.wake(instant);
    },
    soundSince: () => Math.max(upSince, reachableSince),
    mend: () => {
      closedUntil = Math.min(closedUntil, scheduler.now());
      reachableSince = scheduler.now();
      closures.openAll();
      if (replicas.length === 0) start();
    },
  };
};
