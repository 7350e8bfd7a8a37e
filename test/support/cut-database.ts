import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { freshDatabase } from './database.ts';

/** A database behind a wire that can be cut. */
export interface CutDatabase {
  readonly uri: string;
  /** Cuts every connection, and lets none through until `mend`. */
  cut(): void;
  /** Lets only greetings through: the server seems to think. */
  stall(): void;
  mend(): void;
  drop(): Promise<void>;
}

export const cutDatabase = async (): Promise<CutDatabase> => {
  const database = await freshDatabase();
  const [, host = '', port = ''] = /^mongodb:\/\/(?:[^@/]*@)?([^:/]+):(\d+)/.exec(database.uri) ?? [];
  const sockets = new Set<Socket>();
  let state: 'open' | 'cut' | 'stalled' = 'open';
  const wire = createServer((near) => {
    if (state === 'cut') {
      near.destroy();
      return;
    }
    const far = connect(Number(port), host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on('data', (chunk: Buffer) => {
      if (state !== 'stalled' || isGreeting(chunk)) far.write(chunk);
      else near.pause().unshift(chunk);
    });
    near.on('end', () => far.end());
    far.pipe(near);
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  const { port: ownPort } = wire.address() as AddressInfo;
  const cutAll = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    uri: direct(database.uri.replace(`${host}:${port}`, `127.0.0.1:${ownPort}`)),
    cut: () => {
      state = 'cut';
      cutAll();
    },
    stall: () => {
      state = 'stalled';
    },
    mend: () => {
      state = 'open';
      for (const socket of sockets) socket.resume();
    },
    drop: async () => {
      cutAll();
      await new Promise((resolve) => wire.close(resolve));
      await database.drop();
    },
  };
};

/**
 * A server that thinks still greets. Without a greeting the driver gives a new connection up after as long as a press waits, and
 * which of the two comes first is chance.
 */
const isGreeting = (message: Buffer): boolean =>
  /(hello|ismaster|saslstart|saslcontinue)\0/i.test(message.toString('latin1', 0, untilName));

/** Bytes of a message that hold the name of its command, and hardly more. */
const untilName = 64;

/** Else the driver asks the server where it lives, and goes there past the wire. */
const direct = (uri: string): string => `${uri}${uri.includes('?') ? '&' : '?'}directConnection=true`;
