import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'dotenv';
import { complaintText, readDeskFile } from './desk-file.ts';
import type { DeskPlan } from './domain/desk-plan.ts';
import * as setting from './setting.ts';

/** Names and values as the shell gives them. An empty value is a missing one: `.env` files leave them so. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How Slack reaches the bot (13.1), with what each way needs. */
export type Connection =
  | { readonly kind: 'socket'; readonly appToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string };

const logLevels = ['error', 'warn', 'info', 'debug'] as const;

/** The settings of the environment (13.6), frozen. */
interface Config {
  readonly botToken: string;
  readonly connection: Connection;
  /** Base of the Web API, with a slash at its end; null is Slack's own. */
  readonly slackApiUrl: string | null;
  readonly port: number;
  readonly mongodbUri: string;
  readonly deskFile: string;
  readonly sweepCron: string;
  readonly auditCron: string;
  readonly leaseSeconds: number;
  readonly drainSeconds: number;
  readonly logLevel: (typeof logLevels)[number];
}

export type Settings =
  | { readonly ok: true; readonly config: Config; readonly deskPlan: DeskPlan; readonly deskFileText: string }
  | { readonly ok: false; readonly lines: readonly string[] };

/**
 * The process's environment, over the `.env` of a folder if there is one. Nothing else reads the environment.
 * @throws when there is an `.env` that cannot be read
 */
export const readEnvironment = (folder: string): Environment => ({ ...dotenvOf(join(folder, '.env')), ...process.env });

/** Settings and desk file together, or every complaint about either, a plain sentence each (13.5). No secret is quoted. */
export const readSettings = (env: Environment): Settings => {
  const complaints: string[] = [];
  const config = readConfig(env, (line) => complaints.push(line));
  const desk = config.deskFile === '' ? null : readDeskFile(config.deskFile);
  if (desk?.ok === false) {
    complaints.push(...desk.complaints.map((each) => `DESK_FILE ${config.deskFile}, ${complaintText(each)}`));
  }
  if (complaints.length > 0 || !desk?.ok) return { ok: false, lines: complaints };
  return { ok: true, config, deskPlan: desk.plan, deskFileText: desk.text };
};

/** The settings of 13.6. Each wrong one is named to `complain`, and is then of no use in what is returned. */
const readConfig = (env: Environment, complain: (line: string) => void): Config => {
  const take = <T>(name: string, { reader, fallback }: setting.Setting<T>): T => {
    const result = reader(env[name]?.trim() ?? '');
    if (!result.ok) complain(`${name} ${result.complaint}`);
    return result.ok ? result.value : fallback;
  };
  const connection = (): Connection => {
    if (take('SLACK_CONNECTION', setting.oneOf(['socket', 'http'], 'socket')) === 'socket') {
      const appToken = take('SLACK_APP_TOKEN', setting.token('xapp-', 'the app-level token with connections:write'));
      return { kind: 'socket', appToken };
    }
    const signingSecret = take('SLACK_SIGNING_SECRET', setting.given('the signing secret from Basic Information'));
    return { kind: 'http', signingSecret };
  };
  return Object.freeze({
    botToken: take('SLACK_BOT_TOKEN', setting.token('xoxb-', 'the bot token from the page OAuth & Permissions')),
    connection: connection(),
    slackApiUrl: take('SLACK_API_URL', setting.baseUrl),
    port: take('PORT', setting.wholeNumber(0, 65_535, 3000)),
    mongodbUri: take('MONGODB_URI', setting.mongodbUri),
    deskFile: take('DESK_FILE', setting.given('the YAML file with desk and policy')),
    sweepCron: take('SWEEP_CRON', setting.cronLine('*/5 * * * * *')),
    auditCron: take('AUDIT_CRON', setting.cronLine('0 */3 * * * *')),
    leaseSeconds: take('LEASE_SECONDS', setting.wholeNumber(1, 3600, 30)),
    drainSeconds: take('DRAIN_SECONDS', setting.wholeNumber(0, 3600, 25)),
    logLevel: take('LOG_LEVEL', setting.oneOf(logLevels, 'info')),
  });
};

const dotenvOf = (path: string): Environment => (existsSync(path) ? parse(readFileSync(path, 'utf8')) : {});
