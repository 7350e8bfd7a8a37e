import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { startDatabase } from '../../sandbox/database.ts';
import { mongodOfMemoryServer, mongodOnPath } from '../../sandbox/database-mongod.ts';

const folder = mkdtempSync(join(tmpdir(), 'tierline-ways-'));
afterAll(() => rmSync(folder, { recursive: true }));

const nothing = join(folder, 'nothing');
const cache = join(folder, 'cache');
// A version that nobody has in a cache, from a host that refuses connections.
const nowhere = { MONGOMS_VERSION: '6.99.0', MONGOMS_DOWNLOAD_MIRROR: 'http://127.0.0.1:9' };
const say = (): void => {};

const folderWith = (name: string, text: string, mode: number): string => {
  const home = mkdtempSync(join(folder, 'bin-'));
  writeFileSync(join(home, name), text, { mode });
  return home;
};

describe('mongodOnPath', () => {
  it('takes the first that can be run, and neither a plain file nor a folder of that name', async () => {
    const plain = folderWith('mongod', '', 0o644);
    const named = mkdtempSync(join(folder, 'bin-'));
    mkdirSync(join(named, 'mongod'));
    const first = folderWith('mongod', '#!/bin/sh\n', 0o755);
    const second = folderWith('mongod', '#!/bin/sh\n', 0o755);
    const found = await mongodOnPath({ say, cache, env: { PATH: [plain, named, first, second].join(delimiter) } });
    expect(found).toMatchObject({ program: { command: join(first, 'mongod') } });
  });

  it('finds none on an empty PATH', async () => {
    expect(await mongodOnPath({ say, cache, env: {} })).toEqual({ missing: 'there is none' });
  });
});

describe('mongodOfMemoryServer', () => {
  it('gives up a download host that accepts and never answers after a second and a half', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const env = { ...nowhere, MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${port}` };
    const before = performance.now();
    const found = await mongodOfMemoryServer({ say, cache, env });
    expect(found).toEqual({ missing: expect.stringContaining(`127.0.0.1:${port} is out of reach`) });
    expect(performance.now() - before).toBeLessThan(3_000);
    silent.closeAllConnections();
    silent.close();
  });
});

describe('startDatabase where nothing can be had', () => {
  it('throws one error that names the three ways out and what was tried, in order', async () => {
    const env = { ...nowhere, PATH: nothing };
    const failure = await startDatabase({ say, cache, env }).catch((error: Error) => error.message);
    expect(failure).toMatch(/set MONGODB_URI.*install MongoDB.*install Python/s);
    expect(failure).toMatch(
      /mongod on the PATH: there is none.*mongodb-memory-server: .*out of reach.*SecantusDB: cannot run python3/s,
    );
  });

  it('goes on to the next way when a mongod does not start, and repeats its last words', async () => {
    const broken = folderWith('mongod', '#!/bin/sh\necho no such thing as libcrypto\nexit 1\n', 0o755);
    const failure = await startDatabase({ say, cache, env: { ...nowhere, PATH: broken } }).catch(String);
    expect(failure).toMatch(/mongod on the PATH: .*no such thing as libcrypto.*SecantusDB: /s);
  });

  it('says that a given server does not answer, without trying anything else', async () => {
    const env = { MONGODB_URI: 'mongodb://u:secret@127.0.0.1:9/?serverSelectionTimeoutMS=1' };
    const failure = await startDatabase({ say, cache, env }).catch(String);
    expect(failure).toMatch(/^Error: Cannot reach the database at 127.0.0.1:9: /);
    expect(failure).not.toContain('secret');
  });
});
