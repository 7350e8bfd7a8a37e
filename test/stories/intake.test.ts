import { minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { act, allRead, formOf, named, newest, newTicket, refusals, send, under } from '../support/a-conversation.ts';

describe('a customer reaches the desk', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());
  beforeEach(() => bot.wait(10 * minute));

  const cards = (): number =>
    bot.slack.read('CT1').filter(({ metadata, pings }) => metadata !== null && pings.length === 0).length;

  it('by a message in an intake channel: the receipt says number, guess, who looks and by when (2.1, 2.3, 2.7)', async () => {
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
    await bot.settle();
    const [, receipt = ''] = bot.texts('CHELP', ts);
    expect(receipt).toContain('ESC-1');
    expect(receipt).toMatch(/technical/i);
    expect(receipt).toMatch(/VPS/);
    expect(receipt).toContain('a guess');
    expect(receipt).toContain('Support');
    expect(receipt).toMatch(/aim to answer by .*11:10/);
    expect(receipt).toContain('Add details');
    expect(receipt).not.toMatch(/guarantee/i);
  });

  it('shows the stages, their times and that they are aims, behind "How escalation works" (2.3)', async () => {
    await bot.slack.as('UKIM').press(newest(bot, 'ESC-1', 'Add details'), 'How escalation works');
    const shown = formOf(bot, 'UKIM');
    for (const word of ['Support', 'Advanced', 'Management', '4 hours', '12 hours', '24 hours', 'aims']) {
      expect(shown).toContain(word);
    }
    await bot.slack.as('UKIM').closeView();
  });

  it('by "Add details", which goes on the ticket and into the tier thread (2.3)', async () => {
    await bot.slack.as('UKIM').press(newest(bot, 'ESC-1', 'Add details'), 'Add details');
    const sent = await send(bot, 'UKIM', { text: 'It is host7.example.com' });
    expect(sent.closed).toBe(true);
    expect(under(bot, bot.card('CT1'))).toContain('It is host7.example.com');
  });

  it('by a mention outside the intake channels, and not by plain talk there (2.1)', async () => {
    await bot.slack.as('ULOU').post('CTALK', 'My mail is broken');
    await bot.settle();
    expect(allRead(bot)).not.toContain('ESC-2');
    const ts = await bot.slack.as('ULOU').mention('CTALK', 'my mail is broken');
    await bot.settle();
    expect(bot.texts('CTALK', ts)[1]).toContain('ESC-2');
    expect(bot.textOf(bot.card('CT1'))).toContain('my mail is broken');
  });

  it('by a direct message, once "Open a ticket?" was answered, in the thread of that message (2.1, 2.9)', async () => {
    const ts = await bot.slack.as('UGUS').dm('I cannot log in');
    await bot.settle();
    const before = cards();
    const prompt = newest(bot, 'Shall we open a ticket');
    expect(prompt.channel).toBe(bot.slack.dmWithBot('UGUS'));
    await bot.slack.as('UGUS').press(prompt, 'Open a ticket');
    await bot.settle();
    expect(cards()).toBe(before + 1);
    expect(bot.texts(prompt.channel, ts).join('\n')).toContain('Thank you, we have your issue.');
    expect(bot.textOf(newest(bot, 'Done: this is'))).toContain(named(bot, bot.card('CT1')));
  });

  it('by a further direct message, which is offered "Add to ESC-12" or "New ticket" (2.10)', async () => {
    const first = named(bot, bot.card('CT1'));
    await bot.slack.as('UGUS').dm('It says: wrong password');
    await bot.settle();
    const offer = newest(bot, `Add to ${first}`, 'New ticket');
    await bot.slack.as('UGUS').press(offer, `Add to ${first}`);
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('It says: wrong password');

    await bot.slack.as('UGUS').dm('And a question about my bill');
    await bot.settle();
    await bot.slack.as('UGUS').press(newest(bot, `Add to ${first}`, 'New ticket'), 'New ticket');
    await bot.settle();
    expect(named(bot, bot.card('CT1'))).not.toBe(first);
    expect(bot.textOf(bot.card('CT1'))).toContain('And a question about my bill');
  });

  it('by a reply in the bot’s direct message thread, which belongs to the ticket (2.9)', async () => {
    const receipt = newest(bot, named(bot, bot.card('CT1')), 'Add details');
    await bot.slack.as('UGUS').dm('It is invoice 77', { threadTs: receipt.threadTs ?? receipt.ts });
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('It is invoice 77');
  });

  it('by the global shortcut; the receipt starts a thread in the direct messages (2.1, 2.9)', async () => {
    await bot.slack.as('ULOU').globalShortcut('new-ticket');
    expect(formOf(bot, 'ULOU')).not.toContain('Customer name');
    const sent = await send(bot, 'ULOU', newTicket());
    expect(sent.closed).toBe(true);
    const receipt = newest(bot, named(bot, bot.card('CT1')), 'Add details');
    expect(receipt.channel).toBe(bot.slack.dmWithBot('ULOU'));
    expect(receipt.threadTs).toBeNull();
    await bot.slack.as('ULOU').dm('Since Monday', { threadTs: receipt.ts });
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('Since Monday');
  });

  it('by /ticket new, with what was typed as the title (2.1)', async () => {
    await bot.slack.as('ULOU').command('/ticket new Domain expired', { channel: 'CTALK' });
    const { title: _, ...rest } = newTicket();
    const sent = await send(bot, 'ULOU', rest);
    expect(sent.closed).toBe(true);
    expect(bot.textOf(bot.card('CT1'))).toContain('Domain expired');
    expect(newest(bot, named(bot, bot.card('CT1')), 'Add details').channel).toBe(bot.slack.dmWithBot('ULOU'));
  });

  it('through staff, who pick the customer in Slack: the customer gets the receipt (2.1, 2.9)', async () => {
    await bot.slack.as('UANA').command('/ticket new', { channel: 'CT1' });
    const sent = await send(bot, 'UANA', newTicket({ customer: 'UKIM', title: 'Called about SSL' }));
    expect(sent.updated).toBe(true);
    expect(formOf(bot, 'UANA')).toContain(`${named(bot, bot.card('CT1'))} is open`);
    const receipt = newest(bot, named(bot, bot.card('CT1')), 'Add details');
    expect(receipt.channel).toBe(bot.slack.dmWithBot('UKIM'));
    expect(bot.textOf(receipt)).toContain('Ana has noted this issue for you.');
    await bot.slack.as('UANA').closeView();
  });

  it('through staff, who write the name of somebody not in Slack: nobody is written to (2.9, 7.5)', async () => {
    await bot.slack.as('UANA').globalShortcut('new-ticket');
    const values = newTicket({ name: 'Mr Phone', reach: 'phone', contact: '+49 30 1234567', title: 'Server off' });
    const sent = await send(bot, 'UANA', values);
    expect(sent.updated).toBe(true);
    expect(bot.textOf(bot.card('CT1'))).toContain('Mr Phone');
    const name = named(bot, bot.card('CT1'));
    expect(bot.slack.messages().filter((one) => bot.textOf(one).includes(name) && one.channel !== 'CT1')).toEqual([]);
    await bot.slack.as('UANA').closeView();
  });

  it('says under each wrong field what is wrong, and keeps what was typed (2.2)', async () => {
    const before = cards();
    await bot.slack.as('UANA').command('/ticket new', { channel: 'CT1' });
    const { errors } = await send(bot, 'UANA', newTicket({ description: '   \n ', reach: 'phone', contact: 'soon' }));
    expect(Object.keys(errors ?? {}).sort()).toEqual(['contact', 'description', 'name']);
    expect(new Set(Object.values(errors ?? {})).size).toBe(3);
    const again = await send(bot, 'UANA', { description: 'It is off', name: 'Jo', contact: '0301234567' });
    expect(again.errors).toBeNull();
    expect(cards()).toBe(before + 1);
    expect(bot.textOf(bot.card('CT1'))).toContain('Shop is slow');
    await bot.slack.as('UANA').closeView();
  });

  it('asks chat only of people in Slack, and a true address for e-mail (2.2)', async () => {
    await bot.slack.as('UANA').command('/ticket new', { channel: 'CT1' });
    const chat = await send(bot, 'UANA', newTicket({ name: 'Jo' }));
    expect(Object.keys(chat.errors ?? {})).toEqual(['reach']);
    const mail = await send(bot, 'UANA', { reach: 'e-mail', contact: 'jo at example' });
    expect(Object.keys(mail.errors ?? {})).toEqual(['contact']);
    await bot.slack.as('UANA').closeView();
  });

  it('sent once, a form is one ticket, however often it is delivered (14.7)', async () => {
    const before = cards();
    await bot.slack.as('ULOU').globalShortcut('new-ticket');
    bot.slack.faults.twice('at-once');
    await send(bot, 'ULOU', newTicket({ title: 'Twice' }));
    const ts = await bot.slack.as('ULOU').post('CHELP', 'Twice too');
    await bot.settle();
    bot.slack.faults.twice('no');
    expect(cards()).toBe(before + 2);
    expect(bot.texts('CHELP', ts)).toHaveLength(2);
  });

  it('and nothing is refused by Slack', () => {
    expect(refusals(bot)).toEqual([]);
  });
});

