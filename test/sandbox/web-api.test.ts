import { afterEach, describe, expect, it } from '@jest/globals';
import { allClosed, clientOf, errorOf, listen, NOON, openBench } from './bare-app.ts';

afterEach(allClosed);

const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('tokens and scopes', () => {
  it('says who the bot is', async () => {
    const { client } = await openBench();
    expect(await client.auth.test()).toMatchObject({ ok: true, team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' });
  });

  it('refuses missing, wrong and misplaced tokens', async () => {
    const { slack, client } = await openBench();
    const response = await fetch(`${slack.apiUrl}auth.test`, { method: 'POST' });
    expect(await response.json()).toEqual({ ok: false, error: 'not_authed' });
    expect(await errorOf(clientOf(slack, 'xoxb-wrong').auth.test())).toBe('invalid_auth');
    expect(await errorOf(clientOf(slack, slack.tokens.app).auth.test())).toBe('not_allowed_token_type');
    expect(await errorOf(client.apps.connections.open({}))).toBe('not_allowed_token_type');
    expect(JSON.stringify(slack.calls)).not.toContain('xoxb');
  });

  it('names the scope that is missing', async () => {
    const { slack, client } = await openBench({ furniture: { app: { scopes: ['chat:write'] } } });
    const answer = client.users.info({ user: 'U1' });
    await expect(answer).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write' },
    });
    expect(await errorOf(client.conversations.info({ channel: 'G1' }))).toBe('missing_scope');
    expect([...slack.usedScopes]).toEqual([]);
    await client.chat.postMessage({ channel: 'C1', text: 'x' });
    expect([...slack.usedScopes]).toEqual(['chat:write']);
  });

  it('knows no other methods and wants its arguments', async () => {
    const { slack, client } = await openBench();
    expect(await errorOf(client.apiCall('chat.shout', {}))).toBe('unknown_method');
    expect(await errorOf(client.apiCall('chat.postMessage', { text: 'x' }))).toBe('invalid_arguments');
    expect(slack.refusals).toMatchObject([
      { method: 'chat.shout', error: 'unknown_method' },
      {
        method: 'chat.postMessage',
        error: 'invalid_arguments',
        detail: '[ERROR] missing required field: channel',
        at: NOON,
      },
    ]);
  });
});

