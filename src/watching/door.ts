import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type Duration, second } from '../domain/instant.ts';
import type { Log } from '../flows/ports.ts';

/** What one address answers. */
export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

export interface DoorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Which of this machine's addresses it listens on; all of them when left out. */
  readonly host?: string;
  /** By path; each is made anew for each `GET`. */
  readonly pages: Readonly<Record<string, () => Page | Promise<Page>>>;
  readonly log: Log;
}

/** The one port of a process (13.3): its own pages, and behind them whoever else is given requests. */
export interface Door {
  /** @throws when the port cannot be had */
  open(): Promise<void>;
  isOpen(): boolean;
  /** The port it listens on. @throws before `open` */
  port(): number;
  /** Gives on what is for no page; until then that is answered 404. */
  lend(handler: RequestListener): void;
  /** Lets answers that are on their way arrive, for a second. */
  close(): Promise<void>;
}

export const createDoor = ({ port, host, pages, log }: DoorOptions): Door => {
  let others: RequestListener = (_request, response) => answer(response, notFound);

  const show = async (page: () => Page | Promise<Page>, response: ServerResponse): Promise<void> => {
    try {
      answer(response, await page());
    } catch (error) {
      log.error('page failed', { error });
      answer(response, failed);
    }
  };

  const server = createServer((request, response) => {
    const page = pages[pathOf(request)];
    if (page === undefined) others(request, response);
    else if (request.method === 'GET' || request.method === 'HEAD') void show(page, response);
    else answer(response, onlyGet);
  });

  return {
    open: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host }, () => {
          server.off('error', reject);
          resolve();
        });
      }),
    isOpen: () => server.listening,
    port: () => {
      const address = server.address();
      if (address === null || typeof address === 'string')
        throw new Error('Naming the port failed: the door is closed');
      return address.port;
    },
    lend: (handler) => {
      others = handler;
    },
    close: async () => {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      // Connections kept open for a next request would hold up the close.
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), politeFor);
      await closed;
      clearTimeout(impatience);
    },
  };
};

const politeFor: Duration = second;

const plain = (status: number, words: string): Page => ({ status, type: 'text/plain', body: `${words}\n` });
const notFound = plain(404, 'Nothing is here');
const onlyGet = plain(405, 'This can only be read');
const failed = plain(500, 'This page could not be made');

const pathOf = ({ url = '/' }: IncomingMessage): string => url.split('?', 1)[0] ?? '/';

const answer = (response: ServerResponse, { status, type, body }: Page): void => {
  // Figures of a moment ago are not what was asked for.
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
};
