import { day, hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import {
  act,
  allRead,
  formOf,
  named,
  newest,
  readBesideCalls,
  refusals,
  resolve,
  send,
  under,
} from '../support/a-conversation.ts';

describe('what a customer writes on a ticket', () => {
  let bot: Bot;
  let ts: string;
  beforeAll(async () => {
    bot = await aBot();
    ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS at aachen is down');
    await bot.settle();
  });
  afterAll(() => bot.stop());

  it('goes into the tier thread, with its files by name (2.5)', async () => {
    await bot.slack.as('UKIM').post('CHELP', 'It says berlin', { threadTs: ts, files: [{ name: 'screen.png' }] });
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('It says berlin');
    expect(under(bot, bot.card('CT1'))).toContain('screen.png');
    expect(bot.texts('CHELP', ts)).toHaveLength(3);
  });

  it('edited, is shown as it now reads in lines and background, and the old text nowhere (2.5)', async () => {
    const reply = bot.slack.read('CHELP', { threadTs: ts }).find(({ text }) => text === 'It says berlin');
    await bot.slack.as('UKIM').edit('CHELP', reply?.ts ?? '', 'It says bonn');
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('It says bonn');
    expect(under(bot, bot.card('CT1'))).toMatch(/edited/);
    expect(allRead(bot)).not.toContain('berlin');
  });

  it('as first message and edited, is new in card, background, lines and receipt (2.5)', async () => {
    await bot.slack.as('UKIM').edit('CHELP', ts, 'My VPS at dresden is down');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('dresden');
    expect(under(bot, bot.card('CT1'))).toContain('dresden');
    expect(bot.texts('CHELP', ts)[1]).toContain('dresden');
    const calls = bot.slack.read('CT1').filter(({ pings }) => pings.length > 0);
    const others = calls.reduce((text, call) => text.replaceAll(`${bot.textOf(call)}\n${call.text}`, ''), allRead(bot));
    expect(others).not.toContain('aachen');
  });

  it('edited, is kept as it was for managers alone (2.5)', async () => {
    await bot.slack.as('UMAX').command('/ticket history ESC-1', { channel: 'CT1' });
    await bot.slack.as('UANA').command('/ticket history ESC-1', { channel: 'CT1' });
    await bot.slack.as('UKIM').command('/ticket history ESC-1', { channel: 'CHELP' });
    await bot.settle();
    expect(bot.whispered('UMAX').at(-1)).toContain('aachen');
    expect(bot.whispered('UMAX').at(-1)).toContain('dresden');
    expect(bot.whispered('UANA').at(-1)).toContain('dresden');
    expect(bot.whispered('UANA').at(-1)).not.toContain('aachen');
    expect(bot.whispered('UKIM').at(-1)).not.toContain('aachen');
  });

  it('as a reply and removed, is gone, with by whom and when (2.5)', async () => {
    const reply = bot.slack.read('CHELP', { threadTs: ts }).find(({ text }) => text === 'It says bonn');
    await bot.slack.as('UKIM').remove('CHELP', reply?.ts ?? '');
    await bot.settle();
    expect(allRead(bot)).not.toContain('bonn');
    expect(under(bot, bot.card('CT1'))).toMatch(/removed by the customer, .*10:00/);
  });

  it('as first message and removed, leaves the ticket open and tells the owner (2.5)', async () => {
    await act(bot, 'UANA', bot.card('CT1'), 'Claim');
    await bot.slack.as('UKIM').remove('CHELP', ts);
    await bot.settle();
    expect(allRead(bot)).not.toContain('dresden');
    const line = bot.slack.read('CT1', { threadTs: bot.card('CT1').ts }).at(-1);
    expect(line?.pings).toEqual(['UANA']);
    expect(line && bot.textOf(line)).toMatch(/removed/);
    expect(bot.textOf(bot.card('CT1'))).toContain('Resolve');
  });

  it('and is refused nowhere', () => expect(refusals(bot)).toEqual([]));
});

describe('files', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());

  it('alone are a ticket, named after them (2.1, 2.5)', async () => {
    const ts = await bot.slack.as('UKIM').post('CHELP', '', { files: [{ name: 'error.png', size: 2_000 }] });
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('error.png');
    expect(bot.texts('CHELP', ts)[1]).toContain('ESC-1');
  });

  it('that a colleague in the tier thread posts go nowhere (7.1)', async () => {
    await bot.slack.as('UANA').post('CT1', 'internal look', {
      threadTs: bot.card('CT1').ts,
      files: [{ name: 'internal.pdf' }],
    });
    await bot.settle();
    expect(bot.slack.read('CHELP').map(bot.textOf).join()).not.toContain('internal');
    for (const { ts } of bot.slack.read('CHELP')) expect(bot.texts('CHELP', ts).join()).not.toContain('internal');
    expect(refusals(bot)).toEqual([]);
  });
});

