import { hour } from '../../src/domain/instant.ts';
import { aBot, type Bot, furniture } from '../support/a-bot.ts';
import { type Acting, acting, formOf } from '../support/acting.ts';

const onlyTier = "Only members of the ticket's tier or a higher one, and managers, can do this.";
const notYours = 'That did not work: there is no such ticket among yours, or only our staff can do this.';
const managed = {
  ...furniture,
  users: [...(furniture.users ?? []), { id: 'UADA', name: 'ada', displayName: 'Ada', isAdmin: true }],
};

/** Kim's ticket in Tier 2, escalated by Ana; nobody has it. */
const inTier2 = async ({ posts, asks, submits }: Acting): Promise<string> => {
  const ts = await posts('UKIM', 'CHELP', 'My VPS is down since noon');
  await asks('UANA', '/escalate ESC-1', 'CT1');
  await submits('UANA', { reason: 'Needs more rights', note: 'Rebooted twice' });
  return ts;
};

describe('who may act on a ticket as its staff (4.1, 11)', () => {
  let bot: Bot;
  let act: Acting;
  let ts: string;
  beforeAll(async () => {
    bot = await aBot({ furniture: managed });
    act = acting(bot);
    ts = await inTier2(act);
  });
  afterAll(() => bot.stop());

  const history = () => act.asks('UMAX', '/ticket history ESC-1', 'CT1');

  it.each([
    'claim ESC-1',
    'handback ESC-1 not ours',
    'wait ESC-1 your password',
    'close ESC-1 spam',
    'assign ESC-1 <@UANA|ana>',
    'release ESC-1',
    'resume ESC-1',
  ])("not a lower tier's member: /ticket %s", async (line) => {
    const before = await history();
    expect(await act.asks('UANA', `/ticket ${line}`, 'CT1')).toBe(onlyTier);
    expect(await history()).toBe(before);
  });

  it.each(['update', 'resolve'])("not a lower tier's member: the form of /ticket %s says so", async (verb) => {
    await act.asks('UANA', `/ticket ${verb} ESC-1`, 'CT1');
    expect(formOf(bot, 'UANA')).toContain(onlyTier);
    await bot.slack.as('UANA').closeView();
  });

  it("not a lower tier's member: neither /escalate", async () => {
    await act.asks('UANA', '/escalate ESC-1', 'CT1');
    expect(formOf(bot, 'UANA')).toContain(onlyTier);
    await bot.slack.as('UANA').closeView();
  });

  it("but a lower tier's member reads it and adds a note", async () => {
    for (const verb of ['show', 'why', 'history']) {
      expect(await act.asks('UANA', `/ticket ${verb} ESC-1`, 'CT1')).toContain('ESC-1');
    }
    expect(await act.asks('UANA', '/ticket note ESC-1 It was slow yesterday', 'CT1')).toContain('ESC-1');
    expect(await history()).toContain('It was slow yesterday');
    expect(bot.texts('CT2', bot.card('CT2').ts).at(-1)).toContain('It was slow yesterday');
  });

  it.each([
    'show',
    'why',
    'history',
    'claim',
    'release',
    'note',
    'handback',
    'wait',
    'resume',
    'close',
    'reopen',
    'assign',
  ])('a stranger hears the same of a ticket that is there and one that is not: /ticket %s', async (verb) => {
    const words = verb === 'assign' ? '<@ULOU|lou>' : 'words';
    const there = await act.asks('ULOU', `/ticket ${verb} ESC-1 ${words}`);
    expect(there).toBe(notYours);
    expect(await act.asks('ULOU', `/ticket ${verb} ESC-99 ${words}`)).toBe(there);
  });

  it.each(['/ticket update', '/ticket told', '/ticket resolve', '/ticket note', '/escalate'])(
    'and in place of a form too: %s',
    async (line) => {
      const said: string[] = [];
      for (const name of ['ESC-1', 'ESC-99']) {
        await act.asks('ULOU', `${line} ${name}`);
        said.push(JSON.stringify(bot.slack.as('ULOU').view()?.blocks).replace(/"block_id":"\w+"/g, ''));
        await bot.slack.as('ULOU').closeView();
      }
      expect(said[0]).toContain(notYours);
      expect(said[1]).toBe(said[0]);
    },
  );

  it('a stranger has no ticket to list, and gives none away', async () => {
    expect(await act.asks('ULOU', '/ticket list')).not.toContain('ESC-1');
    expect(await act.asks('ULOU', '/ticket list all')).not.toContain('ESC-1');
    expect(await act.asks('ULOU', '/ticket handover <@UGUS|gus> take them')).toBe(notYours);
  });

  it('the customer sees what was said to them, and nothing that is ours', async () => {
    const seen = await act.asks('UKIM', '/ticket history ESC-1');
    expect(seen).toContain('ESC-1');
    for (const ours of ['Needs more rights', 'Rebooted twice', 'It was slow yesterday'])
      expect(seen).not.toContain(ours);
    expect(await act.asks('UKIM', '/ticket list')).toContain('ESC-1');
    expect(await act.asks('UKIM', '/ticket show ESC-1')).toContain('Tier 2');
    expect(await act.asks('UKIM', '/ticket why ESC-1')).toContain('ESC-1');
  });

  it.each(['claim ESC-1', 'note ESC-1 words', 'wait ESC-1 words', 'handback ESC-1 words', 'resume ESC-1'])(
    'the customer does not act as staff: /ticket %s',
    async (line) => {
      expect(await act.asks('UKIM', `/ticket ${line}`)).toBe(notYours);
    },
  );

  it('a colleague in a channel of our own workspace is not the customer; in a shared one they are', async () => {
    const shared = await act.posts('UFAY', 'CSHOP', 'Our shop is slow');
    await act.pressesLast('UFLO', 'CSHOP', shared, 'Add details');
    expect((await act.submits('UFLO', { text: 'Since this morning' })).closed).toBe(true);
    expect(bot.texts('CT1', bot.card('CT1').ts).at(-1)).toContain('Since this morning');

    const receipt = bot.slack.read('CHELP', { threadTs: ts }).at(1);
    if (receipt === undefined) throw new Error('Kim has no receipt');
    await bot.slack.as('ULOU').press(receipt, 'Add details');
    await bot.settle();
    const sent = await act.submits('ULOU', { text: 'Mine too' });
    expect(Object.values(sent.errors ?? {})).toEqual([notYours]);
    await bot.slack.as('ULOU').closeView();
  });

  it('a guest is a customer, even in a tier channel and in its group', async () => {
    await bot.slack.change.addMember('CT2', 'UGUS');
    await bot.slack.change.setGroupMembers('ST1', ['UANA', 'UBEN', 'UGUS']);
    await bot.instances[0]?.keepDesk();
    await act.presses('UGUS', 'CT2', 'Claim');
    expect(bot.whispered('UGUS').at(-1)).toBe(notYours);
    expect(bot.textOf(bot.card('CT2'))).toContain('nobody has it');
  });

  it('an admin of the workspace, who is in no tier, acts', async () => {
    expect(await act.asks('UADA', '/ticket claim ESC-1', 'CT1')).toContain('Ada');
    expect(bot.textOf(bot.card('CT2'))).toContain('Ada has it');
    expect(await act.asks('UADA', '/ticket release ESC-1', 'CT1')).toContain('Ada');
  });

  it('a manager acts anywhere', async () => {
    await act.presses('UMAX', 'CT2', 'Claim');
    expect(bot.textOf(bot.card('CT2'))).toContain('Max has it');
    await act.pressesMore('UMAX', 'CT2', 'Release');
  });

  it("only managers acknowledge, and only a manager gives one colleague's ticket to another", async () => {
    await act.presses('UCLEO', 'CT2', 'Claim');
    expect(await act.asks('UBEN', '/ticket assign ESC-1 <@UMAX|max>', 'CT2')).toBe('Only managers can do this.');
    expect(await act.asks('UMAX', '/ticket assign ESC-1 <@UBEN|ben>', 'CT2')).toContain('Ben');
    expect(bot.textOf(bot.card('CT2'))).toContain('Ben has it');
  });

  it('a deactivated colleague is refused like a stranger, without a word of the ticket', async () => {
    await bot.slack.change.deactivate('UCLEO');
    await bot.settle();
    await bot.slack.change.addMember('CT2', 'UCLEO');
    await act.asks('UCLEO', '/ticket release ESC-1', 'CT2');
    expect(bot.whispered('UCLEO').at(-1)).toBe(notYours);
    expect(bot.textOf(bot.card('CT2'))).toContain('Ben has it');
  });

  it('a press by a bot changes nothing', async () => {
    await bot.slack.as('UBOTTY').press(bot.card('CT1'), 'Claim');
    await bot.settle();
    expect(bot.whispered('UBOTTY').at(-1)).toBe(notYours);
    expect(bot.textOf(bot.card('CT1'))).toContain('nobody has it');
    expect(await history()).not.toContain('Botty');
  });

  it('was all told to those who asked, in a place only they see', () => {
    const open = bot.slack.messages().filter(({ onlyFor }) => onlyFor === null);
    expect(open.filter((message) => /can do this|did not work/.test(bot.textOf(message)))).toEqual([]);
    expect(bot.slack.refusals).toEqual([]);
  });
});