describe('a message shortcut', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());
  const talk = { channel: 'CTALK' };

  it('by the customer opens the form with their words, and the thread is their place (2.1, 2.9)', async () => {
    const ts = await bot.slack.as('UKIM').post('CTALK', 'The shop is offline');
    await bot.slack.as('UKIM').messageShortcut('create-ticket', { ...talk, ts });
    await bot.settle();
    const { title: _, description: __, ...rest } = newTicket();
    expect((await send(bot, 'UKIM', rest)).closed).toBe(true);
    expect(bot.texts('CTALK', ts)[1]).toContain('ESC-1');
    expect(bot.textOf(bot.card('CT1'))).toContain('The shop is offline');
  });

  it('on a ticket’s message shows that ticket, to its customer as customers see it (2.10)', async () => {
    const root = bot.slack.read('CTALK')[0];
    await bot.slack.as('UKIM').messageShortcut('create-ticket', { ...talk, ts: root?.ts ?? '' });
    await bot.settle();
    expect(formOf(bot, 'UKIM')).toContain('ESC-1');
    expect(formOf(bot, 'UKIM')).not.toContain('Claim');
    await bot.slack.as('UKIM').closeView();
    await bot.slack.as('UANA').messageShortcut('create-ticket', bot.card('CT1'));
    await bot.settle();
    expect(formOf(bot, 'UANA')).toContain('Claim');
    await bot.slack.as('UANA').closeView();
  });

  it('on a message of somebody else’s ticket does not say that there is one (11)', async () => {
    const root = bot.slack.read('CTALK')[0];
    await bot.slack.as('ULOU').messageShortcut('create-ticket', { ...talk, ts: root?.ts ?? '' });
    await bot.settle();
    expect(formOf(bot, 'ULOU')).not.toContain('ESC-1');
    expect(formOf(bot, 'ULOU')).not.toContain('offline');
    await bot.slack.as('ULOU').closeView();
  });

  it('by staff on a customer’s message: the author is the customer (2.10)', async () => {
    const ts = await bot.slack.as('ULOU').post('CTALK', 'My mail bounces');
    await bot.slack.as('UANA').messageShortcut('create-ticket', { ...talk, ts });
    await bot.settle();
    const { title: _, description: __, ...rest } = newTicket();
    expect((await send(bot, 'UANA', rest)).updated).toBe(true);
    expect(bot.texts('CTALK', ts)[1]).toContain('ESC-2');
    expect(bot.textOf(bot.card('CT1'))).toContain('Lou');
    await bot.slack.as('UANA').closeView();
  });

  it('by staff on a colleague’s message: the form asks who the customer is (2.10)', async () => {
    const ts = await bot.slack.as('UBEN').post('CHELP', 'Gus rang: his site is down');
    await bot.slack.as('UANA').messageShortcut('create-ticket', { channel: 'CHELP', ts });
    await bot.settle();
    const { title: _, description: __, ...rest } = newTicket();
    const asked = await send(bot, 'UANA', rest);
    expect(Object.keys(asked.errors ?? {})).toContain('name');
    expect((await send(bot, 'UANA', { customer: 'UGUS' })).updated).toBe(true);
    expect(newest(bot, 'ESC-3', 'Add details').channel).toBe(bot.slack.dmWithBot('UGUS'));
    expect(bot.texts('CHELP', ts)).toHaveLength(1);
    await bot.slack.as('UANA').closeView();
  });

  it('twice on one message is still one ticket (2.4)', async () => {
    const ts = await bot.slack.as('ULOU').post('CTALK', 'Backup failed');
    const { title: _, description: __, ...rest } = newTicket();
    for (const userId of ['UANA', 'ULOU']) {
      await bot.slack.as(userId).messageShortcut('create-ticket', { ...talk, ts });
      await bot.settle();
    }
    await send(bot, 'ULOU', rest);
    await send(bot, 'UANA', rest);
    expect(bot.texts('CTALK', ts)).toHaveLength(2);
    expect(refusals(bot)).toEqual([]);
  });
});

