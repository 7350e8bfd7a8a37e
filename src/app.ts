import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Connection } from './config.ts';
import { countedFetch } from './delivery/counted-fetch.ts';
import { createDeskNews, type DeskNews } from './delivery/desk-news.ts';
import { createPacer, type Pacer } from './delivery/pacer.ts';
import { createPressUrls } from './delivery/press-urls.ts';
import { cardShows } from './delivery/shown-card.ts';
import { createSlackArchive } from './delivery/slack-archive.ts';
import { createSlackClient } from './delivery/slack-client.ts';
import { createDeskReader } from './delivery/slack-desk.ts';
import { createSlackDirectory } from './delivery/slack-directory.ts';
import type { Fetch } from './delivery/slack-fetch.ts';
import { noLimits, slackLimits } from './delivery/slack-rates.ts';
import { createSlackSpeaker } from './delivery/slack-speaker.ts';
import { complaintAt, complaintText, inOrder } from './desk-file.ts';
import { createHeldDesk, type HeldDesk } from './desk-source.ts';
import type { DeskPlan } from './domain/desk-plan.ts';
import { type Duration, type Instant, second } from './domain/instant.ts';
import { ticketName } from './domain/ticket.ts';
import { type Auditor, createAuditor } from './flows/audit-desk.ts';
import type { AuditCounts } from './flows/audit-ports.ts';
import { createDeliverer } from './flows/deliver-notices.ts';
import { dueNext, type NextDue } from './flows/due-next.ts';
import { expireDeadlines } from './flows/expire-deadlines.ts';
import { type DeskKeeping, type DeskReading, keepDesk } from './flows/keep-desk.ts';
import type { Clock, Log, Ports } from './flows/ports.ts';
import { rememberedTickets } from './flows/remembered-tickets.ts';
import { createAfterwards } from './listeners/afterwards.ts';
import { createBoltApp, type Self } from './listeners/bolt-app.ts';
import { registerDeskEvents } from './listeners/desk-events.ts';
import { createHttpReceiver } from './listeners/http-receiver.ts';
import { hearAgain } from './listeners/messages.ts';
import { registerListeners } from './listeners/register.ts';
import { createSocketReceiver, type SlackReceiver } from './listeners/socket-receiver.ts';
import { sdkLogger } from './logger.ts';
import { type Job, longestPause, startSchedule } from './schedule.ts';
import { connectStore, type Store } from './store/connection.ts';
import { whyNoStore } from './store/store-unreachable-error.ts';
import { deskMessage } from './views/desk-message.ts';
import { whyWording } from './views/why-message.ts';
import { createMeters, type Meters } from './watching/meters.ts';
import { createWatching, type Watching } from './watching/watching.ts';

export interface AppOptions {
  readonly botToken: string;
  readonly connection: Connection;
  readonly slackApiUrl: string | null;
  readonly port: number;
  /** Which of this machine's addresses `port` is on; all of them when left out. */
  readonly host?: string;
  readonly mongodbUri: string;
  readonly leaseSeconds: number;
  readonly drainSeconds: number;
  readonly deskPlan: DeskPlan;
  /** The text the plan was read from: complaints point at its lines. */
  readonly deskFileText: string;
  /** When to look for passed deadlines; `null` when whoever starts the app calls `tick` (moved time). */
  readonly sweepCron: string | null;
  /** When to look for what should not be; never by itself when left out, for those who call `audit`. */
  readonly auditCron?: string;
  /** `none`: nothing is held back to keep within Slack's limits, for those who measure throughput. */
  readonly pacing?: 'none';
  readonly clock: Clock;
  readonly log: Log;
  /** Hears the name of each command sent to MongoDB, for those who count round trips. */
  readonly onStoreCommand?: (name: string) => void;
}

/** The desk, running. */
export interface Tierline {
  /** Carries out what is due, and says what is unsaid. */
  tick(): Promise<void>;
  /** Reads the desk from Slack again, and acts on what changed. */
  keepDesk(): Promise<void>;
  /** Looks for what should not be, and mends it. @returns how much of each kind was mended */
  audit(): Promise<AuditCounts>;
  /** Resolves when nothing that was begun is in hand any more. */
  idle(): Promise<void>;
  /** When something next wants to be done or said; `null` when nothing does. */
  nextInstant(): Promise<Instant | null>;
  /** What the tickets' clocks do next, earliest first, at most so many; each in a sentence of its `why` (5.7). */
  dueNext(limit: number): Promise<readonly NextDue[]>;
  /** Where `/healthz`, `/readyz` and `/metrics` are answered. */
  port(): number;
  /** Stops taking, finishes what is in hand, closes (13.4). Tells `at` what it waits for, each time it goes on. */
  stop(at?: (stage: string) => void): Promise<void>;
}

