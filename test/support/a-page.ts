import { WebSocket } from 'ws';
import type { Ask, PageMessage, ToPage } from '../../sandbox/page/protocol.ts';
import { type PageServer, startPage } from '../../sandbox/page-server.ts';
import { readDeskText } from '../../src/desk-file.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';

type Answer = Extract<ToPage, { readonly type: 'done' | 'slice' | 'refused' }>;
type Sent<Kind extends ToPage['type']> = Extract<ToPage, { readonly type: Kind }>;

/** One window of the page, as a browser opens it. */
export interface PageWindow {
  readonly hello: Sent<'hello'>;
  /** Everything it was sent, oldest first. */
  readonly got: readonly ToPage[];
  ask(ask: Ask): Promise<Answer>;
  /** Sends a frame as it is. */
  send(frame: string): void;
  /** The first message, from now on or before, for which this holds. */
  until<T extends ToPage>(holds: (message: ToPage) => message is T, what: string): Promise<T>;
  last<Kind extends ToPage['type']>(type: Kind): Sent<Kind>;
  /** Presses the button that says this. */
  press(message: PageMessage, label: string): Promise<Answer>;
  /** The messages it knows of a channel, as they stand. */
  messages(channel: string): readonly PageMessage[];
  channel(name: string): string;
  close(): void;
}

export interface APage {
  readonly server: PageServer;
  readonly database: FreshDatabase;
  window(user: string): Promise<PageWindow>;
  stop(): Promise<void>;
}

/** Monday, 10 o'clock in Berlin. */
export const mondayInBerlin = Date.UTC(2027, 0, 11, 9);

const pageDesk = `
tiers:
  - { name: Support, channel: '#tier-1', members: { group: '@support' } }
  - { name: Advanced, channel: '#tier-2', members: { group: '@advanced' } }
  - { name: Management, channel: '#tier-3', members: channel }
managers: ['@max']
intake: ['#help', '#shared-shop']
policy: { calendar: { zone: Europe/Berlin } }
`;

/** The demo's page: a local Slack, the bot, a real database, and windows over real sockets. */
export const aPage = async ({ startAt = mondayInBerlin, flows = true } = {}): Promise<APage> => {
  const reading = readDeskText(pageDesk);
  if (!reading.ok) throw new Error(`The desk of the page is wrong: ${JSON.stringify(reading.complaints)}`);
  const database = await freshDatabase();
  const server = await startPage({
    plan: reading.plan,
    text: reading.text,
    mongodbUri: database.uri,
    startAt,
    flows,
    port: 0,
    about: { database: 'the test server', desk: 'a test' },
    onLog: () => {},
  }).catch(async (error: unknown) => {
    await database.drop();
    throw error;
  });
  const open: PageWindow[] = [];
  return {
    server,
    database,
    window: async (user) => {
      const window = await openWindow(server.address, user);
      open.push(window);
      return window;
    },
    stop: async () => {
      for (const window of open) window.close();
      await server.stop();
      await database.drop();
    },
  };
};

/** What a button of a message is made of, for whoever presses it. */
const buttonIn = ({ blocks }: PageMessage, label: string): { block: string; action: string; value: string | null } => {
  for (const { block_id, elements } of blocks) {
    if (!Array.isArray(elements)) continue;
    const found = elements.find((each) => each?.text?.text === label);
    if (found !== undefined) return { block: String(block_id), action: found.action_id, value: found.value ?? null };
  }
  throw new Error(`There is no button ${label}`);
};

const patienceMs = 8_000;

const openWindow = async (address: string, user: string): Promise<PageWindow> => {
  const socket = new WebSocket(`${address.replace('http', 'ws')}live?as=${user}`);
  const got: ToPage[] = [];
  const hearers = new Set<(message: ToPage) => void>();
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ToPage;
    got.push(message);
    for (const hear of hearers) hear(message);
  });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });

  const until: PageWindow['until'] = (holds, what) =>
    new Promise((resolve, reject) => {
      const known = got.find(holds);
      if (known !== undefined && holds(known)) return resolve(known);
      const timer = setTimeout(() => reject(new Error(`${user} waited in vain for ${what}`)), patienceMs);
      const hear = (message: ToPage): void => {
        if (!holds(message)) return;
        clearTimeout(timer);
        hearers.delete(hear);
        resolve(message);
      };
      hearers.add(hear);
    });
  const isHello = (message: ToPage): message is Sent<'hello'> => message.type === 'hello';
  const hello = await until(isHello, 'hello');

  let asked = 0;
  const last: PageWindow['last'] = (type) => {
    const found = got.findLast((each): each is Sent<typeof type> => each.type === type);
    if (found === undefined) throw new Error(`${user} was never sent ${type}`);
    return found;
  };
  const ask: PageWindow['ask'] = (asking) => {
    asked += 1;
    const id = asked;
    socket.send(JSON.stringify({ id, ask: asking }));
    return new Promise((resolve) => {
      const hear = (message: ToPage): void => {
        if (!('id' in message) || message.id !== id) return;
        hearers.delete(hear);
        resolve(message);
      };
      hearers.add(hear);
    });
  };
  return {
    hello,
    got,
    until,
    last,
    send: (frame) => socket.send(frame),
    ask,
    press: (message, label) => {
      const { block, action, value } = buttonIn(message, label);
      const { channel, ts, isOnlyForYou } = message;
      const where = { kind: 'message', channel, ts, isOnlyForYou } as const;
      return ask({ do: 'act', where, blockId: block, actionId: action, value, state: null });
    },
    messages: (channel) => {
      const known = new Map<string, PageMessage>();
      for (const each of got)
        if (each.type === 'message' && each.message.channel === channel) known.set(each.message.ts, each.message);
      return [...known.values()].filter(({ isDeleted }) => !isDeleted);
    },
    channel: (name) => {
      const found = last('hello').channels.find((each) => each.name === name);
      if (found === undefined) throw new Error(`${user} is not in #${name}`);
      return found.id;
    },
    close: () => socket.terminate(),
  };
};
