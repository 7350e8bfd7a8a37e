import { aBot, type Bot } from '../support/a-bot.ts';
import { type CutDatabase, cutDatabase } from '../support/cut-database.ts';

describe('while the database is away', () => {
  let bot: Bot;
  let database: CutDatabase;
  const log: string[] = [];

  beforeAll(async () => {
    database = await cutDatabase();
    bot = await aBot({ mongodbUri: database.uri, onLog: (line) => log.push(line) });
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
  });
  afterAll(async () => {
    database.mend();
    await bot.stop();
    await database.drop();
  });

  it('commands, presses and forms are answered in a sentence, and nothing is half done (14.1, 14.5)', async () => {
    const ana = bot.slack.as('UANA');
    await ana.press(bot.card('CT1'), 'Triage');
    await bot.settle();
    database.cut();
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
    expect(log.join('')).toContain('reference');
    expect(log.join('')).not.toContain('My VPS');
  });

  it('goes on by itself when it is back (14.5)', async () => {
    database.mend();
    const ana = bot.slack.as('UANA');
    const sent = await ana.submit();
    expect(sent.closed).toBe(true);
    await bot.settle();
    const claimed = await ana.command('/ticket claim ESC-1', { channel: 'CT1' });
    expect(claimed.replies[0]?.text).toContain('Ana claimed it');
  });
});

describe('while the database thinks', () => {
  it('a press is acked in time, and answered when the write has landed (14.1)', async () => {
    const database = await cutDatabase();
    const bot = await aBot({ mongodbUri: database.uri, onLog: () => undefined });
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    const ana = bot.slack.as('UANA');
    await ana.press(bot.card('CT1'), 'Dismiss');
    await bot.settle();
    database.stall();
    const [command, sent] = await Promise.all([
      bot.slack.as('UBEN').command('/ticket note 1 looks bad', { channel: 'CT1' }),
      ana.submit({ reason: 'a test' }),
    ]);
    expect(command.error).toBeNull();
    expect(command.replies[0]?.text).toContain('takes longer than usual');
    expect(Object.values(sent.errors ?? {})[0]).toContain('takes longer than usual');
    database.mend();
    await bot.settle();
    expect(command.replies.at(-1)?.text).toContain('left a note');
    expect(JSON.stringify(ana.view()?.blocks)).toContain('dismissed it');
    await bot.stop();
    await database.drop();
  });

  it('a press is carried out and told of, though the sentence that it takes longer did not arrive (14.1)', async () => {
    const log: string[] = [];
    const database = await cutDatabase();
    const bot = await aBot({ mongodbUri: database.uri, onLog: (line) => log.push(line) });
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    const ana = bot.slack.as('UANA');
    await ana.press(bot.card('CT1'), 'More…');
    await bot.settle();
    database.stall();
    bot.slack.faults.api.add('views.update', { kind: 'error', error: 'internal_error' });
    const pressed = await ana.pressInView('Claim');
    expect(pressed.error).toBeNull();
    await bot.slack.until(() => bot.slack.faults.api.met.length === 1, 'the sentence');
    database.mend();
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana');
    expect(JSON.stringify(ana.view()?.blocks)).toContain('claimed it');
    expect(log.join('')).toContain('answer not given');
    expect(log.join('')).not.toContain('listener failed');
    await bot.stop();
    await database.drop();
  });

  it('a form that fails after it was acked tells its sender, with the reference that the log has (14.5)', async () => {
    const log: string[] = [];
    const database = await cutDatabase();
    const bot = await aBot({ mongodbUri: database.uri, onLog: (line) => log.push(line) });
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    const ana = bot.slack.as('UANA');
    await ana.press(bot.card('CT1'), 'Dismiss');
    await bot.settle();
    database.stall();
    const sent = await ana.submit({ reason: 'a test' });
    expect(Object.values(sent.errors ?? {})[0]).toContain('takes longer than usual');
    database.cut();
    await bot.slack.until(() => bot.told('UANA').length > 0, 'word of the failure', 15_000);
    await bot.settle();
    const [said] = bot.told('UANA');
    expect(said).toContain('try again in a moment');
    const reference = /reference: ([2-9A-Z]{6})/.exec(said ?? '')?.[1] ?? 'none';
    expect(log.join('')).toContain(`"reference":"${reference}"`);
    expect(ana.view()?.callback_id).toBe('form-dismiss');
    database.mend();
    await bot.stop();
    await database.drop();
  }, 30_000);
});
