import { afterEach, describe, expect, it } from '@jest/globals';
import type { Furniture } from '../../sandbox/slack-furniture.ts';
import { createSlackClient } from '../../src/delivery/slack-client.ts';
import { createDeskReader, type DeskReading } from '../../src/delivery/slack-desk.ts';
import { createSlackDirectory } from '../../src/delivery/slack-directory.ts';
import type { DeskPlan, Reference, TierPlan } from '../../src/domain/desk-plan.ts';
import { hour, minute } from '../../src/domain/instant.ts';
import { sdkLogger } from '../../src/logger.ts';
import { allClosed, NOON, openBench } from '../sandbox/bare-app.ts';
import { aLog } from '../support/a-log.ts';
import { aPolicy } from '../support/a-policy.ts';

afterEach(allClosed);

const furniture: Furniture = {
  team: { id: 'T1', name: 'Host', domain: 'host' },
  foreignTeams: [{ id: 'T2', name: 'Acme', domain: 'acme' }],
  users: [
    { id: 'UANA', name: 'ana', displayName: 'Ana B.' },
    { id: 'UBEN', name: 'ben' },
    { id: 'UMAX', name: 'max', displayName: 'Maxine' },
    { id: 'UMA2', name: 'max2', displayName: 'Maxine' },
    { id: 'UGST', name: 'guest', isRestricted: true },
    { id: 'UOLD', name: 'old', deleted: true },
    { id: 'UBOT2', name: 'otherbot', isBot: true },
    { id: 'UZOE', name: 'zoe', team: 'T2' },
  ],
  channels: [
    { id: 'C1', name: 'tier-1', members: ['UANA', 'UBEN', 'UGST', 'UBOT2', 'UZOE'], shared: ['T2'] },
    { id: 'C2', name: 'tier-2', members: ['UBEN'] },
    { id: 'CH', name: 'help', members: ['UZOE'] },
    { id: 'GP', name: 'private', private: true, members: ['UANA'] },
    { id: 'GX', name: 'hidden', private: true, members: ['UANA'], botIsMember: false },
  ],
  groups: [{ id: 'S2', handle: 'advanced', members: ['UBEN', 'UOLD'] }],
};

const id = (given: string): Reference => ({ by: 'id', id: given });
const name = (given: string): Reference => ({ by: 'name', name: given });

const tier = (channel: Reference, group: Reference | null = null): TierPlan => ({
  name: 'Support',
  channel,
  group,
  callOnArrival: 'here',
  callOnBreach: 'channel',
});

const aPlan = (change: Partial<DeskPlan> = {}): DeskPlan => ({
  tiers: [tier(name('tier-1')), tier(name('tier-2'), name('advanced'))],
  managers: [name('max')],
  admins: [],
  intake: [name('help')],
  contact: { email: 'help@host.test', portal: null },
  policy: aPolicy(),
  ...change,
});

const idsOnly = (change: Partial<DeskPlan> = {}): DeskPlan =>
  aPlan({ tiers: [tier(id('C1')), tier(id('C2'), id('S2'))], managers: [id('UMAX')], intake: [id('CH')], ...change });

const aReader = async (options: Parameters<typeof openBench>[0] = {}) => {
  const { slack, clock } = await openBench({ furniture, ...options });
  const logger = sdkLogger(aLog(), 'web-api');
  const client = createSlackClient({ token: slack.tokens.bot, apiUrl: slack.apiUrl, logger });
  const directory = createSlackDirectory(client, clock);
  const reader = createDeskReader({ client, directory, clock, team: 'T1' });
  const read = (plan: DeskPlan): Promise<DeskReading> => reader.read(plan, new Map());
  const calls = (): readonly string[] => slack.calls.map(({ method }) => method);
  return { slack, clock, reader, read, calls };
};

const deskIn = (reading: DeskReading) => {
  if (!reading.ok) throw new Error(`expected a desk: ${JSON.stringify(reading.complaints)}`);
  return reading.desk;
};