/** Something a person has to put right before the desk can start; each line says what (13.5). */
export class StartError extends Error {
  readonly code = 'start-refused';
  readonly lines: readonly string[];

  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(`Starting failed: ${lines.join('; ')}`, options);
    this.name = 'StartError';
    this.lines = lines;
  }
}

/** Tickets written last, some kilobytes each. */
const remembered = 2_000;
const everyMinute = '0 * * * * *';
/** Two, so that one carries on while Slack renews the other; Slack allows an app ten (13.2). */
const socketConnections = 2;

/** Where the parts meet. @throws StartError when the database, Slack or the desk is not as it must be */
export const startTierline = async (given: AppOptions): Promise<Tierline> => {
  const meters = createMeters();
  const options = { ...given, log: meters.counting(given.log) };
  const store = await openStore(options, meters);
  const watching = watchingOf(options, store, meters);
  try {
    await openPort(watching, options);
    return await startOn(store, watching, meters, options);
  } catch (error) {
    await watching.close();
    await store.close();
    if (isSlackUnreachable(error)) throw new StartError([error.message], { cause: error });
    throw error;
  }
};

const isSlackUnreachable = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && error.code === 'slack-unreachable';

/** A tier with open tickets cannot be removed: they would be in nobody's channel (6.6). */
const refuseLostTiers = async (
  { tickets }: Store,
  desks: HeldDesk,
  team: string,
  { deskPlan }: AppOptions,
): Promise<void> => {
  for (let tier = deskPlan.tiers.length + 1; tier <= desks.mostTiers(); tier += 1) {
    const filter = { team, tier, statuses: ['open', 'waiting', 'resolved'] } as const;
    const { tickets: left, total } = await tickets.list(filter, { skip: 0, limit: 1 });
    const [first] = left;
    if (first === undefined) continue;
    throw new StartError([
      `DESK_FILE: tier ${tier} cannot be removed while it has tickets: ${total}, the first is ${ticketName(first)}. ` +
        'Start with the old file, and hand them back or solve them first',
    ]);
  }
};

const openStore = async ({ mongodbUri, log, onStoreCommand }: AppOptions, meters: Meters): Promise<Store> => {
  const onCommand = (name: string): void => {
    meters.storeCommand(name);
    onStoreCommand?.(name);
  };
  try {
    return await connectStore(mongodbUri, log, { onCommand });
  } catch (cause) {
    throw new StartError([whyNoStore(cause)], { cause });
  }
};

const watchingOf = (
  { port, host, clock, log, sweepCron }: AppOptions,
  { tickets }: Store,
  meters: Meters,
): Watching => {
  const sweepEvery = sweepCron === null ? 0 : longestPause(sweepCron);
  return createWatching({ port, ...(host === undefined ? {} : { host }), clock, log, meters, tickets, sweepEvery });
};

const openPort = async (watching: Watching, { port }: AppOptions): Promise<void> => {
  try {
    await watching.open();
  } catch (cause) {
    throw new StartError([`PORT: cannot listen on ${port} (${reasonOf(cause)})`], { cause });
  }
};

