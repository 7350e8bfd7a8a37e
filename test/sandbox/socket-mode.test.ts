import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { allClosed, clientOf, closing, listen, openBench, socketApp, until } from './bare-app.ts';

afterEach(allClosed);

type Body = Record<string, unknown> & { readonly event: Record<string, unknown> };

describe('the local Slack over Socket Mode', () => {
  it('brings a message to a Bolt app and shows its answer in the thread', async () => {
    const { slack } = await openBench();
    await socketApp(slack, (app) => {
      app.message(async ({ message, client }) => {
        await client.chat.postMessage({ channel: message.channel, thread_ts: message.ts, text: 'Heard' });
      });
    });
    const ts = await slack.as('U1').post('C1', 'The site is down');
    await slack.quiet();
    expect(slack.read('C1', { threadTs: ts }).map((one) => one.text)).toEqual(['The site is down', 'Heard']);
  });

  it('gives messages the shape of the Events API, people of other workspaces included', async () => {
    const { slack } = await openBench();
    const bodies: Body[] = [];
    await socketApp(slack, (app) => {
      app.event('message', async ({ body }) => {
        bodies.push(body as unknown as Body);
      });
    });
    await slack.as('U1').post('G1', 'a <!channel> & b', { files: [{ name: 'a.log', size: 3 }] });
    await slack.as('U7').post('C4', 'from Acme', { files: [{ name: 'b.log' }] });
    await slack.as('U1').dm('hello');
    expect(bodies[0]?.event).toMatchObject({
      type: 'message',
      subtype: 'file_share',
      channel_type: 'group',
      text: 'a &lt;!channel&gt; &amp; b',
      files: [{ name: 'a.log', size: 3 }],
    });
    expect(bodies[1]).toMatchObject({
      team_id: 'T2',
      context_team_id: 'T1',
      is_ext_shared_channel: true,
      authorizations: [{ team_id: 'T1', user_id: 'UBOT', is_bot: true }],
      event: { user_team: 'T2', channel_type: 'channel', files: [{ file_access: 'check_file_info' }] },
    });
    expect(bodies[2]?.event).toMatchObject({ channel: slack.dmWithBot('U1'), channel_type: 'im' });
  });

  it('tells of edits, deletions, tombstones and the bot’s own messages', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    const ana = slack.as('U1');
    const ts = await ana.post('C1', 'first');
    await ana.edit('C1', ts, 'second');
    await ana.remove('C1', ts);
    const root = await ana.post('C1', 'root');
    await ana.post('C1', 'reply', { threadTs: root });
    await ana.remove('C1', root);
    await client.chat.postMessage({ channel: 'C1', text: 'mine' });
    await slack.quiet();
    expect(heard.map((body) => body.event)).toMatchObject([
      { text: 'first' },
      {
        subtype: 'message_changed',
        message: { text: 'second', edited: { user: 'U1' } },
        previous_message: { text: 'first' },
      },
      { subtype: 'message_deleted', deleted_ts: ts, previous_message: { text: 'second' } },
      { text: 'root' },
      { text: 'reply', thread_ts: root, parent_user_id: 'U1' },
      { subtype: 'message_changed', message: { subtype: 'tombstone', ts: root } },
      { bot_id: 'BBOT', text: 'mine' },
    ]);
  });

  it('delivers a mention besides the message, and only what the app subscribed to and has scopes for', async () => {
    const app = { botEvents: ['app_mention', 'message.groups'], scopes: ['app_mentions:read'] };
    const { slack } = await openBench({ furniture: { app } });
    const types: string[] = [];
    await socketApp(slack, (bolt) => {
      bolt.use(async ({ payload }) => {
        types.push((payload as { type: string }).type);
      });
    });
    await slack.as('U1').mention('C1', 'help');
    await slack.as('U1').post('G1', 'unheard: no groups:history');
    await slack
      .as('U1')
      .mention('C2', 'unheard: the bot is not here')
      .catch(() => undefined);
    expect(types).toEqual(['app_mention']);
    expect([...slack.deliveredEventTypes]).toEqual(['app_mention']);
    expect([...slack.usedScopes]).toEqual(['app_mentions:read']);
  });

  it('spreads envelopes over all connections', async () => {
    const { slack } = await openBench();
    const seen = [0, 0];
    for (const [index] of seen.entries()) {
      await socketApp(slack, (app) => {
        app.message(async () => {
          seen[index] = (seen[index] ?? 0) + 1;
        });
      });
    }
    expect(slack.connections()).toBe(2);
    for (let n = 0; n < 4; n += 1) await slack.as('U1').post('C1', `message ${n}`);
    await slack.quiet();
    expect(seen).toEqual([2, 2]);
  });

  it('admits ten connections, each with a ticket of its own', async () => {
    const { slack } = await openBench();
    const app = clientOf(slack, slack.tokens.app);
    const firstFrame = async (url: string): Promise<unknown> => {
      const socket = new WebSocket(url);
      return new Promise((resolve) => {
        socket.on('error', (error) => resolve(error.message));
        socket.on('message', (data) => resolve(JSON.parse(String(data))));
      });
    };
    const frames: unknown[] = [];
    let url = '';
    for (let n = 0; n < 11; n += 1) {
      ({ url = '' } = await app.apps.connections.open({}));
      frames.push(await firstFrame(url));
    }
    expect(frames[9]).toMatchObject({ type: 'hello', num_connections: 10 });
    expect(frames[10]).toMatchObject({ type: 'disconnect', reason: 'too_many_websockets' });
    expect(await firstFrame(url)).toContain('401');
  });

  it('keeps an app going through a requested refresh and a cut', async () => {
    const { slack } = await openBench();
    await socketApp(slack, () => undefined, { clientPingTimeout: 50 });
    slack.faults.disconnect('refresh_requested');
    await until(() => slack.connections() === 0);
    await until(() => slack.connections() === 1);
    await slack.as('U1').post('C1', 'heard again');
    slack.faults.cutSockets();
    await until(() => slack.connections() === 0);
    await until(() => slack.connections() === 1);
    await slack.as('U1').post('C1', 'and again');
    expect(slack.callCount('apps.connections.open')).toBe(3);
  });

  it('shows dispatch_failed when nobody is connected', async () => {
    const { slack } = await openBench();
    expect(await slack.as('U1').command('/ticket new', { channel: 'C1' })).toMatchObject({
      acked: false,
      error: 'dispatch_failed',
    });
  });

  it('leaves no open port behind', async () => {
    const { slack } = await openBench();
    await closing(slack);
    await expect(fetch(slack.apiUrl)).rejects.toThrow('fetch failed');
  });
});
