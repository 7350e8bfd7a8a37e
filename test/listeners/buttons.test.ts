import type { Outcome } from '../../sandbox/slack-records.ts';
import { aBot, type Bot } from '../support/a-bot.ts';

describe('buttons', () => {
  let bot: Bot;
  let thread = '';
  const inThread = (): readonly string[] => bot.texts('CHELP', thread);
  const press = async (userId: string, what: string, channel = 'CT1') => {
    const outcome = await bot.slack.as(userId).press(bot.card(channel), what);
    await bot.settle();
    return outcome;
  };
  const lastWith = (label: string, channel = 'CHELP') => {
    const found = bot.slack
      .messages()
      .filter((message) => message.channel === channel && JSON.stringify(message.blocks).includes(`"${label}"`))
      .at(-1);
    if (found === undefined) throw new Error(`nothing in ${channel} offers "${label}"`);
    return found;
  };
  const form = (userId: string): string => bot.slack.as(userId).view()?.callback_id ?? 'no form';

  beforeAll(async () => {
    bot = await aBot();
    thread = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
  });
  afterAll(() => bot.stop());

  const whispers = ({ replies }: Outcome) => replies.filter(({ kind }) => kind === 'ephemeral').map(({ text }) => text);

  it('claims without a word more than the card says (4.2)', async () => {
    const outcome = await press('UANA', 'Claim');
    expect(outcome).toMatchObject({ acked: true, error: null });
    expect(whispers(outcome)).toEqual([]);
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana has it');
  });

  it('refuses in a whisper who may not (11)', async () => {
    const outcome = await press('UKIM', 'Release');
    expect(outcome.replies).toHaveLength(1);
    expect(outcome.replies[0]?.kind).toBe('ephemeral');
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana has it');
  });

  it('answers a press on an old card with the present state (4.4)', async () => {
    const old = bot.card('CT1');
    const pressed = bot.slack.as('UANA').press(old, 'Release');
    const late = bot.slack.as('UANA').press(old, 'Release');
    const replies = [await pressed, await late];
    await bot.settle();
    expect(replies.flatMap(whispers)).toEqual([expect.stringMatching(/moved on|release/)]);
    await press('UANA', 'Claim');
  });

  it('shows everything else behind More…, fitting to the ticket (12)', async () => {
    await press('UANA', 'More…');
    expect(form('UANA')).toBe('form-more');
    const outcome = await bot.slack.as('UANA').pressInView('History');
    await bot.settle();
    expect(outcome.error).toBeNull();
    expect(JSON.stringify(bot.slack.as('UANA').view()?.blocks)).toContain('claimed it');
    await bot.slack.as('UANA').closeView();
  });

  it('does an act pressed in More…, and says so there (12)', async () => {
    await press('UANA', 'More…');
    await bot.slack.as('UANA').pressInView('Note');
    await bot.settle();
    expect(form('UANA')).toBe('form-note');
    const sent = await bot.slack.as('UANA').submit({ note: 'rebooted once' });
    await bot.settle();
    expect(sent.closed).toBe(true);
    expect(form('UANA')).toBe('no form');
    expect(bot.texts('CT1', bot.card('CT1').ts).join('\n')).toContain('rebooted once');
  });

  it('previews an update, and sends what stands there then (7.1, 7.2)', async () => {
    await press('UANA', 'Update customer');
    const first = await bot.slack.as('UANA').submit({ text: 'We look at the <!channel> disk' });
    expect(first.pushed).toBe(true);
    expect(form('UANA')).toBe('form-update-preview');
    const sent = await bot.slack.as('UANA').submit({ text: 'We look at the disk' });
    await bot.settle();
    expect(sent.closed).toBe(true);
    expect(inThread().at(-1)).toContain('We look at the disk');
  });

  it('keeps what was typed when a field is wrong (2.2)', async () => {
    await press('UANA', 'Update customer');
    const wrong = await bot.slack.as('UANA').submit({ text: 'soon', expected: 1_000_000 });
    expect(wrong.errors).toEqual({ expected: expect.stringContaining('time to come') });
    expect(form('UANA')).toBe('form-update');
    await bot.slack.as('UANA').closeView();
  });

  it('warns before a triage that makes a deadline past, and does it at the second submit (3.3)', async () => {
    const late = await bot.slack.as('ULOU').post('CHELP', 'Everything is down for all of us');
    await bot.settle();
    await bot.wait(30 * 60_000);
    expect(late).not.toBe('');
    await press('UANA', 'Triage');
    const values = { kind: 'technical', service: 'vps', impact: 'many', urgency: 'down', reason: 'all shops' };
    const sent = await bot.slack.as('UANA').submit(values);
    await bot.settle();
    expect(sent.closed || sent.updated).toBe(true);
    expect(bot.textOf(bot.card('CT1'))).toContain('Critical');
  });

  it('resolves with a preview, and closes when the customer says Solved (8.1, 8.2)', async () => {
    const card = bot.slack.read('CT1').find((message) => bot.textOf(message).includes('ESC-1'));
    if (card === undefined) throw new Error('the card of ESC-1 is gone');
    await bot.slack.as('UANA').press(card, 'Resolve');
    await bot.slack.as('UANA').submit({ cause: 'disk', fix: 'replaced', message: 'It runs again' });
    await bot.slack.as('UANA').submit();
    await bot.settle();
    expect(inThread().at(-1)).toContain('Is it solved for you?');
    const outcome = await bot.slack.as('UKIM').press(lastWith('Solved'), 'Solved');
    await bot.settle();
    expect(outcome.replies).toEqual([]);
    expect(inThread().at(-1)).toContain('Thank you');
  });

  it('gives customers their tickets and the way escalation works (2.3, 2.12)', async () => {
    const kim = bot.slack.as('UKIM');
    const receipt = lastWith('My tickets');
    const mine = await bot.slack.as('ULOU').press(receipt, 'My tickets');
    await bot.settle();
    expect(mine.replies[0]?.text).toContain('ESC-2');
    await kim.press(receipt, 'How escalation works');
    expect(form('UKIM')).toBe('form-text');
    await kim.closeView();
    const refused = await kim.press(receipt, 'Add details');
    expect(refused.error).toBeNull();
    const sent = await kim.submit({ text: 'not my ticket' });
    expect(Object.keys(sent.errors ?? {})).toEqual(['text']);
    await kim.closeView();
  });

  it('makes a joined message a ticket of its own (2.4)', async () => {
    const gus = bot.slack.as('UGUS');
    await gus.post('CHELP', 'My mail is slow');
    await bot.settle();
    await gus.post('CHELP', 'And my invoice is wrong');
    await bot.settle();
    const outcome = await gus.press(lastWith('Separate issue'), 'Separate issue');
    await bot.settle();
    expect(outcome.error).toBeNull();
    expect(bot.textOf(bot.card('CT1'))).toContain('ESC-4');
    expect(bot.textOf(bot.card('CT1'))).toContain('And my invoice is wrong');
  });

  it('was never refused by Slack', () => {
    expect(bot.slack.refusals).toEqual([]);
  });
});
