import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { allClosed, httpApp, listen, NO_ACK, openBench } from './bare-app.ts';

afterEach(allClosed);

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

describe('an event nobody acks', () => {
  it('comes again at once, after a minute and after five, on the clock, with its retry number', async () => {
    const { slack, clock } = await openBench({ ackMs: 30 });
    const attempts: number[] = [];
    const heard = await listen(slack, (_body, attempt) => {
      attempts.push(attempt);
      return NO_ACK;
    });
    await slack.as('U1').post('C1', 'x');
    await slack.quiet();
    expect(attempts).toEqual([0, 1]);
    clock.moveBy(59_000);
    await slack.quiet();
    expect(attempts).toEqual([0, 1]);
    clock.moveBy(1_000);
    await slack.quiet();
    clock.moveBy(300_000);
    await slack.quiet();
    clock.moveBy(3_600_000);
    await slack.quiet();
    expect(attempts).toEqual([0, 1, 2, 3]);
    expect(new Set(heard.map((body) => body.event_id)).size).toBe(1);
  });

  it('is not sent again once it was acked', async () => {
    const { slack } = await openBench({ ackMs: 300 });
    const heard = await listen(slack, (_body, attempt) => (attempt === 0 ? NO_ACK : undefined));
    await slack.as('U1').post('C1', 'x');
    await slack.quiet();
    expect(heard).toHaveLength(2);
    expect(slack.redeliveriesWaiting()).toBe(0);
  });
});