describe('who does not open a ticket by writing (2.6)', () => {
  let bot: Bot;
  let act: Acting;
  beforeAll(async () => {
    bot = await aBot();
    act = acting(bot);
  });
  afterAll(() => bot.stop());

  it('staff, bots, the bot itself, joins and topics', async () => {
    await act.posts('UANA', 'CHELP', 'Good morning all');
    await act.posts('UMAX', 'CHELP', 'Please be patient');
    await act.posts('UBOTTY', 'CHELP', 'Build 12 failed');
    await act.posts('UBOT', 'CHELP', 'I am Tierline');
    await bot.slack.as('UKIM').post('CHELP', 'set the topic: help', { subtype: 'channel_topic' });
    await bot.slack.change.addMember('CHELP', 'UCLEO');
    await bot.settle();
    expect(bot.slack.read('CT1')).toEqual([]);
    expect(bot.slack.read('CHELP').filter(({ user }) => user === 'UBOT')).toHaveLength(1);
  });

  it('a mention or direct message by staff is answered with their work', async () => {
    await bot.slack.as('UANA').mention('CHELP', 'what is mine?');
    await bot.slack.as('UBEN').dm('what is mine?');
    await bot.settle();
    expect(bot.whispered('UANA').at(-1)).toContain('Your open tickets');
    expect(bot.told('UBEN').at(-1)).toContain('Your open tickets');
    expect(bot.slack.read('CT1')).toEqual([]);
  });

  it('but a guest does, as the customer they are', async () => {
    const ts = await act.posts('UGUS', 'CHELP', 'Our site is down');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('Thank you');
  });
});