describe('what is no ticket', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());

  it('is what staff and bots write, joins, topics, and nothing but white space (2.6, 14.6)', async () => {
    await bot.slack.as('UANA').post('CHELP', 'Good morning, the server is down for maintenance');
    await bot.slack.as('UMAX').post('CHELP', 'Thanks Ana');
    await bot.slack.as('UBOTTY').post('CHELP', 'Deploy failed');
    await bot.slack.as('UKIM').post('CHELP', 'set the topic', { subtype: 'channel_topic' });
    await bot.slack.as('UKIM').post('CHELP', '  \n\t ');
    await bot.slack.change.addMember('CHELP', 'UCLEO');
    await bot.settle();
    expect(bot.slack.messages().filter(({ botId, user }) => botId !== null && user !== 'UBOTTY')).toEqual([]);
  });

  it('is a mention or a direct message by staff: they get their work (2.6)', async () => {
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.settle();
    await act(bot, 'UANA', bot.card('CT1'), 'Claim');
    await bot.slack.as('UANA').mention('CHELP', 'what do I have?');
    await bot.settle();
    expect(bot.whispered('UANA').at(-1)).toContain('ESC-1');
    await bot.slack.as('UANA').dm('hello');
    await bot.settle();
    expect(bot.told('UANA').at(-1)).toContain('ESC-1');
    await bot.slack.as('UBEN').dm('hello');
    await bot.settle();
    expect(bot.told('UBEN').at(-1)).toContain('Your open tickets: none');
    expect(bot.slack.read('CT1').filter(({ metadata }) => metadata !== null)).toHaveLength(2);
  });

  it('is a customer’s reply under it: asked privately, once per thread, and a ticket when pressed (2.10)', async () => {
    const ts = await bot.slack.as('UBEN').post('CHELP', 'We update the mail servers tonight');
    await bot.slack.as('ULOU').post('CHELP', 'My mail is gone!', { threadTs: ts });
    await bot.slack.as('ULOU').post('CHELP', 'Hello?', { threadTs: ts });
    await bot.settle();
    const [prompt, ...more] = bot.slack.ephemerals('ULOU');
    expect(more).toEqual([]);
    expect(prompt?.threadTs).toBe(ts);
    await bot.slack.as('UGUS').post('CHELP', 'Mine too', { threadTs: ts });
    await bot.settle();
    expect(bot.slack.ephemerals('UGUS')).toHaveLength(1);

    if (prompt) await bot.slack.as('ULOU').pressEphemeral(prompt, 'Open a ticket');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('My mail is gone!');
    expect(bot.texts('CHELP', ts).join('\n')).toContain('ESC-2');
    expect(refusals(bot)).toEqual([]);
  });

  it('a mention in a ticket’s thread is a reply to it (2.10)', async () => {
    const root = bot.slack.read('CHELP').find(({ text }) => text === 'My VPS is down');
    await bot.slack.as('UKIM').mention('CHELP', 'any news?', { threadTs: root?.ts ?? '' });
    await bot.settle();
    expect(bot.textOf(newest(bot, 'any news?'))).toContain('Kim wrote');
    expect(allRead(bot)).not.toContain('ESC-3');
  });
});

