import { afterEach, describe, expect, it } from '@jest/globals';
import { countedFetch } from '../../src/delivery/counted-fetch.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import { createSlackArchive } from '../../src/delivery/slack-archive.ts';
import { createSlackClient } from '../../src/delivery/slack-client.ts';
import { createSlackDirectory } from '../../src/delivery/slack-directory.ts';
import { noLimits } from '../../src/delivery/slack-rates.ts';
import { createSlackSpeaker } from '../../src/delivery/slack-speaker.ts';
import { hour, second } from '../../src/domain/instant.ts';
import type { Destination, Remark } from '../../src/flows/ports.ts';
import { sdkLogger } from '../../src/logger.ts';
import { allClosed, NOON, openBench } from '../sandbox/bare-app.ts';
import { opening } from '../support/a-command.ts';
import { aLog } from '../support/a-log.ts';
import { noticeOf, subjectAfter } from '../support/a-subject.ts';

afterEach(allClosed);

/** What calls Slack in one process, all through one fetch. */
const aProcess = async () => {
  const { slack, clock } = await openBench();
  const heard: string[] = [];
  const fetch = countedFetch((method, outcome) => heard.push(`${method} ${outcome}`), slack.apiUrl, clock);
  const log = aLog();
  const logger = sdkLogger(log, 'web-api');
  const client = createSlackClient({ token: slack.tokens.bot, apiUrl: slack.apiUrl, logger, fetch });
  const pacer = createPacer({ clock, limits: noLimits, patience: 0, wait: () => Promise.reject(new Error('no wait')) });
  const speaker = createSlackSpeaker({ client, pacer, pressUrls: { take: () => null }, log, clock });
  const archive = createSlackArchive({ client, clock, log });
  return { slack, clock, client, heard, archive, speaker, directory: createSlackDirectory(client, clock) };
};

const tried = (): Remark => {
  const subject = subjectAfter([{ at: NOON, command: opening(NOON, { id: 'T1:C1:12', number: 12, title: 'Down' }) }]);
  return { subject, notice: noticeOf('call', subject, 'opened', { writtenAt: NOON, tries: 1 }), card: null };
};

const toChannel: Destination = { kind: 'channel', channel: 'C1', threadTs: null };
const lastHour = { from: NOON - hour, to: NOON + hour };

describe('a pause that Slack asks for (14.4)', () => {
  it('is kept by whoever calls the same method, for exactly as long', async () => {
    const { slack, clock, directory, heard } = await aProcess();
    slack.faults.api.add('users.info', { kind: 'rate-limited', retryAfter: 30 });
    await expect(directory.person('U1', null)).rejects.toMatchObject({ code: 'slack-unreachable' });
    clock.moveBy(30 * second - 1);
    await expect(directory.person('U2', null)).rejects.toMatchObject({ code: 'slack-unreachable' });
    expect(slack.callCount('users.info')).toBe(1);
    expect(heard).toEqual(['users.info 429']);
    clock.moveBy(1);
    expect(await directory.person('U2', null)).toMatchObject({ userId: 'U2' });
    expect(heard).toEqual(['users.info 429', 'users.info ok']);
  });

  it('is told with what is left of it', async () => {
    const { slack, clock, client } = await aProcess();
    slack.faults.api.add('conversations.open', { kind: 'rate-limited', retryAfter: 30 });
    await expect(client.conversations.open({ users: 'U1' })).rejects.toMatchObject({ retryAfter: 30 });
    clock.moveBy(20.5 * second);
    await expect(client.conversations.open({ users: 'U1' })).rejects.toMatchObject({ retryAfter: 10 });
  });

  it('holds up no other method', async () => {
    const { slack, client } = await aProcess();
    slack.faults.api.add('users.info', { kind: 'rate-limited', retryAfter: 30 });
    await expect(client.users.info({ user: 'U1' })).rejects.toThrow();
    expect(await client.conversations.info({ channel: 'C1' })).toMatchObject({ ok: true });
  });

  it('of one channel holds up no other', async () => {
    const { slack, client } = await aProcess();
    slack.faults.api.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 30 });
    await expect(client.chat.postMessage({ channel: 'C1', text: 'one' })).rejects.toThrow();
    expect(await client.chat.postMessage({ channel: 'C4', text: 'two' })).toMatchObject({ ok: true });
  });

  it('of unknown length is not guessed', async () => {
    const { slack, client } = await aProcess();
    slack.faults.api.add('users.info', { kind: 'status', status: 429 });
    await expect(client.users.info({ user: 'U1' })).rejects.toThrow();
    expect(await client.users.info({ user: 'U1' })).toMatchObject({ ok: true });
  });

  it('that the auditor was told is kept by those who look up what they said', async () => {
    const { slack, clock, archive, speaker } = await aProcess();
    slack.faults.api.add('conversations.history', { kind: 'rate-limited', retryAfter: 30 });
    expect(await archive.channel('C1', lastHour, null)).toEqual({ kind: 'later' });
    clock.moveBy(10 * second);
    const said = await speaker.say([tried()], toChannel, NOON + hour);
    expect(said).toEqual({ outcome: 'later', after: 20 * second, begun: false });
    expect(slack.callCount()).toBe(1);
  });

  it('that those who look up were told is kept by the auditor', async () => {
    const { slack, clock, archive, speaker } = await aProcess();
    slack.faults.api.add('conversations.history', { kind: 'rate-limited', retryAfter: 30 });
    expect(await speaker.say([tried()], toChannel, NOON + hour)).toMatchObject({ outcome: 'later' });
    clock.moveBy(29 * second);
    expect(await archive.channel('C1', lastHour, null)).toEqual({ kind: 'later' });
    expect(slack.callCount()).toBe(1);
  });
});
