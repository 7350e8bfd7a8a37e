import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Environment, readEnvironment, readSettings } from '../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'tierline-config-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const desk = `tiers:
  - { name: A, channel: '#a', members: channel }
  - { name: B, channel: '#b', members: channel }
  - { name: C, channel: '#c', members: channel }
managers: ['@max']
`;
const good = (): Environment => ({
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_APP_TOKEN: 'xapp-1',
  MONGODB_URI: 'mongodb://localhost:27017/tierline',
  DESK_FILE: file('desk.yaml', desk),
});
const linesOf = (env: Environment): readonly string[] => {
  const settings = readSettings(env);
  return settings.ok ? [] : settings.lines;
};

afterAll(() => rmSync(folder, { recursive: true }));

describe('the settings', () => {
  it('need four values; the rest has defaults', () => {
    const settings = readSettings(good());
    if (!settings.ok) throw new Error(settings.lines.join('; '));
    expect(settings.config).toEqual({
      botToken: 'xoxb-1',
      connection: { kind: 'socket', appToken: 'xapp-1' },
      slackApiUrl: null,
      port: 3000,
      mongodbUri: 'mongodb://localhost:27017/tierline',
      deskFile: join(folder, 'desk.yaml'),
      sweepCron: '*/5 * * * * *',
      auditCron: '0 */3 * * * *',
      leaseSeconds: 30,
      drainSeconds: 25,
      logLevel: 'info',
    });
    expect(Object.isFrozen(settings.config)).toBe(true);
    expect(settings.deskFileText).toBe(desk);
    expect(settings.deskPlan.tiers.map((tier) => tier.name)).toEqual(['A', 'B', 'C']);
  });

  it('over http need the signing secret and no app token', () => {
    const { SLACK_APP_TOKEN: _, ...rest } = good();
    const settings = readSettings({
      ...rest,
      SLACK_CONNECTION: 'http',
      SLACK_SIGNING_SECRET: 's3cret',
      SLACK_API_URL: 'http://localhost:1/api',
    });
    if (!settings.ok) throw new Error(settings.lines.join('; '));
    expect(settings.config.connection).toEqual({ kind: 'http', signingSecret: 's3cret' });
    expect(settings.config.slackApiUrl).toBe('http://localhost:1/api/');
    expect(linesOf({ ...rest, SLACK_CONNECTION: 'http' })).toEqual([
      'SLACK_SIGNING_SECRET is missing: expected the signing secret from Basic Information',
    ]);
  });

  it('that are wrong are named all at once, those of the desk file too', () => {
    const path = file('bad.yaml', desk.replace('#b', '#a').replace("['@max']", '[]'));
    const wrong = {
      SLACK_BOT_TOKEN: 'xapp-hidden',
      SLACK_CONNECTION: 'sockets',
      SLACK_API_URL: 'slack.com',
      PORT: '70000',
      MONGODB_URI: 'postgres://user:hidden@db',
      DESK_FILE: path,
      SWEEP_CRON: 'often',
      LEASE_SECONDS: '0',
      DRAIN_SECONDS: '-1',
      LOG_LEVEL: 'verbose',
    };
    expect(linesOf(wrong)).toEqual([
      'SLACK_BOT_TOKEN is wrong: expected the bot token from the page OAuth & Permissions, which begins with xoxb-; this one begins with xapp-',
      "SLACK_CONNECTION is wrong: expected socket or http, got 'sockets': did you mean socket?",
      'SLACK_APP_TOKEN is missing: expected the app-level token with connections:write, which begins with xapp-',
      "SLACK_API_URL is wrong: expected an address such as https://slack.com/api/, got 'slack.com'",
      "PORT is wrong: expected a whole number from 0 to 65535, got '70000'",
      'MONGODB_URI is wrong: expected an address such as mongodb://localhost:27017/tierline',
      "SWEEP_CRON is wrong: expected a cron line such as */5 * * * * *, got 'often'",
      "LEASE_SECONDS is wrong: expected a whole number from 1 to 3600, got '0'",
      "DRAIN_SECONDS is wrong: expected a whole number from 0 to 3600, got '-1'",
      "LOG_LEVEL is wrong: expected error or warn or info or debug, got 'verbose'",
      `DESK_FILE ${path}, line 3, tiers[1].channel: '#a' is already the channel of tier 1 'A'`,
      `DESK_FILE ${path}, line 5, managers: expected at least one manager`,
    ]);
    expect(linesOf(wrong).join()).not.toContain('hidden');
  });

  it('left empty are missing', () => {
    expect(linesOf({ SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: ' ', MONGODB_URI: '', DESK_FILE: '', PORT: '' })).toEqual([
      'SLACK_BOT_TOKEN is missing: expected the bot token from the page OAuth & Permissions, which begins with xoxb-',
      'SLACK_APP_TOKEN is missing: expected the app-level token with connections:write, which begins with xapp-',
      'MONGODB_URI is missing: expected an address such as mongodb://localhost:27017/tierline',
      'DESK_FILE is missing: expected the YAML file with desk and policy',
    ]);
  });

  it('come from .env where the shell says nothing', () => {
    file('.env', 'PORT=4000\nPATH=from-the-file\n');
    const env = readEnvironment(folder);
    expect(env.PORT).toBe('4000');
    expect(env.PATH).toBe(process.env.PATH);
    expect(readEnvironment(join(folder, 'none')).PATH).toBe(process.env.PATH);
  });
});
