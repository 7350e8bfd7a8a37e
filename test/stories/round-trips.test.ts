import { hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';

interface Trips {
  readonly mongodb: Readonly<Record<string, number>>;
  readonly slack: Readonly<Record<string, number>>;
}

const counted = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((each) => each === name).length]));

const total = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

const row = (what: string, { mongodb, slack }: Trips): string => {
  const listed = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  return `${what.padEnd(24)} MongoDB ${total(mongodb)} (${listed(mongodb)}) · Slack ${total(slack)} (${listed(slack)})\n`;
};

describe('what it costs in round trips, from the press to the last record', () => {
  const commands: string[] = [];
  const lines: string[] = [];
  let bot: Bot;

  const tripsOf = async (what: string, act: () => Promise<unknown>): Promise<Trips> => {
    await bot.settle();
    commands.length = 0;
    const before = bot.slack.calls.length;
    await act();
    await bot.settle();
    const trips = {
      mongodb: counted([...commands]),
      slack: counted(bot.slack.calls.slice(before).map(({ method }) => method)),
    };
    lines.push(row(what, trips));
    return trips;
  };

  beforeAll(async () => {
    bot = await aBot({ onStoreCommand: (name) => commands.push(name) });
    // Everybody is known by now, as in a desk that has been at work for a while.
    await bot.slack.as('ULOU').post('CHELP', 'My shop is slow');
    await bot.slack.as('UKIM').mention('CHELP', 'who is there?');
    await bot.settle();
    await bot.slack.as('UANA').press(bot.card('CT1'), 'Claim');
    await bot.wait(90 * minute);
  });
  afterAll(async () => {
    await bot.stop();
    process.stdout.write(lines.join(''));
  });

  it('a sweep with nothing due', async () => {
    const { mongodb, slack } = await tripsOf('sweep, nothing due', async () => bot.instances[0]?.tick());
    expect(total(mongodb)).toBeLessThanOrEqual(2);
    expect(total(slack)).toBe(0);
  });

  it('a message that becomes a ticket', async () => {
    const { mongodb, slack } = await tripsOf('message to ticket', () =>
      bot.slack.as('UGUS').post('CHELP', 'My VPS is down since noon'),
    );
    expect(total(mongodb)).toBeLessThanOrEqual(4);
    expect(total(slack)).toBeLessThanOrEqual(5);
  });

  it('a claim', async () => {
    const { mongodb, slack } = await tripsOf('claim', () => bot.slack.as('UANA').press(bot.card('CT1'), 'Claim'));
    expect(total(mongodb)).toBeLessThanOrEqual(4);
    expect(total(slack)).toBeLessThanOrEqual(4);
  });

  it('a timed escalation', async () => {
    await bot.passTo(bot.clock.now() + 4 * hour - minute);
    expect(bot.texts('CT2').join()).not.toContain('My VPS is down');
    const { mongodb, slack } = await tripsOf('timed escalation', async () => {
      bot.jumpTo(bot.clock.now() + minute);
      await bot.instances[0]?.tick();
    });
    expect(bot.textOf(bot.card('CT2'))).toContain('My VPS is down');
    expect(total(mongodb)).toBeLessThanOrEqual(4);
    expect(total(slack)).toBeLessThanOrEqual(6);
  });
});
