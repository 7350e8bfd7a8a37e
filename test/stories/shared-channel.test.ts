import { minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { act, formOf, named, newest, refusals, resolve, send, under } from '../support/a-conversation.ts';

describe('a channel shared with a customer’s workspace (2.12)', () => {
  let bot: Bot;
  let ts: string;
  beforeAll(async () => {
    bot = await aBot();
    ts = await bot.slack.as('UFAY').post('CSHOP', 'Our shop is down');
    await bot.settle();
  });
  afterAll(() => bot.stop());

  it('a message there is a ticket of this workspace, with the name Slack shows', () => {
    expect(bot.texts('CSHOP', ts)[1]).toContain('ESC-1');
    expect(bot.texts('CSHOP', ts)[1]).toContain('My tickets');
    expect(bot.textOf(bot.card('CT1'))).toContain('Fay');
  });

  it('without a profile it is "a customer of this channel", and nothing fails', async () => {
    const other = await bot.slack.as('UNOBODY').post('CSHOP', 'Mail bounces');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('a customer of this channel');
    expect(bot.texts('CSHOP', other)[1]).toContain(named(bot, bot.card('CT1')));
    await bot.slack.as('UNOBODY').press(newest(bot, named(bot, bot.card('CT1')), 'Add details'), 'Add details');
    expect((await send(bot, 'UNOBODY', { text: 'since Monday' })).closed).toBe(true);
    expect(under(bot, bot.card('CT1'))).toContain('since Monday');
  });

  it('a file that Slack does not show us is named as not carried (2.5)', async () => {
    await bot.slack.as('UFAY').post('CSHOP', 'See here', { threadTs: ts, files: [{ name: 'shot.png' }] });
    await bot.settle();
    expect(bot.texts('CSHOP', ts).at(-1)).toContain('could not take along');
  });

  it('"My tickets" shows their own to each, and the colleague’s reply is the customer’s (11)', async () => {
    await bot.slack.as('UFAY').press(newest(bot, 'ESC-1', 'My tickets'), 'My tickets');
    await bot.settle();
    expect(bot.whispered('UFAY').at(-1)).toContain('Our shop is down');
    await bot.slack.as('UFLO').post('CSHOP', 'The whole team sees it', { threadTs: ts });
    await bot.settle();
    expect(bot.textOf(newest(bot, 'The whole team sees it'))).toContain('Flo wrote');
  });

  it('somebody else of the channel cannot press for them, and is told so alone (11)', async () => {
    const card = bot.slack
      .read('CT1')
      .find((one) => bot.textOf(one).includes('Our shop is down') && one.pings.length === 0);
    if (card === undefined) throw new Error('No card');
    await act(bot, 'UANA', card, 'Claim');
    await resolve(bot, 'UANA', bot.slack.message('CT1', card.ts) ?? card, { message: 'It runs.' });
    const ask = newest(bot, 'It runs.', 'Solved');
    const before = bot.texts('CSHOP', ts).length;
    await bot.slack.as('UKIM').press(ask, 'Solved');
    await bot.settle();
    expect(bot.texts('CSHOP', ts)).toHaveLength(before);
    expect(bot.whispered('UKIM').at(-1)).toContain('no such ticket among yours');
  });

  it('a colleague of the same workspace presses for them: it is theirs too (11)', async () => {
    await bot.slack.as('UFLO').press(newest(bot, 'It runs.', 'Solved'), 'Still broken');
    await bot.settle();
    expect(bot.texts('CSHOP', ts).at(-1)).toContain('open again');
    await bot.slack.as('UFLO').press(newest(bot, 'ESC-1', 'How escalation works'), 'How escalation works');
    expect(formOf(bot, 'UFLO')).toContain('Management');
    // Slack says no to the one question that it has to: who is it that shows no profile?
    expect(refusals(bot).filter((one) => !one.startsWith('users.info: user_not_found'))).toEqual([]);
  });

  it('a person of this workspace who writes there is a customer of their own', async () => {
    await bot.wait(5 * minute);
    await bot.slack.as('UKIM').post('CSHOP', 'I see errors too');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('Kim');
  });
});
