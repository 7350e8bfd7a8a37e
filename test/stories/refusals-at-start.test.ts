import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movedClock } from '../../sandbox/clock.ts';
import { type Slack, startSlack } from '../../sandbox/slack.ts';
import { deskText, furniture, monday } from '../support/a-bot.ts';
import { type BuiltCommand, builtCommand, runProcess } from '../support/a-process.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let slack: Slack;
let database: FreshDatabase;
let folder: string;
let built: BuiltCommand;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tierline-refusals-'));
  slack = await startSlack({ furniture, clock: movedClock(monday, { flows: false }), limits: false });
  database = await freshDatabase();
  built = await builtCommand('src/main.ts');
});

afterAll(async () => {
  await slack.stop();
  await database.drop();
  built.remove();
  rmSync(folder, { recursive: true });
});

const deskFile = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

const good = (): Record<string, string> => ({
  SLACK_BOT_TOKEN: slack.tokens.bot,
  SLACK_APP_TOKEN: slack.tokens.app,
  SLACK_API_URL: slack.apiUrl,
  MONGODB_URI: database.uri,
  DESK_FILE: deskFile('good.yaml', deskText),
  PORT: '0',
});

interface Refusal {
  /** The lines of the complaint. */
  readonly lines: readonly string[];
  readonly code: number | null;
  readonly output: string;
}

/** Starts the desk, which must not start. */
const refusal = async (env: Record<string, string>): Promise<Refusal> => {
  const { code, output } = await runProcess({ command: built.command, env, cwd: folder });
  const lines = output.split('\n').filter((line) => line.startsWith('  - '));
  return { lines: lines.map((line) => line.slice(4)), code, output };
};

const wrongDesk = `tiers:
  - { name: Support, channel: '#tier-1', members: channel }
  - { name: Advanced, channel: '#tier-1', members: channel }
  - { name: Management, channel: '#tier-3', members: channel }
  - { name: Board, channel: '#tier-4', members: channel }
managers: ['@max']
intakes: ['#help']
policy:
  calendar:
    zone: Europe/Berln
  clocks:
    update: { every: -5m }
`;

const strangeDesk = `tiers:
  - { name: Support, channel: '#tier-1', members: { group: '@tier-1-teem' } }
  - { name: Advanced, channel: CT1, members: channel }
  - { name: Management, channel: '#teir-3', members: channel }
managers: ['@mex', '@max']
intake: ['#help', '#hlep', CHELP]
`;

const broken = {
  settings: () => ({
    SLACK_BOT_TOKEN: slack.tokens.app,
    MONGODB_URI: 'postgres://desk:hunter2@db/tierline',
    SLACK_CONNECTION: 'soket',
    SWEEP_CRON: 'every 5 seconds',
    PORT: 'http',
    DESK_FILE: deskFile('wrong.yaml', wrongDesk),
  }),
  names: () => ({ ...good(), DESK_FILE: deskFile('strange.yaml', strangeDesk) }),
  database: () => ({ ...good(), MONGODB_URI: 'mongodb://desk:hunter2@127.0.0.1:1/tierline' }),
  botToken: () => ({ ...good(), SLACK_BOT_TOKEN: 'xoxb-not-yours' }),
  appToken: () => ({ ...good(), SLACK_APP_TOKEN: 'xapp-not-yours' }),
};
type Case = keyof typeof broken;

describe('a desk that is set up wrongly does not start (13.5)', () => {
  const outcomes = new Map<Case, Refusal>();
  const linesOf = (which: Case): readonly string[] => outcomes.get(which)?.lines ?? [];

  // All at once: most of the time goes by in starting a process.
  beforeAll(async () => {
    const cases = Object.keys(broken) as Case[];
    await Promise.all(cases.map(async (each) => outcomes.set(each, await refusal(broken[each]()))));
  }, 60_000);

  it('says so, ends with 1, keeps every secret to itself, and has asked nothing of Slack but names', () => {
    for (const { code, output } of outcomes.values()) {
      expect(output).toContain('Tierline did not start.\n');
      expect(code).toBe(1);
      for (const secret of ['local-bot', 'local-app', 'not-yours', 'hunter2']) expect(output).not.toContain(secret);
    }
    expect(outcomes.size).toBe(Object.keys(broken).length);
    expect(slack.connections()).toBe(0);
    expect(slack.callCount('chat.postMessage')).toBe(0);
  });

  it('names everything that is wrong at once, with the line of the desk file', () => {
    expect(linesOf('settings')).toEqual([
      'SLACK_BOT_TOKEN is wrong: expected the bot token from the page OAuth & Permissions, which begins with xoxb-; this one begins with xapp-',
      "SLACK_CONNECTION is wrong: expected socket or http, got 'soket': did you mean socket?",
      'SLACK_APP_TOKEN is missing: expected the app-level token with connections:write, which begins with xapp-',
      "PORT is wrong: expected a whole number from 0 to 65535, got 'http'",
      'MONGODB_URI is wrong: expected an address such as mongodb://localhost:27017/tierline',
      "SWEEP_CRON is wrong: expected a cron line such as */5 * * * * *, got 'every 5 seconds'",
      "DESK_FILE wrong.yaml, line 3, tiers[1].channel: '#tier-1' is already the channel of tier 1 'Support'",
      "DESK_FILE wrong.yaml, line 5, tiers[3]: tier 4 'Board' has no clock: write one more entry under policy.clocks.tiers",
      "DESK_FILE wrong.yaml, line 7, intakes: unknown setting 'intakes': did you mean 'intake'?",
      "DESK_FILE wrong.yaml, line 10, policy.calendar.zone: no time zone is called 'Europe/Berln': did you mean 'Europe/Berlin'?",
      "DESK_FILE wrong.yaml, line 12, policy.clocks.update.every: must not be negative: got '-5m'",
    ]);
  });

  it('names what Slack does not know, and a channel that stands for two under another name (13.7)', () => {
    expect(linesOf('names')).toEqual([
      "DESK_FILE, line 2, tiers[0].members.group: Slack has no user group '@tier-1-teem': did you mean '@tier-1-team'?",
      'DESK_FILE, line 3, tiers[1].channel: this is already the channel of tier 1',
      "DESK_FILE, line 4, tiers[2].channel: Slack shows the bot no channel '#teir-3': did you mean '#tier-3'?",
      "DESK_FILE, line 5, managers[0]: Slack has no full member '@mex': did you mean '@max'?",
      "DESK_FILE, line 6, intake[1]: Slack shows the bot no channel '#hlep': did you mean '#help'?",
      'DESK_FILE, line 6, intake[2]: this channel is named twice',
    ]);
  });

  it('says in one sentence that no database answers', () => {
    expect(linesOf('database')).toEqual([
      'MONGODB_URI: no database answers there. Is it running, and is the address right?',
    ]);
  });

  it('says in one sentence which token Slack does not take', () => {
    expect(linesOf('botToken')).toEqual(['SLACK_BOT_TOKEN: Slack does not take it (invalid_auth)']);
    expect(linesOf('appToken')).toEqual(['SLACK_APP_TOKEN: Slack does not take it (invalid_auth)']);
  });
});
