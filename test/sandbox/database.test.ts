import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { mongo } from 'mongoose';
import { type Database, startDatabase } from '../../sandbox/database.ts';
import { freshDatabase } from '../support/database.ts';

// Whoever gives a server may have no other: then there is nothing to start or kill here.
const own = process.env.MONGODB_URI ? describe.skip : describe;
const portOf = (database: Pick<Database, 'uri'>): number => Number(/:(\d+)\//.exec(database.uri)?.[1]);

own('a database of our own', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tierline-kept-'));
  const said: string[] = [];
  let database: Database;
  beforeAll(async () => {
    database = await startDatabase({ say: (line) => void said.push(line), dataDir });
  });
  afterAll(async () => {
    await database.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('says which one it is', () => {
    expect(said.at(-1)).toBe(`Database: ${database.kind}, MongoDB ${database.version}, 127.0.0.1:${portOf(database)}`);
  });

  it('has after a kill, on the same port, every write it had acknowledged', async () => {
    const client = new mongo.MongoClient(database.uriFor('outage'));
    const counts = client.db().collection('counts');
    await client.db().createCollection('counts');
    for (let n = 1; n <= 50; n += 1) await counts.insertOne({ n }, { writeConcern: { w: 'majority', j: true } });
    const before = database.pid;
    await database.kill();
    expect(database.pid).toBeNull();
    await database.restart();
    expect(database.pid).not.toBe(before);
    expect(await counts.countDocuments()).toBe(50);
    await client.close();
  });

  it('frees its port and keeps a folder that was given', async () => {
    const port = portOf(database);
    await database.stop();
    const taker = createServer().listen(port, '127.0.0.1');
    await once(taker, 'listening');
    taker.close();
    expect(readdirSync(dataDir)).not.toEqual([]);
  });

  it('can be given by MONGODB_URI, and is then not ours to stop', async () => {
    await database.restart();
    const given = await startDatabase({ say: (line) => void said.push(line), env: { MONGODB_URI: database.uri } });
    expect(given).toMatchObject({ kind: 'given', pid: null, version: database.version });
    expect(given.uri).toBe(database.uri);
    await expect(given.restart()).rejects.toThrow('it was given by MONGODB_URI');
    await given.stop();
    expect(database.pid).not.toBeNull();
  });
});

own('a run that is killed half-way', () => {
  it('takes its database with it', async () => {
    const module = new URL('../../sandbox/database.ts', import.meta.url);
    const program = `const { startDatabase } = await import('${module}');
      const { uri, pid } = await startDatabase({ say: () => {} });
      console.log(JSON.stringify({ uri, pid })); setInterval(() => {}, 9e6);`;
    const args = ['--import', 'tsx', '--input-type=module', '-e', program];
    const runner = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    const [line] = await once(createInterface(runner.stdout), 'line');
    const socket = connect(portOf(JSON.parse(line)), '127.0.0.1');
    await once(socket, 'connect');
    const hungUp = new Promise((resolve) => socket.on('error', resolve).on('close', resolve).resume());
    runner.kill('SIGKILL');
    await hungUp;
  });
});

describe('freshDatabase', () => {
  it('is empty, of its own name, and gone when dropped', async () => {
    const [first, second] = await Promise.all([freshDatabase(), freshDatabase()]);
    expect(first.uri).not.toBe(second.uri);
    const client = new mongo.MongoClient(first.uri);
    expect(await client.db().listCollections().toArray()).toEqual([]);
    await client.db().createCollection('tickets');
    await first.drop();
    expect(await client.db().listCollections().toArray()).toEqual([]);
    await client.close();
  });
});
