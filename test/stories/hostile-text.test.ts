import { minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { act, named, newest, newTicket, refusals, resolve, send, under } from '../support/a-conversation.ts';

const long = 'The shop answers with error 500. '.repeat(400).slice(0, 12_000);

const texts: readonly (readonly [string, string])[] = [
  ['a 150-character title', 'Down '.repeat(30).trim()],
  ['a 12,000-character message', long],
  ['emoji and right-to-left text', `${'👩‍👩‍👧‍👦🏳️‍🌈🔥'.repeat(5)} الخادم معطل منذ الظهر \u202e لا يعمل`],
  [
    'calls, mentions, links, entities and tokens of our own',
    '<!channel> <!here|x> <@UANA> <@U1> <!subteam^ST1> <https://evil.example|bank> @here @ana #help ' +
      '&amp; &lt;!channel&gt; &#60; <b>&</b> <!date^1799661600^{date}|now> ESC-1 %s $& $1 \\n',
  ],
  ['code fences', '```\nrm -rf / <!channel>\n``` `x` *bold* _it_ ~no~ > quote'],
];

describe('whatever people type is shown as text (14.6)', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());
  beforeEach(() => bot.wait(4 * minute));

  /** Long texts are cut, so what is looked for is their beginning, as far as one line of it goes. */
  const beginningOf = (text: string): string => text.slice(0, 250);
  const line = (text: string): string => (text.trim().split('\n')[0] ?? '').replace(/\s+/gu, ' ').trim().slice(0, 60);

  /** Whom the bot rang, but for the calls of a tier, which begin with one token of our own. */
  const rung = (): readonly string[] =>
    bot.slack
      .messages()
      .filter((one) => one.botId !== null && !/^@(ST1|here) Tier \d/.test(bot.textOf(one)))
      .flatMap(({ pings, textPings }) => [...pings, ...textPings]);
  const calls = (): readonly string[] =>
    bot.slack
      .messages()
      .filter((one) => one.botId !== null && /^@(ST1|here) Tier \d/.test(bot.textOf(one)))
      .flatMap(({ pings, textPings }) => [...pings, ...textPings]);

  it.each(texts)('%s: by message, reply, note, update, wait and resolve', async (_, text) => {
    const ts = await bot.slack.as('UKIM').post('CHELP', text);
    await bot.settle();
    const card = bot.card('CT1');
    expect(bot.textOf(card)).toContain(line(text));
    expect(under(bot, card)).toContain(beginningOf(text));
    expect(bot.texts('CHELP', ts)[1]).toContain(beginningOf(text));

    await bot.slack.as('UKIM').post('CHELP', `Reply: ${text}`, { threadTs: ts });
    await act(bot, 'UANA', bot.card('CT1'), 'Claim');
    await bot.slack.as('UANA').post('CHELP', `Answer: ${text}`, { threadTs: ts });
    const words = text.slice(0, 2_900);
    await act(bot, 'UANA', bot.card('CT1'), 'Note');
    await send(bot, 'UANA', { note: `Note: ${words}` });
    await act(bot, 'UANA', bot.card('CT1'), 'Update customer');
    await bot.slack.as('UANA').submit({ text: `Update: ${words}` });
    expect((await send(bot, 'UANA')).errors).toBeNull();
    await act(bot, 'UANA', bot.card('CT1'), 'Wait for customer');
    await send(bot, 'UANA', { need: `Need: ${words}` });
    await act(bot, 'UANA', bot.card('CT1'), 'Escalate');
    await send(bot, 'UANA', { reason: `Reason: ${words}`, note: `Hand-over: ${words}` });
    const moved = bot.card('CT2');
    expect(named(bot, moved)).toBe(named(bot, card));
    for (const word of ['Reply: ', 'Answer: ', 'Note: ', 'Update: ', 'Need: ']) {
      expect(under(bot, card)).toContain(`${word}${beginningOf(text)}`.slice(0, 100));
    }
    expect(under(bot, moved)).toContain(`Hand-over: ${beginningOf(text)}`);

    await act(bot, 'UCLEO', moved, 'Claim');
    const filled = { cause: `Cause: ${words}`, fix: `Fix: ${words}`, message: `Solved: ${words}` };
    expect((await resolve(bot, 'UCLEO', bot.card('CT2'), filled)).errors).toBeNull();
    const told = bot.texts('CHELP', ts).join('\n');
    for (const word of ['Update: ', 'Need: ', 'Solved: ']) expect(told).toContain(`${word}${beginningOf(text)}`);

    const name = named(bot, card);
    for (const verb of ['show', 'history', 'why', 'list']) {
      await bot.slack.as('UMAX').command(`/ticket ${verb} ${name}`, { channel: 'CT1' });
      await bot.slack.as('UKIM').command(`/ticket ${verb} ${name}`, { channel: 'CHELP' });
    }
    await bot.settle();
    expect(rung()).toEqual([]);
    expect(calls().filter((id) => id !== 'ST1' && id !== 'here')).toEqual([]);
    expect(refusals(bot)).toEqual([]);
  });

  it.each(texts)('%s: by form', async (_, text) => {
    await bot.slack.as('ULOU').command('/ticket new', { channel: 'CHELP' });
    const title = [...text].slice(0, 60).join('').slice(0, 150);
    const sent = await send(
      bot,
      'ULOU',
      newTicket({ title, description: text.slice(0, 3_000), contact: text.slice(0, 60) }),
    );
    expect(sent.errors).toBeNull();
    expect(bot.textOf(bot.card('CT1'))).toContain(line(title));
    expect(bot.textOf(newest(bot, named(bot, bot.card('CT1')), 'Add details'))).toContain(beginningOf(text));
    expect(rung()).toEqual([]);
    expect(refusals(bot)).toEqual([]);
  });

  it('what is a mention in Slack becomes a name, and rings nobody', async () => {
    const ts = await bot.slack.as('UKIM').post('CHELP', '<!channel> ask <@UANA> in <#CHELP>', { raw: true });
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toMatch(/@channel ask @Ana in #/);
    expect(bot.texts('CHELP', ts)[1]).toContain('@Ana');
    expect(rung()).toEqual([]);
  });

  it('a command’s words too, and a nonsense command is answered', async () => {
    for (const words of [
      '<!channel>',
      '```',
      '&amp;',
      '‮الخادم',
      'note ESC-1 <!channel> <@UBEN|ben>',
      'show 💥',
      '   ',
    ]) {
      await bot.slack.as('UANA').command(`/ticket ${words}`, { channel: 'CT1' });
    }
    await bot.settle();
    expect(bot.whispered('UANA').join('\n')).toContain('There is no');
    expect(rung()).toEqual([]);
    expect(refusals(bot)).toEqual([]);
  });
});

