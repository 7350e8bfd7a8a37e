import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { type BuiltCommand, builtCommand, root } from '../support/a-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'tierline-demo-test-'));
const limitMs = 90_000;

interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly complaints: string;
  readonly took: number;
}

interface Running {
  readonly pid: number;
  readonly output: () => string;
  readonly ended: Promise<Run>;
}

/** As a newcomer starts it, less npm itself. */
const asNewcomer = [process.execPath, 'node_modules/tsx/dist/cli.mjs', 'sandbox/demo.ts'];

/** On the server of this test run, unless `env` says something else. */
const start = ([program = '', ...words]: readonly string[], env: Readonly<Record<string, string>> = {}): Running => {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'));
  const since = performance.now();
  const server = process.env.TEST_DATABASE_URI ?? '';
  const child = spawn(program, [...words, '--headless'], {
    cwd: root,
    env: { ...inherited, DESK_FILE: '', MONGODB_URI: server, NO_COLOR: '1', ...env },
    // A group of its own, so that a Ctrl-C can be sent to all of it, as a terminal does.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    complaints += data;
  });
  const ended = new Promise<Run>((resolve) => {
    child.on('close', (code) => resolve({ code, output, complaints, took: performance.now() - since }));
  });
  return { pid: child.pid ?? 0, output: () => output, ended };
};

let built: BuiltCommand;
beforeAll(async () => {
  built = await builtCommand('sandbox/demo.ts');
});
afterAll(() => {
  built.remove();
  rmSync(folder, { recursive: true, force: true });
});

const onDesk = (name: string, yaml: string): Promise<Run> => {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, yaml);
  return start(built.command, { DESK_FILE: path }).ended;
};

