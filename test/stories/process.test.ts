import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../sandbox/database-process.ts';
import { plainTextOf } from '../../sandbox/plain-text.ts';
import { type Slack, startSlack } from '../../sandbox/slack.ts';
import type { Message } from '../../sandbox/slack-records.ts';
import { deskText, furniture } from '../support/a-bot.ts';
import { type OwnProcess, root, startProcess } from '../support/a-process.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

/** The ladder of the shipped policy in seconds. The bot looks once a second, so each step comes within one. */
const quickDesk = `${deskText}
policy:
  calendar: { zone: Etc/UTC, week: round-the-clock }
  clocks:
    tiers:
      - { respond: { within: 1s, time: business }, handOver: { within: 2s, time: elapsed } }
      - { respond: { within: 1s, time: elapsed }, handOver: { within: 2s, time: elapsed } }
      - { respond: { within: 1s, time: elapsed } }
    update: { every: 2s }
    close: { after: 20s }
  joinWithin: 0
`;

const scripts = (
  JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { readonly scripts: Record<string, string> }
).scripts;
/** What `npm start` runs once it has built. */
const startCommand = (scripts.start ?? '').replace(' dist/', ` ${root}dist/`).split(' ');

/** Real processes in real time: on a busy machine each takes its time. Milliseconds. */
const busyMachine = 90_000;

let folder: string;
const leavings: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tierline-process-'));
  writeFileSync(join(folder, 'desk.yaml'), quickDesk);
  // Types are checked elsewhere, and take ten times as long.
  await promisify(execFile)(`${root}node_modules/.bin/${scripts.prestart}`, ['--noCheck'], { cwd: root });
}, busyMachine);

afterAll(() => rmSync(folder, { recursive: true }));

afterEach(async () => {
  for (const leave of leavings.splice(0).reverse()) await leave();
});

interface Workplace {
  readonly slack: Slack;
  readonly database: FreshDatabase;
  start(more?: Readonly<Record<string, string>>): Promise<OwnProcess>;
}

/** A Slack that reaches the bot in one of the two ways, in real time, and all that the bot needs to run on it. */
const aWorkplace = async (connection: 'socket' | 'http'): Promise<Workplace> => {
  const port = await freePort();
  const slack = await startSlack({
    furniture,
    clock: { now: Date.now },
    limits: false,
    // Long enough for a start on a busy machine.
    redeliverAfterMs: Array.from({ length: 40 }, () => 500),
    ...(connection === 'http' ? { request: { url: `http://127.0.0.1:${port}/slack/events` } } : {}),
  });
  leavings.push(slack.stop);
  const database = await freshDatabase();
  leavings.push(database.drop);
  const env = {
    SLACK_CONNECTION: connection,
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SLACK_APP_TOKEN: slack.tokens.app,
    SLACK_SIGNING_SECRET: slack.tokens.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PORT: `${port}`,
    MONGODB_URI: database.uri,
    DESK_FILE: 'desk.yaml',
    SWEEP_CRON: '* * * * * *',
    DRAIN_SECONDS: '5',
  };
  const start = async (more: Readonly<Record<string, string>> = {}): Promise<OwnProcess> => {
    const own = startProcess({ command: startCommand, env: { ...env, ...more }, cwd: folder });
    leavings.push(own.kill);
    await own.untilSaid('"msg":"started"');
    return own;
  };
  return { slack, database, start };
};

const textOf = (message: Message): string => plainTextOf(message, { tz: 'Etc/UTC' });

const readerOf = ({ slack }: Workplace) => {
  const texts = (channel: string, threadTs: string): readonly string[] =>
    slack.read(channel, { threadTs }).slice(1).map(textOf);
  const card = (channel: string, title: string): Message | null =>
    slack
      .read(channel)
      .findLast((each) => each.metadata !== null && each.pings.length === 0 && textOf(each).includes(title)) ?? null;
  const cardOf = async (channel: string, title: string): Promise<Message> => {
    await slack.until(() => card(channel, title) !== null, `a card of "${title}" in ${channel}`, 20_000);
    return card(channel, title) as Message;
  };
  const untilText = async (channel: string, threadTs: string, pattern: RegExp): Promise<string> => {
    const found = (): string | undefined => texts(channel, threadTs).find((each) => pattern.test(each));
    await slack
      .until(() => found() !== undefined, `${pattern} in the thread`, 20_000)
      .catch((error: unknown) => {
        throw new Error(`${String(error)}; there is ${JSON.stringify(texts(channel, threadTs))}`);
      });
    return found() ?? '';
  };
  const toldTo = (userId: string): readonly string[] =>
    slack
      .messages()
      .filter(({ channel, user }) => channel === slack.dmWithBot(userId) && user !== userId)
      .map(textOf);
  return { texts, cardOf, untilText, toldTo };
};

/** Nobody touches it: Tier 1, Tier 2, Tier 3 and its managers, and the customer hears by itself. */
const climb = async (place: Workplace): Promise<void> => {
  const { slack } = place;
  const { cardOf, untilText, toldTo } = readerOf(place);
  const ts = await slack.as('UKIM').post('CHELP', 'My VPS is down');
  // On a busy machine the ack comes much later.
  const postedAt = Number(ts) * 1_000;
  await cardOf('CT1', 'My VPS is down');
  await cardOf('CT2', 'My VPS is down');
  expect(Date.now() - postedAt).toBeGreaterThan(2_900);
  await cardOf('CT3', 'My VPS is down');
  expect(Date.now() - postedAt).toBeGreaterThan(5_900);
  await slack.until(() => toldTo('UMAX').some((text) => text.includes('ESC-')), 'a word to the manager', 20_000);
  await untilText('CHELP', ts, /escalated.*Tier 2/);
  await untilText('CHELP', ts, /escalated.*Tier 3/);
  await untilText('CHELP', ts, /how it stands/);
};

