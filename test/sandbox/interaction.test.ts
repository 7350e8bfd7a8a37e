import { afterEach, describe, expect, it } from '@jest/globals';
import { allClosed, errorOf, listen, NO_ACK, openBench, socketApp } from './bare-app.ts';

afterEach(allClosed);

const button = (text: string, action_id: string, value: string) => ({
  type: 'button',
  text: { type: 'plain_text', text },
  action_id,
  value,
});
const option = (text: string, value: string) => ({ text: { type: 'plain_text', text }, value });
const card = [
  { type: 'section', text: { type: 'mrkdwn', text: 'ESC-1' } },
  {
    type: 'actions',
    elements: [
      button('Claim', 'claim', 'ESC-1:3'),
      { type: 'overflow', action_id: 'more', options: [option('Escalate', 'escalate'), option('Note', 'note')] },
    ],
  },
];
const input = (block_id: string, element: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
  type: 'input',
  block_id,
  label: { type: 'plain_text', text: block_id },
  element,
  ...more,
});
const form = {
  type: 'modal' as const,
  callback_id: 'new',
  private_metadata: 'meta',
  title: { type: 'plain_text' as const, text: 'New' },
  submit: { type: 'plain_text' as const, text: 'Send' },
  notify_on_close: true,
  blocks: [
    input('title', { type: 'plain_text_input', action_id: 'in', max_length: 20 }),
    input(
      'kind',
      { type: 'static_select', action_id: 'in', options: [option('Billing', 'billing')] },
      { optional: true },
    ),
    input('who', { type: 'users_select', action_id: 'in', initial_user: 'U1' }),
    input(
      'many',
      { type: 'checkboxes', action_id: 'in', options: [option('A', 'a'), option('B', 'b')] },
      { optional: true },
    ),
  ],
};

