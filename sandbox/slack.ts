/**
 * A local Slack: Web API over HTTP, Socket Mode over WebSocket, or signed HTTP delivery. It speaks only Slack's
 * protocol to the bot; everything below is for whoever plays the people.
 *
 *   const slack = await startSlack({ furniture, clock, limits: false });
 *   const ts = await slack.as('U1').post('C1', 'The site is down');
 *   await slack.as('U2').press({ channel: 'C1', ts }, 'Claim');
 *   slack.read('C1');  slack.calls;  slack.refusals;  await slack.quiet();  await slack.stop();
 *
 * People: `as(id)` (slack-hands.ts). The workspace: `change` (slack-changes.ts). Faults: `faults` (slack-faults.ts).
 *
 * Time. Message ts, rate limits, the life of a response_url and redelivery pauses run on `clock`: with a frozen
 * clock a 429 lasts until the clock is moved. What protects a person who waits runs in real time: the ack (3 s),
 * the trigger id (3 s), and the timestamp of a signature.
 *
 * Known to differ from Slack, or not known of Slack: a `thread_ts` that names no message is accepted; the limits of
 * metadata (8,000 characters) and of all blocks of a message (13,200 characters of JSON) are the cautious readings;
 * an envelope whose socket closes before the ack counts as failed at once.
 */
import type { AddressInfo } from 'node:net';
import { createApiFaults } from './api-faults.ts';
import { type Api, createApi, type Tokens } from './slack-api.ts';
import { type Changes, createChanges } from './slack-changes.ts';
import { chatMethods } from './slack-chat.ts';
import { conversationMethods } from './slack-conversations.ts';
import { createDispatcher, type Delivery, type Transport } from './slack-delivery.ts';
import type { WorldChange } from './slack-ears.ts';
import { createEvents, type Ledger } from './slack-events.ts';
import { createExchange } from './slack-exchange.ts';
import { type Faults, faultsOf } from './slack-faults.ts';
import { createForms } from './slack-forms.ts';
import type { SlackOptions } from './slack-furniture.ts';
import type { Hands } from './slack-hands.ts';
import { httpDelivery } from './slack-http-delivery.ts';
import { createInteractions } from './slack-interactions.ts';
import { createLimiter } from './slack-limits.ts';
import { createMessageActs } from './slack-messages.ts';
import type { ApiContext, Methods } from './slack-methods.ts';
import { createModals } from './slack-modals.ts';
import { peopleMethods, viewMethods } from './slack-people.ts';
import { personHands } from './slack-person.ts';
import { reactionMethods } from './slack-reactions.ts';
import { type ReadOptions, readerOf } from './slack-reader.ts';
import type { Call, Message, Refusal, View } from './slack-records.ts';
import { createResponseUrls } from './slack-response-url.ts';
import { openSockets } from './slack-socket.ts';
import { findMessage } from './slack-storage.ts';
import { createWorld, dmChannel, type World } from './slack-world.ts';

export type Slack = {
  /** `http://127.0.0.1:PORT/api/` */
  readonly apiUrl: string;
  readonly port: number;
  readonly tokens: Tokens;
  as(userId: string): Hands;
  readonly change: Changes;
  readonly faults: Faults;
  /** Living messages, oldest first: a channel's own, or one thread (root first). */
  read(channel: string, options?: ReadOptions): readonly Message[];
  message(channel: string, ts: string): Message | null;
  /** Every message ever, all channels, oldest first; deleted ones and those for one person too. */
  messages(): readonly Message[];
  /** What only this person sees, oldest first. */
  ephemerals(userId: string): readonly Message[];
  /** Id of the DM between the bot and this person (made on first need). */
  dmWithBot(userId: string): string;
  home(userId: string): View | null;
  readonly calls: readonly Call[];
  callCount(method?: string): number;
  readonly refusals: readonly Refusal[];
  /** Scopes that successful calls and deliveries needed. */
  readonly usedScopes: ReadonlySet<string>;
  /** Manifest names of events delivered (`message.channels`, `app_mention`, …) and of other payloads (`block_actions`, `slash_command`, …). */
  readonly deliveredEventTypes: ReadonlySet<string>;
  readonly usedCommands: ReadonlySet<string>;
  /** Every payload sent to the bot, each try by itself, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Socket Mode connections now open. */
  connections(): number;
  /** Redeliveries that wait for the clock. */
  redeliveriesWaiting(): number;
  /** When the first of them is due, on the clock; null when none waits. */
  nextRedelivery(): number | null;
  /** The workspace itself, for those who show it. Only to be looked at. */
  readonly world: Pick<
    World,
    'team' | 'app' | 'people' | 'channels' | 'groups' | 'byChannel' | 'byThread' | 'byTs' | 'stacks' | 'homes'
  >;
  /** Hears of every change as it is made. @returns ends it */
  onChange(hear: (change: WorldChange) => void): () => void;
  /** Whether calls or deliveries are under way. */
  isBusy(): boolean;
  /** Settles as soon as they are not. */
  unbusy(): Promise<void>;
  /** Settles when nothing has been in flight (calls, deliveries) for `forMs` real milliseconds; 20 when left out. */
  quiet(forMs?: number): Promise<void>;
  /** Settles when the condition holds; rejects after `forMs` real milliseconds (5,000 when left out), saying `what`. */
  until(holds: () => boolean, what: string, forMs?: number): Promise<void>;
  /** Closes sockets, server and timers. */
  stop(): Promise<void>;
};

