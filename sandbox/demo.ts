/**
 * `npm run demo`: starts a database, a local Slack and the bot, and a page on which one plays everybody (15.2), until Ctrl-C.
 * With `-- --headless` it plays the escalation policy by itself in moved time: exit 0, or 1 naming the promise that was broken.
 */
import { fileURLToPath } from 'node:url';
import { StartError } from '../src/app.ts';
import { complaintText, readDeskFile } from '../src/desk-file.ts';
import { startDemoDatabase } from './demo-database.ts';
import { mannerPledges } from './demo-manners.ts';
import { neverPledges } from './demo-never.ts';
import { paperOf } from './demo-paper.ts';
import type { DeskPlan } from './demo-policy.ts';
import { timePledges } from './demo-promises.ts';
import { startStage } from './demo-stage.ts';
import { beginningOf, playStory } from './demo-story.ts';
import { taleOf } from './demo-tale.ts';
import { messageOf, showVerdicts, verdictsOn } from './demo-verdict.ts';
import { openInBrowser } from './page-open.ts';
import { startPage } from './page-server.ts';

const usage = 'npm run demo [-- --headless]';
const linesOfLog = 12;

const write = (text: string): void => void process.stdout.write(text);
const paper = paperOf(write, process.stdout.isTTY === true && (process.env.NO_COLOR ?? '') === '');

/** What has to be tidied up, the newest first. */
const leavings: (() => Promise<void>)[] = [];
const tidyNow = async (): Promise<void> => {
  for (let next = leavings.pop(); next !== undefined; next = leavings.pop()) {
    await next().catch((error: unknown) => process.stderr.write(`${messageOf(error)}\n`));
  }
};

let tidied = Promise.resolve();
/** One after the other: a story that breaks off on Ctrl-C tidies too, and nobody may exit while it is half done. */
const tidy = (): Promise<void> => {
  tidied = tidied.then(tidyNow);
  return tidied;
};

let ending: Promise<void> | null = null;
const endNow = (code: number): void => {
  ending ??= tidy().then(() => process.exit(code));
};

const main = async (): Promise<number> => {
  const startedAt = performance.now();
  const options = process.argv.slice(2);
  const unknown = options.find((each) => each !== '--headless');
  if (unknown !== undefined) return refuse([`There is no option ${unknown}: ${usage}`]);
  const desk = readDesk();
  if (!desk.ok) return refuse(desk.lines);

  const isHeadless = options.includes('--headless');
  paper.line(
    `Tierline · the company’s Escalation Process Policy, ${isHeadless ? 'played in moved time' : 'to play with'}`,
    'bold',
  );
  const database = await startDemoDatabase((line) => paper.line(line, 'dim'));
  leavings.push(database.stop);
  const { plan, text, name } = desk;
  const { calendar } = plan.policy;
  const log: string[] = [];
  // Being asked to wait a moment is Slack's daily business.
  const onLog = (line: string): void => void (line.includes('"why":"ratelimited"') || log.push(line));
  if (!isHeadless) {
    const page = await startPage({
      plan,
      text,
      mongodbUri: database.uri,
      startAt: beginningOf(calendar),
      flows: true,
      port: 0,
      about: { database: database.name, desk: name },
      onLog,
    });
    leavings.push(page.stop);
    showPage(page.address, name, performance.now() - startedAt);
    openInBrowser(page.address, {
      platform: process.platform,
      env: process.env,
      isTerminal: process.stdout.isTTY === true,
    });
    return await new Promise<never>(() => {});
  }
  const stage = await startStage({
    plan,
    text,
    mongodbUri: database.uri,
    limits: true,
    startAt: beginningOf(calendar),
    onLog,
  });
  leavings.push(stage.stop);
  paper.line(`Desk: ${name}`, 'dim');
  paper.line(`Slack: a local one, ${stage.slack.apiUrl}`, 'dim');
  paper.line(`All times are those of ${calendar.zone}, and are moved by hand.`, 'dim');

  const evidence = await playStory(taleOf(stage, paper), calendar, paper);
  const verdicts = verdictsOn([...timePledges, ...mannerPledges, ...neverPledges], evidence);
  showVerdicts(paper, verdicts);
  const isBroken = verdicts.some(({ kept }) => !kept);
  if (isBroken && log.length > 0) showLog(log);
  await tidy();
  showEnd(database.name, performance.now() - startedAt);
  return isBroken ? 1 : 0;
};

type DeskReading =
  | { readonly ok: true; readonly plan: DeskPlan; readonly text: string; readonly name: string }
  | { readonly ok: false; readonly lines: readonly string[] };

/** The demo's desk, or the one that DESK_FILE of the environment names; a `.env` is not looked at. */
const readDesk = (): DeskReading => {
  const given = process.env.DESK_FILE?.trim() ?? '';
  const path = given === '' ? fileURLToPath(new URL('demo-desk.yaml', import.meta.url)) : given;
  const reading = readDeskFile(path);
  if (!reading.ok)
    return { ok: false, lines: reading.complaints.map((each) => `DESK_FILE ${path}, ${complaintText(each)}`) };
  return {
    ok: true,
    plan: reading.plan,
    text: reading.text,
    name: given === '' ? 'sandbox/demo-desk.yaml' : `DESK_FILE, ${given}`,
  };
};

const refuse = (lines: readonly string[]): number => {
  process.stderr.write(`The demo did not start.\n${lines.map((line) => `  - ${line}\n`).join('')}`);
  return 1;
};

const showPage = (address: string, desk: string, took: number): void => {
  paper.line(`Desk: ${desk}`, 'dim');
  paper.line(`Ready in ${(took / 1000).toFixed(1)} s.`, 'dim');
  paper.line();
  paper.line(`Open ${address}`, 'bold');
  paper.line('Play everybody: a customer writes, a tier claims, the clock is yours. Ctrl-C ends all of it.');
};

const showLog = (log: readonly string[]): void => {
  paper.line();
  paper.line('What the bot logged last:');
  for (const line of log.slice(-linesOfLog)) write(line);
};

const showEnd = (database: string, took: number): void => {
  paper.line();
  paper.line(`Database: ${database}`, 'dim');
  paper.line(`It took ${(took / 1000).toFixed(1)} s. Bot, Slack and database are stopped and gone.`, 'dim');
  paper.line();
  paper.line('How to go on:');
  paper.line('  npm test                              every promise of the spec, as tests');
  paper.line('  DESK_FILE=my-desk.yaml npm run demo   the same story on your desk');
  paper.line('  README.md                             your own Slack workspace');
};

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)
  process.on(signal, () => endNow(code));
// Whoever reads us may go away, as `head` does: then there is nobody to tell anything.
process.stdout.on('error', () => endNow(1));

try {
  process.exitCode = await main();
} catch (error) {
  if (ending === null) {
    const lines = error instanceof StartError ? error.lines : [messageOf(error)];
    process.exitCode = refuse(lines);
  }
}
await tidy();