describe('a press', () => {
  it('carries container, message, action and a response_url that redraws the message', async () => {
    const { slack, client } = await openBench();
    const heard: Record<string, unknown>[] = [];
    await socketApp(slack, (app) => {
      app.action('claim', async ({ body, ack, respond }) => {
        heard.push(body as unknown as Record<string, unknown>);
        await ack();
        await respond({ replace_original: true, text: 'Claimed', blocks: [] });
        await respond({ text: 'Only you', response_type: 'ephemeral' });
      });
    });
    const { ts } = await client.chat.postMessage({ channel: 'C1', text: 'card', blocks: card });
    const ref = { channel: 'C1', ts: ts ?? '' };
    const outcome = await slack.as('U1').press(ref, 'Claim');
    await slack.quiet();
    expect(heard[0]).toMatchObject({
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T1' },
      container: { type: 'message', message_ts: ts, channel_id: 'C1', is_ephemeral: false },
      message: { ts, blocks: [{ type: 'section' }, { type: 'actions' }] },
      actions: [{ type: 'button', action_id: 'claim', value: 'ESC-1:3' }],
    });
    expect(outcome).toMatchObject({ acked: true, error: null });
    expect(outcome.replies.map((one) => [one.kind, one.text])).toEqual([
      ['replaced', 'Claimed'],
      ['ephemeral', 'Only you'],
    ]);
    expect(slack.message('C1', ref.ts)).toMatchObject({ text: 'Claimed', revisions: [{ text: 'card' }] });
    expect(slack.ephemerals('U1').map((one) => one.text)).toEqual(['Only you']);
  });

  it('picks from an overflow by what it says and by value', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'card', blocks: card });
    await slack.as('U1').press({ channel: 'C1', ts }, 'Note');
    await slack.as('U1').press({ channel: 'C1', ts }, 'more', { value: 'escalate' });
    const picked = heard.filter((one) => one.type === 'block_actions').map((one) => one.actions);
    expect(picked).toMatchObject([
      [{ type: 'overflow', action_id: 'more', selected_option: { value: 'note' } }],
      [{ selected_option: { value: 'escalate' } }],
    ]);
    await expect(slack.as('U1').press({ channel: 'C1', ts }, 'Resolve')).rejects.toThrow(
      'Cannot press "Resolve": there is Claim, more / Escalate / Note',
    );
  });

  it('can be on a button that the message no longer has', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'card', blocks: card });
    await client.chat.update({ channel: 'C1', ts, text: 'taken', blocks: [] });
    await expect(slack.as('U1').press({ channel: 'C1', ts }, 'Claim')).rejects.toThrow('there is nothing to press');
    await slack.as('U1').press({ channel: 'C1', ts }, 'Claim', { revision: 0 });
    expect(heard.at(-1)).toMatchObject({ actions: [{ value: 'ESC-1:3' }], message: { text: 'taken' } });
  });

  it('in a message for one person has no message in its payload and can replace it', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    const { message_ts = '' } = await client.chat.postEphemeral({
      channel: 'C1',
      user: 'U1',
      text: 'psst',
      blocks: card,
    });
    await slack.as('U1').pressEphemeral({ channel: 'C1', ts: message_ts }, 'Claim');
    expect(heard[0]).toMatchObject({ container: { is_ephemeral: true, message_ts } });
    expect(heard[0]).not.toHaveProperty('message');
    await post(String(heard[0]?.response_url), { replace_original: true, text: 'done' });
    expect(slack.ephemerals('U1').map((one) => one.text)).toEqual(['done']);
    expect(slack.read('C1')).toEqual([]);
    expect(slack.read('C1', { as: 'U1' })).toHaveLength(1);
  });

  it('that nobody acks shows operation_timeout and is not delivered again', async () => {
    const { slack, client } = await openBench({ ackMs: 300 });
    const heard = await listen(slack, (body) => (body.type === 'block_actions' ? NO_ACK : undefined));
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'card', blocks: card });
    expect(await slack.as('U1').press({ channel: 'C1', ts }, 'Claim')).toMatchObject({
      acked: false,
      error: 'operation_timeout',
    });
    await slack.quiet();
    expect(heard.filter((one) => one.type === 'block_actions')).toHaveLength(1);
    expect(slack.redeliveriesWaiting()).toBe(0);
  });

  it('by a person of another workspace arrives under the app’s team', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C4', text: 'card', blocks: card });
    await slack.as('U7').press({ channel: 'C4', ts }, 'Claim');
    expect(heard.at(-1)).toMatchObject({ team: { id: 'T1' }, user: { id: 'U7', team_id: 'T2' } });
    await expect(slack.as('U7').press({ channel: 'C1', ts }, 'Claim')).rejects.toThrow('Cannot find message');
  });
});

describe('a response_url', () => {
  it('works five times within half an hour', async () => {
    const { slack, clock } = await openBench();
    const heard = await listen(slack);
    await slack.as('U1').command('/ticket help', { channel: 'C1' });
    const url = String(heard[0]?.response_url);
    expect(await post(url, { blocks: [{ type: 'nonsense' }] })).toBe(400);
    for (let n = 0; n < 5; n += 1) expect(await post(url, { text: `answer ${n}` })).toBe(200);
    expect(await post(url, { text: 'one too many' })).toBe(404);
    await slack.as('U1').command('/ticket help', { channel: 'C1' });
    clock.moveBy(30 * 60_000 + 1);
    expect(await post(String(heard[1]?.response_url), { text: 'late' })).toBe(404);
    expect(slack.refusals.map((one) => one.error)).toEqual(['invalid_blocks', 'used_url', 'expired_url']);
  });
});

describe('a command', () => {
  it('arrives unescaped and shows the text of its ack', async () => {
    const { slack } = await openBench();
    await socketApp(slack, (app) => {
      app.command('/ticket', async ({ command, ack }) => ack(`${command.text} in ${command.channel_name}`));
    });
    const outcome = await slack.as('U1').command('/ticket note <@U2> & co', { channel: 'G1' });
    expect(outcome.replies).toMatchObject([{ kind: 'ephemeral', text: 'note <@U2> & co in privategroup' }]);
    expect([...slack.usedCommands]).toEqual(['/ticket']);
    expect(slack.usedScopes.has('commands')).toBe(true);
  });

  it('is not there for people of other workspaces, nor when it is not declared', async () => {
    const { slack } = await openBench({ furniture: { app: { commands: ['/ticket'] } } });
    const heard = await listen(slack);
    expect((await slack.as('U7').command('/ticket new', { channel: 'C4' })).error).toBe('not_a_valid_command');
    expect((await slack.as('U1').command('/other', { channel: 'C1' })).error).toBe('not_a_valid_command');
    expect((await slack.as('U7').globalShortcut('new')).error).toBe('not_available');
    expect(heard).toEqual([]);
  });
});

