import { type Database, startDatabase } from '../../sandbox/database.ts';
import { hour, minute, second } from '../../src/domain/instant.ts';
import { aBot, type Bot, monday } from '../support/a-bot.ts';

// Whoever gives a server has no other that could be stopped.
const own = process.env.MONGODB_URI ? describe.skip : describe;

own('while MongoDB is away (14.5)', () => {
  let database: Database;
  let bot: Bot;
  const log: string[] = [];

  beforeAll(async () => {
    database = await startDatabase({ say: () => undefined });
    bot = await aBot({ mongodbUri: database.uriFor('outage'), onLog: (line) => void log.push(line) });
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    await bot.slack.as('UANA').press(bot.card('CT1'), 'Triage');
    await bot.settle();
    await database.kill();
  });
  afterAll(async () => {
    await bot.stop();
    await database.stop();
  });

  const triage = { kind: 'technical', service: 'vps', impact: 'site', urgency: 'down', reason: 'all' } as const;
  let missed = '';

  it('whoever presses, commands or sends a form hears so in a sentence, and nothing is half done', async () => {
    const { slack } = bot;
    const before = slack.messages().length;
    const [press, command, sent] = await Promise.all([
      slack.as('UBEN').press(bot.card('CT1'), 'Claim'),
      slack.as('UCLEO').command('/ticket show ESC-1', { channel: 'CT2' }),
      slack.as('UANA').submit(triage),
    ]);
    await bot.settle();
    for (const { error, replies } of [press, command]) {
      expect(error).toBeNull();
      expect(replies.at(-1)?.text).toContain('try again in a moment');
    }
    expect(Object.values(sent.errors ?? {})).toEqual([expect.stringContaining('try again in a moment')]);
    expect(slack.as('UANA').view()?.callback_id).toBe('form-triage');
    expect(
      slack
        .messages()
        .slice(before)
        .filter(({ onlyFor }) => onlyFor === null),
    ).toEqual([]);
  });

  it('a message is not acknowledged, so that Slack sends it again', async () => {
    missed = await bot.slack.as('ULOU').post('CHELP', 'My shop shows an error');
    await bot.settle();
    expect(bot.slack.redeliveriesWaiting()).toBe(1);
    expect(bot.texts('CHELP', missed)).toHaveLength(1);
  });

  it('looking for passed deadlines fails without harm', async () => {
    bot.jumpTo(monday + 30 * second);
    await Promise.allSettled(bot.instances.map((instance) => instance.tick()));
    expect(log.join('')).not.toContain('My shop');
  });

  it('when it is back, what was missed is one ticket, and what was due is done: by itself', async () => {
    await database.restart();
    bot.jumpTo(monday + hour + 2 * minute);
    await bot.slack.until(() => bot.texts('CHELP', missed).length > 1, 'the receipt', 8_000);
    await bot.settle();
    expect(bot.texts('CHELP', missed).filter((text) => text.includes('ESC-2'))).toHaveLength(1);
    await bot.passTo(bot.clock.now());
    expect(bot.told('UMAX').join('\n')).toContain('ESC-1');
  });

  it('the form that stayed open is sent as it was typed, and a press does what it says', async () => {
    const { slack } = bot;
    const sent = await slack.as('UANA').submit();
    expect(sent.errors).toBeNull();
    await bot.settle();
    const claimed = await slack.as('UBEN').command('/ticket claim ESC-1', { channel: 'CT1' });
    expect(claimed.replies.at(-1)?.text).toContain('Ben claimed it');
    const shown = await slack.as('UANA').command('/ticket history ESC-1', { channel: 'CT1' });
    await bot.settle();
    expect(JSON.stringify(shown.replies).match(/claimed it/g)?.length).toBeGreaterThanOrEqual(1);
  });
});

describe('while Slack is away (14.3, 14.5)', () => {
  let bot: Bot;
  const log: string[] = [];
  beforeAll(async () => {
    bot = await aBot({ onLog: (line) => void log.push(line) });
  });
  afterAll(() => bot.stop());

  const inThread = (ts: string): readonly string[] => bot.texts('CHELP', ts).slice(1);
  const once = (texts: readonly string[], words: string): void => {
    expect(texts.filter((text) => text.includes(words))).toHaveLength(1);
  };

  it('notices wait, and are then said once, in the order in which they came about', async () => {
    const { slack } = bot;
    slack.faults.api.add('chat.postMessage', { kind: 'status', status: 503 }, 1_000);
    slack.faults.api.add('chat.update', { kind: 'status', status: 503 }, 1_000);
    const ts = await slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    await slack.as('UANA').command('/ticket claim ESC-1', { channel: 'CT1' });
    await bot.settle();
    await slack.as('UANA').command('/ticket note ESC-1 The disk is full', { channel: 'CT1' });
    await bot.wait(10 * minute);
    expect(inThread(ts)).toEqual([]);
    expect(slack.read('CT1')).toEqual([]);

    slack.faults.api.clear();
    await bot.wait(10 * minute);
    const said = inThread(ts);
    expect(said).toHaveLength(2);
    expect(said[0]).toContain('we have your issue');
    expect(said[1]).toContain('Ana is on it');
    const tier = bot.texts('CT1', bot.card('CT1').ts).join('\n');
    expect(tier.indexOf('What is known')).toBeLessThan(tier.indexOf('Ana claimed it'));
    expect(tier.indexOf('Ana claimed it')).toBeLessThan(tier.lastIndexOf('The disk is full'));
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana');
    expect(slack.read('CT1').filter((each) => each.pings.length === 0)).toHaveLength(1);
  });

  it('a post that arrived, but whose answer was lost, is not said twice', async () => {
    const { slack } = bot;
    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' }, 4);
    const ts = await slack.as('ULOU').post('CHELP', 'My shop shows an error');
    await bot.settle();
    await bot.wait(10 * minute);
    once(inThread(ts), 'we have your issue');
    const cards = slack.read('CT1').filter((each) => each.pings.length === 0 && bot.textOf(each).includes('ESC-2'));
    expect(cards).toHaveLength(1);
    const calls = slack.read('CT1').filter((each) => each.pings.length > 0 && bot.textOf(each).includes('ESC-2'));
    expect(calls).toHaveLength(1);
    once(bot.texts('CT1', cards[0]?.ts), 'What is known');
    expect(log.join('')).not.toContain('My shop');
  });
});