const tokens: Tokens = {
  bot: 'xoxb-local-bot-token',
  app: 'xapp-1-local-app-token',
  signingSecret: 'local-signing-secret',
};

const ACK_MS = 3_000;
const REDELIVER_AFTER_MS = [0, 60_000, 300_000];

const listening = (api: Api, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    api.server.once('error', reject);
    api.server.listen(port, '127.0.0.1', () => resolve((api.server.address() as AddressInfo).port));
  });

const LOOK_EVERY_MS = 2;

const holding = async (holds: () => boolean, what: string, forMs: number): Promise<void> => {
  const since = performance.now();
  while (!holds()) {
    if (performance.now() - since > forMs) throw new Error(`Waited ${forMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
};

/** Counts looks, not time: on a busy machine the time is over before what is under way has had its turn. */
const isQuiet = async (busy: () => boolean, forMs: number): Promise<void> => {
  let looks = 0;
  while (looks * LOOK_EVERY_MS < forMs) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    looks = busy() ? 0 : looks + 1;
  }
};

/** Starts a workspace on a port of this machine. Stop it with `stop`. */
export const startSlack = async (options: SlackOptions): Promise<Slack> => {
  const { furniture, clock } = options;
  const world = createWorld(furniture, clock);
  const calls: Call[] = [];
  const refusals: Refusal[] = [];
  const ledger: Ledger = { scopes: new Set(), deliveredTypes: new Set(), commands: new Set() };
  const secret = options.request?.signingSecret ?? tokens.signingSecret;
  const apiFaults = createApiFaults(clock);
  const modals = createModals(world, options.triggerMs ?? ACK_MS);
  const refuse = (refusal: Omit<Refusal, 'at'>): void => {
    refusals.push({ ...refusal, at: clock.now() });
  };

  let methods: Methods = {};
  let port = 0;
  const base = (): string => `http://127.0.0.1:${port}`;
  const api = createApi({
    world,
    methods: () => methods,
    tokens: { ...tokens, signingSecret: secret },
    limiter: options.limits ? createLimiter(clock, options.channelBurst ?? 5) : null,
    faults: apiFaults,
    calls,
    refuse,
    usedScopes: ledger.scopes,
    elsewhere: (path, body) => urls.take(path, body),
  });
  const sockets = openSockets(api.server, world.app.appId);
  const transport: Transport = options.request ? httpDelivery(options.request.url, secret) : sockets;
  const dispatcher = createDispatcher(
    transport,
    clock,
    { event: () => world.newId('Ev'), envelope: () => world.newId('env-') },
    { ackMs: options.ackMs ?? ACK_MS, redeliverAfterMs: options.redeliverAfterMs ?? REDELIVER_AFTER_MS },
  );
  const events = createEvents(world, dispatcher, ledger);
  const acts = createMessageActs(world, events);
  const urls = createResponseUrls(world, acts, base, refuse);
  const exchange = createExchange(world, dispatcher, ledger);
  const interactions = createInteractions({ world, exchange, modals, urls, ledger, refuse });
  const forms = createForms(exchange, modals, refuse);
  const context: ApiContext = { world, events, acts, modals, socketUrl: () => sockets.newUrl(port) };
  methods = {
    ...chatMethods(context),
    ...conversationMethods(context),
    ...reactionMethods(context),
    ...peopleMethods(context),
    ...viewMethods(context),
  };
  const isBusy = (): boolean => dispatcher.inFlight() > 0 || api.inProgress() > 0;
  port = await listening(api, options.port ?? 0);

  return {
    apiUrl: `${base()}/api/`,
    port,
    tokens: { ...tokens, signingSecret: secret },
    as: personHands({ world, events, acts, modals, interactions, forms }),
    change: createChanges(world, events, acts),
    faults: faultsOf(apiFaults, dispatcher, sockets),
    read: readerOf(world),
    message: (channel, ts) => findMessage(world, channel, ts) ?? null,
    messages: () => world.messages,
    ephemerals: (userId) => world.messages.filter((one) => one.onlyFor === userId && !one.deleted),
    dmWithBot: (userId) => dmChannel(world, userId).id,
    home: (userId) => world.homes.get(userId)?.view ?? null,
    calls,
    callCount: (method) => calls.filter((one) => method === undefined || one.method === method).length,
    refusals,
    usedScopes: ledger.scopes,
    deliveredEventTypes: ledger.deliveredTypes,
    usedCommands: ledger.commands,
    deliveries: dispatcher.deliveries,
    connections: sockets.connections,
    redeliveriesWaiting: dispatcher.waiting,
    nextRedelivery: dispatcher.nextRedelivery,
    world,
    onChange: world.ears.listen,
    isBusy,
    unbusy: async () => {
      while (isBusy()) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    quiet: (forMs = 20) => isQuiet(isBusy, forMs),
    until: (holds, what, forMs = 5_000) => holding(holds, what, forMs),
    stop: async () => {
      apiFaults.stop();
      await dispatcher.stop();
      await sockets.stop();
      api.server.closeAllConnections();
      await new Promise((resolve) => api.server.close(resolve));
    },
  };
};
