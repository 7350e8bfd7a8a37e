import { App, HTTPReceiver, LogLevel, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { WebClient } from '@slack/web-api';
import { type MovedClock, movedClock } from '../../sandbox/clock.ts';
import { type Slack, startSlack } from '../../sandbox/slack.ts';
import type { Furniture, SlackOptions } from '../../sandbox/slack-furniture.ts';

/** Friday noon, UTC. */
export const NOON = Date.UTC(2026, 10, 20, 12);

const furniture: Furniture = {
  team: { id: 'T1', name: 'Desk', domain: 'desk' },
  foreignTeams: [{ id: 'T2', name: 'Acme', domain: 'acme' }],
  users: [
    { id: 'U1', name: 'ana', displayName: 'Ana', email: 'ana@desk.test' },
    { id: 'U2', name: 'ben' },
    { id: 'U3', name: 'guest', isRestricted: true },
    { id: 'U4', name: 'gone', deleted: true },
    { id: 'U5', name: 'otherbot', isBot: true },
    { id: 'U7', name: 'zoe', team: 'T2' },
    { id: 'U8', name: 'veiled', team: 'T2', profileVisible: false },
    { id: 'U9', name: 'friend', team: 'T2', acceptsDm: true },
  ],
  channels: [
    { id: 'C1', name: 'help', members: ['U1', 'U2', 'U3', 'U5'] },
    { id: 'C2', name: 'elsewhere', members: ['U1'], botIsMember: false },
    { id: 'C3', name: 'old', members: ['U1'], archived: true },
    { id: 'C4', name: 'shared', members: ['U1', 'U7', 'U8'], shared: ['T2'] },
    { id: 'G1', name: 'secret', private: true, members: ['U1'] },
    { id: 'G2', name: 'closed', private: true, members: ['U1'], botIsMember: false },
  ],
  groups: [{ id: 'S1', handle: 'tier-1', members: ['U1'] }],
};

export const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

export type Bench = { readonly slack: Slack; readonly clock: MovedClock; readonly client: WebClient };

type BenchOptions = Partial<Omit<SlackOptions, 'furniture'>> & { readonly furniture?: Partial<Furniture> };

const open: { stop(): Promise<unknown> }[] = [];

/** Stops what a test started, newest first. For afterEach. */
export const allClosed = async (): Promise<void> => {
  for (const one of open.splice(0).reverse()) await one.stop();
};

/** Stops it with the rest. */
export const closedLater = (one: { stop(): Promise<unknown> }): void => {
  open.push(one);
};

/** Stops one thing before the test ends. */
export const closing = async (one: { stop(): Promise<unknown> }): Promise<void> => {
  open.splice(open.indexOf(one), 1);
  await one.stop();
};

/** A workspace with a frozen clock and a client that neither retries nor waits. */
export const openBench = async (options: BenchOptions = {}): Promise<Bench> => {
  const clock = movedClock(NOON, { flows: false });
  const slack = await startSlack({
    clock,
    limits: false,
    ...options,
    furniture: { ...furniture, ...options.furniture },
  });
  open.push(slack);
  return { slack, clock, client: clientOf(slack) };
};

export const clientOf = (slack: Slack, token = slack.tokens.bot): WebClient =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    logger: silent,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  });

/** Slack's word for why a call failed. */
export const errorOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return 'no error';
  } catch (error) {
    const data = (error as { data?: { error?: string } }).data;
    return data?.error ?? String((error as Error).message);
  }
};

const clientOptions = (slack: Slack) => ({ slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });

const started = async (slack: Slack, receiver: Receiver, register: (app: App) => void): Promise<App> => {
  const app = new App({
    token: slack.tokens.bot,
    clientOptions: clientOptions(slack),
    logger: silent,
    convoStore: false,
    receiver,
  });
  register(app);
  await app.start();
  return app;
};

/** A bare Bolt app over Socket Mode. */
export const socketApp = async (
  slack: Slack,
  register: (app: App) => void,
  more: { readonly clientPingTimeout?: number } = {},
): Promise<void> => {
  const receiver = new SocketModeReceiver({
    appToken: slack.tokens.app,
    logger: silent,
    installerOptions: { clientOptions: clientOptions(slack) },
    ...more,
  });
  await started(slack, receiver, register);
  open.push({ stop: () => receiver.client.disconnect() });
};

/** A bare Bolt app over signed HTTP that acks when its listeners are done. */
export const httpApp = async (
  slack: Slack,
  port: number,
  register: (app: App) => void,
  signingSecret = slack.tokens.signingSecret,
): Promise<void> => {
  const receiver = new HTTPReceiver({ signingSecret, port, logger: silent, processBeforeResponse: true });
  await started(slack, receiver, register);
  open.push({ stop: () => receiver.stop() });
};

type Payload = Record<string, unknown>;
type SlackEvent = {
  readonly ack: (body?: unknown) => Promise<void>;
  readonly body: Payload;
  readonly retry_num?: number;
};

/** The bare Socket Mode client: hears everything, and answers each payload as told. */
export const listen = async (
  slack: Slack,
  answer: (body: Payload, attempt: number) => unknown = () => undefined,
): Promise<readonly Payload[]> => {
  const heard: Payload[] = [];
  const client = new SocketModeClient({
    appToken: slack.tokens.app,
    logger: silent,
    clientOptions: clientOptions(slack),
  });
  client.on('slack_event', async ({ ack, body, retry_num }: SlackEvent) => {
    heard.push(body);
    const reply = answer(body, retry_num ?? 0);
    if (reply !== NO_ACK) await ack(reply);
  });
  await client.start();
  open.push({ stop: () => client.disconnect() });
  return heard;
};

/** What `listen` is told to keep silent with. */
export const NO_ACK = Symbol('no ack');

/** Waits for what sockets do in their own time; the test's time limit ends it otherwise. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
};