const until = async (holds: () => boolean): Promise<void> => {
  const since = performance.now();
  while (!holds()) {
    if (performance.now() - since > limitMs) throw new Error('Waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const brokenIn = ({ output }: Run): readonly string[] =>
  (output.split(/ (?:is|are) BROKEN:/)[1]?.split('\n\n')[0] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('  - '))
    .map((line) => line.slice(4));

const tiers = `
tiers:
  - { name: Support, channel: '#tier-1', members: { group: '@support' } }
  - { name: Advanced, channel: '#tier-2', members: { group: '@advanced' } }
  - { name: Management, channel: '#tier-3', members: channel }
managers: ['@max']
intake: ['#help']
policy:
  clocks:
`;

const fiveHours = `${tiers}    tiers: [{ handOver: { within: 5h, time: elapsed } }, {}, {}]\n`;

const slow = `${tiers}    update: { every: 30h }
    tiers:
      - { respond: { within: 2h, time: business } }
      - { handOver: { within: 13h, time: elapsed } }
      - {}
`;

const otherNames = `
tiers:
  - { name: First line, channel: C0FRONT, members: channel }
  - { name: Engineers, channel: '#engineering', members: { group: S0ENG } }
  - { name: Board, channel: '#board-room', members: { group: '@directors' }, call: { arrival: none } }
managers: ['@ana', '@Mary Ann Lee', U0BOSS]
admins: [U0BOSS, '@root']
intake: ['#customers']
policy:
  calendar:
    zone: America/New_York
    week:
      mon: ['08:00-12:00', '13:00-18:00']
      tue: ['08:00-12:00', '13:00-18:00']
      wed: ['08:00-12:00', '13:00-18:00']
      thu: ['08:00-12:00', '13:00-18:00']
      fri: ['08:00-12:00', '13:00-15:00']
      sat: []
      sun: []
    holidays: [{ date: 2027-01-18, name: Public holiday }]
`;

describe('the demo, headless', () => {
  let shipped: Run;
  let five: Run;
  let slowDesk: Run;
  let other: Run;

  beforeAll(async () => {
    [shipped, five, slowDesk, other] = await Promise.all([
      start(asNewcomer).ended,
      onDesk('five-hours', fiveHours),
      onDesk('slow', slow),
      onDesk('other-names', otherNames),
    ]);
  }, limitMs);

  it('keeps every promise of the policy, within a minute', () => {
    expect(shipped.complaints).toBe('');
    expect(brokenIn(shipped)).toEqual([]);
    expect(shipped.output).toMatch(/All \d+ promises are kept/);
    expect(shipped.code).toBe(0);
    expect(shipped.took).toBeLessThan(60_000);
  });

  it('tells the story in order: what happens when, and what people see', () => {
    const beats = [
      /Mon 11 Jan 09:00 {2}Kim, a customer, writes/,
      /Thank you, we have your issue/,
      /Ana is on it: ESC-1/,
      /Mon 11 Jan 13:20 {2}4 hours since Tier 1 took it on/,
      /moved to Tier 2/,
      /Tue 12 Jan 01:50 {2}12 hours since Tier 2 took it on/,
      /Max, direct message/,
      /Wed 13 Jan 01:55 {2}Nearly 24 hours without a word/,
      /ESC-1 · how it stands/,
      /Kim presses Solved/,
      /Closed, confirmed/,
      /Wed 13 Jan 23:30 {2}Lou types \/ticket new/,
      /presses Still broken/,
      /closed, unconfirmed/,
      /Fri 22 Jan 16:30/,
      /we aim to answer by 25 Jan 2027 09:30/,
      /Mon 25 Jan 09:29 {2}One minute before/,
      /nobody is in it who could take a ticket/,
      /#shared-shop/,
      /presses Told them/,
      /Solved for the customer/,
      /All \d+ promises are kept/,
      /Database: /,
      /npm test/,
    ];
    let rest = shipped.output;
    for (const beat of beats) {
      expect(rest).toMatch(beat);
      rest = rest.slice(rest.search(beat) + 1);
    }
  });

  it('fits an 80-column terminal', () => {
    const own = shipped.output.split('\n').filter((line) => !/^(Database|Desk|Slack):/.test(line));
    expect(own.filter((line) => [...line].length > 80)).toEqual([]);
  });

  it('names the promise that a desk of 5 hours breaks, and no other', () => {
    expect(brokenIn(five)).toEqual(["Tier 2 within 4 hours of Tier 1's engagement"]);
    expect(five.output).toMatch(/seen: in Tier 2 Mon 11 Jan 14:20/);
    expect(five.code).toBe(1);
  });

  it('names every promise of a desk that is slow in all things', () => {
    expect(brokenIn(slowDesk)).toEqual(
      expect.arrayContaining([
        'An answer not given within 1 business hour is called out just then',
        "Tier 3 / management within 12 hours of Tier 2's engagement",
        'The customer hears at least every 24 hours',
      ]),
    );
    expect(slowDesk.code).toBe(1);
  });

  it('plays on the channels, groups and people of another desk', () => {
    expect(other.complaints).toBe('');
    expect(brokenIn(other)).toEqual([]);
    expect(other.code).toBe(0);
    for (const name of ['#customers', '#engineering', '#board-room', 'Mary Ann Lee', 'Tier 1 (First line)'])
      expect(other.output).toContain(name);
    expect(other.output).toMatch(/Fri \d+ Jan 14:30/);
  });

  it('takes its databases away from a server that was given', async () => {
    const client = new mongo.MongoClient(process.env.TEST_DATABASE_URI ?? '');
    try {
      const { databases } = await client.db().admin().listDatabases();
      expect(databases.map(({ name }) => name).filter((name) => name.startsWith('tierline_demo_'))).toEqual([]);
    } finally {
      await client.close();
    }
  });
});

describe('the demo, when it cannot go on', () => {
  it('names everything that is wrong with a desk, and starts nothing', async () => {
    const run = await onDesk('wrong', `tiers: []\nmanagers: []\n`);
    expect(run.code).toBe(1);
    expect(run.complaints).toContain('line 1, tiers');
    expect(run.complaints).toContain('line 2, managers');
    expect(run.output).toBe('');
  });

  it(
    'leaves no process, port or folder behind on Ctrl-C',
    async () => {
      const temporary = mkdtempSync(join(tmpdir(), 'tierline-demo-test-'));
      const demo = start(asNewcomer, { TMPDIR: temporary, MONGODB_URI: '' });
      await until(() => demo.output().includes('1. A ticket climbs the ladder'));
      const slackPort = /127\.0\.0\.1:(\d+)\/api/.exec(demo.output())?.[1];
      process.kill(-demo.pid, 'SIGINT');
      const run = await demo.ended;
      expect(run.code).toBe(130);
      expect(run.complaints).toBe('');
      await until(() => !isAlive(demo.pid));
      const database = /127\.0\.0\.1:(\d+)/.exec(run.output)?.[1];
      for (const port of [slackPort, database]) await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
      const stays = (): readonly string[] => readdirSync(temporary).filter((name) => name.startsWith('tierline-'));
      expect(stays()).toEqual([]);
      rmSync(temporary, { recursive: true });
    },
    limitMs,
  );
});
