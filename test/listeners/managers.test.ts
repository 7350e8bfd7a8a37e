import { aBot, type Bot } from '../support/a-bot.ts';

describe('a critical ticket by phone', () => {
  let bot: Bot;
  const dm = (userId: string) => {
    const channel = bot.slack.dmWithBot(userId);
    const found = bot.slack.messages().filter((message) => message.channel === channel && message.onlyFor === null);
    const last = found.at(-1);
    if (last === undefined) throw new Error(`nobody has written to ${userId}`);
    return last;
  };

  beforeAll(async () => {
    bot = await aBot();
    const ana = bot.slack.as('UANA');
    await ana.globalShortcut('new-ticket');
    await ana.submit({
      title: 'All shops down',
      description: 'Everything is down',
      name: 'Mrs. Smith',
      reach: 'phone',
      contact: '030 123456',
      kind: 'technical',
      service: 'other',
      impact: 'many',
      urgency: 'down',
    });
    await ana.closeView();
    await bot.settle();
  });
  afterAll(() => bot.stop());

  it('shows itself to the manager who presses Open, in private (6.3)', async () => {
    const outcome = await bot.slack.as('UMAX').press(dm('UMAX'), 'Open');
    await bot.settle();
    expect(outcome.replies[0]?.text).toContain('All shops down');
  });

  it('is acknowledged once, and says so where it was pressed (6.3)', async () => {
    const first = await bot.slack.as('UMAX').press(dm('UMAX'), 'Acknowledge');
    await bot.settle();
    expect(first.replies[0]?.text).toContain('Max acknowledged it');
    expect(bot.textOf(bot.card('CT1'))).toContain('Max');
    const again = await bot.slack.as('UMAX').press(dm('UMAX'), 'Acknowledge');
    await bot.settle();
    expect(again.replies[0]?.text).toContain('It is so already');
  });

  it('is told to the customer by a person, and closed for them (7.5)', async () => {
    const ana = bot.slack.as('UANA');
    await ana.press(bot.card('CT1'), 'Told them');
    await bot.settle();
    const told = await ana.submit({ who: 'Mrs. Smith', how: 'by phone' });
    expect(told.closed).toBe(true);
    await ana.command('/ticket resolve 1 it runs', { channel: 'CT1' });
    await bot.settle();
    await ana.submit({ cause: 'power', fix: 'switched' });
    await ana.submit();
    await bot.settle();
    const closed = await ana.press(bot.card('CT1'), 'Solved for the customer');
    await bot.settle();
    expect(closed.error).toBeNull();
    expect(bot.textOf(bot.card('CT1'))).toMatch(/Closed, confirmed/);
    expect(bot.slack.refusals).toEqual([]);
  });

  it('reopens with a reason, and hands back what was escalated (6.6)', async () => {
    const ana = bot.slack.as('UANA');
    const line = await ana.command('/ticket reopen 1 it is down again', { channel: 'CT1' });
    expect(line.replies[0]?.text).toContain('Ana reopened it');
    await bot.settle();
    await bot.slack.as('UBEN').press(bot.card('CT1'), 'Escalate');
    await bot.settle();
    await bot.slack.as('UBEN').submit({ reason: 'power', note: 'ask the plant', tier: '3' });
    await bot.settle();
    expect(bot.textOf(bot.card('CT3'))).toContain('All shops down');
    const back = await bot.slack.as('UDORA').command('/ticket handback 1 not ours', { channel: 'CT3' });
    await bot.settle();
    expect(back.replies[0]?.text).toContain('handed it back to Tier 2');
    await bot.slack.as('UDORA').command('/escalate 1', { channel: 'CT3' });
    await bot.settle();
    await bot.slack.as('UDORA').submit({ reason: 'ours after all', note: 'sorry' });
    await bot.settle();
    await bot.slack.as('UDORA').command('/escalate 1 we need you', { channel: 'CT3' });
    await bot.settle();
    expect(bot.slack.as('UDORA').view()?.callback_id).toBe('form-call-managers');
    expect((await bot.slack.as('UDORA').submit()).closed).toBe(true);
  });
});