describe('events that come out of order', () => {
  let bot: Bot;
  beforeEach(async () => {
    bot = await aBot();
  });
  afterEach(() => bot.stop());

  it('the reply before its first message: one ticket with both (2.11)', async () => {
    bot.slack.faults.hold();
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.slack.as('UKIM').post('CHELP', 'Since noon', { threadTs: ts });
    bot.slack.faults.release((held) => held.toReversed());
    await bot.settle();
    expect(bot.texts('CHELP', ts)[2]).toContain('ESC-1');
    expect(bot.textOf(bot.card('CT1'))).toContain('My VPS is down');
    expect(under(bot, bot.card('CT1'))).toContain('Since noon');
    expect(bot.slack.read('CT1').filter(({ pings }) => pings.length > 0)).toHaveLength(1);
  });

  it('the edit before its message: the ticket has the newest text alone (2.11)', async () => {
    bot.slack.faults.hold();
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My password is hunter2');
    await bot.slack.as('UKIM').edit('CHELP', ts, 'My VPS is down');
    bot.slack.faults.release((held) => held.toReversed());
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('My VPS is down');
    expect(readBesideCalls(bot)).not.toContain('hunter2');
    expect(bot.texts('CHELP', ts)).toHaveLength(2);
  });

  it('the deletion of a reply before the reply: nothing of it is shown (2.11)', async () => {
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.settle();
    bot.slack.faults.hold();
    const reply = await bot.slack.as('UKIM').post('CHELP', 'My password is hunter2', { threadTs: ts });
    await bot.slack.as('UKIM').remove('CHELP', reply);
    bot.slack.faults.release((held) => held.toReversed());
    await bot.settle();
    expect(readBesideCalls(bot)).not.toContain('hunter2');
    expect(under(bot, bot.card('CT1'))).toMatch(/removed by the customer/);
  });

  it('the deletion of the first message before it: a ticket stays, and nothing of the text (2.11)', async () => {
    bot.slack.faults.hold();
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My password is hunter2');
    await bot.slack.as('UKIM').remove('CHELP', ts);
    bot.slack.faults.release((held) => held.toReversed());
    await bot.settle();
    expect(readBesideCalls(bot)).not.toContain('hunter2');
    expect(bot.textOf(bot.card('CT1'))).toContain('ESC-1');
  });

  it('a message that was lost is read from Slack when somebody replies under it (2.11)', async () => {
    bot.slack.faults.suppress((payload) => JSON.stringify(payload).includes('lost one'));
    const ts = await bot.slack.as('UKIM').post('CHELP', 'The lost one');
    await bot.slack.as('UKIM').edit('CHELP', ts, 'The lost one, edited');
    await bot.slack.as('UKIM').post('CHELP', 'Hello?', { threadTs: ts });
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('The lost one, edited');
    expect(under(bot, bot.card('CT1'))).toContain('Hello?');
    bot.slack.faults.release();
    await bot.settle();
    expect(bot.texts('CHELP', ts).filter((text) => text.includes('Thank you'))).toHaveLength(1);
  });
});

describe('a message that Slack does not let us read', () => {
  it('is not acked, and comes again (2.11)', async () => {
    const bot = await aBot({ onLog: () => undefined, ackMs: 1_000 });
    bot.slack.faults.suppress((payload) => JSON.stringify(payload).includes('lost one'));
    const ts = await bot.slack.as('UKIM').post('CHELP', 'The lost one');
    bot.slack.faults.api.add('conversations.history', { kind: 'error', error: 'internal_error' }, 20);
    bot.slack.faults.api.add('conversations.replies', { kind: 'error', error: 'internal_error' }, 20);
    await bot.slack.as('UKIM').post('CHELP', 'Hello?', { threadTs: ts });
    await bot.settle();
    expect(bot.slack.read('CT1')).toEqual([]);
    expect(bot.slack.redeliveriesWaiting()).toBe(1);
    bot.slack.faults.api.clear();
    await bot.wait(minute);
    expect(bot.textOf(bot.card('CT1'))).toContain('The lost one');
    expect(under(bot, bot.card('CT1'))).toContain('Hello?');
    await bot.stop();
  });
});

