import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, startDatabase } from '../sandbox/database.ts';
import { type Slack, startSlack } from '../sandbox/slack.ts';
import { type Random, randomFrom } from '../simulation/random.ts';
import { startFleet } from './bots.ts';
import { goOn, writeIssue } from './customers.ts';
import type { Affair } from './deeds.ts';
import type { Evidence } from './evidence.ts';
import { obstaclesOf } from './obstacles.ts';
import { judge } from './oracle.ts';
import { lateAfter, redeliverAfterMs, settings } from './scale.ts';
import { createStaff } from './staff.ts';
import { deskText, furniture } from './town.ts';
import { type Injected, makeTrouble } from './troubles.ts';
import type { Finding } from './verdict.ts';
import { createWindows } from './windows.ts';

export interface RunOptions {
  readonly seed: number;
  /** What `node` starts. */
  readonly entry: string;
  /** For how long people act and things go wrong, real milliseconds. */
  readonly lasts: number;
  readonly issues: readonly [number, number];
  /** For a short run: only what leaves nothing unclear. */
  readonly isMild: boolean;
}

export interface RunResult {
  readonly seed: number;
  readonly findings: readonly Finding[];
  readonly kills: { readonly bots: number; readonly database: number };
  readonly injected: Injected;
  readonly deeds: number;
  /** The last lines of each process that ended by itself. */
  readonly endedAlone: readonly string[];
  readonly startsRefused: number;
  /** What the bots wrote last, for those who look into a finding. */
  readonly output: string;
  readonly evidence: Evidence;
}

/** One bad night: everything random comes from the seed. */
export const runOnce = async ({ seed, entry, lasts, issues, isMild }: RunOptions): Promise<RunResult> => {
  const random = randomFrom(`chaos ${seed}`);
  const leavings: (() => unknown)[] = [];
  try {
    const folder = mkdtempSync(join(tmpdir(), 'tierline-chaos-'));
    leavings.push(() => rmSync(folder, { recursive: true, force: true }));
    const { MONGODB_URI: _notOurs, ...env } = process.env;
    const database = await startDatabase({ say: () => {}, env });
    leavings.push(database.stop);
    const slack = await startSlack({
      furniture: furniture(),
      clock: { now: Date.now },
      limits: false,
      redeliverAfterMs,
    });
    leavings.push(slack.stop);
    const nobodyUp = createWindows(Date.now);
    const databaseDown = createWindows(Date.now);
    const count = isMild ? 2 : random.fork('bots').pick([1, 2, 2, 3, 3]);
    const fleet = startFleet({
      ...{ count, entry, nobodyUp, cwd: folder },
      env: environment(slack, database, folder),
    });
    leavings.push(fleet.stop);
    await fleet.ready();
    const until = Date.now() + lasts;
    const trouble = makeTrouble({ slack, fleet, database, random, botCount: count, databaseDown, until, isMild });
    const [affairs, injected] = await Promise.all([load(slack, random.fork('people'), until, issues), trouble]);
    const look = (): Evidence => ({
      slack,
      affairs,
      obstacles: obstaclesOf({ slack, fleet, nobodyUp, databaseDown, isMild }),
    });
    const { evidence, findings } = await afterwards(slack, look);
    return {
      ...{
        seed,
        findings,
        injected,
        evidence,
        endedAlone: fleet.endedAlone,
        startsRefused: fleet.startsRefused,
        output: fleet.output(),
      },
      kills: { bots: fleet.kills.length, database: databaseDown.all.length },
      deeds: deedsIn(affairs),
    };
  } finally {
    for (const leave of leavings.reverse()) await leave();
  }
};

const environment = (slack: Slack, database: Database, folder: string): Record<string, string> => {
  writeFileSync(join(folder, 'desk.yaml'), deskText);
  return {
    PATH: process.env.PATH ?? '',
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SLACK_APP_TOKEN: slack.tokens.app,
    SLACK_API_URL: slack.apiUrl,
    MONGODB_URI: database.uriFor('chaos'),
    DESK_FILE: 'desk.yaml',
    // Any free one: several processes run here.
    PORT: '0',
    ...settings,
  };
};

/** Customers write all the time; staff look after what they see. Settles when everybody has come to an end. */
const load = async (
  slack: Slack,
  random: Random,
  until: number,
  [least, most]: readonly [number, number],
): Promise<readonly Affair[]> => {
  const staff = createStaff(slack);
  const affairs: Affair[] = [];
  const work: Promise<unknown>[] = [];
  const count = random.whole(least, most);
  const every = (until - Date.now()) / (count + 1);
  for (let index = 0; index < count; index += 1) {
    const chance = random.fork(`issue ${index}`);
    await pause(chance.between(0.2, 1.6) * every);
    const affair = await writeIssue(slack, chance);
    affairs.push(affair);
    work.push(
      goOn(slack, chance.fork('customer'), affair, until),
      staff.lookAfter(affair, chance.fork('staff'), until),
    );
  }
  await Promise.all(work);
  return affairs;
};

const deedsIn = (affairs: readonly Affair[]): number =>
  affairs.reduce((sum, { replies, presses, forms }) => sum + 1 + replies.length + presses.length + forms.length, 0);

/** Longer than this nobody waits for quiet after the last trouble. */
const mostPatience = 75_000;

/**
 * Waits until all that can still be said, also twice, has been said: what the last trouble left unclear is looked up after
 * `landing`. Ends early only when nothing is found any more, and late when something is.
 */
const afterwards = async (
  slack: Slack,
  look: () => Evidence,
): Promise<{ evidence: Evidence; findings: readonly Finding[] }> => {
  const endedAt = Date.now();
  for (;;) {
    const evidence = look();
    const lastTrouble = Math.max(...evidence.obstacles.map(({ to }) => to).filter(Number.isFinite), 0);
    const isQuiet = Date.now() > lastTrouble + lateAfter && slack.redeliveriesWaiting() === 0;
    const findings = isQuiet ? judge(evidence) : [];
    const isTold = findings.length === 0 || findings.some(({ kind }) => kind === 'doubled');
    if ((isQuiet && isTold) || Date.now() - endedAt > mostPatience) return { evidence, findings: judge(evidence) };
    await pause(500);
  }
};
