import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type MovedClock, movedClock } from '../../sandbox/clock.ts';
import { freePort } from '../../sandbox/database-process.ts';
import { plainTextOf } from '../../sandbox/plain-text.ts';
import { type Slack, startSlack } from '../../sandbox/slack.ts';
import type { AppSeed, Furniture } from '../../sandbox/slack-furniture.ts';
import type { Message } from '../../sandbox/slack-records.ts';
import { startTierline, type Tierline } from '../../src/app.ts';
import { readDeskText } from '../../src/desk-file.ts';
import { createLog, type Level } from '../../src/logger.ts';
import { freshDatabase } from './database.ts';

/** Monday, 10 o'clock, in the calendar of the shipped policy (UTC). */
export const monday = Date.UTC(2027, 0, 11, 10);

interface Manifest {
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
  readonly features: {
    readonly slash_commands: readonly { readonly command: string }[];
    readonly shortcuts: readonly { readonly callback_id: string }[];
  };
}

export const manifest = parse(
  readFileSync(fileURLToPath(new URL('../../manifest.yml', import.meta.url)), 'utf8'),
) as Manifest;

/** The app with just what the manifest asks for, so that a missing scope or event shows as one. */
const app: AppSeed = {
  scopes: manifest.oauth_config.scopes.bot,
  botEvents: manifest.settings.event_subscriptions.bot_events,
  commands: manifest.features.slash_commands.map(({ command }) => command),
};

/** A web host's workspace: ana and ben in Tier 1, ben and cleo in Tier 2, dora in Tier 3, max manages. */
export const furniture: Furniture = {
  team: { id: 'T1', name: 'Host', domain: 'host' },
  foreignTeams: [{ id: 'T9', name: 'Shop', domain: 'shop' }],
  users: [
    { id: 'UANA', name: 'ana', displayName: 'Ana' },
    { id: 'UBEN', name: 'ben', displayName: 'Ben' },
    { id: 'UCLEO', name: 'cleo', displayName: 'Cleo' },
    { id: 'UDORA', name: 'dora', displayName: 'Dora' },
    { id: 'UMAX', name: 'max', displayName: 'Max' },
    { id: 'UKIM', name: 'kim', displayName: 'Kim', tz: 'America/New_York' },
    { id: 'ULOU', name: 'lou', displayName: 'Lou' },
    { id: 'UGUS', name: 'gus', displayName: 'Gus', isRestricted: true },
    { id: 'UDAN', name: 'dan', displayName: 'Dan', deleted: true },
    { id: 'UBOTTY', name: 'botty', displayName: 'Botty', isBot: true },
    { id: 'UFAY', name: 'fay', displayName: 'Fay', team: 'T9' },
    { id: 'UFLO', name: 'flo', displayName: 'Flo', team: 'T9' },
    { id: 'UNOBODY', name: 'nobody', team: 'T9', profileVisible: false },
  ],
  channels: [
    { id: 'CHELP', name: 'help', members: ['UKIM', 'ULOU', 'UGUS', 'UANA', 'UBEN', 'UMAX', 'UBOTTY'] },
    { id: 'CSHOP', name: 'shop', shared: ['T9'], members: ['UFAY', 'UFLO', 'UNOBODY', 'UANA', 'UKIM'] },
    { id: 'CT1', name: 'tier-1', members: ['UANA', 'UBEN', 'UMAX', 'UBOTTY', 'UKIM'] },
    { id: 'CT2', name: 'tier-2', members: ['UBEN', 'UCLEO', 'UMAX'] },
    { id: 'CT3', name: 'tier-3', members: ['UDORA', 'UMAX'] },
    { id: 'CTALK', name: 'talk', members: ['UKIM', 'UANA', 'ULOU'] },
  ],
  groups: [{ id: 'ST1', handle: 'tier-1-team', members: ['UANA', 'UBEN'] }],
  app,
};

export const deskText = `
tiers:
  - { name: Support, channel: '#tier-1', members: { group: '@tier-1-team' } }
  - { name: Advanced, channel: CT2, members: channel }
  - { name: Management, channel: CT3, members: channel }
managers: ['@max']
intake: ['#help', '#shop']
`;

export interface BotOptions {
  readonly startAt?: number;
  readonly desk?: string;
  readonly furniture?: Furniture;
  readonly limits?: boolean;
  /** How Slack reaches the bot; over Socket Mode when left out. One instance only over `http`. */
  readonly over?: 'socket' | 'http';
  /** How long the local Slack waits for an ack, in real milliseconds; as long as Slack when left out. */
  readonly ackMs?: number;
  /** How many instances of the bot run beside each other; 1 when left out. */
  readonly instances?: number;
  readonly mongodbUri?: string;
  /** Lines of the log at `warn` and above, for those who expect some; otherwise they fail the story. */
  readonly onLog?: (line: string) => void;
  /** `warn` when left out; lower only with `onLog`. */
  readonly logLevel?: Level;
  readonly onStoreCommand?: (name: string) => void;
}

