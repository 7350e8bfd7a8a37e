import { request } from 'node:http';
import { WebSocket } from 'ws';
import { openerFor } from '../../sandbox/page-open.ts';
import { type APage, aPage } from '../support/a-page.ts';

interface Got {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** @param raw a path that is no address */
const get = (address: string, path: string, headers: Readonly<Record<string, string>> = {}, raw = path): Promise<Got> =>
  new Promise((resolve, reject) => {
    const asked = request(new URL(path, address), { headers, path: raw }, (response) => {
      let body = '';
      response.on('data', (data) => {
        body += data;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    asked.once('error', reject);
    asked.end();
  });

/** Whether a window opens so. */
const opens = (address: string, headers: Readonly<Record<string, string>>, path = '/live?as=UKIM'): Promise<boolean> =>
  new Promise((resolve) => {
    const { host } = new URL(address);
    const socket = new WebSocket(`ws://${host}${path}`, { headers });
    socket.once('open', () => {
      socket.terminate();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

describe("the page's door", () => {
  let page: APage;

  beforeAll(async () => {
    page = await aPage();
  });

  afterAll(() => page.stop());

  it('is on loopback alone, and so is the health of its bot', async () => {
    const bot = page.server.stage()?.bot()?.port();
    const answers = (host: string): Promise<number> =>
      fetch(`http://${host}:${bot}/healthz`).then(({ status }) => status);
    expect(await answers('127.0.0.1')).toBe(200);
    // Another address of the same machine.
    await expect(answers('127.0.0.2')).rejects.toThrow('fetch failed');
  });

  it('gives the page and its parts, and lets the page load nothing from elsewhere', async () => {
    const { address } = page.server;
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/page.js', 'text/javascript'],
      ['/page.css', 'text/css'],
      ['/emoji/1f6a8.svg', 'image/svg+xml'],
    ] as const) {
      const got = await get(address, path);
      expect([path, got.status, got.headers['content-type']]).toEqual([path, 200, expect.stringContaining(type)]);
      expect(got.body.length).toBeGreaterThan(20);
      const rules = String(got.headers['content-security-policy']);
      expect(rules).toContain("default-src 'none'");
      expect(rules.match(/https?:|\*|unsafe/g)).toBeNull();
    }
  });

  it('has nothing else, and no way out of its folder', async () => {
    for (const path of [
      '/nothing',
      '/emoji/../package.json',
      '/emoji/%2e%2e%2fpackage.json',
      '/emoji/1f6a8.png',
      '/emoji/fffff.svg',
    ])
      expect([path, (await get(page.server.address, path)).status]).toEqual([path, 404]);
  });

  it('turns away names that others give to this machine, and the scripts of other sites', async () => {
    const { address } = page.server;
    const host = new URL(address).host;
    expect((await get(address, '/', { host: 'evil.example' })).status).toBe(403);
    expect((await get(address, '/', { origin: 'http://evil.example' })).status).toBe(403);
    expect(await opens(address, { origin: 'http://evil.example' })).toBe(false);
    expect(await opens(address, { host: `evil.example:${new URL(address).port}` })).toBe(false);
    expect(await opens(address, { origin: `http://${host}` })).toBe(true);
    for (const path of ['//', '//:0', '/%']) expect((await get(address, '/', {}, path)).status).toBe(404);
    expect(await opens(address, {}, '//')).toBe(false);
    expect((await get(address, '/')).status).toBe(200);
  });

  it('refuses what it does not understand with a sentence, and goes on', async () => {
    const kim = await page.window('UKIM');
    const bad = [
      'no JSON',
      '[]',
      '{"id":7,"ask":{"do":"fly"}}',
      '{"id":8,"ask":{"do":"history","channel":"C","before":"x","limit":1e9}}',
    ];
    for (const frame of bad) kim.send(frame);
    await kim.until(
      (each): each is Extract<typeof each, { type: 'refused' }> => each.type === 'refused' && each.id === 8,
      'a refusal',
    );
    expect(kim.got.filter(({ type }) => type === 'refused')).toHaveLength(bad.length);
    expect(await kim.ask({ do: 'history', channel: 'CNOWHERE', before: null, limit: 5 })).toMatchObject({
      why: 'You are not in that channel.',
    });
    expect(
      await kim.ask({
        do: 'act',
        where: { kind: 'message', channel: kim.channel('help'), ts: '1.000000', isOnlyForYou: false },
        blockId: 'b',
        actionId: 'a',
        value: null,
        state: null,
      }),
    ).toMatchObject({ why: 'That message is not there any more.' });
    expect(await kim.ask({ do: 'submit', state: {} })).toMatchObject({ why: 'The form is closed already.' });
    expect(await kim.ask({ do: 'command', channel: kim.channel('help'), line: '/nonsense' })).toMatchObject({
      done: { trouble: expect.stringContaining('is not a valid command') },
    });
  });

  it('lets nobody in as a bot or a stranger: such a window is a customer', async () => {
    for (const user of ['UBOT', 'USTRANGER']) expect((await page.window(user)).hello.you).toBe('UKIM');
  });
});

describe('the browser', () => {
  const address = 'http://127.0.0.1:1/';
  it('is opened where somebody sits in front of one, and nowhere else', () => {
    const at = (platform: NodeJS.Platform, env: Record<string, string>, isTerminal = true) =>
      openerFor(address, { platform, env, isTerminal });
    expect(at('linux', { DISPLAY: ':0' })).toEqual(['xdg-open', address]);
    expect(at('darwin', {})).toEqual(['open', address]);
    expect(at('win32', {})?.[0]).toBe('cmd');
    expect(at('linux', {})).toBeNull();
    expect(at('linux', { DISPLAY: ':0', CI: 'true' })).toBeNull();
    expect(at('darwin', {}, false)).toBeNull();
  });
});