describe('nothing but white space', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot();
  });
  afterAll(() => bot.stop());

  it('is no message, no reply, and no field (2.2, 14.6)', async () => {
    const blank = ' \n\t\u00a0\u3000 ';
    await bot.slack.as('UKIM').post('CHELP', blank);
    await bot.settle();
    expect(bot.slack.read('CT1')).toEqual([]);
    const ts = await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.settle();
    const before = under(bot, bot.card('CT1'));
    await bot.slack.as('UKIM').post('CHELP', blank, { threadTs: ts });
    await bot.settle();
    expect(under(bot, bot.card('CT1'))).toBe(before);

    await act(bot, 'UANA', bot.card('CT1'), 'Claim');
    const asked: readonly (readonly [string, readonly string[]])[] = [
      ['Note', ['note']],
      ['Update customer', ['text']],
      ['Wait for customer', ['need']],
      ['Resolve', ['cause', 'fix', 'message']],
      ['Dismiss', ['reason']],
    ];
    for (const [name, fields] of asked) {
      await act(bot, 'UANA', bot.card('CT1'), name);
      const sent = await send(bot, 'UANA', Object.fromEntries(fields.map((field) => [field, blank])));
      expect([name, Object.keys(sent.errors ?? {}).sort()]).toEqual([name, [...fields].sort()]);
      await bot.slack.as('UANA').closeView();
    }
    expect(bot.textOf(bot.card('CT1'))).toContain('Open, in work');
    await bot.slack.as('UKIM').edit('CHELP', ts, blank);
    await bot.settle();
    expect(bot.textOf(bot.card('CT1'))).toContain('ESC-1');
    expect(refusals(bot)).toEqual([]);
  });
});
