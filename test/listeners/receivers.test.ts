import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { App } from '@slack/bolt';
import type { Slack } from '../../sandbox/slack.ts';
import { signatureHeaders } from '../../sandbox/slack-http-delivery.ts';
import { minute, second } from '../../src/domain/instant.ts';
import { createHttpReceiver } from '../../src/listeners/http-receiver.ts';
import { createSocketReceiver, type SlackReceiver } from '../../src/listeners/socket-receiver.ts';
import { sdkLogger } from '../../src/logger.ts';
import { createDoor } from '../../src/watching/door.ts';
import { allClosed, openBench } from '../sandbox/bare-app.ts';
import { aLog } from '../support/a-log.ts';

const running: { stop(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
  await allClosed();
});

/** A door that opens when told. */
const aGate = () => {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

/** What was sent before this has arrived after it. */
const roundTrips = async (slack: Slack): Promise<void> => {
  for (let count = 0; count < 5; count += 1) await fetch(`${slack.apiUrl}api.test`, { method: 'POST' });
};

type Log = ReturnType<typeof aLog>;

const appOn = (slack: Slack, receiver: SlackReceiver, log: Log): App => {
  const app = new App({
    token: slack.tokens.bot,
    botId: 'BBOT',
    botUserId: 'UBOT',
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    logger: sdkLogger(log, 'bolt'),
    convoStore: false,
    receiver,
  });
  app.error(async (error) => {
    throw error;
  });
  return app;
};

type Options = Parameters<typeof openBench>[0] & {
  readonly connections?: number;
  readonly drainFor?: number;
  readonly pongWithin?: number;
};

const overSocket = async (register: (app: App) => void, options: Options = {}) => {
  const { connections = 1, drainFor = second, pongWithin = 15 * second, ...bench } = options;
  const { slack, clock } = await openBench({ redeliverAfterMs: [60_000], ...bench });
  const log = aLog();
  const receiver = createSocketReceiver({
    appToken: slack.tokens.app,
    apiUrl: slack.apiUrl,
    connections,
    clock,
    logger: sdkLogger(log, 'socket'),
    log,
    drainFor,
    pongWithin,
  });
  const app = appOn(slack, receiver, log);
  register(app);
  await app.start();
  running.push(receiver);
  return { slack, clock, log, receiver };
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

const overHttp = async (register: (app: App) => void, options: Options = {}) => {
  const { drainFor = second, ...bench } = options;
  const port = await freePort();
  const request = { url: `http://127.0.0.1:${port}/slack/events` };
  const { slack, clock } = await openBench({ redeliverAfterMs: [60_000], request, ...bench });
  const log = aLog();
  const { signingSecret } = slack.tokens;
  const door = createDoor({ port, pages: {}, log });
  await door.open();
  running.push({ stop: door.close });
  const receiver = createHttpReceiver({ signingSecret, door, clock, logger: sdkLogger(log, 'http'), log, drainFor });
  const app = appOn(slack, receiver, log);
  register(app);
  await app.start();
  running.push(receiver);
  return { slack, clock, log, receiver, port };
};

describe.each([
  ['Socket Mode', overSocket],
  ['signed HTTP', overHttp],
] as const)('over %s', (_name, start) => {
  it('acknowledges an event only when its listeners have ended', async () => {
    const gate = aGate();
    const entered = aGate();
    const order: string[] = [];
    const { slack } = await start((app) => {
      app.message(async () => {
        entered.open();
        await gate.opened;
        order.push('stored');
      });
    });
    const heard = slack
      .as('U1')
      .post('C1', 'The site is down')
      .then(() => order.push('acknowledged'));
    await entered.opened;
    await roundTrips(slack);
    gate.open();
    await heard;
    expect(order).toEqual(['stored', 'acknowledged']);
    expect(slack.redeliveriesWaiting()).toBe(0);
  });

  it('leaves an event unacknowledged when a listener throws, and handles it when it comes again', async () => {
    const tries: (number | undefined)[] = [];
    const { slack, clock } = await start(
      (app) => {
        app.message(async ({ context }) => {
          tries.push(context.retryNum);
          if (tries.length === 1) throw new Error('The database is gone');
        });
      },
      { ackMs: 500 },
    );
    await slack.as('U1').post('C1', 'The site is down');
    expect(slack.redeliveriesWaiting()).toBe(1);
    clock.moveBy(60_000);
    await slack.until(() => tries.length === 2, 'the second delivery');
    await slack.quiet();
    expect(slack.redeliveriesWaiting()).toBe(0);
    expect(tries[1]).toBe(1);
  });

  it('does not count as heard for a while after the last try of an event failed: it is lost', async () => {
    let tries = 0;
    const { slack, clock, receiver } = await start(
      (app) => {
        app.message(async () => {
          tries += 1;
          throw new Error('The database is gone');
        });
      },
      { ackMs: 150, redeliverAfterMs: [1_000, 1_000, 1_000] },
    );
    await slack.as('U1').post('C1', 'The site is down');
    for (const nth of [2, 3, 4]) {
      expect(receiver.hears()).toBe(true);
      clock.moveBy(1_000);
      await slack.until(() => tries === nth, `try ${nth}`);
      await slack.quiet();
    }
    await slack.until(() => !receiver.hears(), 'the loss');
    clock.moveBy(4 * minute);
    expect(receiver.hears()).toBe(true);
  });

  it('acknowledges a command with its answer as soon as the listener says so', async () => {
    const gate = aGate();
    const { slack } = await start((app) => {
      app.command('/ticket', async ({ ack }) => {
        await ack('Here it is');
        await gate.opened;
      });
    });
    const outcome = await slack.as('U1').command('/ticket list', { channel: 'C1' });
    expect(outcome).toMatchObject({ acked: true, replies: [{ text: 'Here it is' }] });
    gate.open();
  });

  it('does not acknowledge a command whose listener throws before it could', async () => {
    const { slack, log } = await start(
      (app) => {
        app.command('/ticket', async () => {
          throw new Error('The database is gone');
        });
      },
      { ackMs: 500 },
    );
    expect(await slack.as('U1').command('/ticket list', { channel: 'C1' })).toMatchObject({ acked: false });
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', happening: 'handling failed' }));
  });

  it('acknowledges what no listener is interested in', async () => {
    const { slack } = await start(() => {});
    await slack.as('U1').post('C1', 'hello');
    expect(slack.redeliveriesWaiting()).toBe(0);
  });

  it('stops only when what is in hand has ended and is acknowledged', async () => {
    const gate = aGate();
    const entered = aGate();
    const order: string[] = [];
    const { slack, receiver } = await start((app) => {
      app.message(async () => {
        entered.open();
        await gate.opened;
        order.push('stored');
      });
    });
    const heard = slack.as('U1').post('C1', 'The site is down');
    await entered.opened;
    const stopped = receiver.stop().then(() => order.push('stopped'));
    await roundTrips(slack);
    gate.open();
    await Promise.all([heard, stopped]);
    expect(order).toEqual(['stored', 'stopped']);
    expect(slack.redeliveriesWaiting()).toBe(0);
    expect(receiver.connected()).toBe(false);
  });

  it('stops after a while even if something does not end', async () => {
    const gate = aGate();
    const entered = aGate();
    const { slack, receiver, log } = await start(
      (app) => {
        app.message(async () => {
          entered.open();
          await gate.opened;
        });
      },
      { drainFor: 50, ackMs: 300 },
    );
    const heard = slack.as('U1').post('C1', 'The site is down');
    await entered.opened;
    await receiver.stop();
    expect(log.lines).toContainEqual(expect.objectContaining({ happening: 'stopped with work in hand' }));
    gate.open();
    await heard;
  });

  it('leaves new events to be sent again while it stops, but still takes presses', async () => {
    const gate = aGate();
    const heard: string[] = [];
    const { slack, receiver } = await start(
      (app) => {
        app.message(async ({ message }) => {
          heard.push(message.ts);
          await gate.opened;
        });
        app.command('/ticket', async ({ ack }) => ack('here'));
      },
      { ackMs: 1_000 },
    );
    const first = slack.as('U1').post('C1', 'before');
    await slack.until(() => heard.length === 1, 'the first message');
    const stopped = receiver.stop();
    const second_ = slack.as('U1').post('C1', 'too late');
    expect(await slack.as('U1').command('/ticket', { channel: 'C1' })).toMatchObject({ acked: true });
    gate.open();
    await Promise.all([first, second_, stopped]);
    expect(heard).toHaveLength(1);
    expect(slack.redeliveriesWaiting()).toBe(1);
  });
});

describe('Socket Mode', () => {
  it('says whether Slack reaches it', async () => {
    const { slack, receiver } = await overSocket(() => {});
    expect(receiver.connected()).toBe(true);
    slack.faults.api.add('apps.connections.open', { kind: 'status', status: 500 }, 2);
    slack.faults.cutSockets();
    await slack.until(() => !receiver.connected(), 'the cut');
    await slack.until(() => receiver.connected(), 'the new connection');
  });

  it.each(['warning', 'refresh_requested', 'link_disabled', 'too_many_websockets'] as const)(
    'opens a new connection before it lets the old one go: %s',
    async (reason) => {
      const gate = aGate();
      const heard: string[] = [];
      const { slack } = await overSocket((app) => {
        app.message(async ({ message }) => {
          const text = 'text' in message ? (message.text ?? '') : '';
          heard.push(text);
          if (text === 'before') await gate.opened;
        });
      });
      const before = slack.as('U1').post('C1', 'before');
      await slack.until(() => heard.includes('before'), 'the first message');
      slack.faults.disconnect(reason);
      await slack.until(() => slack.connections() === 2, 'the replacement');
      await slack.as('U1').post('C1', 'meanwhile');
      gate.open();
      await before;
      await slack.until(() => slack.connections() === 1, 'the parting');
      await slack.as('U1').post('C1', 'after');
      expect(heard).toEqual(['before', 'meanwhile', 'after']);
      expect(slack.redeliveriesWaiting()).toBe(0);
    },
  );

  it('survives envelopes with nothing for listeners in them, and acknowledges those it can', async () => {
    const heard: string[] = [];
    const { slack } = await overSocket((app) => {
      app.message(async () => {
        heard.push('message');
      });
    });
    slack.faults.sendRaw({ type: 'events_api', envelope_id: 'E1', payload: { type: 'app_rate_limited' } });
    slack.faults.sendRaw({ type: 'events_api', envelope_id: 'E2' });
    slack.faults.sendRaw({ type: 'something_new', envelope_id: 'E3', payload: null });
    slack.faults.sendRaw('not an envelope');
    slack.faults.sendRaw({});
    await slack.as('U1').post('C1', 'hello');
    expect(heard).toEqual(['message']);
  });

  it('keeps on until Slack can be reached again', async () => {
    const heard: string[] = [];
    const { slack, clock, receiver } = await overSocket((app) => {
      app.message(async () => {
        heard.push('message');
      });
    });
    slack.faults.api.add('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 1);
    slack.faults.api.add('apps.connections.open', { kind: 'drop-before' }, 1);
    slack.faults.api.add('apps.connections.open', { kind: 'status', status: 500 }, 1);
    slack.faults.cutSockets();
    await slack.until(() => slack.connections() === 0, 'the cut');
    await slack.as('U1').post('C1', 'while it is gone');
    await slack.until(() => slack.connections() === 1 && receiver.connected(), 'the new connection');
    clock.moveBy(60_000);
    await slack.until(() => heard.length === 1, 'the second delivery');
  });

  it('has no gap with two connections, when one of them is renewed or lost', async () => {
    const { slack, receiver } = await overSocket(
      (app) => {
        app.command('/ticket', async ({ ack }) => ack('here'));
      },
      { connections: 2 },
    );
    expect(slack.connections()).toBe(2);
    const press = async (): Promise<boolean> => (await slack.as('U1').command('/ticket list', { channel: 'C1' })).acked;
    slack.faults.disconnect('warning', 0);
    const answers = await Promise.all(Array.from({ length: 20 }, press));
    expect(answers.every((answer) => answer)).toBe(true);
    expect(receiver.connected()).toBe(true);
  });

  it('notices a connection that is open and dead, and opens another', async () => {
    const heard: string[] = [];
    const { slack, receiver } = await overSocket(
      (app) => {
        app.message(async () => {
          heard.push('message');
        });
      },
      { pongWithin: 1_000, ackMs: 500, redeliverAfterMs: [0, 0, 0] },
    );
    slack.faults.freezeSockets();
    await slack.until(() => slack.callCount('apps.connections.open') > 1, 'another connection');
    await slack.until(() => receiver.connected(), 'the greeting');
    await slack.as('U1').post('C1', 'hello');
    await slack.until(() => heard.length > 0, 'the message');
  });

  it('says that it is not ready while every connection is lost, asks less and less often, and comes back', async () => {
    const heard: string[] = [];
    const { slack, clock, receiver, log } = await overSocket(
      (app) => {
        app.message(async () => {
          heard.push('message');
        });
      },
      { connections: 2 },
    );
    const failures = 10;
    slack.faults.api.add('apps.connections.open', { kind: 'status', status: 503 }, failures);
    slack.faults.cutSockets();
    await slack.until(() => !receiver.connected(), 'the cut');
    const cutAt = performance.now();
    await slack.as('U1').post('C1', 'while it is gone');
    expect(slack.redeliveriesWaiting()).toBe(1);
    await slack.until(() => receiver.connected(), 'the first new connection', 10_000);
    // Each of two waits 0.1, 0.2, 0.4, 0.8 s between its tries.
    expect(performance.now() - cutAt).toBeGreaterThan(1_000);
    expect(log.lines.filter(({ happening }) => happening === 'opening a socket failed')).toHaveLength(failures);
    clock.moveBy(60_000);
    await slack.until(() => heard.length === 1, 'the second delivery');
  });

  it('goes on with the connections it has when Slack allows it no more', async () => {
    const { slack, receiver } = await overSocket(
      (app) => {
        app.command('/ticket', async ({ ack }) => ack('here'));
      },
      { connections: 11 },
    );
    expect(slack.connections()).toBe(10);
    await slack.until(() => slack.callCount('apps.connections.open') >= 13, 'tries for one more');
    expect(receiver.connected()).toBe(true);
    expect(await slack.as('U1').command('/ticket list', { channel: 'C1' })).toMatchObject({ acked: true });
  });

  it('does not begin when Slack refuses the token', async () => {
    const { slack, clock } = await openBench();
    const log = aLog();
    const options = {
      apiUrl: slack.apiUrl,
      connections: 2,
      logger: sdkLogger(log, 'socket'),
      log,
      drainFor: second,
      clock,
    };
    const receiver = createSocketReceiver({ ...options, appToken: 'xapp-wrong' });
    receiver.init(appOn(slack, receiver, log));
    await expect(receiver.start()).rejects.toThrow('invalid_auth');
    expect(receiver.connected()).toBe(false);
    expect(slack.connections()).toBe(0);
  });
});

describe('signed HTTP', () => {
  it('does not count as heard after six minutes without a request: its door may be out of reach', async () => {
    const { slack, clock, receiver } = await overHttp((app) => {
      app.message(async () => {});
    });
    clock.moveBy(6 * minute);
    expect([receiver.hears(), receiver.connected()]).toEqual([false, true]);
    await slack.as('U1').post('C1', 'The site is down');
    expect(receiver.hears()).toBe(true);
  });

  it('refuses what is not signed with the secret, and what is for nobody', async () => {
    const { port } = await overHttp(() => {});
    const post = async (path: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: '{}' })).status;
    expect(await post('/slack/events')).toBe(401);
    expect(await post('/slack/other')).toBe(404);
  });

  it('takes what is signed now, and nothing signed long ago or in the future, nor more than Slack sends', async () => {
    const heard: string[] = [];
    const { slack, port } = await overHttp((app) => {
      app.message(async () => {
        heard.push('message');
      });
    });
    const send = async (body: string, at: number): Promise<number> => {
      const headers = { 'content-type': 'application/json', ...signatureHeaders(slack.tokens.signingSecret, body, at) };
      return (await fetch(`http://127.0.0.1:${port}/slack/events`, { method: 'POST', headers, body })).status;
    };
    const event = { type: 'message', channel: 'C1', user: 'U1', text: 'hello', ts: '1.1' };
    const body = JSON.stringify({ type: 'event_callback', team_id: 'T1', event });
    expect(await send(body, Date.now() - 6 * minute)).toBe(401);
    expect(await send(body, Date.now() + 6 * minute)).toBe(401);
    expect(await send(body, Date.now())).toBe(200);
    expect(heard).toHaveLength(1);
    expect(await send(body.replace('hello', 'o'.repeat(3_000_000)), Date.now())).toBe(413);
    expect(heard).toHaveLength(1);
  });

  it('says whether Slack reaches it', async () => {
    const { receiver } = await overHttp(() => {});
    expect(receiver.connected()).toBe(true);
    await receiver.stop();
    expect(receiver.connected()).toBe(false);
  });

  it('tells Slack soon when a press fails, and keeps nothing waiting', async () => {
    const { slack } = await overHttp((app) => {
      app.command('/ticket', async () => {
        throw new Error('The database is gone');
      });
    });
    const outcome = await slack.as('U1').command('/ticket list', { channel: 'C1' });
    expect(outcome).toMatchObject({ acked: false });
    expect(outcome.afterMs).toBeLessThan(1_000);
  });
});