describe('reading the desk', () => {
  it('finds channels, people and groups by name, and those members who can be staff', async () => {
    const { read } = await aReader();
    expect(await read(aPlan({ admins: [name('Ana B.')] }))).toMatchObject({
      ok: true,
      troubles: [],
      notStaff: [],
      desk: {
        team: 'T1',
        tiers: [
          { channel: 'C1', group: null, members: ['UANA', 'UBEN'], trouble: null },
          { channel: 'C2', group: 'S2', members: ['UBEN'], trouble: null },
        ],
        managers: ['UMAX'],
        admins: ['UANA'],
        intake: [{ channel: 'CH', since: NOON }],
        contact: { email: 'help@host.test', portal: null },
      },
    });
  });

  it('keeps the instant since when an intake channel counts', async () => {
    const { reader } = await aReader();
    expect(deskIn(await reader.read(aPlan(), new Map([['CH', 7]]))).intake).toEqual([{ channel: 'CH', since: 7 }]);
  });

  it('complains of every unknown name at once, with the place in the file and what may be meant', async () => {
    const { read } = await aReader();
    const reading = await read(
      aPlan({
        tiers: [tier(name('tier1')), tier(name('hidden'), name('advancd'))],
        managers: [name('maxx'), name('Maxine'), name('nobody-at-all')],
        intake: [name('hepl')],
      }),
    );
    expect(reading).toEqual({
      ok: false,
      complaints: [
        { path: ['tiers', 0, 'channel'], message: "Slack shows the bot no channel '#tier1': did you mean '#tier-1'?" },
        {
          path: ['tiers', 1, 'channel'],
          message: "Slack shows the bot no channel '#hidden': a private one must be joined by the bot first",
        },
        {
          path: ['tiers', 1, 'members', 'group'],
          message: "Slack has no user group '@advancd': did you mean '@advanced'?",
        },
        { path: ['managers', 0], message: "Slack has no full member '@maxx': did you mean '@max'?" },
        { path: ['managers', 1], message: "several people are called '@Maxine': write '@max', '@max2' or an id" },
        { path: ['managers', 2], message: "Slack has no full member '@nobody-at-all'" },
        { path: ['intake', 0], message: "Slack shows the bot no channel '#hepl': did you mean '#help'?" },
      ],
    });
  });

  it('complains of ids behind which there is nobody', async () => {
    const { read } = await aReader();
    expect(await read(idsOnly({ tiers: [tier(id('C1'), id('S9'))], managers: [id('U404')] }))).toMatchObject({
      ok: false,
      complaints: [{ path: ['tiers', 0, 'members', 'group'] }, { path: ['managers', 0] }],
    });
  });

  it('complains of one channel given by name and by id', async () => {
    const { read } = await aReader();
    const plan = aPlan({ tiers: [tier(name('tier-1')), tier(id('C1'))], intake: [id('C1')] });
    expect(await read(plan)).toMatchObject({
      ok: false,
      complaints: [{ path: ['tiers', 1, 'channel'] }, { path: ['intake', 0] }],
    });
  });

  it('names managers who cannot be staff, and leaves them out', async () => {
    const { read } = await aReader();
    const reading = await read(aPlan({ managers: [id('UMAX'), id('UGST'), id('UZOE')] }));
    expect(reading).toMatchObject({ notStaff: ['UGST', 'UZOE'], desk: { managers: ['UMAX'] } });
  });
});

