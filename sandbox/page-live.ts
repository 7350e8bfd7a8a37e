/** Takes windows in over WebSocket: greets them, and hands on what they ask for. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { parsedJson } from './json.ts';
import type { Ask } from './page/protocol.ts';
import { type PageAnswer, refused } from './page-answer.ts';
import { parseAsk } from './page-asks.ts';
import { addressOf, isOurs } from './page-http.ts';
import type { Window, Windows } from './page-windows.ts';

type LiveParts = {
  readonly windows: Windows;
  readonly port: () => number;
  /** The person of a window that names this id, or nobody. */
  readonly personFor: (wanted: string | null) => string;
  readonly greet: (window: Window) => void;
  readonly answer: (window: Window, ask: Ask) => Promise<PageAnswer>;
};

const mostFrameBytes = 1024 * 1024;

export const openLive = (server: Server, parts: LiveParts): { stop(): Promise<void> } => {
  const acceptor = new WebSocketServer({ noServer: true, maxPayload: mostFrameBytes });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const asked = addressOf(request);
    // A caller that is gone already has nothing to be told.
    socket.on('error', () => {});
    if (asked?.pathname !== '/live' || !isOurs(request, parts.port())) {
      socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n');
      return;
    }
    acceptor.handleUpgrade(request, socket, head, (opened) => {
      takeIn(opened, parts.personFor(asked.searchParams.get('as')), parts);
    });
  };
  server.on('upgrade', upgrade);
  return {
    stop: () => {
      server.off('upgrade', upgrade);
      for (const client of acceptor.clients) client.terminate();
      return new Promise((resolve) => acceptor.close(() => resolve()));
    },
  };
};

const takeIn = (socket: WebSocket, user: string, { windows, greet, answer }: LiveParts): void => {
  const window = windows.open(user, socket);
  socket.on('close', () => windows.close(window));
  // What a broken connection has to say is said by its close.
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const parsed = parseAsk(parsedJson(String(data)));
    if (!parsed.ok) {
      window.send({
        type: 'refused',
        id: parsed.id ?? 0,
        why: 'This page asked for something that is not known here.',
      });
      return;
    }
    const { id, ask } = parsed.request;
    void answerKindly(window, ask, answer).then((given) => window.send({ ...given, id }));
  });
  greet(window);
};

const answerKindly = async (window: Window, ask: Ask, answer: LiveParts['answer']): Promise<PageAnswer> => {
  try {
    return await answer(window, ask);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    // What hands cannot do any more is no fault: somebody was quicker, or the screen was behind.
    if (!message.startsWith('Cannot '))
      process.stderr.write(`The page's server failed at ${ask.do}: ${String(error)}\n`);
    return refused('That did not work: it may have changed in the meantime. Have another look, and try again.');
  }
};