describe('posting', () => {
  it('gives unique, rising ts from the clock', async () => {
    const { client, clock } = await openBench();
    const stamps: (string | undefined)[] = [];
    for (let n = 0; n < 2; n += 1) stamps.push((await client.chat.postMessage({ channel: 'C1', text: 'x' })).ts);
    clock.moveBy(60_000);
    stamps.push((await client.chat.postMessage({ channel: 'C1', text: 'x' })).ts);
    const seconds = NOON / 1000;
    expect(stamps).toEqual([`${seconds}.000000`, `${seconds}.000001`, `${seconds + 60}.000000`]);
  });

  it('refuses channels in Slack’s words', async () => {
    const { client } = await openBench();
    const refused = (channel: string) => errorOf(client.chat.postMessage({ channel, text: 'x' }));
    expect(await refused('C404')).toBe('channel_not_found');
    expect(await refused('C2')).toBe('not_in_channel');
    expect(await refused('C3')).toBe('is_archived');
    expect(await refused('G2')).toBe('channel_not_found');
    expect(await refused('G1')).toBe('no error');
    expect(await refused('U5')).toBe('cannot_dm_bot');
    expect(await refused('U4')).toBe('user_disabled');
    expect(await refused('U7')).toBe('channel_not_found');
    expect(await refused('U9')).toBe('no error');
  });

  it('opens the DM of a user id and answers with its D id', async () => {
    const { slack, client } = await openBench();
    const answer = await client.chat.postMessage({ channel: 'U1', text: 'hello' });
    expect(answer.channel).toBe(slack.dmWithBot('U1'));
    expect((await client.conversations.open({ users: 'U1' })).channel?.id).toBe(answer.channel);
    expect(await errorOf(client.conversations.open({ users: 'U7' }))).toBe('user_not_found');
    expect(await errorOf(client.conversations.open({ users: 'U4' }))).toBe('user_disabled');
  });

  it('refuses bodies in Slack’s words', async () => {
    const { slack, client } = await openBench();
    const refused = (body: Record<string, unknown>) =>
      errorOf(client.apiCall('chat.postMessage', { channel: 'C1', ...body }));
    expect(await refused({ text: '' })).toBe('no_text');
    expect(await refused({ text: ' \n' })).toBe('no_text');
    expect(await refused({ text: 'x', blocks: [section('')] })).toBe('invalid_blocks');
    expect(await refused({ text: 'x', blocks: 'nonsense' })).toBe('invalid_blocks_format');
    expect(await refused({ text: 'x', blocks: Array(5).fill(section('y'.repeat(2_900))) })).toBe('msg_blocks_too_long');
    expect(await refused({ text: 'x', attachments: Array(101).fill({ text: 'y' }) })).toBe('too_many_attachments');
    expect(await refused({ text: 'x', metadata: { event_type: 'a' } })).toBe('invalid_metadata_schema');
    expect(await refused({ text: 'x', metadata: { event_type: 'a', event_payload: { b: 'c'.repeat(9_000) } } })).toBe(
      'metadata_too_large',
    );
    expect(slack.refusals.find((one) => one.error === 'invalid_blocks')?.detail).toBe(
      '[ERROR] must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    );
    expect(slack.read('C1')).toEqual([]);
  });

  it('cuts texts over 40,000 characters', async () => {
    const { slack, client } = await openBench();
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'x'.repeat(40_001) });
    expect(slack.message('C1', ts)?.text).toHaveLength(40_000);
  });

  it('keeps metadata and gives it back only when asked', async () => {
    const { client } = await openBench();
    const metadata = { event_type: 'notice', event_payload: { id: 'n1' } };
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'x', metadata });
    await client.chat.postMessage({ channel: 'C1', text: 'reply', thread_ts: ts, metadata });
    const plain = await client.conversations.history({ channel: 'C1' });
    const full = await client.conversations.history({ channel: 'C1', include_all_metadata: true });
    const thread = await client.conversations.replies({ channel: 'C1', ts, include_all_metadata: true });
    expect(plain.messages?.[0]).not.toHaveProperty('metadata');
    expect(full.messages).toMatchObject([{ text: 'x', reply_count: 1, metadata }]);
    expect(thread.messages).toMatchObject([{ text: 'x' }, { text: 'reply', thread_ts: ts, metadata }]);
  });

  it('to one person needs that person in the channel', async () => {
    const { slack, client } = await openBench();
    await client.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'psst' });
    expect(await errorOf(client.chat.postEphemeral({ channel: 'C1', user: 'U7', text: 'psst' }))).toBe(
      'user_not_in_channel',
    );
    expect(slack.ephemerals('U1').map((one) => one.text)).toEqual(['psst']);
    expect((await client.conversations.history({ channel: 'C1' })).messages).toEqual([]);
  });
});

describe('changing a message', () => {
  it('keeps what it said, its metadata, and blocks that were left out', async () => {
    const { slack, client } = await openBench();
    const metadata = { event_type: 'notice', event_payload: { id: 'n1' } };
    const { ts = '' } = await client.chat.postMessage({
      channel: 'C1',
      text: 'one',
      blocks: [section('one')],
      metadata,
    });
    await client.chat.update({ channel: 'C1', ts, text: 'two' });
    expect(slack.message('C1', ts)).toMatchObject({
      text: 'two',
      blocks: [section('one')],
      metadata,
      edited: { user: 'UBOT' },
      revisions: [{ text: 'one' }],
    });
    await client.chat.update({ channel: 'C1', ts, text: 'three', blocks: [] });
    expect(slack.message('C1', ts)?.blocks).toEqual([]);
  });

  it('is refused for others’ messages, long texts and what is not there', async () => {
    const { slack, client } = await openBench();
    const ts = await slack.as('U1').post('C1', 'mine');
    const { ts: own = '' } = await client.chat.postMessage({ channel: 'C1', text: 'x' });
    const update = (more: object) => errorOf(client.chat.update({ channel: 'C1', ts, text: 'y', ...more }));
    expect(await update({})).toBe('cant_update_message');
    expect(await errorOf(client.chat.delete({ channel: 'C1', ts }))).toBe('cant_delete_message');
    expect(await update({ ts: '1.000000' })).toBe('message_not_found');
    expect(await update({ ts: own, text: 'y'.repeat(4_001) })).toBe('msg_too_long');
    await client.chat.delete({ channel: 'C1', ts: own });
    expect(await update({ ts: own })).toBe('message_not_found');
  });

  it('gives permalinks', async () => {
    const { client } = await openBench();
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: 'x' });
    const link = await client.chat.getPermalink({ channel: 'C1', message_ts: ts });
    expect(link.permalink).toBe(`https://desk.slack.com/archives/C1/p${ts.replace('.', '')}`);
  });
});

