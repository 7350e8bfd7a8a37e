import { aBot } from '../support/a-bot.ts';
import { cutDatabase } from '../support/cut-database.ts';

/** A desk with one ticket, on a database behind a wire. */
const wiredDesk = async () => {
  const database = await cutDatabase();
  const log: string[] = [];
  const bot = await aBot({ mongodbUri: database.uri, onLog: (line) => log.push(line) });
  const ana = bot.slack.as('UANA');
  await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
  await bot.settle();
  return {
    database,
    bot,
    ana,
    logged: () => log.join(''),
    anaOpens: async (button: string) => {
      await ana.press(bot.card('CT1'), button);
      await bot.settle();
    },
    stop: async () => {
      database.mend();
      await bot.stop();
      await database.drop();
    },
  };
};

let desk: Awaited<ReturnType<typeof wiredDesk>>;

describe('while the database is away', () => {
  beforeAll(async () => {
    desk = await wiredDesk();
  });
  afterAll(() => desk.stop());

  it('commands, presses and forms are answered in a sentence, and nothing is half done (14.1, 14.5)', async () => {
    const { bot, ana } = desk;
    await desk.anaOpens('Triage');
    desk.database.cut();
    const [command, press, sent] = await Promise.all([
      ana.command('/ticket claim ESC-1', { channel: 'CT1' }),
      bot.slack.as('UBEN').press(bot.card('CT1'), 'Claim'),
      ana.submit({ kind: 'technical', service: 'vps', impact: 'site', urgency: 'down', reason: 'all' }),
    ]);
    await bot.settle();
    for (const outcome of [command, press]) {
      expect(outcome.error).toBeNull();
      expect(outcome.afterMs).toBeLessThan(3_000);
      expect(outcome.replies.at(-1)?.text).toContain('try again in a moment');
    }
    expect(sent.error).toBeNull();
    expect(Object.values(sent.errors ?? {})).toHaveLength(1);
    expect(ana.view()?.callback_id).toBe('form-triage');
    expect(desk.logged()).toContain('reference');
    expect(desk.logged()).not.toContain('My VPS');
  });

  it('goes on by itself when it is back (14.5)', async () => {
    const { bot, ana } = desk;
    desk.database.mend();
    const sent = await ana.submit();
    expect(sent.closed).toBe(true);
    await bot.settle();
    const claimed = await ana.command('/ticket claim ESC-1', { channel: 'CT1' });
    expect(claimed.replies[0]?.text).toContain('Ana claimed it');
  });
});

describe('while the database thinks', () => {
  beforeEach(async () => {
    desk = await wiredDesk();
  });
  afterEach(() => desk.stop());

  it('a press is acked in time, and answered when the write has landed (14.1)', async () => {
    const { bot, ana } = desk;
    await desk.anaOpens('Dismiss');
    desk.database.stall();
    const [command, sent] = await Promise.all([
      bot.slack.as('UBEN').command('/ticket note 1 looks bad', { channel: 'CT1' }),
      ana.submit({ reason: 'a test' }),
    ]);
    expect(command.error).toBeNull();
    expect(command.replies[0]?.text).toContain('takes longer than usual');
    expect(Object.values(sent.errors ?? {})[0]).toContain('takes longer than usual');
    desk.database.mend();
    await bot.settle();
    expect(command.replies.at(-1)?.text).toContain('left a note');
    expect(JSON.stringify(ana.view()?.blocks)).toContain('dismissed it');
  });

  it('a press is carried out and told of, though the sentence that it takes longer did not arrive (14.1)', async () => {
    const { bot, ana } = desk;
    await desk.anaOpens('More…');
    desk.database.stall();
    bot.slack.faults.api.add('views.update', { kind: 'error', error: 'internal_error' });
    const pressed = await ana.pressInView('Claim');
    expect(pressed.error).toBeNull();
    await bot.slack.until(() => bot.slack.faults.api.met.length === 1, 'the sentence');
    desk.database.mend();
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana');
    expect(JSON.stringify(ana.view()?.blocks)).toContain('claimed it');
    expect(desk.logged()).toContain('answer not given');
    expect(desk.logged()).not.toContain('listener failed');
  });

  it('a form that fails after it was acked tells its sender, with the reference that the log has (14.5)', async () => {
    const { bot, ana } = desk;
    await desk.anaOpens('Dismiss');
    desk.database.stall();
    const sent = await ana.submit({ reason: 'a test' });
    expect(Object.values(sent.errors ?? {})[0]).toContain('takes longer than usual');
    desk.database.cut();
    await bot.slack.until(() => bot.told('UANA').length > 0, 'word of the failure', 15_000);
    await bot.settle();
    const [said] = bot.told('UANA');
    expect(said).toContain('try again in a moment');
    const reference = /reference: ([2-9A-Z]{6})/.exec(said ?? '')?.[1] ?? 'none';
    expect(desk.logged()).toContain(`"reference":"${reference}"`);
    expect(ana.view()?.callback_id).toBe('form-dismiss');
  }, 30_000);
});
