import { hour } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';

describe('a triage that makes a deadline past', () => {
  let bot: Bot;
  const saturday = Date.UTC(2027, 0, 9, 10);

  beforeAll(async () => {
    bot = await aBot({ startAt: saturday });
    await bot.slack.as('UKIM').post('CHELP', 'Nothing works since noon');
    await bot.settle();
    await bot.wait(2 * hour);
  });
  afterAll(() => bot.stop());

  it('is said before, and done at the second submit only (3.3)', async () => {
    const ana = bot.slack.as('UANA');
    await ana.press(bot.card('CT1'), 'Triage');
    await bot.settle();
    const sent = await ana.submit({
      kind: 'technical',
      service: 'vps',
      impact: 'many',
      urgency: 'down',
      reason: 'all shops',
    });
    await bot.settle();
    expect(sent.updated).toBe(true);
    expect(JSON.stringify(ana.view()?.blocks)).toContain('due now');
    expect(bot.textOf(bot.card('CT1'))).not.toContain('Critical');
    const again = await ana.submit();
    await bot.settle();
    expect(again.closed).toBe(true);
    expect(bot.textOf(bot.card('CT1'))).toContain('Critical');
  });
});

describe('a form whose ticket moved on meanwhile', () => {
  it('shows how it stands, keeps what was typed, and may be sent all the same (4.4)', async () => {
    const bot = await aBot();
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.settle();
    const ana = bot.slack.as('UANA');
    await ana.press(bot.card('CT1'), 'Dismiss');
    await bot.settle();
    await bot.slack.as('UBEN').press(bot.card('CT1'), 'Claim');
    await bot.settle();
    const sent = await ana.submit({ reason: 'only a test' });
    expect(sent.updated).toBe(true);
    expect(JSON.stringify(ana.view()?.blocks)).toContain('Ben has it');
    const again = await ana.submit();
    await bot.settle();
    expect(again.closed).toBe(true);
    expect(bot.textOf(bot.card('CT1'))).toContain('Dismissed');
    expect(bot.slack.refusals).toEqual([]);
    await bot.stop();
  });
});