describe('reading it again', () => {
  it('costs two calls a tier and one an intake channel, names and people being known', async () => {
    const { slack, clock, read, calls } = await aReader();
    const plan = aPlan();
    await read(plan);
    const first = slack.calls.length;
    clock.moveBy(minute);
    await read(plan);
    expect(calls().slice(first).toSorted()).toEqual([
      'conversations.info',
      'conversations.info',
      'conversations.info',
      'conversations.members',
      'usergroups.users.list',
    ]);
  });

  it('asks for no list where the plan gives ids', async () => {
    const { slack, read } = await aReader();
    await read(idsOnly());
    expect(slack.callCount('conversations.list')).toBe(0);
    expect(slack.callCount('users.list')).toBe(0);
    expect(slack.callCount('usergroups.list')).toBe(0);
  });

  it('reads many unknown people in one list', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ id: `UM${index}`, name: `m${index}` }));
    const channels = [{ id: 'C1', name: 'tier-1', members: many.map((person) => person.id) }];
    const { slack, read } = await aReader({ furniture: { ...furniture, users: many, channels } });
    const plan = idsOnly({ tiers: [tier(id('C1'))], managers: [id('UM0')], intake: [] });
    expect(deskIn(await read(plan)).tiers[0]?.members).toHaveLength(30);
    expect(slack.callCount('users.list')).toBe(1);
    expect(slack.callCount('users.info')).toBe(0);
  });

  it('looks at no more than 20 intake channels at a time, those looked at longest ago first', async () => {
    const many = Array.from({ length: 50 }, (_, index) => ({ id: `CM${index}`, name: `m${index}` }));
    const { slack, read } = await aReader({
      furniture: { ...furniture, channels: [...(furniture.channels ?? []), ...many] },
    });
    const plan = idsOnly({ intake: many.map((channel) => id(channel.id)) });
    for (let minutes = 0; minutes < 3; minutes += 1) await read(plan);
    const looked = slack.calls.filter(({ method }) => method === 'conversations.info').map(({ args }) => args.channel);
    const perChannel = many.map((channel) => looked.filter((each) => each === channel.id).length);
    expect(perChannel.reduce((sum, each) => sum + each, 0)).toBe(60);
    expect(Math.min(...perChannel)).toBe(1);
  });

  it('sees who joins and leaves, and people who change when told, or within the hour', async () => {
    const { slack, clock, reader, read } = await aReader();
    const plan = aPlan();
    const members = async () => deskIn(await read(plan)).tiers.map((each) => each.members);
    await read(plan);
    await slack.change.setGroupMembers('S2', ['UANA', 'UBEN']);
    await slack.change.addMember('C1', 'UMAX');
    expect(await members()).toEqual([
      ['UANA', 'UBEN', 'UMAX'],
      ['UANA', 'UBEN'],
    ]);
    await slack.change.changeUser('UANA', { isRestricted: true });
    await slack.change.changeUser('UBEN', { isRestricted: true });
    reader.forget('UANA');
    clock.moveBy(minute);
    expect(await members()).toEqual([['UBEN', 'UMAX'], ['UBEN']]);
    clock.moveBy(hour);
    expect(await members()).toEqual([['UMAX'], []]);
  });

  it('tells what is wrong with tiers and intake channels, and when it is mended', async () => {
    const { slack, read } = await aReader();
    const plan = aPlan({ tiers: [tier(id('C1')), tier(id('C2'), id('S2')), tier(id('GP'))] });
    const troubles = async () => {
      const reading = await read(plan);
      return { tiers: deskIn(reading).tiers.map((each) => each.trouble), intake: reading.ok ? reading.troubles : [] };
    };
    expect(await troubles()).toEqual({ tiers: [null, null, null], intake: [] });
    await slack.change.archive('C1');
    await slack.change.setGroupMembers('S2', ['UOLD']);
    await slack.change.removeBot('GP');
    await slack.change.removeBot('CH');
    expect(await troubles()).toEqual({
      tiers: ['archived', 'no-members', 'not-found'],
      intake: [{ channel: 'CH', trouble: 'not-in-channel' }],
    });
    await slack.change.removeBot('C2');
    await slack.change.unarchive('C1');
    await slack.change.addBot('CH');
    expect(await troubles()).toEqual({ tiers: [null, 'not-in-channel', 'not-found'], intake: [] });
  });

  it('fails as a whole when Slack does not answer, so that the desk read before stands', async () => {
    const { slack, read } = await aReader();
    slack.faults.api.add('conversations.members', { kind: 'rate-limited', retryAfter: 9 });
    await expect(read(aPlan())).rejects.toMatchObject({
      code: 'slack-unreachable',
      message: 'Reading the desk from Slack failed: ratelimited',
    });
    expect(await read(aPlan())).toMatchObject({ ok: true });
  });
});
