import { type Database, startDatabase } from '../../sandbox/database.ts';
import { minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';

// Whoever gives a server has no other that could be stopped.
const own = process.env.MONGODB_URI ? describe.skip : describe;

own('nothing is acknowledged that is not stored (14.1)', () => {
  let database: Database;
  let bots: readonly Bot[];

  beforeAll(async () => {
    database = await startDatabase({ say: () => undefined });
    const botOver = (over: 'socket' | 'http'): Promise<Bot> =>
      aBot({ over, mongodbUri: database.uriFor(`over_${over}`), onLog: () => undefined });
    bots = [await botOver('socket'), await botOver('http')];
  }, 30_000);
  afterAll(async () => {
    await Promise.all(bots.map((bot) => bot.stop()));
    await database.stop();
  });

  const both = (work: (bot: Bot) => Promise<void>): Promise<unknown> => Promise.all(bots.map(work));
  const receipts = (bot: Bot, ts: string): readonly string[] =>
    bot.texts('CHELP', ts).filter((text) => text.includes('we have your issue'));

  it('a message that comes while the database is stopped is one ticket when it is back, at Slack’s own pace', async () => {
    await database.kill();
    const posted = new Map<Bot, string>();
    await both(async (bot) => {
      const { slack, clock } = bot;
      posted.set(bot, await slack.as('UKIM').post('CHELP', 'My VPS is down since noon'));
      // At once, and after a minute; the next try comes five minutes later.
      await bot.settle();
      expect(slack.redeliveriesWaiting()).toBe(1);
      clock.moveBy(minute);
      await bot.settle();
      expect(slack.redeliveriesWaiting()).toBe(1);
      expect(slack.messages()).toHaveLength(1);
    });

    await database.restart();
    await both(async (bot) => {
      const { slack, clock } = bot;
      const ts = posted.get(bot) ?? '';
      clock.moveBy(5 * minute);
      await slack.until(() => receipts(bot, ts).length > 0, 'the receipt', 8_000);
      await bot.settle();
      expect(slack.redeliveriesWaiting()).toBe(0);
      expect(receipts(bot, ts)).toHaveLength(1);
      expect(bot.textOf(bot.card('CT1'))).toContain('ESC-1');
      const cards = slack.read('CT1').filter(({ metadata, pings }) => metadata !== null && pings.length === 0);
      expect(cards).toHaveLength(1);
      // The clocks run from when the customer wrote, not from when it could be stored.
      const shown = await slack.as('UANA').command('/ticket why ESC-1', { channel: 'CT1' });
      await bot.settle();
      expect(JSON.stringify(shown.replies)).toContain(`${Math.floor(Number(ts))}`);
    });
  }, 40_000);
});
