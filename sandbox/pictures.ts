/** `npm run pictures`: makes `docs/pictures/*.png` from the demo's own page, the same each time. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDeskFile } from '../src/desk-file.ts';
import { startBrowser } from './browser.ts';
import { startDemoDatabase } from './demo-database.ts';
import { beginningOf } from './demo-story.ts';
import { startPage } from './page-server.ts';
import { openCamera } from './pictures-camera.ts';
import { takePictures } from './pictures-story.ts';
import { studioOf } from './pictures-studio.ts';

const folder = fileURLToPath(new URL('../docs/pictures', import.meta.url));
const mostBytes = 200 * 1024;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const reading = readDeskFile(fileURLToPath(new URL('demo-desk.yaml', import.meta.url)));
if (!reading.ok) throw new Error('Cannot take the pictures: the demo’s desk is wrong');
const { plan, text } = reading;

const database = await startDemoDatabase(say);
const server = await startPage({
  plan,
  text,
  mongodbUri: database.uri,
  startAt: beginningOf(plan.policy.calendar),
  flows: false,
  port: 0,
  about: { database: database.name, desk: 'sandbox/demo-desk.yaml' },
  onLog: say,
});
const browser = await startBrowser();
try {
  const stage = server.stage();
  if (stage === null) throw new Error('Cannot take the pictures: the demo has no stage');
  rmSync(folder, { recursive: true, force: true });
  await takePictures(studioOf(stage), openCamera(browser, server.address, folder));
  for (const name of readdirSync(folder)) {
    const { size } = statSync(join(folder, name));
    say(`docs/pictures/${name}  ${Math.ceil(size / 1024)} KB`);
    if (size > mostBytes) throw new Error(`${name} is too large for a README: more than ${mostBytes / 1024} KB`);
  }
} finally {
  await browser.close();
  await server.stop();
  await database.stop();
}