/** A press, two commands and a form: claimed, looked at, resolved, confirmed. Max may do so in every tier. */
const solve = async (place: Workplace): Promise<void> => {
  const { slack } = place;
  const { cardOf, untilText } = readerOf(place);
  const [max, lou] = [slack.as('UMAX'), slack.as('ULOU')];
  const ts = await lou.post('CHELP', 'My shop shows an error');
  expect((await max.press(await cardOf('CT1', 'My shop'), 'Claim')).error).toBeNull();
  await untilText('CHELP', ts, /Max is on it/);
  const number = /ESC-\d+/.exec(await untilText('CHELP', ts, /ESC-\d+/))?.[0] ?? '';
  const shown = await max.command(`/ticket show ${number}`, { channel: 'CT1' });
  await slack.until(() => JSON.stringify(shown.replies).includes('My shop'), 'the ticket shown');
  await max.command(`/ticket resolve ${number}`, { channel: 'CT1' });
  await slack.until(() => JSON.stringify(max.view()).includes('"cause"'), 'the form to resolve');
  await max.submit({ cause: 'disk full', fix: 'cleaned up', message: 'Your shop is back.' });
  expect(await max.submit()).toMatchObject({ error: null, errors: null });
  await untilText('CHELP', ts, /Your shop is back/);
  const isQuestion = (each: Message): boolean => JSON.stringify(each.blocks).includes('Still broken');
  await slack.until(() => slack.read('CHELP', { threadTs: ts }).some(isQuestion), 'the question to the customer');
  const question = slack.read('CHELP', { threadTs: ts }).findLast(isQuestion);
  if (question === undefined) throw new Error('The customer is not asked');
  expect((await lou.press(question, 'Solved')).error).toBeNull();
  await untilText('CHELP', ts, /closed/i);
};

/** Told to go while it is still saying what it has taken, and while more comes in. */
const leave = async (place: Workplace, own: OwnProcess): Promise<void> => {
  const { slack } = place;
  const { texts, cardOf, untilText } = readerOf(place);
  slack.faults.api.add('chat.postMessage', { kind: 'slow', ms: 300 }, 3);
  const taken = await slack.as('UKIM').post('CHELP', 'The mail is slow');
  const toldAt = Date.now();
  own.signal('SIGTERM');
  expect(await own.ended).toBe(0);
  expect(Date.now() - toldAt).toBeLessThan(5_000);
  expect(own.output()).toContain('"msg":"stopped"');
  expect(texts('CHELP', taken)).toHaveLength(1);
  await cardOf('CT1', 'The mail is slow');

  const missed = await slack.as('ULOU').post('CHELP', 'The backup failed');
  const next = await place.start();
  await untilText('CHELP', missed, /ESC-\d+/);
  expect(texts('CHELP', taken).filter((text) => text.includes('we have your issue'))).toHaveLength(1);
  expect(texts('CHELP', missed).filter((text) => text.includes('we have your issue'))).toHaveLength(1);
  next.signal('SIGTERM');
  expect(await next.ended).toBe(0);
  expect(slack.refusals).toEqual([]);
};

const dayAtWork = async (connection: 'socket' | 'http'): Promise<void> => {
  const place = await aWorkplace(connection);
  const own = await place.start();
  try {
    await Promise.all([climb(place), solve(place)]);
    await leave(place, own);
  } catch (error) {
    throw new Error(`Over ${connection}: ${String(error)}\n${own.output()}`, { cause: error });
  }
};

describe('npm start, as a process of its own (13)', () => {
  it(
    'runs the whole ladder in real time, over Socket Mode and over HTTP, and leaves without losing anything',
    async () => {
      await Promise.all([dayAtWork('socket'), dayAtWork('http')]);
    },
    busyMachine,
  );

  it('ends with 1 when its port is taken, and says so in one sentence (13.5)', async () => {
    const place = await aWorkplace('http');
    // The local Slack has that port.
    const { port } = place.slack;
    await expect(place.start({ PORT: `${port}` })).rejects.toThrow(`PORT: cannot listen on ${port} (`);
  });

  /** A desk that meets with this on a signal. */
  const struckBy = async (fault: string): Promise<OwnProcess> => {
    const place = await aWorkplace('socket');
    const struck = `import net from 'node:net'; process.once('SIGUSR2', () => { ${fault} })`;
    return place.start({ NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(struck)}` });
  };

  it('logs a fault that it cannot mend, and ends with 1 (13.4)', async () => {
    const own = await struckBy("throw new Error('the disk is on fire')");
    own.signal('SIGUSR2');
    expect(await own.ended).toBe(1);
    expect(own.output()).toContain('the disk is on fire');
  });

  it('goes on when it wrote to a connection that the other side had just ended (14.5)', async () => {
    // As the driver does when a database ends: nobody listens for what the socket says of the write.
    const own = await struckBy(`
      const server = net.createServer((peer) => peer.end()).listen(0, '127.0.0.1', () => {
        const socket = net.connect(server.address().port, '127.0.0.1');
        socket.on('finish', () => { socket.write('too late'); server.close(); });
        socket.resume();
      });
    `);
    own.signal('SIGUSR2');
    await own.untilSaid('a connection was ended by the other side');
    own.signal('SIGTERM');
    expect(await own.ended).toBe(0);
  });
});
