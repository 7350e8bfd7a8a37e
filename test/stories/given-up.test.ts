import { day, hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { type Acting, acting } from '../support/acting.ts';

describe('what cannot be said where it was to be said', () => {
  let bot: Bot;
  let act: Acting;
  const log: string[] = [];
  beforeEach(async () => {
    bot = await aBot({ onLog: (line) => void log.push(line) });
    act = acting(bot);
  });
  afterEach(() => bot.stop());

  const cards = () => bot.slack.read('CT1').filter((each) => each.pings.length === 0);

  it('a card that somebody deleted is posted anew, once', async () => {
    await act.posts('UKIM', 'CHELP', 'My VPS is down');
    bot.slack.faults.api.add('chat.update', { kind: 'error', error: 'message_not_found' }, 3);
    await act.asks('UANA', '/ticket claim ESC-1', 'CT1');
    expect(cards()).toHaveLength(2);
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana');
    bot.slack.faults.api.clear();
    await act.asks('UANA', '/ticket note ESC-1 found it', 'CT1');
    expect(cards()).toHaveLength(2);
  });

  it('managers hear of all of it in one message a minute, and the card says what the customer is owed', async () => {
    const threads: string[] = [];
    for (const name of ['UKIM', 'ULOU', 'UGUS']) threads.push(await act.posts(name, 'CHELP', `Trouble of ${name}`));
    await bot.wait(2 * minute);
    await bot.slack.change.removeBot('CHELP');
    for (const number of [1, 2, 3]) await act.asks('UANA', `/ticket claim ESC-${number}`, 'CT1');
    await bot.wait(2 * minute);
    const told = bot.told('UMAX').filter((text) => /could not/.test(text));
    expect(told).toHaveLength(2);
    expect(told.at(-1)).toContain('2 things could not be said');
    expect(bot.textOf(bot.card('CT1'))).toContain('Tell the customer');
    expect(await act.asks('UANA', '/ticket history ESC-1', 'CT1')).toContain('could not reach the customer');
  });

  it('a call whose reason is gone when its turn comes is not said, and that is on record (14.3)', async () => {
    await act.posts('UKIM', 'CHELP', 'My VPS is down');
    await act.posts('ULOU', 'CHELP', 'My mail bounces');
    const calls = () => bot.slack.read('CT1').filter(({ pings }) => pings.length > 0);
    expect(calls()).toHaveLength(1);
    // The second call waits for its minute, and by then somebody is on it.
    await act.asks('UANA', '/ticket claim ESC-2', 'CT1');
    await bot.wait(2 * minute);
    expect(calls()).toHaveLength(1);
    const record = 'Not said, as it was out of date by then: a call to the tier';
    expect(await act.asks('UANA', '/ticket history ESC-2', 'CT1')).toContain(record);
    expect(await act.asks('ULOU', '/ticket history ESC-2', 'CHELP')).not.toContain('Not said');
    expect(await act.asks('UANA', '/ticket history ESC-1', 'CT1')).not.toContain('Not said');
  });

  it('of several calls in one message the one without a reason is left out, and that is on record (14.3)', async () => {
    for (const name of ['UKIM', 'ULOU', 'UGUS']) await act.posts(name, 'CHELP', `Trouble of ${name}`);
    await act.asks('UANA', '/ticket claim ESC-3', 'CT1');
    await bot.wait(2 * minute);
    const calls = bot.slack.read('CT1').filter(({ pings }) => pings.length > 0);
    expect(calls).toHaveLength(2);
    expect(calls[1]?.text).toContain('ESC-2');
    expect(calls[1]?.text).not.toContain('ESC-3');
    const record = 'Not said, as it was out of date by then: a call to the tier';
    expect(await act.asks('UANA', '/ticket history ESC-3', 'CT1')).toContain(record);
    expect(await act.asks('UANA', '/ticket history ESC-2', 'CT1')).not.toContain('Not said');
  });

  it('after Slack was away managers hear once that nobody has a ticket, however often it was due (14.5)', async () => {
    await act.posts('UKIM', 'CHELP', 'My VPS is down');
    await bot.wait(hour);
    const before = bot.told('UMAX').length;
    bot.slack.faults.api.add('chat.postMessage', { kind: 'status', status: 503 }, 100_000);
    for (let hours = 0; hours < 3; hours += 1) await bot.wait(hour);
    bot.slack.faults.api.clear();
    await bot.wait(20 * minute);
    expect(bot.told('UMAX').slice(before)).toEqual([expect.stringContaining('Still nobody of Tier 1')]);
    await bot.wait(40 * minute);
    expect(bot.told('UMAX').at(-1)).toContain('Still nobody of Tier 1');
  });

  it('speaks to the customer again when their place is heard of again', async () => {
    const ts = await act.posts('UKIM', 'CHELP', 'My VPS is down');
    bot.slack.faults.api.add('chat.postMessage', { kind: 'error', error: 'is_archived' });
    await act.presses('UANA', 'CT1', 'Claim');
    expect(bot.textOf(bot.card('CT1'))).toContain('Tell the customer');
    await act.posts('UKIM', 'CHELP', 'Any news?', ts);
    expect(bot.textOf(bot.card('CT1'))).not.toContain('Tell the customer');
    await bot.wait(day);
    expect(bot.texts('CHELP', ts).join('\n')).toContain('was escalated');
  });

  it('after Slack was away for days, the customer is asked once, and each escalation is told', async () => {
    const ts = await act.posts('UKIM', 'CHELP', 'My VPS is down');
    await act.presses('UANA', 'CT1', 'Claim');
    const before = bot.texts('CHELP', ts).length;
    bot.slack.faults.api.add('chat.postMessage', { kind: 'status', status: 503 }, 100_000);
    for (let looks = 0; looks < 5; looks += 1) {
      bot.jumpTo(bot.clock.now() + 13 * hour);
      await bot.passTo(bot.clock.now());
    }
    expect(bot.texts('CHELP', ts)).toHaveLength(before);
    bot.slack.faults.api.clear();
    await bot.wait(hour);
    const since = bot.texts('CHELP', ts).slice(before);
    expect(since.filter((text) => text.includes('how it stands'))).toHaveLength(1);
    expect(since.filter((text) => /escalated/.test(text))).toHaveLength(2);
  });
});