describe('a form', () => {
  it('is opened by a shortcut, filled, checked by Slack and by the app, and closed', async () => {
    const { slack } = await openBench();
    const states: unknown[] = [];
    await socketApp(slack, (app) => {
      app.shortcut('new_ticket', async ({ ack, shortcut, client }) => {
        await ack();
        await client.views.open({ trigger_id: shortcut.trigger_id, view: form as never });
      });
      app.view('new', async ({ ack, view }) => {
        states.push(view.state.values);
        const title = view.state.values.title?.in?.value;
        if (title === 'bad') await ack({ response_action: 'errors', errors: { title: 'Say more' } });
        else await ack();
      });
    });
    const ana = slack.as('U1');
    await ana.globalShortcut('new_ticket');
    await slack.quiet();
    expect(ana.view()).toMatchObject({ callback_id: 'new', private_metadata: 'meta', app_installed_team_id: 'T1' });
    expect(await ana.submit()).toMatchObject({ refusedBySlack: true, errors: { title: expect.anything() } });
    expect((await ana.submit({ title: 'x'.repeat(21) })).errors).toHaveProperty('title');
    expect(states).toEqual([]);
    expect(await ana.submit({ title: 'bad' })).toMatchObject({ errors: { title: 'Say more' }, closed: false });
    expect(await ana.submit({ title: { in: 'good' }, kind: 'Billing', many: ['a', 'b'] })).toMatchObject({
      closed: true,
    });
    expect(ana.view()).toBeNull();
    expect(states[1]).toMatchObject({
      title: { in: { type: 'plain_text_input', value: 'good' } },
      kind: { in: { type: 'static_select', selected_option: { value: 'billing' } } },
      who: { in: { type: 'users_select', selected_user: 'U1' } },
      many: { in: { selected_options: [{ value: 'a' }, { value: 'b' }] } },
    });
    await ana.globalShortcut('new_ticket');
    await slack.quiet();
    await expect(ana.submit({ nothing: 'x' })).rejects.toThrow('Cannot fill "nothing"');
    await expect(ana.submit({ kind: 'other' })).rejects.toThrow('it offers billing');
  });

  it('can be updated, pushed and cleared by the ack; what was typed stays', async () => {
    const { slack, client } = await openBench();
    const answers: unknown[] = [
      { response_action: 'update', view: { ...form, callback_id: 'second' } },
      { response_action: 'push', view: { ...form, callback_id: 'third' } },
      { response_action: 'errors', errors: { nowhere: 'x' } },
      { response_action: 'clear' },
    ];
    const heard = await listen(slack, (body) => (body.type === 'view_submission' ? answers.shift() : undefined));
    const ana = slack.as('U1');
    await ana.globalShortcut('new');
    await client.views.open({ trigger_id: String(heard[0]?.trigger_id), view: form as never });
    expect(await ana.submit({ title: 'kept' })).toMatchObject({ updated: true });
    expect(ana.view()?.callback_id).toBe('second');
    expect(await ana.submit()).toMatchObject({ pushed: true, refusedBySlack: false });
    expect(ana.view()?.callback_id).toBe('third');
    expect(await ana.submit({ title: 'more' })).toMatchObject({ error: 'invalid_response_action' });
    expect(await ana.submit()).toMatchObject({ closed: true });
    expect(ana.view()).toBeNull();
  });

  it('tells the app that it was closed, if the app asked for that', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    await slack.as('U1').globalShortcut('new');
    await client.views.open({ trigger_id: String(heard[0]?.trigger_id), view: form as never });
    await slack.as('U1').closeView();
    expect(heard[1]).toMatchObject({ type: 'view_closed', view: { callback_id: 'new' } });
  });

  it('stays open as typed when nobody acks', async () => {
    const { slack, client } = await openBench({ ackMs: 50 });
    const heard = await listen(slack, (body) => (body.type === 'view_submission' ? NO_ACK : undefined));
    await slack.as('U1').globalShortcut('new');
    await client.views.open({ trigger_id: String(heard[0]?.trigger_id), view: form as never });
    expect(await slack.as('U1').submit({ title: 'typed' })).toMatchObject({
      closed: false,
      error: 'operation_timeout',
    });
    expect(slack.as('U1').view()).not.toBeNull();
  });

  it('needs a trigger that is fresh, unused and known', async () => {
    const { slack, client } = await openBench({ triggerMs: 500 });
    const heard = await listen(slack);
    const opened = (trigger_id: string) => errorOf(client.views.open({ trigger_id, view: form as never }));
    await slack.as('U1').globalShortcut('new');
    expect(await opened(String(heard[0]?.trigger_id))).toBe('no error');
    expect(await opened(String(heard[0]?.trigger_id))).toBe('exchanged_trigger_id');
    await slack.as('U1').globalShortcut('new');
    slack.faults.api.add('views.open', { kind: 'slow', ms: 600 });
    expect(await opened(String(heard[1]?.trigger_id))).toBe('expired_trigger_id');
    expect(await opened('made up')).toBe('invalid_trigger_id');
  });

  it('is kept by hash and by a stack of three', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    const ana = slack.as('U1');
    const live = {
      ...form,
      blocks: [...form.blocks, { type: 'actions', block_id: 'go', elements: [button('Deeper', 'deeper', 'x')] }],
    };
    await ana.globalShortcut('new');
    const first = await client.views.open({ trigger_id: String(heard[0]?.trigger_id), view: live as never });
    const viewId = first.view?.id ?? '';
    const stale = first.view?.hash ?? '';
    await client.views.update({ view_id: viewId, hash: stale, view: live as never });
    expect(await errorOf(client.views.update({ view_id: viewId, hash: stale, view: live as never }))).toBe(
      'hash_conflict',
    );
    expect(await errorOf(client.views.update({ view_id: 'VNONE', view: live as never }))).toBe('not_found');
    const deeper = async () => {
      await ana.pressInView('Deeper');
      return errorOf(client.views.push({ trigger_id: String(heard.at(-1)?.trigger_id), view: live as never }));
    };
    expect([await deeper(), await deeper(), await deeper()]).toEqual(['no error', 'no error', 'push_limit_reached']);
    expect(heard.at(-1)).toMatchObject({ container: { type: 'view' }, actions: [{ action_id: 'deeper' }] });
  });
});