describe('what the customer is told', () => {
  let bot: Bot;
  let ts: string;
  beforeAll(async () => {
    bot = await aBot();
    ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.settle();
  });
  afterAll(() => bot.stop());

  const seenByKim = (): string => [...bot.texts('CHELP', ts), ...bot.told('UKIM'), ...bot.whispered('UKIM')].join('\n');

  it('is nothing said in the tier channel, no note, no mention, no file, no link (7.1)', async () => {
    const before = seenByKim();
    const card = bot.card('CT1');
    await bot.slack.as('UANA').post('CT1', 'secret talk <@UKIM>', { threadTs: card.ts, raw: true });
    await bot.slack.as('UANA').post('CT1', 'secret file', { threadTs: card.ts, files: [{ name: 'secret.log' }] });
    await act(bot, 'UANA', card, 'Note');
    await send(bot, 'UANA', { note: 'secret note' });
    await bot.slack.as('UANA').command('/ticket note ESC-1 secret command', { channel: 'CT1' });
    await act(bot, 'UANA', bot.card('CT1'), 'Triage');
    await send(bot, 'UANA', { reason: 'secret reason', urgency: 'can-wait' });
    expect(seenByKim()).toBe(before);
    expect(under(bot, bot.card('CT1'))).toContain('secret note');
    expect(under(bot, bot.card('CT1'))).toContain('secret command');
  });

  it('is an update in the words of the preview, with status, tier, and when the next word comes (7.1, 7.2)', async () => {
    await act(bot, 'UANA', bot.card('CT1'), 'Claim');
    await act(bot, 'UANA', bot.card('CT1'), 'Update customer');
    await bot.slack.as('UANA').submit({ text: 'We look at the disk' });
    const preview = formOf(bot, 'UANA');
    expect(preview).toContain('Kim reads this on ESC-1, word for word.');
    expect(preview).toContain('Support');
    expect(seenByKim()).not.toContain('We look at the disk');
    await send(bot, 'UANA', { text: 'We look at the disks' });
    const told = bot.texts('CHELP', ts).at(-1);
    expect(told).toContain('Ana writes:\nWe look at the disks');
    expect(told).toContain('being worked on, at Tier 1 (Support)');
    expect(told).toMatch(/do not know yet when it is solved; we aim to write again by 12 Jan 2027/);
  });

  it('has the expected time where staff gave one, and refuses one that is past (7.2)', async () => {
    await act(bot, 'UANA', bot.card('CT1'), 'Update customer');
    const now = bot.clock.now();
    const past = await send(bot, 'UANA', { text: 'Soon', expected: (now - hour) / 1000 });
    expect(Object.keys(past.errors ?? {})).toEqual(['expected']);
    await bot.slack.as('UANA').submit({ expected: (now + 5 * hour) / 1000 });
    await send(bot, 'UANA');
    expect(bot.texts('CHELP', ts).at(-1)).toMatch(/We expect it to be solved by .*15:00/);
  });

  it('is what staff write in the customer’s thread; the tier hears of it, and the 24 hours run anew (7.1, 7.3)', async () => {
    await bot.wait(2 * hour);
    await bot.slack.as('UBEN').post('CHELP', 'I replaced the disk', { threadTs: ts });
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('I replaced the disk');
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana');
    await bot.slack.as('UKIM').command('/ticket show ESC-1', { channel: 'CHELP' });
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toMatch(/Customer last told .*12:00/);
  });

  it('is in one line each: taken on, waiting for you, escalated (7.4)', async () => {
    const lines = bot.texts('CHELP', ts);
    expect(lines.filter((line) => line === 'Ana is on it: ESC-1.')).toHaveLength(1);
    await act(bot, 'UANA', bot.card('CT1'), 'Wait for customer');
    await send(bot, 'UANA', { need: 'Please send the log' });
    expect(bot.texts('CHELP', ts).at(-1)).toContain('Please send the log');
    expect(bot.textOf(bot.card('CT1'))).toContain('Waiting for the customer');
    await bot.slack.as('UKIM').post('CHELP', 'Here it is', { threadTs: ts });
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('Open, in work');
    const before = bot.texts('CHELP', ts).length;
    await act(bot, 'UANA', bot.card('CT1'), 'Escalate');
    await send(bot, 'UANA', { reason: 'inner reason', note: 'inner hand-over' });
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 1);
    expect(bot.texts('CHELP', ts).at(-1)).toContain('escalated');
    expect(seenByKim()).not.toContain('inner');
  });

  it('is the solution, not its cause and fix (7.1, 8.1)', async () => {
    await act(bot, 'UCLEO', bot.card('CT2'), 'Claim');
    await resolve(bot, 'UCLEO', bot.card('CT2'), { cause: 'inner cause', fix: 'inner fix', message: 'It runs again.' });
    expect(bot.texts('CHELP', ts).at(-1)).toContain('It runs again.');
    expect(seenByKim()).not.toContain('inner');
    expect(under(bot, bot.card('CT2'))).toContain('inner cause');
  });

  it('holds no inner word in show, history and why either (11)', async () => {
    for (const verb of ['show', 'history', 'why']) {
      await bot.slack.as('UKIM').command(`/ticket ${verb} ESC-1`, { channel: 'CHELP' });
    }
    await bot.settle();
    expect(bot.whispered('UKIM')).toHaveLength(4);
    expect(seenByKim()).not.toMatch(/inner|secret/);
    expect(bot.whispered('UKIM').join()).toContain('I replaced the disk');
    expect(bot.slack.messages().filter(({ channel, pings }) => channel === 'CHELP' && pings.length > 0)).toEqual([]);
    expect(refusals(bot)).toEqual([]);
  });
});

