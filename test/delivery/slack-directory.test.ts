import { afterEach, describe, expect, it } from '@jest/globals';
import { createSlackClient } from '../../src/delivery/slack-client.ts';
import { createSlackDirectory } from '../../src/delivery/slack-directory.ts';
import { minute } from '../../src/domain/instant.ts';
import { sdkLogger } from '../../src/logger.ts';
import { allClosed, openBench } from '../sandbox/bare-app.ts';
import { aLog } from '../support/a-log.ts';

afterEach(allClosed);

const aDirectory = async () => {
  const { slack, clock } = await openBench();
  const logger = sdkLogger(aLog(), 'web-api');
  const client = createSlackClient({ token: slack.tokens.bot, apiUrl: slack.apiUrl, logger });
  return { slack, clock, directory: createSlackDirectory(client, clock), asked: () => slack.callCount('users.info') };
};

describe('the directory', () => {
  it('knows a full member by display name, team and zone', async () => {
    const { directory } = await aDirectory();
    expect(await directory.person('U1', null)).toEqual({
      userId: 'U1',
      team: 'T1',
      name: 'Ana',
      isFullMember: true,
      isWorkspaceAdmin: false,
    });
    expect(await directory.zoneOf('U1')).toBe('Europe/Berlin');
  });

  it.each([
    ['a guest', 'U3'],
    ['a deactivated person', 'U4'],
    ['a bot', 'U5'],
    ['the bot itself', 'UBOT'],
  ])('takes %s for no full member', async (_name, userId) => {
    const { directory } = await aDirectory();
    expect(await directory.person(userId, 'T1')).toMatchObject({ isFullMember: false });
  });

  it('takes a guest of one channel for no full member, and owners and admins for workspace admins', async () => {
    const { slack, directory } = await aDirectory();
    await slack.change.addUser({ id: 'UG', name: 'single', isUltraRestricted: true });
    await slack.change.addUser({ id: 'UO', name: 'owner', isOwner: true });
    await slack.change.addUser({ id: 'UA', name: 'admin', isAdmin: true });
    expect(await directory.person('UG', null)).toMatchObject({ isFullMember: false });
    expect(await directory.person('UO', null)).toMatchObject({ isWorkspaceAdmin: true });
    expect(await directory.person('UA', null)).toMatchObject({ isWorkspaceAdmin: true });
  });

  it('names people of other workspaces, and those Slack does not show', async () => {
    const { directory } = await aDirectory();
    expect(await directory.person('U7', 'T2')).toMatchObject({ name: 'zoe', team: 'T2' });
    expect(await directory.person('U8', 'T2')).toEqual({
      userId: 'U8',
      team: 'T2',
      name: 'a customer of this channel',
      isFullMember: false,
      isWorkspaceAdmin: false,
    });
    expect(await directory.zoneOf('U8')).toBeNull();
  });

  it('asks Slack once a minute for each person, however many ask at once', async () => {
    const { clock, directory, asked } = await aDirectory();
    await Promise.all([directory.person('U1', null), directory.zoneOf('U1'), directory.person('U1', 'T1')]);
    clock.moveBy(minute - 1);
    await directory.person('U1', null);
    expect(asked()).toBe(1);
    clock.moveBy(1);
    await directory.person('U1', null);
    expect(asked()).toBe(2);
  });

  it('sees a change at once when it is told of it', async () => {
    const { slack, directory } = await aDirectory();
    await directory.person('U1', null);
    await slack.change.deactivate('U1');
    expect(await directory.person('U1', null)).toMatchObject({ isFullMember: true });
    directory.forget('U1');
    expect(await directory.person('U1', null)).toMatchObject({ isFullMember: false });
  });

  it('goes by what it last knew while Slack does not answer, then asks again', async () => {
    const { slack, clock, directory } = await aDirectory();
    await directory.person('U1', null);
    await slack.change.changeUser('U1', { displayName: 'Anna' });
    clock.moveBy(minute);
    slack.faults.api.add('users.info', { kind: 'status', status: 503 }, 2);
    expect(await directory.person('U1', null)).toMatchObject({ name: 'Ana', isFullMember: true });
    expect(await directory.person('U1', null)).toMatchObject({ name: 'Anna' });
  });

  it('tries a lost call once more', async () => {
    const { slack, directory, asked } = await aDirectory();
    slack.faults.api.add('users.info', { kind: 'drop-before' });
    expect(await directory.person('U1', null)).toMatchObject({ name: 'Ana' });
    expect(asked()).toBe(2);
  });

  it('would rather say that it does not know than take a colleague for a customer', async () => {
    const { slack, directory } = await aDirectory();
    slack.faults.api.add('users.info', { kind: 'rate-limited', retryAfter: 30 });
    await expect(directory.person('U1', null)).rejects.toMatchObject({
      code: 'slack-unreachable',
      message: "Reading the person 'U1' from Slack failed: ratelimited",
    });
    expect(await directory.person('U1', null)).toMatchObject({ name: 'Ana' });
  });
});
