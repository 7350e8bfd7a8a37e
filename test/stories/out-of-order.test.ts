import type { Message } from '../../sandbox/slack-records.ts';
import { day, second } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';

describe('what comes in another order than it was done', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());

  const prompts = (): readonly Message[] =>
    bot.slack.messages().filter((message) => JSON.stringify(message.blocks).includes('New ticket'));

  it('an older edit that comes after a newer one, before the message itself, does not win (2.5, 2.11)', async () => {
    const { slack } = bot;
    slack.faults.hold();
    const ts = await slack.as('UKIM').post('CHELP', 'The site is slw');
    bot.clock.moveBy(second);
    await slack.as('UKIM').edit('CHELP', ts, 'The site is slow');
    bot.clock.moveBy(second);
    await slack.as('UKIM').edit('CHELP', ts, 'The site is down');
    slack.faults.release((held) => [...held].reverse());
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('The site is down');
    expect(bot.texts('CHELP', ts).filter((text) => text.includes('we have your issue'))).toHaveLength(1);
    const history = await slack.as('UMAX').command('/ticket history ESC-1', { channel: 'CT1' });
    await bot.settle();
    expect(JSON.stringify(history.replies)).toContain('The site is slow');
  });

  it('whichever buttons of a prompt are pressed, the message belongs to one ticket, and they say which (2.4, 2.10)', async () => {
    const gus = bot.slack.as('UGUS');
    await gus.dm('I cannot log in');
    await bot.settle();
    const asked = bot.slack.messages().findLast((message) => bot.textOf(message).includes('Shall we open a ticket'));
    await gus.press(asked ?? (await noPrompt()), 'Open a ticket');
    await bot.settle();
    await gus.dm('It says: wrong password');
    await bot.settle();
    const prompt = prompts().at(-1) ?? (await noPrompt());
    await Promise.all([gus.press(prompt, 'New ticket'), gus.press(prompt, 'Add to ESC-2')]);
    await bot.settle();
    expect(bot.texts('CT1').filter((text) => text.includes('wrong password'))).toHaveLength(1);
    // Whichever came second.
    expect(JSON.stringify(bot.slack.message(prompt.channel, prompt.ts))).toMatch(/This message belongs to [^"]*"/);
  });

  it('a message is not added to a ticket that was closed too long ago, and the prompt says so', async () => {
    const gus = bot.slack.as('UGUS');
    await gus.dm('One more thing');
    await bot.settle();
    const prompt = prompts().at(-1) ?? (await noPrompt());
    const number = /Add to (ESC-\d+)/.exec(JSON.stringify(prompt.blocks))?.[1] ?? '';
    await bot.slack.as('UANA').command(`/ticket close ${number}`, { channel: 'CT1' });
    await bot.settle();
    await bot.slack.as('UANA').submit({ reason: 'a test' });
    await bot.settle();
    bot.jumpTo(bot.clock.now() + 8 * day);
    await gus.press(prompt, `Add to ${number}`);
    await bot.settle();
    expect(bot.textOf(bot.slack.message(prompt.channel, prompt.ts) ?? prompt)).toContain('closed too long ago');
  });
});

const noPrompt = (): Promise<Message> => Promise.reject(new Error('Nothing was asked'));
