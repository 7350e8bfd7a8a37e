import type { RequestListener } from 'node:http';
import type { Duration, Instant } from '../domain/instant.ts';
import type { Clock, Log, TicketStore } from '../flows/ports.ts';
import { createDoor, type Page } from './door.ts';
import type { Meters } from './meters.ts';
import { gaugesIn, type Look } from './metrics.ts';
import { createOldestLook } from './oldest.ts';
import { processMetrics } from './process-metrics.ts';
import { isReady, partsOf, type Standing } from './readiness.ts';

export interface WatchingOptions {
  readonly port: number;
  /** Which of this machine's addresses to answer on; all of them when left out. */
  readonly host?: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly meters: Meters;
  readonly tickets: Pick<TicketStore, 'due' | 'unsaid'>;
  /** The longest time between two sweeps. */
  readonly sweepEvery: Duration;
}

/** `/healthz`, `/readyz` and `/metrics` on the process's port, which may be lent to Slack's requests (13.3). */
export interface Watching {
  /** @throws when the port cannot be had */
  open(): Promise<void>;
  port(): number;
  isOpen(): boolean;
  lend(handler: RequestListener): void;
  close(): Promise<void>;
  /** Passed deadlines were looked for, and what was found carried out: as of when. */
  swept(at: Instant): void;
  /** From now on asks this whether Slack reaches us. */
  asks(slackReachesUs: () => boolean): void;
  enter(state: Standing['state']): void;
}

export const createWatching = ({
  clock,
  log,
  meters: { registry },
  tickets,
  sweepEvery,
  ...address
}: WatchingOptions): Watching => {
  const oldest = createOldestLook(tickets, clock);
  const gauges = gaugesIn(registry);
  let state: Standing['state'] = 'starting';
  let slackReachesUs = (): boolean => false;
  let sweptAt = clock.now();

  const look = async (): Promise<Look> => {
    const ages = await oldest();
    const sweepLag = Math.max(0, clock.now() - sweptAt);
    const standing = { state, slackReachesUs: slackReachesUs(), databaseAnswers: ages !== null, sweepLag, sweepEvery };
    return { sweepLag, ages, parts: partsOf(standing) };
  };

  const metrics = async (): Promise<Page> => {
    gauges.set(await look());
    const body = (await registry.metrics()) + (await processMetrics().metrics());
    return { status: 200, type: registry.contentType, body };
  };

  const readiness = async (): Promise<Page> => {
    const { parts } = await look();
    const ready = isReady(parts);
    return json(ready ? 200 : 503, { ready, ...parts });
  };

  const pages = {
    // That it answers at all says that the process lives and its event loop turns.
    '/healthz': () => json(200, { alive: true }),
    '/readyz': readiness,
    '/metrics': metrics,
  };
  const door = createDoor({ ...address, pages, log });

  return {
    ...door,
    swept: (at) => {
      sweptAt = at;
    },
    asks: (given) => {
      slackReachesUs = given;
    },
    enter: (next) => {
      state = next;
    },
  };
};

const json = (status: number, body: unknown): Page => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(body)}\n`,
});