const startOn = async (store: Store, watching: Watching, meters: Meters, options: AppOptions): Promise<Tierline> => {
  const { clock, log, slackApiUrl: apiUrl, botToken } = options;
  const logger = sdkLogger(log, 'slack');
  const fetch = countedFetch(meters.called, apiUrl, clock);
  const client = createSlackClient({ token: botToken, apiUrl, logger, fetch });
  const self = await whoAmI(client);
  const desks = createHeldDesk(() => store.desks.policies(self.team));
  const directory = createSlackDirectory(client, clock);
  const reader = createDeskReader({ client, directory, clock, team: self.team });
  const readDesk = await deskReadings(reader, store, self.team, options);
  desks.hold((await readDesk()).desk);
  await desks.renew();
  await refuseLostTiers(store, desks, self.team, options);
  await publishPolicy(store, desks, self.team, options);

  const pacer = pacerFor(options);
  const pressUrls = createPressUrls({ clock, fetch });
  const ports: Ports = {
    clock,
    tickets: rememberedTickets(store.tickets, remembered),
    desks,
    directory,
    speaker: meters.listening(
      createSlackSpeaker({ client, pacer: countedPacer(pacer, meters), pressUrls, clock, log }),
    ),
    log,
    watch: meters,
    processId: randomUUID(),
    leaseFor: options.leaseSeconds * second,
    salt: () => randomBytes(16).toString('base64'),
  };
  const deliverer = createDeliverer(ports);
  const afterwards = createAfterwards();
  const sweeping = oneAfterAnother();
  // A line of its own: however long Slack takes to show the desk, deadlines do not wait.
  const reading = oneAfterAnother();

  // What is due is carried out, however long it takes to say what follows within Slack's limits (5.9, 14.4).
  const sweep = (): Promise<void> =>
    sweeping(async () => {
      const sweptAt = clock.now();
      const moved = await expireDeadlines(ports);
      watching.swept(sweptAt);
      afterwards.run(
        () => deliverer.deliver(moved),
        (error) => log.error('saying failed', { error }),
      );
    });
  const tick = async (): Promise<void> => {
    await sweep();
    await deliverer.deliverDue();
  };
  const news = createDeskNews(client, log);
  const keeping = keepingOf(readDesk, desks, store, news);
  const readAgain = async (): Promise<void> => {
    await desks.renew();
    await deliverer.deliver(await keepDesk(ports, keeping));
  };
  const keep = (): Promise<void> => reading(readAgain);

  const receiver = receiverFor(options, apiUrl, watching, fetch);
  watching.asks(receiver.connected);
  const app = createBoltApp({ receiver, botToken, apiUrl, self, logger, fetch });
  const listenerPorts = {
    ...ports,
    deliver: deliverer.kick,
    redrawAt: pressUrls.keep,
    afterwards,
    prompts: store.prompts,
    botUserId: self.botUserId,
  };
  registerListeners(app, listenerPorts);
  const keepSoon = onceWaiting(reading, readAgain);
  registerDeskEvents(app, {
    botUserId: self.botUserId,
    desk: desks.desk,
    forget: (userId) => {
      directory.forget(userId);
      reader.forget(userId);
    },
    changed: () => afterwards.run(keepSoon, (error) => log.error('desk not read again', { error })),
  });

  const archive = createSlackArchive({ client, clock, log });
  const auditor = createAuditor({
    ...{ ports, deliverer, audits: store.audits, archive, hears: receiver.hears },
    hear: (channel, { raw }, isKnown) => hearAgain(listenerPorts, client, channel, raw, isKnown),
    shows: cardShows(desks),
  });

  await keep();
  await startReceiver(app.start());
  const stopSchedule =
    options.sweepCron === null
      ? async () => {}
      : startSchedule(
          [
            { name: 'sweep', cron: options.sweepCron, run: sweep },
            { name: 'saying', cron: options.sweepCron, run: deliverer.deliverDue },
            { name: 'desk', cron: everyMinute, run: keep },
            { name: 'audit-reads', cron: everyMinute, run: auditor.readOn },
            ...auditJobs(options, auditor),
          ],
          log,
        );
  watching.enter('running');
  log.info('started', {
    team: self.team,
    policy: desks.currentPolicy().version,
    process: ports.processId,
    connection: options.connection.kind,
    port: watching.port(),
    sweep: options.sweepCron,
  });

  const idle = async (): Promise<void> => {
    await afterwards.idle();
    await deliverer.idle();
    await Promise.all([sweeping(async () => {}), reading(async () => {})]);
  };
  const stop: Tierline['stop'] = async (at = () => {}) => {
    watching.enter('stopping');
    const hurry = setTimeout(pacer.hurry, (options.drainSeconds * second) / 2);
    at('requests and sweep');
    archive.close();
    await Promise.all([receiver.stop(), stopSchedule()]);
    at('answers and notices');
    await idle();
    clearTimeout(hurry);
    at('database');
    await store.close();
    at('port');
    await watching.close();
    log.info('stopped');
  };
  return {
    tick,
    keepDesk: keep,
    audit: auditor.audit,
    idle,
    nextInstant: store.tickets.nextInstant,
    dueNext: (limit) => dueNext(ports, limit, whyWording(desks.desk(), 'staff')),
    port: watching.port,
    stop,
  };
};

const auditJobs = ({ auditCron }: AppOptions, { audit }: Auditor): readonly Job[] =>
  auditCron === undefined ? [] : [{ name: 'audit', cron: auditCron, run: async () => void (await audit()) }];

const whoAmI = async (client: WebClient): Promise<Self> => {
  try {
    const { team_id: team, user_id: botUserId, bot_id: botId } = await client.auth.test();
    if (team === undefined || botUserId === undefined || botId === undefined)
      throw new Error('the answer is incomplete');
    return { team, botUserId, botId };
  } catch (cause) {
    throw new StartError([refusedToken('SLACK_BOT_TOKEN', cause)], { cause });
  }
};

