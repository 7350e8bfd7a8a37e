import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import type { Log } from '../../src/flows/ports.ts';
import { connectStore } from '../../src/store/connection.ts';
import { aRecord } from '../support/a-record.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aSilentLog } from './a-silent-log.ts';

const failureOf = async (work: Promise<unknown>): Promise<{ error: unknown; took: number }> => {
  const start = performance.now();
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  return { error, took: performance.now() - start };
};

describe('a database that is not there', () => {
  it('is known within three seconds, and the password is kept', async () => {
    const uri = 'mongodb://desk:hunter2@127.0.0.1:1/tierline';
    const { error, took } = await failureOf(connectStore(uri, aSilentLog));
    expect(error).toMatchObject({ code: 'store-unreachable', name: 'StoreUnreachableError' });
    expect(took).toBeLessThan(3_000);
    expect(inspect(error, { depth: 20 })).not.toContain('hunter2');
  });
});

describe('a database that is slow to answer', () => {
  let database: FreshDatabase;
  let slow: Server;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    slow.close();
    await database.drop();
  });

  it('is asked once more by whoever starts', async () => {
    const { hostname, port } = new URL(database.uri);
    const opensAt = performance.now() + 1_700;
    slow = createServer((client) => {
      const server = connect(Number(port), hostname);
      for (const each of [client, server]) each.on('error', () => {});
      client.on('close', () => server.destroy());
      setTimeout(() => client.pipe(server).pipe(client), opensAt - performance.now());
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const { port: slowPort } = slow.address() as AddressInfo;
    const store = await connectStore(database.uri.replace(`${hostname}:${port}`, `127.0.0.1:${slowPort}`), aSilentLog);
    await store.close();
  });
});

describe('a connection string that cannot be read', () => {
  it.each([
    'mongodb://desk:hunter2@',
    'postgres://desk:hunter2@db/tierline',
    'mongodb://desk:hunter2@db:port/tierline',
    'mongodb://desk:hunter2@db/tierline?nonsense=1',
    'mongodb://desk:hun%ter2@db/tierline',
    'mongodb://desk:hunter2@db/tierline?w=majority&tls=maybe',
    '',
  ])('is refused without being repeated: %#', async (uri) => {
    const { error } = await failureOf(connectStore(uri, aSilentLog));
    expect(error).toBeInstanceOf(Error);
    expect(String(error)).toContain('MONGODB_URI');
    expect(inspect(error, { depth: 20 })).not.toMatch(/hun(ter|%ter)2/);
  });
});

describe('a database that goes and comes back', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('fails each call within two seconds or so, is logged, and is used again by itself', async () => {
    const happenings: string[] = [];
    const note = (happening: string): void => {
      happenings.push(happening);
    };
    const log: Log = { info: note, warn: note, error: note };
    const wire = await aWireTo(database.uri);
    const store = await connectStore(wire.uri, log);
    try {
      const record = aRecord();
      expect(await store.tickets.insert(record)).toBe('stored');
      await wire.cut();
      const works = [store.tickets.load(record.ticket.id), store.prompts.askOnce('C1:1.2', 1)];
      for (const { error, took } of await Promise.all(works.map(failureOf))) {
        expect(error).toMatchObject({ code: 'store-unreachable' });
        expect(took).toBeLessThan(3_000);
      }
      await wire.mend();
      expect(await store.tickets.load(record.ticket.id)).toEqual(record);
      expect(happenings).toEqual(['database lost', 'database back']);
    } finally {
      await store.close();
      await wire.cut();
    }
  }, 15_000);
});

/** A way to the same database that can be cut and mended. */
const aWireTo = async (uri: string) => {
  const { hostname, port } = new URL(uri);
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    for (const socket of [near, far]) sockets.add(socket.on('error', () => socket.destroy()));
    near.pipe(far).pipe(near);
  });
  const listen = (at: number): Promise<void> => new Promise((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Listening failed: no address was given');
  const cut = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    await closed;
  };
  const near = new URL(uri);
  near.host = `127.0.0.1:${address.port}`;
  // Without it the driver would follow a replica set's own addresses, past the wire.
  near.searchParams.set('directConnection', 'true');
  return { uri: near.href, cut, mend: () => listen(address.port) };
};