describe('reading', () => {
  it('shows channels, their members and history only to a bot that may see them', async () => {
    const { client } = await openBench();
    const info = await client.conversations.info({ channel: 'C4' });
    expect(info.channel).toMatchObject({ is_ext_shared: true, is_member: true, connected_team_ids: ['T2'] });
    expect(await errorOf(client.conversations.info({ channel: 'G2' }))).toBe('channel_not_found');
    expect(await errorOf(client.conversations.history({ channel: 'C2' }))).toBe('not_in_channel');
    expect(await errorOf(client.conversations.replies({ channel: 'C1', ts: '1.000000' }))).toBe('thread_not_found');
    const list = await client.conversations.list({ types: 'public_channel,private_channel', exclude_archived: true });
    expect(list.channels?.map((one) => one.id)).toEqual(['C1', 'C2', 'C4', 'G1']);
  });

  it('pages with cursors', async () => {
    const { client } = await openBench();
    const first = await client.conversations.members({ channel: 'C1', limit: 3 });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client.conversations.members({ channel: 'C1', limit: 3, cursor });
    expect([first.members, second.members]).toEqual([
      ['U1', 'U2', 'U3'],
      ['U5', 'UBOT'],
    ]);
    expect(second.response_metadata?.next_cursor).toBe('');
  });

  it('reads a stretch of history, newest first, replies apart', async () => {
    const { slack, client, clock } = await openBench();
    const stamps: string[] = [];
    for (const text of ['a', 'b', 'c']) {
      stamps.push(await slack.as('U1').post('C1', text));
      clock.moveBy(1_000);
    }
    await slack.as('U1').post('C1', 'reply', { threadTs: stamps[0] ?? '' });
    await slack.as('U1').post('C1', 'broadcast', { threadTs: stamps[0] ?? '', broadcast: true });
    const all = await client.conversations.history({ channel: 'C1' });
    expect(all.messages?.map((one) => one.text)).toEqual(['broadcast', 'c', 'b', 'a']);
    const one = { channel: 'C1', oldest: stamps[1] ?? '', latest: stamps[1] ?? '', inclusive: true, limit: 1 };
    expect((await client.conversations.history(one)).messages?.map((message) => message.text)).toEqual(['b']);
  });

  it('shows people as far as Slack does', async () => {
    const { slack, client } = await openBench();
    const ana = await client.users.info({ user: 'U1' });
    expect(ana.user).toMatchObject({
      tz: 'Europe/Berlin',
      tz_offset: 3600,
      is_admin: false,
      profile: { email: 'ana@desk.test', display_name: 'Ana' },
    });
    expect((await client.users.info({ user: 'U3' })).user).toMatchObject({ is_restricted: true });
    expect((await client.users.info({ user: 'U7' })).user).toMatchObject({ team_id: 'T2', is_stranger: true });
    expect(await errorOf(client.users.info({ user: 'U8' }))).toBe('user_not_found');
    expect((await client.users.list({})).members?.map((one) => one.id)).not.toContain('U7');
    const groups = await client.usergroups.list({ include_users: true });
    expect(groups.usergroups).toMatchObject([{ handle: 'tier-1', users: ['U1'] }]);
    expect((await client.usergroups.users.list({ usergroup: 'S1' })).users).toEqual(['U1']);
    expect((await client.team.info()).team).toMatchObject({ id: 'T1', domain: 'desk' });
    await slack.as('U7').post('C4', 'log', { files: [{ id: 'F1', name: 'a.log', size: 7 }] });
    expect((await client.files.info({ file: 'F1' })).file).toMatchObject({ name: 'a.log', size: 7 });
    const hidden = await openBench({ furniture: { app: { scopes: ['users:read'] } } });
    expect((await hidden.client.users.info({ user: 'U1' })).user?.profile).not.toHaveProperty('email');
  });

  it('lets the bot react once', async () => {
    const { slack, client } = await openBench();
    const heard = await listen(slack);
    const timestamp = await slack.as('U1').post('C1', 'x');
    const react = () => errorOf(client.reactions.add({ channel: 'C1', timestamp, name: 'eyes' }));
    expect([await react(), await react()]).toEqual(['no error', 'already_reacted']);
    await slack.as('U1').react('C1', timestamp, 'pushpin');
    await slack.quiet();
    expect(slack.message('C1', timestamp)?.reactions.map((one) => one.name)).toEqual(['eyes', 'pushpin']);
    expect(heard.at(-1)?.event).toMatchObject({ type: 'reaction_added', reaction: 'pushpin', item: { ts: timestamp } });
  });
});