describe('the Home tab', () => {
  it('is published, opened and pressed, and is not for people of other workspaces', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    await client.views.publish({ user_id: 'U1', view: { type: 'home', blocks: card } as never });
    await slack.as('U1').openHome();
    await slack.as('U1').pressHome('Claim');
    expect(heard).toMatchObject([
      { event: { type: 'app_home_opened', tab: 'home', user: 'U1' } },
      { type: 'block_actions', view: { type: 'home' }, actions: [{ value: 'ESC-1:3' }] },
    ]);
    expect(slack.home('U1')?.blocks).toHaveLength(2);
    expect(await errorOf(client.views.publish({ user_id: 'U7', view: { type: 'home', blocks: card } as never }))).toBe(
      'not_enabled',
    );
  });
});

describe('a message shortcut', () => {
  it('carries the message', async () => {
    const { slack } = await openBench();
    const heard = await listen(slack);
    const ts = await slack.as('U2').post('C1', 'It is down');
    await slack.as('U1').messageShortcut('create', { channel: 'C1', ts });
    expect(heard[1]).toMatchObject({
      type: 'message_action',
      callback_id: 'create',
      message: { text: 'It is down', user: 'U2' },
      channel: { id: 'C1' },
    });
  });
});

const post = async (url: string, body: unknown): Promise<number> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await response.text();
  return response.status;
};
