import { minute, second } from '../../src/domain/instant.ts';
import { aBot, type Bot, furniture, monday } from '../support/a-bot.ts';

/** `BURST=500 npm test -- test/stories/burst` plays the whole of it, in some minutes. */
const customers = Number(process.env.BURST ?? 24);
const inSeconds = (customers / 500) * 10;

const names = Array.from({ length: customers }, (_, index) => `UC${index}`);
const crowd = {
  ...furniture,
  users: [
    ...(furniture.users ?? []),
    ...names.map((id) => ({ id, name: id.toLowerCase(), displayName: `Customer ${id}` })),
  ],
  channels: (furniture.channels ?? []).map((channel) =>
    channel.id === 'CHELP' ? { ...channel, members: [...(channel.members ?? []), ...names] } : channel,
  ),
};

const critical = { kind: 'technical', service: 'vps', impact: 'many', urgency: 'down' } as const;

/** So many customers write within some seconds, and Slack allows what Slack allows. */
const burst = async (bot: Bot): Promise<{ readonly threads: readonly string[]; readonly criticalAt: number }> => {
  const { slack } = bot;
  const threads: string[] = [];
  let criticalAt = 0;
  for (const [index, name] of names.entries()) {
    threads.push(await slack.as(name).post('CHELP', `Trouble number ${index}`));
    if (index === Math.floor(customers * 0.8)) {
      await slack.as('ULOU').command('/ticket new Everything is down', { channel: 'CHELP' });
      await slack.as('ULOU').submit({ description: 'All sites', ...critical });
      criticalAt = bot.clock.now();
    }
    bot.clock.moveBy((inSeconds * second) / customers);
    if (index % 10 === 0) await bot.settle();
  }
  await bot.settle();
  return { threads, criticalAt };
};

/** Second by second, until nothing is left to be said. */
const drain = async ({ clock, instances }: Bot): Promise<void> => {
  for (let looks = 0; looks < 3 * customers + 60; looks += 1) {
    clock.moveBy(second);
    await Promise.all(instances.map((instance) => instance.tick()));
    await Promise.all(instances.map((instance) => instance.idle()));
    const next = (await instances[0]?.nextInstant()) ?? null;
    if (next === null || next > clock.now() + 10 * minute) return;
  }
};

/**
 * Of the tier's channel, the narrowest place, until the last card and what is known stand there. Calls take turns there too; those
 * that come after that wait for their minute, not for Slack.
 */
const figuresOf = ({ slack }: Bot, criticalAt: number) => {
  const refused = slack.refusals.filter(({ error }) => error === 'ratelimited').length;
  const all = slack.messages().filter(({ channel, botId }) => channel === 'CT1' && botId !== null);
  const last = Math.max(...all.filter(({ pings }) => pings.length === 0).map(({ at }) => at));
  const posts = all.filter(({ at }) => at <= last);
  const seconds = (last - monday) / second;
  const critical = posts.find(({ text }) => text.includes('Everything is down'));
  return {
    calls: slack.calls.length,
    refused,
    refusedShare: refused / slack.calls.length,
    posts: posts.length,
    callsOfTier: posts.filter(({ pings }) => pings.length > 0).length,
    seconds,
    perSecond: posts.length / seconds,
    criticalAfter: ((critical?.at ?? Number.POSITIVE_INFINITY) - criticalAt) / second,
  };
};

describe.each([
  { instances: 1, most: 1 / 50, criticalWithin: 5 },
  { instances: 3, most: 1 / 10, criticalWithin: 15 },
])('a burst of customers, with $instances at work (14.4)', ({ instances, most, criticalWithin }) => {
  let bot: Bot;
  afterEach(() => bot.stop());

  it('is answered whole, the critical one first, as fast as Slack allows and with few calls refused', async () => {
    const log: string[] = [];
    bot = await aBot({ instances, limits: true, furniture: crowd, onLog: (line) => void log.push(line) });
    const { threads, criticalAt } = await burst(bot);
    await drain(bot);

    const receipts = threads.map((ts) => bot.texts('CHELP', ts).filter((text) => text.includes('we have your issue')));
    expect(receipts.every((each) => each.length === 1)).toBe(true);
    const cards = bot.slack
      .read('CT1')
      .filter((each) => each.pings.length === 0 && bot.textOf(each).includes('Trouble number'));
    expect(cards).toHaveLength(customers);

    const figures = figuresOf(bot, criticalAt);
    process.stdout.write(`A burst of ${customers}, ${instances} at work: ${JSON.stringify(figures)}\n`);
    expect(figures.refusedShare).toBeLessThan(most);
    // Several processes first have to find out that they share the limits, which takes a small burst's whole time.
    expect(figures.perSecond).toBeGreaterThan(instances > 1 && customers < 200 ? 0.5 : 0.9);
    expect(figures.criticalAfter).toBeLessThan(criticalWithin);
    expect(log.filter((line) => !line.includes('saying failed, to be tried again'))).toEqual([]);
  }, 1_200_000);
});