/** The bot, real but for its edges: a local Slack, a moved clock, a real database server. */
export interface Bot {
  readonly slack: Slack;
  readonly clock: MovedClock;
  readonly instances: readonly Tierline[];
  /** Lets everything that was begun come to its end. */
  settle(): Promise<void>;
  /** Moves the clock, stopping at each instant at which something is to happen. */
  passTo(at: number): Promise<void>;
  wait(ms: number): Promise<void>;
  /** Moves the clock with the bot looking the other way, as when it is down. */
  jumpTo(at: number): void;
  /** What stands in a channel, or under a message, as people read it. */
  texts(channel: string, threadTs?: string): readonly string[];
  textOf(message: Message): string;
  /** The direct messages of the bot with a person, threads too. */
  told(userId: string): readonly string[];
  /** What the bot has said privately to a person, in channels and answers. */
  whispered(userId: string): readonly string[];
  /** The newest card in a tier's channel. */
  card(channel: string): Message;
  stopInstances(): Promise<void>;
  startInstance(): Promise<Tierline>;
  stop(): Promise<void>;
}

export const aBot = async (options: BotOptions = {}): Promise<Bot> => {
  const reading = readDeskText(options.desk ?? deskText);
  if (!reading.ok) throw new Error(`The desk of the story is wrong: ${JSON.stringify(reading.complaints)}`);
  const clock = movedClock(options.startAt ?? monday, { flows: false });
  const port = options.over === 'http' ? await freePort() : 0;
  const slack = await startSlack({
    furniture: options.furniture ?? furniture,
    clock,
    limits: options.limits ?? false,
    ...(options.ackMs === undefined ? {} : { ackMs: options.ackMs }),
    ...(port === 0 ? {} : { request: { url: `http://127.0.0.1:${port}/slack/events` } }),
  });
  const database = options.mongodbUri === undefined ? await freshDatabase() : null;
  const complaints: string[] = [];
  const log = createLog(options.logLevel ?? 'warn', (line) =>
    (options.onLog ?? ((each: string) => complaints.push(each)))(line),
  );

  const startInstance = async (): Promise<Tierline> => {
    const tierline = await startTierline({
      botToken: slack.tokens.bot,
      connection:
        port === 0
          ? { kind: 'socket', appToken: slack.tokens.app }
          : { kind: 'http', signingSecret: slack.tokens.signingSecret },
      slackApiUrl: slack.apiUrl,
      port,
      mongodbUri: options.mongodbUri ?? database?.uri ?? '',
      leaseSeconds: 30,
      drainSeconds: 5,
      deskPlan: reading.plan,
      deskFileText: reading.text,
      sweepCron: null,
      clock,
      log,
      ...(options.limits === true ? {} : { pacing: 'none' as const }),
      ...(options.onStoreCommand === undefined ? {} : { onStoreCommand: options.onStoreCommand }),
    });
    instances.push(tierline);
    return tierline;
  };
  const instances: Tierline[] = [];
  const closeAll = async (): Promise<void> => {
    await Promise.all(instances.splice(0).map((instance) => instance.stop()));
    await slack.stop();
    await database?.drop();
  };
  try {
    for (let count = 0; count < (options.instances ?? 1); count += 1) await startInstance();
  } catch (error) {
    // What stays open keeps the test run alive for ever.
    await closeAll();
    throw error;
  }

  const settle = async (): Promise<void> => {
    for (let round = 0; round < 2; round += 1) {
      await slack.quiet(8);
      for (const instance of instances) await instance.idle();
    }
  };

  const tick = async (): Promise<void> => {
    await Promise.all(instances.map((instance) => instance.tick()));
    await settle();
  };

  const passTo = async (at: number): Promise<void> => {
    await settle();
    for (let looks = 0; ; looks += 1) {
      const next = (await instances[0]?.nextInstant()) ?? null;
      if (next === null || next > at) break;
      if (looks > 2_000) throw new Error(`Passing time failed: something stays due at ${new Date(next).toISOString()}`);
      if (next > clock.now()) clock.moveTo(next);
      await tick();
    }
    if (at > clock.now()) clock.moveTo(at);
    await settle();
  };

  const textOf = (message: Message): string => plainTextOf(message, { tz: 'Etc/UTC' });
  const stopInstances = async (): Promise<void> => {
    await Promise.all(instances.splice(0).map((instance) => instance.stop()));
  };

  return {
    slack,
    clock,
    instances,
    settle,
    passTo,
    wait: (ms) => passTo(clock.now() + ms),
    jumpTo: (at) => clock.moveTo(at),
    texts: (channel, threadTs) => slack.read(channel, threadTs === undefined ? {} : { threadTs }).map(textOf),
    textOf,
    told: (userId) =>
      slack
        .messages()
        .filter((message) => message.channel === slack.dmWithBot(userId) && message.user !== userId)
        .map(textOf),
    whispered: (userId) => slack.ephemerals(userId).map(textOf),
    card: (channel) => {
      const card = slack.read(channel).findLast((message) => message.metadata !== null && isCard(message));
      if (card === undefined) throw new Error(`No card stands in ${channel}`);
      return card;
    },
    stopInstances,
    startInstance,
    stop: async () => {
      await closeAll();
      if (complaints.length > 0) throw new Error(`The bot complained:\n${complaints.join('')}`);
    },
  };
};

/** A card names its ticket first; a call, which does so too, pings. */
const isCard = (message: Message): boolean => message.pings.length === 0 && /ESC-\d+/.test(message.text ?? '');
