import { day, minute } from '../../src/domain/instant.ts';
import { connectStore } from '../../src/store/connection.ts';
import { aSilentLog } from '../store/a-silent-log.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { acting } from '../support/acting.ts';
import { freshDatabase } from '../support/database.ts';

/** What cannot be acked is waited for, twice, before it comes again a minute later. */
const ackMs = 1_000;

describe('when Slack stumbles', () => {
  let bot: Bot;
  const log: string[] = [];
  beforeEach(async () => {
    bot = await aBot({ ackMs, onLog: (line) => log.push(line) });
  });
  afterEach(() => bot.stop());

  it('a direct message whose question could not be asked is asked about with its next delivery (2.10, 14.1)', async () => {
    bot.slack.faults.api.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 1 }, 1);
    await bot.slack.as('UKIM').dm('My VPS is down');
    await bot.settle();
    await bot.wait(minute);
    expect(bot.told('UKIM')).toHaveLength(1);
    expect(bot.told('UKIM')[0]).toContain('Open a ticket');
  });

  it('a direct message whose question was posted though no answer came is not asked about twice (14.3)', async () => {
    bot.slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    await bot.slack.as('UKIM').dm('My VPS is down');
    await bot.settle();
    expect(bot.slack.redeliveriesWaiting()).toBe(1);
    await bot.wait(minute);
    expect(bot.slack.redeliveriesWaiting()).toBe(0);
    expect(bot.told('UKIM')).toHaveLength(1);
  });

  it('a direct message whose question was lost on its way is asked about a minute later (14.1)', async () => {
    bot.slack.faults.api.add('chat.postMessage', { kind: 'drop-before' });
    await bot.slack.as('UKIM').dm('My VPS is down');
    await bot.settle();
    expect(bot.told('UKIM')).toEqual([]);
    await bot.wait(minute);
    expect(bot.slack.redeliveriesWaiting()).toBe(0);
    expect(bot.told('UKIM')).toHaveLength(1);
  });

  it('managers who could not be told of a broken tier are told later, and its cards come to them at once (4.5)', async () => {
    const act = acting(bot);
    await act.posts('UKIM', 'CHELP', 'My VPS is down');
    bot.slack.faults.api.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 1 }, 1);
    await bot.slack.change.archive('CT1');
    await bot.settle();
    expect(bot.told('UMAX').some((text) => text.startsWith('ESC-1 · '))).toBe(true);
    await bot.instances[0]?.keepDesk();
    expect(bot.told('UMAX').filter((text) => text.includes('The desk needs your help'))).toHaveLength(1);
  });
});

describe('a process that began to ask and died', () => {
  it('leaves the message unacked, and asked about when Slack sends it again (2.10, 14.1)', async () => {
    const database = await freshDatabase();
    const log: string[] = [];
    const bot = await aBot({ ackMs, mongodbUri: database.uri, onLog: (line) => log.push(line) });
    const died = await connectStore(database.uri, aSilentLog);
    try {
      const { slack } = bot;
      slack.faults.hold();
      const ts = await slack.as('UKIM').dm('My VPS is down');
      await died.prompts.askOnce(`T1:${slack.dmWithBot('UKIM')}:${ts}`, bot.clock.now());
      slack.faults.release();
      await bot.settle();
      expect(bot.told('UKIM')).toEqual([]);
      expect(slack.redeliveriesWaiting()).toBe(1);
      expect(log.join('')).toContain('prompt-busy');
      await bot.wait(minute);
      expect(slack.redeliveriesWaiting()).toBe(0);
      expect(bot.told('UKIM')).toHaveLength(1);
    } finally {
      await died.close();
      await bot.stop();
      await database.drop();
    }
  });
});

describe('what is easily lost', () => {
  let bot: Bot;
  beforeEach(async () => {
    bot = await aBot();
  });
  afterEach(() => bot.stop());

  it('two customers who open a ticket about one message of staff have one each (2.1, 2.4)', async () => {
    const ts = await bot.slack.as('UANA').post('CTALK', 'Maintenance tonight at 22:00');
    for (const user of ['UKIM', 'ULOU']) {
      await bot.slack.as(user).messageShortcut('create-ticket', { channel: 'CTALK', ts });
      await bot.settle();
      await bot.slack.as(user).submit({
        ...{ title: 'Tonight', description: 'It fails', reach: 'chat' },
        ...{ kind: 'technical', service: 'vps', impact: 'site', urgency: 'down' },
      });
      await bot.settle();
    }
    expect(bot.told('UKIM')[0]).toContain('ESC-1');
    expect(bot.told('ULOU')[0]).toContain('ESC-2');
  });

  it('a message written with /me is a message (2.1, 2.6)', async () => {
    await bot.slack.as('UKIM').post('CHELP', 'is without mail', { subtype: 'me_message' });
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('is without mail');
  });

  it('of two edits that arrive in the wrong order the newest is shown (2.5)', async () => {
    const ts = await acting(bot).posts('UKIM', 'CHELP', 'My VPS is down');
    bot.slack.faults.hold();
    bot.clock.moveTo(bot.clock.now() + 2_000);
    const first = bot.slack.as('UKIM').edit('CHELP', ts, 'My VPS at bonn is down');
    bot.clock.moveTo(bot.clock.now() + 2_000);
    const second = bot.slack.as('UKIM').edit('CHELP', ts, 'My VPS at kiel is down');
    bot.slack.faults.release((held) => held.toReversed());
    await Promise.all([first, second]);
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('kiel');
    expect(bot.textOf(bot.card('CT1'))).not.toContain('bonn');
  });

  it('what another customer writes in the thread is heard, and ends no wait (5.4, 11)', async () => {
    const act = acting(bot);
    const ts = await act.posts('UKIM', 'CHELP', 'My VPS is down');
    await act.presses('UANA', 'CT1', 'Claim');
    await act.asks('UANA', '/ticket wait ESC-1 your logs', 'CT1');
    await act.posts('ULOU', 'CHELP', 'mine too', ts);
    expect(bot.textOf(bot.card('CT1'))).toContain('Waiting for the customer');
    expect(bot.texts('CT1', bot.card('CT1').ts).at(-1)).toContain('mine too');
    await act.posts('UKIM', 'CHELP', 'here they are', ts);
    expect(bot.textOf(bot.card('CT1'))).not.toContain('Waiting for the customer');
  });

  it('details added to a ticket closed long ago are refused, and a new ticket advised (8.3)', async () => {
    const act = acting(bot);
    const ts = await act.posts('UKIM', 'CHELP', 'My VPS is down');
    await act.asks('UKIM', '/ticket close ESC-1');
    await bot.wait(8 * day);
    const receipt = bot.slack.read('CHELP', { threadTs: ts })[1];
    if (receipt) await bot.slack.as('UKIM').press(receipt, 'Add details');
    const sent = await act.submits('UKIM', { text: 'It fails again' });
    expect(Object.values(sent.errors ?? {})[0]).toContain('open a new ticket');
  });
});
