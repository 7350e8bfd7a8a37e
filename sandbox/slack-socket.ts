/** Socket Mode: `hello`, envelopes, acks, pings and `disconnect` frames on any number of connections. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { parsedJson, recordIn, textIn } from './json.ts';
import type { Ack, Parcel, Transport } from './slack-delivery.ts';

const PING_EVERY_MS = 5_000;
/** How long after a `disconnect` frame a connection is closed, in real time. Slack takes up to ten seconds. */
const LEAVE_AFTER_MS = 1_000;
/** Slack allows an app so many connections. */
const MOST_CONNECTIONS = 10;

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled' | 'too_many_websockets';

export type Sockets = Transport & {
  /** A single-use address for a new connection. */
  newUrl(port: number): string;
  connections(): number;
  /** Sends a `disconnect` frame on every connection (or the n-th), and closes it some time later. */
  askToLeave(reason: DisconnectReason, which?: number): void;
  /** Cuts every connection without a word. */
  cut(): void;
  /** Leaves every connection (or the n-th) open and dead: nothing goes over it any more, either way. */
  freeze(which?: number): void;
  /** Sends any frame on the first connection. */
  sendRaw(frame: unknown): void;
};

type Pending = { readonly socket: WebSocket; readonly settle: (ack: Omit<Ack, 'afterMs'>) => void };

const refusal = (reason: string): Omit<Ack, 'afterMs'> => ({ acked: false, body: undefined, reason, final: false });

export const openSockets = (server: Server, appId: string): Sockets => {
  const acceptor = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const frozen = new WeakSet<WebSocket>();
  const leaving = new Set<NodeJS.Timeout>();
  const closing = new WeakSet<WebSocket>();
  const pending = new Map<string, Pending>();
  let turn = 0;

  const forget = (socket: WebSocket): void => {
    const index = open.indexOf(socket);
    if (index >= 0) open.splice(index, 1);
    for (const [id, one] of pending) {
      if (one.socket !== socket) continue;
      pending.delete(id);
      one.settle(refusal('connection_failed'));
    }
  };

  const takeAck = (raw: string): void => {
    const frame = recordIn(parsedJson(raw));
    const id = textIn(frame.envelope_id);
    const one = pending.get(id);
    if (!one) return;
    pending.delete(id);
    one.settle({ acked: true, body: frame.payload, reason: null, final: false });
  };

  const admit = (socket: WebSocket): void => {
    socket.on('error', () => socket.terminate());
    if (open.length >= MOST_CONNECTIONS) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets' }));
      socket.close();
      return;
    }
    open.push(socket);
    socket.on('message', (data) => takeAck(String(data)));
    socket.on('close', () => forget(socket));
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        connection_info: { app_id: appId },
        debug_info: { host: 'local-slack', approximate_connection_time: 18_060 },
      }),
    );
  };

  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const ticket = new URL(request.url ?? '/', 'http://local').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) {
      stream.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      return;
    }
    acceptor.handleUpgrade(request, stream, head, admit);
  };
  server.on('upgrade', upgrade);

  const pinger = setInterval(() => {
    for (const socket of open) if (!frozen.has(socket)) socket.ping('Ping from the local Slack');
  }, PING_EVERY_MS);
  pinger.unref();

  const frameOf = ({ kind, payload, envelopeId, retry }: Parcel): string =>
    JSON.stringify({
      envelope_id: envelopeId,
      type: kind,
      payload,
      accepts_response_payload: kind !== 'events_api',
      ...(kind === 'events_api' ? { retry_attempt: retry?.attempt ?? 0, retry_reason: retry?.reason ?? '' } : {}),
    });

  const nextSocket = (): WebSocket | undefined => {
    const ready = open.filter((socket) => socket.readyState === WebSocket.OPEN && !closing.has(socket));
    turn += 1;
    return ready[turn % Math.max(ready.length, 1)];
  };

  const send = (parcel: Parcel, ackMs: number): Promise<Ack> => {
    const startedAt = performance.now();
    const socket = nextSocket();
    if (!socket) return Promise.resolve({ ...refusal('connection_failed'), afterMs: 0 });
    return new Promise((resolve) => {
      const settle = (ack: Omit<Ack, 'afterMs'>): void => {
        clearTimeout(timer);
        resolve({ ...ack, afterMs: performance.now() - startedAt });
      };
      const timer = setTimeout(() => {
        pending.delete(parcel.envelopeId);
        settle(refusal('timeout'));
      }, ackMs);
      pending.set(parcel.envelopeId, { socket, settle });
      if (!frozen.has(socket)) socket.send(frameOf(parcel));
    });
  };

  const nth = (which: number | undefined): readonly WebSocket[] =>
    which === undefined ? [...open] : open.slice(which, which + 1);

  /** Nothing more is sent over it; it is closed when nothing that was sent waits for an ack. */
  const closeSoon = (socket: WebSocket): void => {
    closing.add(socket);
    const look = setInterval(() => {
      if ([...pending.values()].some((one) => one.socket === socket)) return;
      clearInterval(look);
      leaving.delete(look);
      socket.close(1000);
    }, 10);
    leaving.add(look);
  };

  const announce = (socket: WebSocket, reason: DisconnectReason): void => {
    socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
    const timer = setTimeout(() => {
      leaving.delete(timer);
      closeSoon(socket);
    }, LEAVE_AFTER_MS);
    leaving.add(timer);
  };

  const cut = (): void => {
    for (const socket of [...open]) socket.terminate();
  };

  return {
    send,
    cut,
    newUrl: (port) => {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `ws://127.0.0.1:${port}/link/?ticket=${ticket}&app_id=${appId}`;
    },
    connections: () => open.length,
    askToLeave: (reason, which) => {
      for (const socket of nth(which)) announce(socket, reason);
    },
    freeze: (which) => {
      for (const socket of nth(which)) {
        frozen.add(socket);
        socket.pause();
      }
    },
    sendRaw: (frame) => open[0]?.send(JSON.stringify(frame)),
    stop: () => {
      clearInterval(pinger);
      for (const timer of leaving) clearTimeout(timer);
      server.off('upgrade', upgrade);
      cut();
      for (const [id, one] of pending) {
        pending.delete(id);
        one.settle(refusal('connection_failed'));
      }
      return new Promise((resolve) => acceptor.close(() => resolve()));
    },
  };
};
