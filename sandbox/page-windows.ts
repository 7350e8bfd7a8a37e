/** The windows now open: each is one person. */
import type { WebSocket } from 'ws';
import type { ToPage } from './page/protocol.ts';

export type Window = {
  readonly user: string;
  send(message: ToPage): void;
};

export type Windows = {
  open(user: string, socket: WebSocket): Window;
  close(window: Window): void;
  all(): readonly Window[];
};

/** A window that takes nothing in, as in a tab put to sleep, is closed at this; it comes back with a new `hello`. */
const mostWaitingBytes = 64 * 1024 * 1024;

export const createWindows = (): Windows => {
  const open = new Set<Window>();
  return {
    open: (user, socket) => {
      const window: Window = {
        user,
        send: (message) => {
          if (socket.readyState !== socket.OPEN) return;
          if (socket.bufferedAmount > mostWaitingBytes) return socket.terminate();
          socket.send(JSON.stringify(message));
        },
      };
      open.add(window);
      return window;
    },
    close: (window) => void open.delete(window),
    all: () => [...open],
  };
};
