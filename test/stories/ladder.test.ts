import { day, hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot, monday } from '../support/a-bot.ts';

describe('a ticket that nobody solves in time', () => {
  let bot: Bot;
  afterEach(() => bot.stop());

  it('becomes a ticket in Tier 1, with a receipt to the customer and a card to the tier (2.3, 6.2)', async () => {
    bot = await aBot();
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    const [, receipt = ''] = bot.texts('CHELP', ts);
    expect(receipt).toContain('ESC-1');
    expect(receipt).toContain('How escalation works');
    expect(bot.textOf(bot.card('CT1'))).toContain('My VPS is down since noon');
    expect(bot.textOf(bot.card('CT1'))).toContain('Claim');
    const calls = bot.slack.read('CT1').filter((message) => message.pings.length > 0);
    expect(calls).toHaveLength(1);
  });

  it('reaches Tier 2 when Tier 1 has had it for 4 hours, and Tier 3 12 hours after Tier 2 took it (5, 6)', async () => {
    bot = await aBot();
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.wait(20 * minute);
    await bot.slack.as('UANA').press(bot.card('CT1'), 'Claim');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('Ana');

    await bot.wait(4 * hour - minute);
    expect(bot.slack.read('CT2')).toEqual([]);
    await bot.wait(minute);
    expect(bot.textOf(bot.card('CT2'))).toContain('My VPS is down since noon');
    expect(bot.textOf(bot.card('CT1'))).toContain('Advanced');
    expect(bot.texts('CHELP', ts).at(-1)).toMatch(/escalated/i);
    expect(bot.told('UANA').at(-1)).toContain('ESC-1');

    await bot.wait(30 * minute);
    await bot.slack.as('UCLEO').press(bot.card('CT2'), 'Claim');
    await bot.settle();
    expect(bot.told('UMAX')).toEqual([]);
    await bot.wait(12 * hour);
    expect(bot.textOf(bot.card('CT3'))).toContain('ESC-1');
    expect(bot.told('UMAX')).toHaveLength(1);
    expect(bot.told('UMAX')[0]).toContain('ESC-1');
  });

  it('tells the customer something at least every 24 hours, by itself (7.3)', async () => {
    bot = await aBot();
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    await bot.wait(4 * day);
    const instants = bot.slack
      .read('CHELP', { threadTs: ts })
      .slice(1)
      .map((message) => Math.floor(Number(message.ts) * 1000));
    const gaps = instants.map((at, index) => at - (instants[index - 1] ?? monday));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(day);
    expect(instants.length).toBeGreaterThanOrEqual(4);
  });

  it('counts business hours for the first answer: Friday 16:30 is due Monday 09:30 (5.3)', async () => {
    const friday = Date.UTC(2027, 0, 15, 16, 30);
    bot = await aBot({ startAt: friday });
    await bot.slack.as('UKIM').post('CHELP', 'Please renew our domain');
    await bot.settle();
    await bot.passTo(Date.UTC(2027, 0, 18, 9, 29));
    const breaches = () => bot.told('UMAX').filter((text) => /answered|not taken|missed/i.test(text));
    expect(breaches()).toEqual([]);
    await bot.passTo(Date.UTC(2027, 0, 18, 9, 30));
    expect(bot.told('UMAX').at(-1)).toMatch(/breach|missed|in time/i);
  });

  it('stopped before a deadline and started after three, does all three once, in order, marked late (5.8)', async () => {
    bot = await aBot();
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.slack.as('ULOU').post('CHELP', 'My shop shows an error');
    await bot.wait(30 * minute);
    await bot.stopInstances();
    bot.jumpTo(monday + 19.5 * hour);
    await bot.startInstance();
    await bot.passTo(bot.clock.now());
    // Response missed at 11:00, Tier 2 at 15:00, its response missed at 16:00, Tier 3 at 04:00.
    expect(bot.textOf(bot.card('CT3'))).toMatch(/ESC-[12]/);
    expect(bot.textOf(bot.card('CT2'))).toContain('Management');
    expect(bot.slack.read('CT2').filter((message) => message.pings.length > 0)).toEqual([]);
    expect(bot.slack.read('CT3').filter((message) => message.pings.length > 0)).toHaveLength(1);
    expect(bot.told('UMAX')).toHaveLength(1);
    const news = bot.told('UMAX')[0] ?? '';
    expect(news).toContain('ESC-1');
    expect(news).toContain('ESC-2');
    expect(news).toContain('the desk was down');

    const asItWas = bot.slack.messages().length;
    await bot.passTo(bot.clock.now());
    expect(bot.slack.messages()).toHaveLength(asItWas);
  });
});

describe('a ticket that is solved', () => {
  let bot: Bot;
  afterEach(() => bot.stop());

  const resolved = async (): Promise<string> => {
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    await bot.slack.as('UANA').press(bot.card('CT1'), 'Claim');
    await bot.settle();
    await bot.slack.as('UANA').press(bot.card('CT1'), 'Resolve');
    await bot.slack.as('UANA').submit({ cause: 'disk full', fix: 'cleaned up', message: 'Your VPS runs again.' });
    await bot.slack.as('UANA').submit();
    await bot.settle();
    return ts;
  };

  it('is closed, confirmed, when the customer says Solved (8.2)', async () => {
    bot = await aBot();
    const ts = await resolved();
    const ask = bot.slack.read('CHELP', { threadTs: ts }).at(-1);
    expect(ask && bot.textOf(ask)).toContain('Your VPS runs again.');
    expect(ask && bot.textOf(ask)).not.toContain('disk full');
    if (ask) await bot.slack.as('UKIM').press(ask, 'Solved');
    await bot.settle();
    expect(bot.texts('CHELP', ts).at(-1)).toMatch(/closed/i);
    await bot.wait(30 * day);
    expect(await bot.instances[0]?.nextInstant()).toBeNull();
  });

  it('comes back to the tier that solved it when it is still broken, the former owner named (8.2)', async () => {
    bot = await aBot();
    const ts = await resolved();
    const ask = bot.slack.read('CHELP', { threadTs: ts }).at(-1);
    if (ask) await bot.slack.as('UKIM').press(ask, 'Still broken');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('Claim');
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana');
  });

  it('is closed, unconfirmed, after two reminders and three days of silence (8.2)', async () => {
    bot = await aBot();
    const ts = await resolved();
    const before = bot.texts('CHELP', ts).length;
    await bot.wait(day);
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 1);
    await bot.wait(day);
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 2);
    await bot.wait(day);
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 3);
    expect(bot.texts('CHELP', ts).at(-1)).toMatch(/closed/i);
    await bot.wait(30 * day);
    expect(bot.texts('CHELP', ts)).toHaveLength(before + 3);
  });
});
