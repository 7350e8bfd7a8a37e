import { randomBytes, randomUUID } from 'node:crypto';
import { countedFetch } from './delivery/counted-fetch.ts';
import { createDeskNews } from './delivery/desk-news.ts';
import { createPressUrls } from './delivery/press-urls.ts';
import { cardShows } from './delivery/shown-card.ts';
import { createSlackArchive } from './delivery/slack-archive.ts';
import { createSlackClient } from './delivery/slack-client.ts';
import { createDeskReader } from './delivery/slack-desk.ts';
import { createSlackDirectory } from './delivery/slack-directory.ts';
import { createSlackSpeaker } from './delivery/slack-speaker.ts';
import { createHeldDesk } from './desk-source.ts';
import { second } from './domain/instant.ts';
import { type Auditor, createAuditor } from './flows/audit-desk.ts';
import { createDeliverer } from './flows/deliver-notices.ts';
import { dueNext } from './flows/due-next.ts';
import { expireDeadlines } from './flows/expire-deadlines.ts';
import { keepDesk } from './flows/keep-desk.ts';
import type { Ports } from './flows/ports.ts';
import { rememberedTickets } from './flows/remembered-tickets.ts';
import { wantedInstants } from './flows/wanted-instants.ts';
import { createAfterwards } from './listeners/afterwards.ts';
import { createBoltApp } from './listeners/bolt-app.ts';
import { registerDeskEvents } from './listeners/desk-events.ts';
import { hearAgain } from './listeners/messages.ts';
import { registerListeners } from './listeners/register.ts';
import { sdkLogger } from './logger.ts';
import { type Job, longestPause, startSchedule } from './schedule.ts';
import type { AppOptions, Tierline } from './starting/app-options.ts';
import { deskReadings, keepingOf, publishPolicy, refuseLostTiers } from './starting/desk-at-start.ts';
import { onceWaiting, oneAfterAnother } from './starting/in-line.ts';
import { countedPacer, pacerFor, receiverFor, startReceiver, whoAmI } from './starting/slack-at-start.ts';
import { reasonOf, StartError } from './starting/start-error.ts';
import { connectStore, type Store } from './store/connection.ts';
import { whyNoStore } from './store/store-unreachable-error.ts';
import { whyWording } from './views/why-message.ts';
import { createMeters, type Meters } from './watching/meters.ts';
import { createWatching, type Watching } from './watching/watching.ts';

export type { Tierline } from './starting/app-options.ts';
export { StartError } from './starting/start-error.ts';

/** Tickets written last, some kilobytes each. */
const remembered = 2_000;
const everyMinute = '0 * * * * *';

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
    if (isUnreachable(error)) throw new StartError([error.message], { cause: error });
    throw error;
  }
};

/** Slack or the database went away while the desk started: whoever supervises it starts it again. */
const isUnreachable = (error: unknown): error is Error =>
  error instanceof Error &&
  'code' in error &&
  (error.code === 'slack-unreachable' || error.code === 'store-unreachable');

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
  const instants = wantedInstants(store.tickets);
  const ports: Ports = {
    clock,
    tickets: rememberedTickets(instants.tickets, remembered),
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
    if (instants.mayBeUnsaid(clock.now())) await deliverer.deliverDue();
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

  /** What an audit mends it writes by itself. */
  const audit: Tierline['audit'] = async () => {
    const counts = await auditor.audit();
    instants.forget();
    return counts;
  };
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
    audit,
    idle,
    nextInstant: store.tickets.nextInstant,
    wanted: () => instants.wanted(clock.now()),
    dueNext: (limit) => dueNext(ports, limit, whyWording(desks.desk(), 'staff')),
    port: watching.port,
    stop,
  };
};

const auditJobs = ({ auditCron }: AppOptions, { audit }: Auditor): readonly Job[] =>
  auditCron === undefined ? [] : [{ name: 'audit', cron: auditCron, run: async () => void (await audit()) }];