describe('signed HTTP delivery', () => {
  it('brings events, presses and commands to a Bolt HTTP receiver', async () => {
    const port = await freePort();
    const { slack } = await openBench({ request: { url: `http://127.0.0.1:${port}/slack/events` } });
    const seen: string[] = [];
    await httpApp(slack, port, (app) => {
      app.message(async ({ message, client }) => {
        seen.push('message');
        await client.chat.postMessage({
          channel: message.channel,
          text: 'card',
          blocks: [
            {
              type: 'actions',
              elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' } }],
            },
          ],
        });
      });
      app.action('go', async ({ ack }) => {
        seen.push('press');
        await ack();
      });
      app.command('/ticket', async ({ ack }) => {
        seen.push('command');
        await ack('Here you are');
      });
    });
    await slack.as('U1').post('C1', 'x');
    const card = slack.read('C1').at(-1);
    await slack.as('U1').press({ channel: 'C1', ts: card?.ts ?? '' }, 'Go');
    const outcome = await slack.as('U1').command('/ticket help', { channel: 'C1' });
    expect(seen).toEqual(['message', 'press', 'command']);
    expect(outcome.replies.map((one) => one.text)).toEqual(['Here you are']);
  });

  it('is refused by a receiver with another secret', async () => {
    const port = await freePort();
    const { slack } = await openBench({ request: { url: `http://127.0.0.1:${port}/slack/events` } });
    await httpApp(slack, port, () => undefined, 'another secret');
    expect(await slack.as('U1').command('/ticket', { channel: 'C1' })).toMatchObject({
      acked: false,
      error: 'dispatch_failed',
    });
  });

  it('sends events again with retry headers, unless asked not to', async () => {
    const { createServer: httpServer } = await import('node:http');
    const retries: (string | string[] | undefined)[][] = [];
    const answers = [
      [500, {}],
      [500, { 'x-slack-no-retry': '1' }],
    ] as const;
    const server = httpServer((request, response) => {
      retries.push([request.headers['x-slack-retry-num'], request.headers['x-slack-retry-reason']]);
      const [status, headers] = answers[Math.min(retries.length, answers.length) - 1] ?? [200, {}];
      request.resume().on('end', () => response.writeHead(status, headers).end());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const { slack } = await openBench({ request: { url: `http://127.0.0.1:${port}/` } });
    await slack.as('U1').post('C1', 'x');
    await slack.quiet();
    expect(retries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
    ]);
    expect(slack.redeliveriesWaiting()).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('faults', () => {
  it('delivers everything twice under new ids, with the trigger and action the same', async () => {
    const { slack } = await openBench();
    const heard = await listen(slack);
    slack.faults.twice('in-turn');
    await slack.as('U1').post('C1', 'x');
    await slack.as('U1').command('/ticket', { channel: 'C1' });
    slack.faults.twice('at-once');
    await slack.as('U1').globalShortcut('new');
    expect(heard).toHaveLength(6);
    expect(heard[0]?.event).toEqual(heard[1]?.event);
    expect(heard[0]?.event_id).not.toBe(heard[1]?.event_id);
    expect(heard[2]?.trigger_id).toBe(heard[3]?.trigger_id);
    expect(heard[4]?.action_ts).toBe(heard[5]?.action_ts);
  });

  it('holds deliveries back and lets them go in another order', async () => {
    const { slack } = await openBench();
    const heard = await listen(slack);
    slack.faults.hold();
    for (const text of ['a', 'b', 'c']) await slack.as('U1').post('C1', text);
    expect(heard).toEqual([]);
    slack.faults.release((all) => [...all].reverse());
    await slack.quiet();
    expect(heard.map((body) => (body.event as { text: string }).text)).toEqual(['c', 'b', 'a']);
  });

  it('suppresses events of one type until they are let go', async () => {
    const { slack } = await openBench();
    const heard = await listen(slack);
    slack.faults.suppress('message');
    await slack.as('U1').mention('C1', 'x');
    expect(heard.map((body) => (body.event as { type: string }).type)).toEqual(['app_mention']);
    slack.faults.release();
    await slack.quiet();
    expect(heard).toHaveLength(2);
  });

  it('drops the connection before or after the call was carried out', async () => {
    const { slack, client } = await openBench();
    slack.faults.api.add('chat.postMessage', { kind: 'drop-before' });
    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    await expect(client.chat.postMessage({ channel: 'C1', text: 'a' })).rejects.toThrow();
    await expect(client.chat.postMessage({ channel: 'C1', text: 'b' })).rejects.toThrow();
    await client.chat.postMessage({ channel: 'C1', text: 'c' });
    expect(slack.read('C1').map((one) => one.text)).toEqual(['b', 'c']);
    expect(slack.calls.map((one) => one.answer === null)).toEqual([true, true, false]);
  });

  it('answers with a status, a 429 or a word of choice', async () => {
    const { slack, client } = await openBench();
    slack.faults.api.add('*', { kind: 'status', status: 500 });
    slack.faults.api.add('*', { kind: 'rate-limited', retryAfter: 7 });
    slack.faults.api.add('*', { kind: 'error', error: 'fatal_error' });
    await expect(client.auth.test()).rejects.toMatchObject({ code: 'slack_webapi_http_error', statusCode: 500 });
    await expect(client.auth.test()).rejects.toMatchObject({ retryAfter: 7 });
    await expect(client.auth.test()).rejects.toMatchObject({ data: { error: 'fatal_error' } });
    await client.auth.test();
  });
});

describe('waiting', () => {
  it('ends when the condition holds, or says what it waited for in vain', async () => {
    const { slack, client } = await openBench();
    slack.faults.api.add('chat.postMessage', { kind: 'slow', ms: 30 });
    void client.chat.postMessage({ channel: 'C1', text: 'late' });
    await slack.until(() => slack.read('C1').length === 1, 'the message');
    await expect(slack.until(() => false, 'a miracle', 20)).rejects.toThrow('Waited 20 ms in vain: a miracle');
  });
});

describe('rate limits', () => {
  it('let five posts through in one channel, then one a second, and say when to come back', async () => {
    const { slack, client, clock } = await openBench({ limits: true });
    const post = (channel = 'C1') => client.chat.postMessage({ channel, text: 'x' });
    for (let n = 0; n < 5; n += 1) await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    await post('G1');
    clock.moveBy(1_000);
    await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    clock.moveBy(60_000);
    for (let n = 0; n < 5; n += 1) await post();
    await expect(post()).rejects.toMatchObject({ retryAfter: 1 });
    expect(slack.refusals.map((one) => one.error)).toEqual(['ratelimited', 'ratelimited', 'ratelimited']);
  });

  it('give each method its tier a minute', async () => {
    const { client, clock } = await openBench({ limits: true });
    for (let n = 0; n < 20; n += 1) await client.users.list({});
    await expect(client.users.list({})).rejects.toMatchObject({ retryAfter: 3 });
    await client.users.info({ user: 'U1' });
    clock.moveBy(3_000);
    await client.users.list({});
    for (let n = 0; n < 50; n += 1) await client.conversations.info({ channel: 'C1' });
    await expect(client.conversations.info({ channel: 'C1' })).rejects.toMatchObject({ retryAfter: 2 });
  });
});

describe('changes in the workspace', () => {
  it('reach the app as the events Slack sends for them', async () => {
    const { slack } = await openBench();
    const heard = await listen(slack);
    await slack.change.archive('C1');
    await slack.change.unarchive('C1');
    await slack.change.rename('G1', 'top-secret');
    await slack.change.removeBot('C1');
    await slack.change.addBot('C1');
    await slack.change.addMember('C4', 'U2');
    await slack.change.removeMember('C4', 'U2');
    await slack.change.deactivate('U2');
    await slack.change.setGroupMembers('S1', ['U2']);
    await slack.change.addUser({ id: 'U10', name: 'new' });
    expect(heard.map((body) => body.event)).toMatchObject([
      { type: 'channel_archive', channel: 'C1' },
      { type: 'channel_unarchive', channel: 'C1' },
      { type: 'group_rename', channel: { id: 'G1', name: 'top-secret' } },
      { type: 'channel_left', channel: 'C1' },
      { type: 'message', subtype: 'channel_join', user: 'UBOT' },
      { type: 'member_joined_channel', user: 'UBOT', channel: 'C1' },
      { type: 'message', subtype: 'channel_join', user: 'U2' },
      { type: 'member_joined_channel', user: 'U2', channel_type: 'C' },
      { type: 'member_left_channel', user: 'U2' },
      { type: 'user_change', user: { id: 'U2', deleted: true } },
      { type: 'subteam_members_changed', subteam_id: 'S1', added_users: ['U2'], removed_users: ['U1'] },
      { type: 'team_join', user: { id: 'U10' } },
    ]);
    slack.change.addChannel({ id: 'C9', name: 'nine', members: ['U10'] });
    await slack.as('U10').post('C9', 'first');
    expect(heard.at(-1)?.event).toMatchObject({ channel: 'C9', text: 'first' });
    await expect(slack.as('U2').post('C1', 'x')).rejects.toThrow('not a member');
    await slack.change.archive('C1');
    await expect(slack.as('U1').post('C1', 'x')).rejects.toThrow('it is archived');
  });
});