describe('replies when it is over', () => {
  let bot: Bot;
  let ts: string;
  beforeEach(async () => {
    bot = await aBot();
    ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.settle();
    await act(bot, 'UANA', bot.card('CT1'), 'Claim');
    await resolve(bot, 'UANA', bot.card('CT1'));
  });
  afterEach(() => bot.stop());

  const reply = async (text: string): Promise<void> => {
    await bot.slack.as('UKIM').post('CHELP', text, { threadTs: ts });
    await bot.settle();
  };
  const solved = async (): Promise<void> => {
    await bot.slack.as('UKIM').press(newest(bot, 'Solved', 'Still broken'), 'Solved');
    await bot.settle();
  };

  it('to a resolved ticket: a thank-you is noted, any other asks again and starts the close anew (8.3)', async () => {
    const before = bot.texts('CHELP', ts).length;
    await reply('Thank you very much!');
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 1);
    expect(bot.textOf(bot.card('CT1'))).toContain('Resolved');
    await bot.wait(hour);
    await reply('What was it?');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('Still broken');
    // Had the close run from the solution, it would come an hour earlier.
    await bot.passTo(bot.clock.now() + 3 * day - minute);
    expect(bot.textOf(bot.card('CT1'))).toContain('Resolved');
    await bot.wait(minute);
    expect(bot.textOf(bot.card('CT1'))).toContain('Closed, unconfirmed');
  });

  it('to a resolved ticket: one that says it still fails reopens it (8.3)', async () => {
    await reply('Sorry, it still does not work');
    expect(bot.textOf(bot.card('CT1'))).toContain('Claim');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('open again');
  });

  it('to a closed ticket: no thanks, then Reopen for 7 days (8.3)', async () => {
    await solved();
    await bot.wait(6 * day);
    const before = bot.texts('CHELP', ts).length;
    await reply('Thanks again');
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 1);
    await reply('It is down once more');
    const offer = newest(bot, 'Reopen', 'Shall we open it again');
    expect(offer.threadTs).toBe(ts);
    await bot.slack.as('UKIM').press(offer, 'Reopen');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('Claim');
    expect(bot.textOf(bot.card('CT1'))).toContain('ESC-1');
  });

  it('to a ticket closed for more than 7 days: a new ticket in the same thread, which then belongs to it (8.3)', async () => {
    await solved();
    const old = bot.card('CT1');
    await bot.wait(7 * day + minute);
    await reply('It is down once more');
    const card = bot.card('CT1');
    expect(named(bot, card)).toBe('ESC-2');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('ESC-2');
    await reply('And the mail too');
    expect(under(bot, card)).toContain('And the mail too');
    expect(under(bot, old)).not.toContain('And the mail too');
    await act(bot, 'UANA', card, 'Claim');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('ESC-2');
  });

  it('dismissed: one line with "It is an issue", which reopens; no question, no rating (8.6)', async () => {
    await bot.slack.as('UKIM').press(newest(bot, 'Solved', 'Still broken'), 'Still broken');
    await bot.settle();
    const before = bot.texts('CHELP', ts).length;
    await act(bot, 'UANA', bot.card('CT1'), 'Dismiss');
    await send(bot, 'UANA', { reason: 'inner: spam' });
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 1);
    expect(bot.texts('CHELP', ts).join()).not.toContain('inner');
    expect(bot.textOf(bot.card('CT1'))).toContain('Dismissed');
    await bot.wait(2 * day);
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 1);
    await bot.slack.as('UKIM').press(newest(bot, 'It is an issue'), 'It is an issue');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('Claim');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('open again');
    expect(refusals(bot)).toEqual([]);
  });

  it('a form for it, sent by the customer, still works: Add details reopens what still fails (2.3, 8.3)', async () => {
    await bot.slack.as('UKIM').press(newest(bot, 'Add details'), 'Add details');
    await send(bot, 'UKIM', { text: 'It is still down' });
    expect(bot.textOf(bot.card('CT1'))).toContain('Claim');
  });
});
