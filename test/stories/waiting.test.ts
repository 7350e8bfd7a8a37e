import { day, hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { type Acting, acting } from '../support/acting.ts';

describe('waiting, warnings and what makes a deadline', () => {
  let bot: Bot;
  let act: Acting;
  let ts: string;
  beforeEach(async () => {
    bot = await aBot();
    act = acting(bot);
    ts = await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
  });
  afterEach(() => bot.stop());

  const card = (channel: string) => bot.textOf(bot.card(channel));
  const inThread = (channel = 'CT1') => bot.texts(channel, bot.card(channel).ts);
  const history = () => act.asks('UMAX', '/ticket history ESC-1', 'CT1');
  const why = () => act.asks('UANA', '/ticket why ESC-1', 'CT1');

  const waits = async () => {
    await act.presses('UANA', 'CT1', 'Wait for customer');
    await act.submits('UANA', { need: 'May we reboot it?' });
  };

  it('pauses the hand-over clock, not the update clock; the answer ends it and the rest runs on (5.4)', async () => {
    await act.presses('UANA', 'CT1', 'Claim');
    await bot.wait(2 * hour);
    await waits();
    expect(bot.texts('CHELP', ts).at(-1)).toContain('May we reboot it?');
    expect(card('CT1')).toContain('Waiting for the customer');
    await bot.wait(10 * hour);
    expect(bot.slack.read('CT2')).toEqual([]);
    await act.posts('UKIM', 'CHELP', 'Yes, please', ts);
    expect(card('CT1')).toContain('Open, in work');
    expect(inThread().at(-1)).toContain('The customer answered');
    await bot.wait(2 * hour - minute);
    expect(bot.slack.read('CT2')).toEqual([]);
    expect(await why()).toContain('11 Jan 2027 22:00');
    await bot.wait(minute);
    expect(card('CT2')).toContain('ESC-1');
  });

  it('tells the customer after 24 hours all the same, and what we need from them (5.4, 7.3)', async () => {
    await act.presses('UANA', 'CT1', 'Claim');
    await waits();
    await bot.wait(day);
    expect(bot.texts('CHELP', ts).at(-1)).toContain('May we reboot it?');
    expect(bot.texts('CHELP', ts).length).toBeGreaterThanOrEqual(4);
  });

  it('asks the owner after 72 hours, and again every 72 hours, to resume or resolve (5)', async () => {
    await act.presses('UANA', 'CT1', 'Claim');
    await waits();
    const asks = () => inThread().filter((text) => !text.startsWith('ESC-1 · ') && text.includes('Resume'));
    await bot.wait(3 * day - minute);
    expect(asks()).toHaveLength(0);
    await bot.wait(minute);
    expect(asks()).toHaveLength(1);
    expect(asks()[0]).toContain('@UANA');
    await bot.wait(3 * day);
    expect(asks()).toHaveLength(2);
    await act.presses('UANA', 'CT1', 'Resume');
    expect(card('CT1')).toContain('Open, in work');
    await bot.wait(4 * hour - minute);
    expect(bot.slack.read('CT2')).toEqual([]);
    await bot.wait(minute);
    expect(card('CT2')).toContain('ESC-1');
  });

  it('warns when a quarter of a respond or hand-over clock is left: the tier, then the owner (5.5)', async () => {
    await bot.wait(45 * minute - 1);
    expect(inThread()).toHaveLength(2);
    await bot.wait(1);
    expect(inThread()).toHaveLength(3);
    expect(inThread().at(-1)).toContain('an answer is due 11 Jan 2027 11:00');
    await act.presses('UANA', 'CT1', 'Claim');
    const before = inThread().length;
    await bot.wait(3 * hour - 1);
    expect(inThread()).toHaveLength(before);
    await bot.wait(1);
    expect(inThread().at(-1)).toContain('@UANA');
    expect(inThread().at(-1)).toContain('Tier 2');
  });

  it('resolving stops every clock but confirm and close; reopening resumes what was left (5.6)', async () => {
    await act.presses('UANA', 'CT1', 'Claim');
    await bot.wait(3 * hour);
    await act.presses('UANA', 'CT1', 'Resolve');
    await act.submits('UANA', { cause: 'disk full', fix: 'cleaned up', message: 'It runs again.' });
    await act.submits('UANA');
    expect(await why()).not.toContain('Tier 2');
    await bot.wait(10 * hour);
    expect(bot.slack.read('CT2')).toEqual([]);
    await act.posts('UKIM', 'CHELP', 'It is still broken', ts);
    expect(card('CT1')).toContain('nobody has it');
    await bot.wait(hour - minute);
    expect(bot.slack.read('CT2')).toEqual([]);
    await bot.wait(minute);
    expect(card('CT2')).toContain('ESC-1');
  });

  it("triage that makes a deadline past warns first, is carried out now, and is nobody's breach (3.3)", async () => {
    await bot.stop();
    bot = await aBot({ startAt: Date.UTC(2027, 0, 11, 18) });
    act = acting(bot);
    ts = await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await bot.wait(2 * hour);
    expect(bot.told('UMAX')).toEqual([]);
    await act.presses('UANA', 'CT1', 'Triage');
    const sent = await act.submits('UANA', { impact: 'many', urgency: 'down', reason: 'All of the rack' });
    expect(sent.closed).toBe(false);
    expect(JSON.stringify(bot.slack.as('UANA').view())).toContain('The answer is due now');
    expect(card('CT1')).toContain('Normal');
    await act.submits('UANA');
    expect(card('CT1')).toContain('Critical');
    const record = await history();
    expect(record).toContain('All of the rack');
    expect(bot.told('UMAX').length).toBeGreaterThanOrEqual(1);
    expect(bot.told('UMAX').join()).not.toMatch(/breach|missed|not answered/i);
    const calls = bot.slack
      .read('CT1')
      .filter(({ pings }) => pings.length > 0)
      .map(bot.textOf);
    expect(calls.at(-1)).toContain('more pressing now');
  });

  it('why explains each clock that runs: start, pauses, hours that do not count, due, and then (5.7)', async () => {
    await bot.stop();
    bot = await aBot({ startAt: Date.UTC(2027, 0, 15, 16, 30) });
    act = acting(bot);
    ts = await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    const first = await why();
    expect(first).toContain('Answer by Tier 1 (Support)');
    expect(first).toContain('It started 15 Jan 2027 16:30');
    expect(first).toMatch(/Saturday|weekend|16 Jan/);
    expect(first).toContain('It is due 18 Jan 2027 09:30');
    expect(first).toContain('the managers are told');
    expect(first).toContain('A word to the customer');

    await act.presses('UANA', 'CT1', 'Claim');
    await bot.wait(hour);
    await waits();
    const waiting = await why();
    expect(waiting).toMatch(/stands still|paused/i);
    await bot.wait(hour);
    await act.posts('UKIM', 'CHELP', 'Yes', ts);
    const after = await why();
    expect(after).toContain('Tier 2 (Advanced)');
    expect(after).toContain('It is due 15 Jan 2027 21:30');
    expect(after).toMatch(/17:30.*18:30/s);

    await act.presses('UANA', 'CT1', 'Resolve');
    await act.submits('UANA', { cause: 'disk full', fix: 'cleaned up', message: 'It runs again.' });
    await act.submits('UANA');
    const resolved = await why();
    expect(resolved).toMatch(/ask/i);
    expect(resolved).toContain('18 Jan 2027 18:30');
    await act.pressesLast('UKIM', 'CHELP', ts, 'Solved');
    expect(await why()).toContain('No clock runs on ESC-1');
  });

  it('why says the same to the customer, without what is ours (11)', async () => {
    const said = await act.asks('UKIM', '/ticket why ESC-1');
    expect(said).toContain('We aim to keep it by 11 Jan 2027 11:00');
    expect(said).not.toMatch(/breach|overdue|is due 1/i);
  });
});
