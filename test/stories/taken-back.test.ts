import { aBot, type Bot } from '../support/a-bot.ts';
import { type Acting, acting } from '../support/acting.ts';

describe('what a customer takes back (2.5)', () => {
  let bot: Bot;
  let act: Acting;
  beforeEach(async () => {
    bot = await aBot();
    act = acting(bot);
  });
  afterEach(() => bot.stop());

  const everywhere = (): string =>
    bot.slack
      .messages()
      .filter(({ deleted, botId }) => !deleted && botId !== null)
      .map((each) => `${bot.textOf(each)} ${each.text}`)
      .join('\n');

  it('stands nowhere any more: not in calls of the tier, nor in what managers were told', async () => {
    const ts = await act.posts('UKIM', 'CHELP', 'My password is swordfish');
    await act.presses('UANA', 'CT1', 'Triage');
    const worst = { kind: 'technical', service: 'vps', impact: 'many', urgency: 'down', reason: 'all' } as const;
    await act.submits('UANA', worst);
    await act.asks('UANA', '/escalate ESC-1', 'CT1');
    await act.submits('UANA', { reason: 'more rights', note: 'none' });
    expect(bot.told('UMAX').filter((text) => text.includes('swordfish'))).toHaveLength(2);
    const rings = bot.slack.messages().reduce((sum, { pings }) => sum + pings.length, 0);

    await bot.slack.as('UKIM').remove('CHELP', ts);
    await bot.settle();
    expect(everywhere()).not.toContain('swordfish');
    expect(bot.told('UMAX').filter((text) => text.includes('Removed by the customer'))).toHaveLength(2);
    expect(bot.slack.messages().reduce((sum, { pings }) => sum + pings.length, 0)).toBe(rings);
  });
});
