import { minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { act, refusals, resolve } from '../support/a-conversation.ts';

describe('a customer’s commands (11, 12)', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());

  const ask = async (userId: string, line: string): Promise<string> => {
    const outcome = await bot.slack.as(userId).command(line, { channel: 'CHELP' });
    expect(outcome.acked).toBe(true);
    await bot.settle();
    return bot.whispered(userId).at(-1) ?? '';
  };

  it('list is kind where there is nothing', async () => {
    expect(await ask('UKIM', '/ticket list')).toBe('You have no tickets with us. If something is wrong, just tell us.');
  });

  it('list shows their own tickets alone', async () => {
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.slack.as('ULOU').post('CHELP', 'My mail is gone');
    await bot.settle();
    const list = await ask('UKIM', '/ticket list');
    expect(list).toContain('My VPS is down');
    expect(list).toContain('with our team');
    expect(list).not.toContain('My mail is gone');
    expect(await ask('UKIM', '/ticket list all')).not.toContain('My mail is gone');
  });

  it('show, why and history say how it stands, by when what happens, what was said', async () => {
    await act(
      bot,
      'UANA',
      bot.slack.read('CT1').find((one) => bot.textOf(one).includes('My VPS is down')) ?? bot.card('CT1'),
      'Claim',
    );
    await bot.slack.as('UANA').command('/ticket note ESC-1 inner note', { channel: 'CT1' });
    const show = await ask('UKIM', '/ticket show ESC-1');
    expect(show).toContain('being worked on');
    expect(show).toContain('Ana is on it');
    expect(show).toContain('Add details');
    expect(await ask('UKIM', '/ticket why ESC-1')).toContain('Advanced');
    const history = await ask('UKIM', '/ticket history ESC-1');
    expect(history).toContain('Ana took it on');
    expect(bot.whispered('UKIM').join('\n')).not.toContain('inner');
  });

  it('another’s ticket reads exactly like one that does not exist, and staff’s verbs like both (11)', async () => {
    for (const verb of ['show', 'why', 'history', 'close', 'reopen', 'claim', 'note']) {
      const words = verb === 'note' ? ' hello' : '';
      const anothers = await ask('UGUS', `/ticket ${verb} ESC-1${words}`);
      const none = await ask('UGUS', `/ticket ${verb} ESC-99${words}`);
      expect([verb, anothers]).toEqual([verb, none]);
      expect(anothers).toContain('no such ticket among yours');
    }
    for (const verb of ['resolve', 'update', 'wait', 'told', 'assign', 'handback', 'release']) {
      const before = bot.whispered('UGUS').length;
      await bot.slack.as('UGUS').command(`/ticket ${verb} ESC-1`, { channel: 'CHELP' });
      await bot.settle();
      const one = JSON.stringify([bot.whispered('UGUS').slice(before), bot.slack.as('UGUS').view()?.blocks ?? null]);
      const between = bot.whispered('UGUS').length;
      await bot.slack.as('UGUS').command(`/ticket ${verb} ESC-99`, { channel: 'CHELP' });
      await bot.settle();
      const two = JSON.stringify([bot.whispered('UGUS').slice(between), bot.slack.as('UGUS').view()?.blocks ?? null]);
      const same = (text: string) => text.replaceAll(/"block_id":"[^"]*"/g, '');
      expect([verb, same(one)]).toEqual([verb, same(two)]);
    }
  });

  it('staff’s verbs on their own ticket are refused in one kind sentence (11)', async () => {
    for (const line of ['claim ESC-1', 'note ESC-1 hello', 'release ESC-1', 'resume ESC-1']) {
      expect(await ask('UKIM', `/ticket ${line}`)).toContain('only our staff can do this');
    }
    expect(
      bot.textOf(bot.slack.read('CT1').find((one) => bot.textOf(one).includes('My VPS is down')) ?? bot.card('CT1')),
    ).toContain('Ana has it');
  });

  it('close is Solved: confirmed; reopen within 7 days opens it again (8.2, 8.3, 8.6)', async () => {
    const card = bot.slack.read('CT1').find((one) => bot.textOf(one).includes('My VPS is down')) ?? bot.card('CT1');
    const now = () => bot.textOf(bot.slack.message('CT1', card.ts) ?? card);
    await resolve(bot, 'UANA', bot.slack.message('CT1', card.ts) ?? card);
    await ask('UKIM', '/ticket close ESC-1');
    expect(now()).toContain('Closed, confirmed');
    await bot.wait(minute);
    await ask('UKIM', '/ticket reopen ESC-1');
    expect(now()).toContain('Claim');
    await ask('UKIM', '/ticket close ESC-1');
    expect(now()).toContain('Closed, confirmed');
    expect(await ask('UKIM', '/ticket list')).toContain('closed');
  });

  it('help tells the stages and times as aims, and what there is to write (2.3)', async () => {
    const help = await ask('UKIM', '/ticket help');
    for (const word of ['/ticket new', '/ticket list', 'Advanced', '4 hours', '24 hours', 'aims']) {
      expect(help).toContain(word);
    }
    expect(help).not.toMatch(/resolve|dismiss/i);
    expect(await ask('UKIM', '/ticket shwo ESC-1')).toContain('show');
    expect(await ask('UKIM', '/ticket show')).toContain('Which ticket?');
    expect(await ask('UKIM', '/ticket list help')).toContain('/ticket new');
    expect(await ask('UKIM', '/policy show')).toContain('Advanced');
    expect(refusals(bot)).toEqual([]);
  });
});
