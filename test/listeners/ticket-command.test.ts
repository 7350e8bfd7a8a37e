import { hour } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';

describe('/ticket', () => {
  let bot: Bot;
  const ana = () => bot.slack.as('UANA');
  const run = async (userId: string, line: string): Promise<string> => {
    const outcome = await bot.slack.as(userId).command(line, { channel: 'CHELP' });
    expect(outcome.error).toBeNull();
    await bot.settle();
    return outcome.replies.map(({ text }) => text).join('\n');
  };
  const form = (userId: string): string => bot.slack.as(userId).view()?.callback_id ?? 'no form';

  beforeAll(async () => {
    bot = await aBot();
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
  });
  afterAll(() => bot.stop());

  it('answers help, to staff with every command and to customers with the stages (2.3, 12)', async () => {
    expect(await run('UANA', '/ticket help')).toContain('/ticket handover');
    expect(await run('UKIM', '/ticket')).not.toContain('/ticket handover');
    expect(await run('UANA', '/ticket claim help')).toContain('/ticket handover');
  });

  it('answers a typo with the nearest command (12)', async () => {
    expect(await run('UANA', '/ticket clam ESC-1')).toContain('"claim"');
  });

  it('claims, and says who has it (4.2)', async () => {
    expect(await run('UANA', '/ticket claim esc-1')).toContain('Ana claimed it');
    expect(await run('UBEN', '/ticket claim #1')).toContain('Ana has it already');
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana has it');
  });

  it('keeps a note that stays inside, and unescapes what was typed (14.6)', async () => {
    expect(await run('UANA', '/ticket note 1 load &gt; 40 &amp; rising, ask <@UBEN|ben>')).toContain('left a note');
    expect(await run('UANA', '/ticket history 1')).toContain('entries');
    const seen = bot.slack.ephemerals('UANA').map(bot.textOf).at(-1);
    expect(seen).toContain('load > 40 & rising, ask @ben');
  });

  it('tells customers the same sentence for a ticket that is not theirs and for none (11)', async () => {
    const theirs = await run('ULOU', '/ticket show ESC-1');
    expect(theirs).toBe(await run('ULOU', '/ticket show ESC-999'));
    expect(await run('UKIM', '/ticket show ESC-1')).toContain('ESC-1');
  });

  it('explains and shows (5.7)', async () => {
    expect(await run('UANA', '/ticket why ESC-1')).toContain('Why ESC-1 is due');
    expect(await run('UANA', '/ticket ESC-1')).toContain('ESC-1');
    expect(await run('UANA', '/ticket list')).toContain('ESC-1');
    expect(await run('UANA', '/ticket list 2')).toContain('Advanced: open tickets: none');
    expect(await run('UKIM', '/ticket list')).toContain('ESC-1');
  });

  it('asks for the number where there is none', async () => {
    expect(await run('UANA', '/ticket claim it please')).toContain('Which ticket?');
  });

  it('assigns to a person Slack knows, and asks about a stranger (4.3)', async () => {
    expect(await run('UANA', '/ticket assign 1 @somebody')).toContain('@somebody');
    expect(await run('UANA', '/ticket assign 1 <@UKIM|kim>')).toContain('Kim is not in this tier');
    expect(await run('UANA', '/ticket assign 1 <@UBEN|ben> you know VPS')).toContain('assigned it to Ben');
  });

  it('hands over with a note, and says how many went (4.3)', async () => {
    expect(await run('UBEN', '/ticket handover <@UANA|ana>')).toContain('Please add a note');
    expect(await run('UBEN', '/ticket handover <@UANA|ana> end of my day')).toContain('1 ticket went to Ana (ESC-1)');
    expect(await run('UBEN', '/ticket handover <@UANA|ana> end of my day')).toContain('nothing to hand over');
  });

  it('opens the form of an act that needs words, and refuses in its place who may not (11)', async () => {
    await run('UANA', '/ticket resolve ESC-1');
    expect(form('UANA')).toBe('form-resolve');
    await ana().submit({ cause: 'disk', fix: 'replaced', message: 'It runs again <!channel>' });
    expect(form('UANA')).toBe('form-resolve-preview');
    await ana().closeView();
    await ana().closeView();
    await run('UKIM', '/ticket resolve ESC-1');
    expect(form('UKIM')).toBe('form-text');
    await bot.slack.as('UKIM').closeView();
  });

  it('prefills what was typed (12)', async () => {
    await run('UANA', '/escalate ESC-1 the disk is dying');
    expect(form('UANA')).toBe('form-escalate');
    const sent = await ana().submit({ note: 'smart says so' });
    expect(sent.closed).toBe(true);
    await bot.settle();
    expect(bot.textOf(bot.card('CT2'))).toContain('My VPS is down');
    expect(await run('UANA', '/ticket release 1')).toContain('Only members');
  });

  it('shows the policy to everybody (10.1)', async () => {
    expect(await run('UKIM', '/policy show')).toContain('Escalation');
    expect(await run('UKIM', '/policy sow')).toContain('"show"');
    expect(await run('UKIM', '/escalate')).toContain('Which ticket?');
  });

  it('opens a ticket from the form, once, and tells staff its number (2.1, 2.2, 14.7)', async () => {
    await run('UANA', '/ticket new printer on fire');
    expect(form('UANA')).toBe('form-new-ticket');
    const bad = await ana().submit({
      description: 'smoke',
      kind: 'technical',
      service: 'other',
      impact: 'person',
      urgency: 'down',
      reach: 'phone',
    });
    expect(Object.keys(bad.errors ?? {})).toEqual(['name', 'contact']);
    const sent = await ana().submit({ name: 'Mrs. Smith', contact: '+49 30 1234' });
    expect(sent.updated).toBe(true);
    await bot.settle();
    expect(JSON.stringify(ana().view()?.blocks)).toContain('ESC-2');
    expect(bot.textOf(bot.card('CT1'))).toContain('printer on fire');
  });

  it('answers every command within the time Slack waits', async () => {
    await bot.wait(hour);
    expect(bot.slack.refusals).toEqual([]);
  });
});
