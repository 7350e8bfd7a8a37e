import { aBot, type Bot } from '../support/a-bot.ts';

describe.each(['in-turn', 'at-once'] as const)('everything delivered twice, %s (14.7)', (how) => {
  let bot: Bot;

  beforeAll(async () => {
    bot = await aBot();
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    bot.slack.faults.twice(how);
  });
  afterAll(() => bot.stop());

  it('a press is one claim', async () => {
    await bot.slack.as('UANA').press(bot.card('CT1'), 'Claim');
    await bot.settle();
    expect(bot.texts('CT1', bot.card('CT1').ts).filter((text) => text.includes('claimed it'))).toHaveLength(1);
  });

  it('a command is one note', async () => {
    await bot.slack.as('UANA').command('/ticket note 1 rebooted', { channel: 'CT1' });
    await bot.settle();
    expect(bot.texts('CT1', bot.card('CT1').ts).filter((text) => text.includes('rebooted'))).toHaveLength(1);
  });

  it('a form is one form and one escalation', async () => {
    const ana = bot.slack.as('UANA');
    await ana.press(bot.card('CT1'), 'Escalate');
    await bot.settle();
    expect(ana.view()?.callback_id).toBe('form-escalate');
    await ana.submit({ reason: 'disk', note: 'smart says so' });
    await bot.settle();
    expect(bot.slack.read('CT2').map(({ pings }) => pings.length)).toEqual([0, 1]);
    expect(bot.told('UANA')).toEqual([]);
  });

  it('a new ticket is one ticket', async () => {
    const kim = bot.slack.as('UKIM');
    await kim.command('/ticket new', { channel: 'CHELP' });
    await bot.settle();
    const fields = { title: 'Slow', description: 'It is slow', reach: 'chat', kind: 'technical' };
    await kim.submit({ ...fields, service: 'vps', impact: 'site', urgency: 'down' });
    await bot.settle();
    expect(bot.told('UKIM').filter((text) => text.includes('we have your issue'))).toHaveLength(1);
  });

  it('nobody is told of a fault', () => {
    for (const user of ['UANA', 'UKIM']) expect(bot.whispered(user).join(' ')).not.toContain('wrong on our side');
  });
});

describe('people of other workspaces (2.12)', () => {
  it('use the buttons of their thread, with or without a profile', async () => {
    const bot = await aBot();
    const ts = await bot.slack.as('UFAY').post('CSHOP', 'Our shop is down');
    await bot.settle();
    const receipt = bot.slack.read('CSHOP', { threadTs: ts }).at(-1);
    if (receipt === undefined) throw new Error('no receipt');
    const mine = await bot.slack.as('UFAY').press(receipt, 'My tickets');
    await bot.settle();
    expect(mine.replies[0]?.text).toContain('ESC-1');
    await bot.slack.as('UFLO').press(receipt, 'Add details');
    const sent = await bot.slack.as('UFLO').submit({ text: 'It began at noon' });
    await bot.settle();
    expect(sent.closed).toBe(true);
    expect(bot.texts('CT1', bot.card('CT1').ts).join('\n')).toContain('It began at noon');
    const stranger = await bot.slack.as('UNOBODY').press(receipt, 'My tickets');
    await bot.settle();
    expect(stranger.error).toBeNull();
    await bot.stop();
  });
});