describe('a reporter who is also staff (11)', () => {
  it('acts on their own ticket as its customer through the customer buttons, as staff everywhere else', async () => {
    const bot = await aBot();
    try {
      const { asks, submits, presses } = acting(bot);
      await asks('UANA', '/ticket new My own site is slow');
      await submits('UANA', {
        description: 'Since noon',
        kind: 'technical',
        service: 'vps',
        impact: 'person',
        urgency: 'degraded',
        customer: 'UANA',
        reach: 'chat',
      });
      expect(bot.textOf(bot.card('CT1'))).toContain('Customer: Ana');
      await presses('UANA', 'CT1', 'Claim');
      expect(bot.textOf(bot.card('CT1'))).toContain('Ana has it');
      await presses('UANA', 'CT1', 'Resolve');
      await submits('UANA', { cause: 'cache', fix: 'cleared', message: 'It is fast again.' });
      await submits('UANA');
      await bot.wait(hour);
      const dm = bot.slack.dmWithBot('UANA');
      const ask = bot.slack
        .messages()
        .findLast((message) => message.channel === dm && bot.textOf(message).includes('Still broken'));
      if (ask === undefined) throw new Error('Ana was not asked whether it is solved');
      await bot.slack.as('UANA').press(ask, 'Solved');
      await bot.settle();
      expect(bot.textOf(bot.card('CT1'))).toContain('Closed, confirmed');
      expect(await asks('UANA', '/ticket close ESC-1 spam', 'CT1')).toContain('closed at the moment');
    } finally {
      await bot.stop();
    }
  });
});
