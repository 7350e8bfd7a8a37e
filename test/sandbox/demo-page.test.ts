import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readyMs = 10_000;

/** The demo as a newcomer starts it, less npm itself. */
const start = () => {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'NODE_OPTIONS'));
  const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'sandbox/demo.ts'], {
    cwd: root,
    env: { ...inherited, DESK_FILE: '', MONGODB_URI: process.env.TEST_DATABASE_URI ?? '', NO_COLOR: '1' },
    // A group of its own, so that a Ctrl-C can be sent to all of it, as a terminal does.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stderr.on('data', (data) => {
    complaints += data;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const seen = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(output);
        if (found !== null) resolve(found);
      };
      child.stdout.on('data', (data) => {
        output += data;
        look();
      });
      void ended.then(() => reject(new Error(`The demo ended: ${output}${complaints}`)));
    });
  return { pid: child.pid ?? 0, seen, ended, complaints: () => complaints };
};

describe('npm run demo', () => {
  it(`opens a page that can be used within ${readyMs / 1_000} seconds, and takes it away on Ctrl-C`, async () => {
    const since = performance.now();
    const demo = start();
    const [, address = ''] = await demo.seen(/Open (http:\/\/127\.0\.0\.1:\d+\/)/);
    const page = await fetch(address);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('page.js');
    expect((await fetch(`${address}page.js`)).status).toBe(200);
    const window = new WebSocket(`${address.replace('http', 'ws')}live?as=UKIM`);
    const [hello] = await once(window, 'message');
    expect(JSON.parse(String(hello))).toMatchObject({ type: 'hello' });
    const took = performance.now() - since;
    process.stdout.write(`The demo's page can be used after ${(took / 1_000).toFixed(1)} s\n`);
    expect(took).toBeLessThan(readyMs);
    window.terminate();
    process.kill(-demo.pid, 'SIGINT');
    expect(await demo.ended).toBe(130);
    expect(demo.complaints()).toBe('');
    await expect(fetch(address)).rejects.toThrow();
  });
});
