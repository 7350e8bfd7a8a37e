import { day, hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { act, formOf, newTicket, refusals, resolve, send } from '../support/a-conversation.ts';

describe('a customer by phone (7.5)', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
    await bot.slack.as('UANA').command('/ticket new', { channel: 'CT1' });
    const values = newTicket({ name: 'Mr Phone', reach: 'phone', contact: '+49 30 1234567', title: 'Server off' });
    await send(bot, 'UANA', values);
    await bot.slack.as('UANA').closeView();
  });
  afterAll(() => bot.stop());

  const card = (): string => bot.textOf(bot.card('CT1'));
  const tell = async (userId: string): Promise<void> => {
    await act(bot, userId, bot.card('CT1'), 'Told them');
    const sent = await send(bot, userId, { who: 'Mr Phone', how: 'by phone' });
    expect(sent.closed).toBe(true);
  };

  it('has no place: the card says whom to call, what is owed, and by when', () => {
    expect(card()).toContain('Mr Phone');
    expect(card()).toContain('+49 30 1234567');
    expect(card()).toContain('that we have their issue');
    expect(card()).toMatch(/12 Jan 2027/);
    expect(card()).toContain('Told them');
  });

  it('is told by a person: "Told them", with whom, how and when, and nothing is owed', async () => {
    await act(bot, 'UANA', bot.card('CT1'), 'Claim');
    await act(bot, 'UANA', bot.card('CT1'), 'Told them');
    const ahead = await send(bot, 'UANA', { who: 'Mr Phone', how: 'by phone', when: (bot.clock.now() + hour) / 1000 });
    expect(Object.keys(ahead.errors ?? {})).toEqual(['when']);
    await send(bot, 'UANA', { when: bot.clock.now() / 1000 });
    expect(card()).not.toContain('that we have their issue');
  });

  it('not told by the deadline: the tier is called and managers are told; the bot writes to nobody', async () => {
    const calls = () => bot.slack.read('CT1').filter(({ pings }) => pings.length > 0).length;
    // At a higher tier other clocks would ring too.
    await act(bot, 'UANA', bot.card('CT1'), 'Wait for customer');
    await send(bot, 'UANA', { need: 'the serial number' });
    await tell('UANA');
    const before = calls();
    const managers = bot.told('UMAX').length;
    await bot.wait(day - minute);
    expect([calls(), bot.told('UMAX').length]).toEqual([before, managers]);
    await bot.wait(minute);
    expect(calls()).toBe(before + 1);
    expect(bot.told('UMAX')).toHaveLength(managers + 1);
    expect(bot.told('UMAX').at(-1)).toContain('ESC-1');
    expect(card()).toContain('how it stands');
    await tell('UANA');
    expect(card()).not.toContain('how it stands');
  });

  it('"Update customer" says that a person has to say it', async () => {
    await act(bot, 'UANA', bot.card('CT1'), 'Update customer');
    await bot.slack.as('UANA').submit({ text: 'We wait for a part' });
    expect(formOf(bot, 'UANA')).toContain('Tierline cannot reach Mr Phone.');
    await send(bot, 'UANA');
    expect(card()).toContain('how it stands');
    await tell('UANA');
  });

  it('resolved, is asked by a person; only then confirm and close run, and staff press Solved (8.2)', async () => {
    await resolve(bot, 'UANA', bot.card('CT1'));
    expect(card()).toContain('whether it is solved');
    await bot.wait(hour);
    await tell('UANA');
    await bot.wait(3 * day - minute);
    expect(card()).toContain('Resolved');
    await act(bot, 'UANA', bot.card('CT1'), 'Solved for the customer');
    expect(card()).toContain('Closed, confirmed');
    await bot.slack.as('UANA').command('/ticket history ESC-1', { channel: 'CT1' });
    await bot.settle();
    expect(bot.whispered('UANA').at(-1)).toMatch(/for the customer/i);
    expect(refusals(bot)).toEqual([]);
  });
});
