import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../sandbox/database-process.ts';
import { type Slack, startSlack } from '../../sandbox/slack.ts';
import { hour, minute, second } from '../../src/domain/instant.ts';
import { aBot, type Bot, deskText, furniture } from '../support/a-bot.ts';
import { type BuiltCommand, builtCommand, startProcess } from '../support/a-process.ts';
import { ask, type Figures, scrape } from '../support/a-scrape.ts';
import { type CutDatabase, cutDatabase } from '../support/cut-database.ts';
import { freshDatabase } from '../support/database.ts';

const portOf = (bot: Bot): number => bot.instances[0]?.port() ?? 0;

interface Readiness {
  readonly status: number;
  readonly parts: Readonly<Record<string, { readonly ready: boolean; readonly says: string }>>;
}

const readinessOf = async (bot: Bot): Promise<Readiness> => {
  const { status, text } = await ask(portOf(bot), '/readyz');
  return { status, parts: JSON.parse(text) as Readiness['parts'] };
};

const notReady = ({ parts }: Readiness): readonly string[] =>
  Object.entries(parts).flatMap(([part, state]) => (state.ready === false ? [part] : []));

/** The look at the database is kept for a second; what is asked for must be newer. */
const eventually = async <T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> => {
  const limit = performance.now() + 8_000;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > limit) throw new Error(`It never held: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

describe('whoever watches a desk at work (13.3)', () => {
  let bot: Bot;
  const log: string[] = [];

  beforeAll(async () => {
    bot = await aBot({ onLog: (line) => void log.push(line) });
  });
  afterAll(() => bot.stop());

  const figures = (): Promise<Figures> => scrape(portOf(bot));

  it('hears that it lives and is ready, part by part', async () => {
    expect(await ask(portOf(bot), '/healthz')).toMatchObject({ status: 200, type: 'application/json' });
    const { status, text } = await ask(portOf(bot), '/readyz?from=probe');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual({
      ready: true,
      process: { ready: true, says: 'running' },
      slack: { ready: true, says: 'connected' },
      database: { ready: true, says: 'answers' },
      sweep: { ready: true, says: 'passed deadlines were last looked for 0 s ago' },
    });
    expect((await ask(portOf(bot), '/readyz', 'HEAD')).status).toBe(200);
    expect((await ask(portOf(bot), '/metrics', 'POST')).status).toBe(405);
    expect((await ask(portOf(bot), '/slack/events', 'POST')).status).toBe(404);
  });

  it('counts commands by type and outcome, refusals by code, calls to Slack and to MongoDB', async () => {
    const { slack } = bot;
    await slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    await slack.as('UANA').press(bot.card('CT1'), 'Claim');
    await bot.settle();
    await slack.as('UBEN').command('/ticket release ESC-1', { channel: 'CT1' });
    await slack.as('UDORA').command('/ticket reopen ESC-1 why not', { channel: 'CT3' });
    await bot.settle();
    const seen = await figures();
    expect(seen.get('commands_total{type="open",outcome="done"}')).toBe(1);
    expect(seen.get('commands_total{type="claim",outcome="done"}')).toBe(1);
    const refusals = [...seen].filter(([name]) => name.startsWith('refusals_total{'));
    expect(refusals.length).toBeGreaterThan(0);
    expect(seen.get('commands_total{type="reopen",outcome="refused"}')).toBe(1);
    const posts = slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
    expect(posts).toBeGreaterThan(2);
    expect(seen.get('sends_total{method="chat.postMessage",outcome="ok"}')).toBe(posts);
    expect(seen.get('mongodb_commands_total{command="find"}')).toBeGreaterThan(0);
    expect(seen.get('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('counts what Slack puts off, what is tried again and what can never arrive', async () => {
    const { slack } = bot;
    slack.faults.api.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 2 });
    slack.faults.api.add('chat.postMessage', { kind: 'error', error: 'internal_error' });
    slack.faults.api.add('chat.postMessage', { kind: 'drop-before' });
    slack.faults.api.add('chat.postMessage', { kind: 'error', error: 'is_archived' });
    await slack.as('ULOU').post('CHELP', 'My shop shows an error');
    await bot.wait(10 * minute);
    const seen = await figures();
    expect(seen.get('slack_429_total{method="chat.postMessage"}')).toBe(1);
    for (const outcome of ['429', 'refused', 'lost']) {
      expect(seen.get(`sends_total{method="chat.postMessage",outcome="${outcome}"}`)).toBeGreaterThan(0);
    }
    const sum = (name: string): number =>
      [...seen].reduce((total, [each, value]) => total + (each.startsWith(`${name}{`) ? value : 0), 0);
    expect(sum('retries_total')).toBe(3);
    expect(seen.get('sends_total{method="apps.connections.open",outcome="ok"}')).toBe(2);
    expect(sum('undeliverable_total')).toBe(1);
    expect(sum('log_lines_total')).toBeGreaterThanOrEqual(log.length);
  });

  it('sees how late the oldest deadline and the oldest notice are', async () => {
    const { slack } = bot;
    await bot.settle();
    slack.faults.api.add('chat.postMessage', { kind: 'status', status: 503 }, 1_000);
    await slack.as('UGUS').post('CHELP', 'The backup failed');
    await bot.settle();
    const wroteAt = bot.clock.now();
    bot.jumpTo(wroteAt + 100 * second);
    const late = await eventually(figures, (seen) => (seen.get('oldest_unsaid_seconds') ?? 0) > 90);
    expect(late.get('oldest_unsaid_seconds')).toBeLessThanOrEqual(100);
    expect(late.get('sweep_lag_seconds')).toBeGreaterThanOrEqual(100);
    expect(notReady(await readinessOf(bot))).toEqual(['sweep']);

    const next = (await bot.instances[0]?.nextInstant()) ?? 0;
    bot.jumpTo(Math.max(next, wroteAt) + 3 * hour);
    const overdue = await eventually(figures, (seen) => (seen.get('oldest_overdue_seconds') ?? 0) > 60);
    expect(overdue.get('oldest_overdue_seconds')).toBeLessThanOrEqual((bot.clock.now() - wroteAt) / second);

    slack.faults.api.clear();
    await bot.wait(10 * minute);
    await bot.instances[0]?.tick();
    const done = await eventually(figures, (seen) => seen.get('oldest_unsaid_seconds') === 0);
    expect(done.get('oldest_overdue_seconds')).toBe(0);
    expect(done.get('sweep_lag_seconds')).toBe(0);
    expect((await readinessOf(bot)).status).toBe(200);
  });

  it('asks the database once for many scrapes', async () => {
    await eventually(figures, (seen) => seen.has('ready{part="slack"}'));
    const finds = async (): Promise<number> => (await figures()).get('mongodb_commands_total{command="find"}') ?? 0;
    const before = await finds();
    for (let count = 0; count < 10; count += 1) await figures();
    // A second may end in between.
    expect((await finds()) - before).toBeLessThanOrEqual(4);
  });

  it('reads no ticket, person, channel or word of anybody in the figures', async () => {
    const { text } = await ask(portOf(bot), '/metrics');
    expect(text).not.toMatch(/ESC-|\bU(?:KIM|ANA|BEN|LOU|DORA)\b|\bC(?:HELP|T1)\b|VPS|backup|response\/|xox/i);
    expect(text).toMatch(/^# HELP sweep_lag_seconds /m);
    expect(text).toMatch(/^# TYPE commands_total counter$/m);
    expect(text).toMatch(/^# HELP mended_total /m);
  });

  it('sees when Slack does not reach it, and when it does again', async () => {
    const { slack } = bot;
    slack.faults.api.add('apps.connections.open', { kind: 'status', status: 500 }, 4);
    slack.faults.cutSockets();
    const cut = await eventually(
      () => readinessOf(bot),
      ({ status }) => status === 503,
    );
    expect(cut.parts.slack).toEqual({ ready: false, says: 'not connected' });
    expect(cut.parts.database).toMatchObject({ ready: true });
    expect((await ask(portOf(bot), '/healthz')).status).toBe(200);
    await eventually(
      () => readinessOf(bot),
      ({ status }) => status === 200,
    );
  });

  it('sees that it stops, while it still lives', async () => {
    const { slack } = bot;
    slack.faults.api.add('chat.postMessage', { kind: 'slow', ms: 400 });
    await slack.as('UKIM').post('CHELP', 'My mail is slow');
    const port = portOf(bot);
    const stopped = bot.stopInstances();
    const { status, text } = await ask(port, '/readyz');
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ ready: false, process: { ready: false, says: 'stopping' } });
    expect((await ask(port, '/healthz')).status).toBe(200);
    await stopped;
    await expect(ask(port, '/healthz')).rejects.toThrow();
  });
});

describe('what people and the log are told of a fault (13.3, 14.5)', () => {
  let bot: Bot;
  let database: CutDatabase;
  const log: string[] = [];

  beforeAll(async () => {
    database = await cutDatabase();
    bot = await aBot({ mongodbUri: database.uri, logLevel: 'debug', onLog: (line) => void log.push(line) });
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
  });
  afterAll(async () => {
    database.mend();
    await bot.stop();
    await database.drop();
  });

  const lineOf = (reference: string): Readonly<Record<string, unknown>> =>
    JSON.parse(log.find((line) => line.includes(`"reference":"${reference}"`)) ?? '{}');
  const referenceIn = (words: string | undefined): string => /reference: ([2-9A-Z]{6})\b/.exec(words ?? '')?.[1] ?? '';

  it('a press that fails is answered with a reference, and the log has the rest under it', async () => {
    const { slack } = bot;
    slack.faults.api.add('views.open', { kind: 'error', error: 'internal_error' });
    const press = await slack.as('UANA').press(bot.card('CT1'), 'Triage');
    await bot.settle();
    const said = press.replies.at(-1)?.text;
    expect(said).toContain('Something went wrong on our side');
    expect(lineOf(referenceIn(said))).toMatchObject({
      level: 'error',
      msg: 'listener failed',
      user: 'UANA',
      what: 'card-menu',
      error: { message: expect.stringContaining('internal_error'), stack: expect.stringContaining('at ') },
    });
  });

  it('so is a command; without the database it is not ready, and a form that fails stays open as it was typed', async () => {
    const { slack } = bot;
    slack.faults.api.add('views.open', { kind: 'error', error: 'internal_error' });
    const command = await slack.as('UANA').command('/ticket new Printer on fire', { channel: 'CT1' });
    expect(lineOf(referenceIn(command.replies.at(-1)?.text))).toMatchObject({ what: '/ticket', user: 'UANA' });

    await slack.as('UANA').press(bot.card('CT1'), 'Dismiss');
    await bot.settle();
    database.cut();
    const { parts } = await eventually(
      () => readinessOf(bot),
      ({ status }) => status === 503,
    );
    expect(parts.database).toEqual({ ready: false, says: 'does not answer' });
    expect(parts.slack?.ready).toBe(true);
    // Unknown, not as they were.
    const seen = await scrape(portOf(bot));
    expect(seen.get('oldest_overdue_seconds')).toBeNaN();
    expect([seen.get('ready{part="database"}'), seen.get('ready{part="slack"}')]).toEqual([0, 1]);
    const sent = await slack.as('UANA').submit({ reason: 'just chatter, says Kim' });
    const [said] = Object.values(sent.errors ?? {});
    expect(said).toContain('try again in a moment');
    expect(lineOf(referenceIn(said))).toMatchObject({ user: 'UANA', error: { code: 'store-unreachable' } });
    expect(slack.as('UANA').view()?.callback_id).toContain('dismiss');
  });

  it('no word of anybody, no token, no response address and no trigger is in the log, at debug too', async () => {
    const { slack } = bot;
    await Promise.all([
      slack.as('UBEN').press(bot.card('CT1'), 'Claim'),
      slack.as('UBEN').command('/ticket note ESC-1 The disk is full', { channel: 'CT1' }),
      slack.as('ULOU').post('CHELP', 'My shop shows an error'),
    ]);
    await bot.settle();
    database.mend();
    await eventually(
      () => readinessOf(bot),
      ({ status }) => status === 200,
    );
    for (const fault of [
      { kind: 'status', status: 500 },
      { kind: 'drop-after' },
      { kind: 'error', error: '<html>The disk is full</html>' },
      { kind: 'error', error: 'invalid_blocks' },
    ] as const) {
      slack.faults.api.add('chat.postMessage', fault);
    }
    await slack.as('UBEN').command('/ticket note ESC-1 The disk is full', { channel: 'CT1' });
    await slack.as('UGUS').post('CHELP', 'The backup failed');
    await bot.wait(10 * minute);
    await bot.instances[0]?.tick();
    slack.faults.cutSockets();
    await eventually(
      () => readinessOf(bot),
      ({ status }) => status === 200,
    );

    const written = log.join('');
    expect(written).toContain('saying failed');
    expect(written).toContain('"level":"info"');
    expect(written).not.toMatch(/VPS|Printer|chatter|disk is full|My shop|backup failed/);
    expect(written).not.toContain(slack.tokens.bot);
    expect(written).not.toContain(slack.tokens.app);
    expect(written).not.toContain('/response/');
    const triggers = [...JSON.stringify(slack.deliveries).matchAll(/"trigger_id":"([^"]+)"/g)].map(([, id]) => id);
    expect(triggers.length).toBeGreaterThan(4);
    expect(triggers.filter((id) => id !== undefined && written.includes(id))).toEqual([]);
  });
});

/** The bot as a process of its own, in real time: what its supervisor sees of it. */
describe('a supervisor (13.3, 13.4)', () => {
  /** Real processes take their time on a busy machine. Milliseconds. */
  const busyMachine = 90_000;
  let folder: string;
  let built: BuiltCommand;
  const leavings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tierline-watching-'));
    writeFileSync(join(folder, 'desk.yaml'), deskText);
    built = await builtCommand('src/main.ts');
  });
  afterEach(async () => {
    for (const leave of leavings.splice(0).reverse()) await leave();
  });
  afterAll(() => {
    built.remove();
    rmSync(folder, { recursive: true });
  });

  const started = async (drainSeconds: number) => {
    const port = await freePort();
    const slack = await startSlack({
      furniture,
      clock: { now: Date.now },
      limits: false,
      request: { url: `http://127.0.0.1:${port}/slack/events` },
    });
    leavings.push(slack.stop);
    const database = await freshDatabase();
    leavings.push(database.drop);
    const env = {
      SLACK_CONNECTION: 'http',
      SLACK_BOT_TOKEN: slack.tokens.bot,
      SLACK_SIGNING_SECRET: slack.tokens.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      PORT: `${port}`,
      MONGODB_URI: database.uri,
      DESK_FILE: 'desk.yaml',
      DRAIN_SECONDS: `${drainSeconds}`,
    };
    const own = startProcess({ command: built.command, env, cwd: folder });
    leavings.push(own.kill);
    await own.untilSaid('"msg":"started"');
    return { slack, own, port };
  };

  /** Taken in and stored; saying it takes this long. */
  const busyFor = async (slack: Slack, ms: number): Promise<void> => {
    slack.faults.api.add('chat.postMessage', { kind: 'slow', ms }, 1);
    await slack.as('UKIM').post('CHELP', 'My mail is slow');
    await slack.until(() => slack.faults.api.met.length > 0, 'the slow post');
  };

  it(
    'finds health, figures and Slack’s requests on one port, sees it drain, and ends it at once by asking twice',
    async () => {
      const { slack, own, port } = await started(20);
      expect((await ask(port, '/healthz')).status).toBe(200);
      expect((await ask(port, '/readyz')).status).toBe(200);
      expect((await ask(port, '/slack/events', 'POST')).status).toBe(401);
      expect((await ask(port, '/elsewhere')).status).toBe(404);
      await busyFor(slack, 15_000);
      own.signal('SIGTERM');
      await own.untilSaid('"msg":"stopping"');
      expect((await ask(port, '/readyz')).status).toBe(503);
      expect((await ask(port, '/healthz')).status).toBe(200);
      expect((await scrape(port)).get('commands_total{type="open",outcome="done"}')).toBe(1);
      own.signal('SIGTERM');
      expect(await own.ended).toBe(128 + 15);
      expect(own.output()).toContain('"left":"answers and notices","msg":"stopped at once"');
    },
    busyMachine,
  );

  it(
    'waits no longer than it was allowed to, and reads what was left',
    async () => {
      const { slack, own } = await started(1);
      await busyFor(slack, 15_000);
      const toldAt = performance.now();
      own.signal('SIGTERM');
      expect(await own.ended).toBe(0);
      expect(performance.now() - toldAt).toBeLessThan(5_000);
      expect(own.output()).toContain('"left":"answers and notices","msg":"stopped at the drain limit"');
    },
    busyMachine,
  );
});