describe('further messages of one customer', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());

  it('join the ticket within 3 minutes, told in the thread, with "Separate issue" (2.4)', async () => {
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.wait(2 * minute);
    const second = await bot.slack.as('UKIM').post('CHELP', 'And my bill is wrong');
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('And my bill is wrong');
    const line = newest(bot, 'Separate issue');
    expect(bot.textOf(line)).toContain('ESC-1');
    expect(line.threadTs).toBe(ts);

    await bot.slack.as('UKIM').post('CHELP', 'It is invoice 77', { threadTs: second });
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('It is invoice 77');
  });

  it('become an issue of their own by "Separate issue", in their own thread (2.4)', async () => {
    const second = bot.slack.read('CHELP').find(({ text }) => text === 'And my bill is wrong')?.ts ?? '';
    const first = bot.card('CT1');
    await bot.slack.as('UKIM').press(newest(bot, 'Separate issue'), 'Separate issue');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('ESC-2');
    expect(bot.texts('CHELP', second).join('\n')).toContain('ESC-2');
    expect(under(bot, first)).not.toContain('And my bill is wrong');
    await bot.slack.as('UKIM').post('CHELP', 'Please hurry', { threadTs: second });
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toContain('Please hurry');
    expect(under(bot, first)).not.toContain('Please hurry');
  });

  it('leave to the first issue what was answered below them before, also when it is edited (2.4, 2.5)', async () => {
    const reply = bot.slack.messages().find(({ text, user }) => text === 'It is invoice 77' && user === 'UKIM');
    const [second, first] = [bot.card('CT1'), bot.slack.read('CT1').find((each) => bot.textOf(each).includes('ESC-1'))];
    await bot.slack.as('UKIM').edit('CHELP', reply?.ts ?? '', 'It is invoice 78');
    await bot.settle();
    expect(first && under(bot, first)).toContain('It is invoice 78');
    expect(under(bot, second)).not.toContain('It is invoice 78');
  });

  it('are tickets of their own after 3 minutes, and those of others at any time (2.4)', async () => {
    await bot.wait(4 * minute);
    await bot.slack.as('ULOU').post('CHELP', 'My site is slow');
    await bot.slack.as('UKIM').post('CHELP', 'New thing');
    await bot.settle();
    expect(allRead(bot)).toContain('ESC-3');
    expect(bot.textOf(bot.card('CT1'))).toContain('ESC-4');
    expect(refusals(bot)).toEqual([]);
  });
});

describe('a guess', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());

  it('is shown as a guess and corrected with one click, Triage, whose form has what stands now (2.7)', async () => {
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toMatch(/guess/);
    await act(bot, 'UANA', bot.card('CT1'), 'Triage');
    const sent = await send(bot, 'UANA', { kind: 'billing', service: 'domain', reason: 'It is about the bill' });
    expect(sent.closed).toBe(true);
    expect(bot.textOf(bot.card('CT1'))).toMatch(/billing/i);
    expect(bot.textOf(bot.card('CT1'))).not.toMatch(/guess/);
  });

  it('is not made where nothing tells: "not sorted" (2.7)', async () => {
    await bot.slack.as('ULOU').post('CHELP', 'Hello there, anyone?');
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toMatch(/not sorted/i);
  });
});
