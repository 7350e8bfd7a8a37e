import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { mongo } from 'mongoose';
import { hostsOf, withOption } from '../sandbox/database-uri.ts';

/** A line to the database that sees every command pass: what the driver says of itself need not be believed. */
export interface Wire {
  readonly uri: string;
  /** Commands seen since the last `clear`, oldest first; not what the driver asks for its own sake. */
  commands(): readonly mongo.Document[];
  clear(): void;
  close(): Promise<void>;
}

/** Greetings, sign-on and heartbeats, not questions of the desk. */
const ownAffairs = new Set(['hello', 'isMaster', 'ismaster', 'ping', 'endSessions', 'saslStart', 'saslContinue']);

export const nameOf = (command: mongo.Document): string => Object.keys(command)[0] ?? '';

/** @throws for an address that is not one plain host, such as `mongodb+srv` */
export const openWire = async (uri: string): Promise<Wire> => {
  const [hosts] = hostsOf(uri).split(',');
  const [host = '', port = '27017'] = (hosts ?? '').split(':');
  if (uri.startsWith('mongodb+srv:')) throw new Error('Opening the wire failed: it needs a plain host and port');
  let seen: mongo.Document[] = [];
  const sockets = new Set<Socket>();

  const pass = (client: Socket): void => {
    const server = connect(Number(port), host);
    const read = reader((command) => {
      if (!ownAffairs.has(nameOf(command))) seen.push(command);
    });
    client.on('data', (chunk) => {
      read(chunk);
      server.write(chunk);
    });
    server.on('data', (chunk) => client.write(chunk));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  };

  const door = createServer(pass).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const address = door.address() as AddressInfo;
  // Told of a replica set, the driver would go past this line.
  const moved = uri.replace(hostsOf(uri), `127.0.0.1:${address.port}`);
  return {
    uri: withOption(moved, 'directConnection', 'true'),
    commands: () => seen,
    clear: () => {
      seen = [];
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      door.close();
      await once(door, 'close');
    },
  };
};

const opMsg = 2013;

/** Takes bytes as they come and tells each command in them (OP_MSG, its first section). */
const reader = (tell: (command: mongo.Document) => void): ((chunk: Buffer) => void) => {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
      const length = rest.readInt32LE(0);
      if (rest.readInt32LE(12) === opMsg) tell(bodyOf(rest.subarray(20, length)));
      rest = rest.subarray(length);
    }
  };
};

/** The section of kind 0; one of kind 1 carries documents beside it. */
const bodyOf = (sections: Buffer): mongo.Document => {
  let at = 0;
  while (sections[at] === 1) at += 1 + sections.readInt32LE(at + 1);
  const size = sections.readInt32LE(at + 1);
  return mongo.BSON.deserialize(sections.subarray(at + 1, at + 1 + size));
};
