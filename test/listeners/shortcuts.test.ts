import { aBot, type Bot } from '../support/a-bot.ts';

describe('shortcuts', () => {
  let bot: Bot;
  const form = (userId: string): string => bot.slack.as(userId).view()?.callback_id ?? 'no form';
  const rest = { kind: 'technical', service: 'vps', impact: 'site', urgency: 'down' } as const;

  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());

  it("opens a ticket for a customer in a thread of the bot's direct message (2.9)", async () => {
    const kim = bot.slack.as('UKIM');
    await kim.globalShortcut('new-ticket');
    const sent = await kim.submit({ title: 'Slow', description: 'It is slow', reach: 'chat', ...rest });
    await bot.settle();
    expect(sent.closed).toBe(true);
    expect(bot.told('UKIM')[0]).toContain('ESC-1');
    expect(bot.textOf(bot.card('CT1'))).toContain('Slow');
  });

  it("by staff on a customer's message opens one ticket in its thread, for its author (2.4, 2.10)", async () => {
    const ts = await bot.slack.as('UKIM').post('CTALK', 'Does anybody know why my site is down?');
    const ana = bot.slack.as('UANA');
    await ana.messageShortcut('create-ticket', { channel: 'CTALK', ts });
    await bot.settle();
    expect(form('UANA')).toBe('form-new-ticket');
    await ana.submit({ reach: 'chat', ...rest });
    await bot.settle();
    expect(JSON.stringify(ana.view()?.blocks)).toContain('ESC-2');
    await ana.closeView();
    expect(bot.texts('CTALK', ts).at(-1)).toContain('ESC-2');
    await ana.messageShortcut('create-ticket', { channel: 'CTALK', ts });
    await bot.settle();
    expect(form('UANA')).toBe('form-text');
    expect(JSON.stringify(ana.view()?.blocks)).toContain('ESC-2');
    await ana.closeView();
  });

  it("on a colleague's message asks who the customer is (2.10)", async () => {
    const ts = await bot.slack.as('UBEN').post('CT2', 'A customer called: no mail since noon');
    const cleo = bot.slack.as('UCLEO');
    await cleo.messageShortcut('create-ticket', { channel: 'CT2', ts });
    await bot.settle();
    const sent = await cleo.submit({ reach: 'phone', name: 'Mr. Roe', contact: '030 123456', ...rest });
    await bot.settle();
    expect(sent.updated).toBe(true);
    expect(bot.texts('CT2', ts)).toHaveLength(1);
    expect(bot.textOf(bot.card('CT1'))).toContain('Mr. Roe');
    await cleo.closeView();
  });

  it('on a card shows that ticket', async () => {
    const ana = bot.slack.as('UANA');
    await ana.messageShortcut('create-ticket', bot.card('CT1'));
    await bot.settle();
    expect(JSON.stringify(ana.view()?.blocks)).toContain('ESC-3');
    await ana.closeView();
  });

  it('was never refused by Slack', () => {
    expect(bot.slack.refusals).toEqual([]);
  });
});