const refusedToken = (setting: string, cause: unknown): string =>
  cause instanceof WebAPIPlatformError
    ? `${setting}: Slack does not take it (${cause.data.error})`
    : `Slack does not answer (${reasonOf(cause)})`;

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Reads the desk, with the instants since when its intake channels count. */
const deskReadings = async (
  reader: ReturnType<typeof createDeskReader>,
  store: Store,
  team: string,
  { deskPlan, deskFileText, clock }: AppOptions,
): Promise<() => Promise<DeskReading>> => {
  const since = new Map<string, Instant>();
  const read = async (): Promise<DeskReading> => {
    const reading = await reader.read(deskPlan, since);
    if (!reading.ok) {
      const complaints = reading.complaints.map(({ path, message }) => complaintAt(deskFileText, path, message));
      throw new StartError(inOrder(complaints).map((complaint) => `DESK_FILE, ${complaintText(complaint)}`));
    }
    const ofTiers = reading.desk.tiers.flatMap(({ channel, trouble }, index) =>
      trouble === null ? [] : [{ channel, tier: index + 1, trouble }],
    );
    return { desk: reading.desk, troubles: [...ofTiers, ...reading.troubles.map((each) => ({ ...each, tier: null }))] };
  };
  const channels = (await read()).desk.intake.map(({ channel }) => channel);
  const known = await store.desks.intakeSince(team, channels, clock.now() - clocksDiffer);
  for (const [channel, at] of Object.entries(known)) since.set(channel, at);
  return read;
};

/** Messages carry Slack's time. Where our clock is ahead of it, the first of them must not look as if they had been there before. */
const clocksDiffer: Duration = 10 * second;

/** A changed file is a new version, unless desk or policy were changed in Slack since (13.7). */
const publishPolicy = async (
  store: Store,
  desks: HeldDesk,
  team: string,
  { deskPlan, deskFileText, clock, log }: AppOptions,
): Promise<void> => {
  const hash = createHash('sha256').update(deskFileText).digest('hex');
  const { happened, version } = await store.desks.publishFromFile(team, { policy: deskPlan.policy, hash }, clock.now());
  if (happened === 'ignored') log.warn('DESK_FILE ignored: desk or policy were changed in Slack', { version });
  else log.info(`policy ${happened}`, { version });
  await desks.renew();
};

/** In time moved by hand nobody can wait: what is too much is put off at once. */
const pacerFor = ({ clock, pacing, sweepCron, leaseSeconds }: AppOptions) =>
  createPacer({
    clock,
    limits: pacing === 'none' ? noLimits : slackLimits,
    // Begun at the latest while the notice is still this process's to say: see `stillHolds`.
    patience: sweepCron === null ? 0 : (leaseSeconds * second) / 5,
    wait: (ms) => sleep(ms),
  });

/** Tells which notices were tried from those that were only put off. */
const countedPacer = (pacer: Pacer, { sending }: Meters): Pacer => ({
  ...pacer,
  run: (call, work) => pacer.run(call, sending(call.key, work)),
});

const keepingOf = (read: () => Promise<DeskReading>, desks: HeldDesk, store: Store, news: DeskNews): DeskKeeping => ({
  read,
  hold: desks.hold,
  seen: store.desks.seen,
  see: store.desks.see,
  tell: (desk, untold) => news.tell(untold, ({ broken, mended }) => deskMessage(desk, broken, mended)),
});

const receiverFor = (
  { connection, drainSeconds, clock, log }: AppOptions,
  apiUrl: string | null,
  door: Watching,
  fetch: Fetch,
): SlackReceiver => {
  const drainFor = drainSeconds * second;
  const logger = sdkLogger(log, 'receiver');
  switch (connection.kind) {
    case 'socket':
      return createSocketReceiver({
        appToken: connection.appToken,
        apiUrl,
        fetch,
        connections: socketConnections,
        clock,
        logger,
        log,
        drainFor,
      });
    case 'http':
      return createHttpReceiver({ signingSecret: connection.signingSecret, door, clock, logger, log, drainFor });
  }
};

/** Over HTTP nothing is opened that could fail. */
const startReceiver = async (starting: Promise<unknown>): Promise<void> => {
  try {
    await starting;
  } catch (cause) {
    throw new StartError([refusedToken('SLACK_APP_TOKEN', cause)], { cause });
  }
};

type Line = (job: () => Promise<void>) => Promise<void>;

/** However often it is asked for while a run waits for its turn: that run sees all of it. */
const onceWaiting = (line: Line, job: () => Promise<void>): (() => Promise<void>) => {
  let isWaiting = false;
  return async () => {
    if (isWaiting) return;
    isWaiting = true;
    await line(async () => {
      isWaiting = false;
      await job();
    });
  };
};

/** Runs jobs one after the other: two readings of the desk at once would take each other's changes for their own. */
const oneAfterAnother = (): Line => {
  let last: Promise<void> = Promise.resolve();
  return (job) => {
    const mine = last.then(job, job);
    last = mine.catch(() => {});
    return mine;
  };
};
