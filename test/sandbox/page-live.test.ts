import type { ToPage } from '../../sandbox/page/protocol.ts';
import { type APage, aPage, type PageWindow } from '../support/a-page.ts';

type Said = Extract<ToPage, { readonly type: 'message' }>;

const saying =
  (text: string) =>
  (each: ToPage): each is Said =>
    each.type === 'message' && each.message.text.includes(text);

const heardBy = (window: PageWindow, text: string): Promise<Said> => window.until(saying(text), text);

const post = (window: PageWindow, channel: string, text: string, threadTs: string | null = null) =>
  window.ask({ do: 'post', channel: window.channel(channel), text, threadTs, alsoToChannel: false, files: [] });

describe('two windows of the page', () => {
  let page: APage;
  let kim: PageWindow;
  let ana: PageWindow;

  beforeAll(async () => {
    page = await aPage();
    [kim, ana] = await Promise.all([page.window('UKIM'), page.window('UANA')]);
  });

  afterAll(() => page.stop());

  it('are two people, each in their own channels', () => {
    const named = ({ kind }: { readonly kind: string }) => kind !== 'dm';
    expect(kim.hello.channels.filter(named).map(({ name }) => name)).toEqual(['help', 'shared-shop', 'lounge']);
    expect(ana.hello.channels.map(({ name }) => name)).toContain('tier-1');
    expect(kim.hello.people.find(({ id }) => id === 'UANA')).toMatchObject({
      name: 'Ana',
      role: 'Tier 1',
      group: 'staff',
    });
    expect(kim.hello.people.find(({ id }) => id === 'UMAX')).toMatchObject({ role: 'Manager', group: 'managers' });
    expect(kim.hello.people.find(({ id }) => id === 'UFAY')).toMatchObject({ group: 'elsewhere' });
    expect(kim.hello.commands.map(({ command }) => command)).toEqual(['/ticket', '/escalate', '/policy']);
    expect(kim.hello.shortcuts.map(({ name }) => name)).toEqual(['Create ticket', 'New ticket']);
  });

  it('can each write to the bot before it has said anything, but for people of other companies', async () => {
    const withBot = ({ hello }: PageWindow) => hello.channels.filter(({ kind }) => kind === 'dm');
    expect(withBot(kim)).toMatchObject([{ members: expect.arrayContaining(['UKIM', kim.hello.app.userId]) }]);
    expect(withBot(ana)).toMatchObject([{ members: expect.arrayContaining(['UANA', ana.hello.app.userId]) }]);
    const fay = await page.window('UFAY');
    expect(withBot(fay)).toEqual([]);
  });

  it('play a customer who asks, and a colleague who claims', async () => {
    expect(await post(kim, 'help', 'My shop <b>is down</b>')).toMatchObject({ type: 'done', done: { trouble: null } });
    const receipt = await heardBy(kim, 'Thank you, we have your issue');
    const asked = kim.messages(kim.channel('help')).find(({ user }) => user === 'UKIM');
    expect(asked?.text).toBe('My shop &lt;b&gt;is down&lt;/b&gt;');
    expect(receipt.message).toMatchObject({ threadTs: asked?.ts, isForYou: true, isBot: true });
    await kim.until(
      (each): each is Said => each.type === 'message' && each.message.ts === asked?.ts && each.message.replyCount > 0,
      'the thread under what they wrote',
    );
    const { message: card } = await heardBy(ana, 'ESC-1 · Normal');
    const answer = await ana.press(card, 'Claim');
    expect(answer).toMatchObject({ type: 'done', done: { trouble: null } });
    await heardBy(kim, 'Ana is on it');
  });

  it('see nothing of what belongs to others', async () => {
    const tier1 = ana.channel('tier-1');
    await ana.ask({ do: 'command', channel: ana.channel('lounge'), line: '/ticket list' });
    await ana.until((each): each is Said => each.type === 'message' && each.message.isOnlyForYou, 'a whisper');
    const foreign = kim.got.filter((each) => each.type === 'message' && each.message.channel === tier1);
    expect(foreign).toEqual([]);
    expect(await kim.ask({ do: 'history', channel: tier1, before: null, limit: 10 })).toMatchObject({
      type: 'refused',
    });
    const seen = kim.got.some((each) => each.type === 'message' && each.message.isOnlyForYou);
    expect(seen).toBe(false);
  });

  it('count what is unread, and what rings, until it is seen', async () => {
    const unreadIn = (name: string) => kim.last('channels').channels.find((each) => each.name === name);
    await post(ana, 'lounge', 'Cake in the kitchen');
    await kim.until(
      (each): each is Extract<ToPage, { type: 'channels' }> =>
        each.type === 'channels' && each.channels.some(({ name, unread }) => name === 'lounge' && unread === 1),
      'an unread mark',
    );
    expect(unreadIn('lounge')).toMatchObject({ unread: 1, mentions: 0 });
    expect(unreadIn('help')?.mentions).toBeGreaterThan(0);
    for (const name of ['lounge', 'help']) await kim.ask({ do: 'seen', channel: kim.channel(name) });
    await kim.until(
      (each): each is Extract<ToPage, { type: 'channels' }> =>
        each.type === 'channels' && each.channels.every(({ unread }) => unread === 0),
      'no unread marks',
    );
  });

  it('edit, react and delete, live for the other', async () => {
    await post(ana, 'lounge', 'A first draft');
    const { message } = await heardBy(kim, 'A first draft');
    const { channel, ts } = message;
    await ana.ask({ do: 'edit', channel, ts, text: 'A second draft' });
    expect((await heardBy(kim, 'A second draft')).message.isEdited).toBe(true);
    await kim.ask({ do: 'react', channel, ts, name: 'cake', on: true });
    await ana.until(
      (each): each is Said => saying('A second draft')(each) && each.message.reactions[0]?.users[0] === 'UKIM',
      'a reaction',
    );
    expect(await kim.ask({ do: 'remove', channel, ts })).toMatchObject({
      why: 'Only the one who wrote a message can change it.',
    });
    await ana.ask({ do: 'remove', channel, ts });
    await kim.until((each): each is Said => saying('draft')(each) && each.message.isDeleted, 'the deletion');
    expect(await kim.ask({ do: 'react', channel, ts, name: 'cake', on: false })).toMatchObject({ type: 'refused' });
  });

  it('show a message to the other in under 300 ms, as a median of 50', async () => {
    const took: number[] = [];
    for (let count = 0; count < 50; count += 1) {
      const since = performance.now();
      const heard = heardBy(kim, `word ${count}.`);
      await post(ana, 'lounge', `word ${count}.`);
      await heard;
      took.push(performance.now() - since);
    }
    expect(took.sort((one, other) => one - other)[25]).toBeLessThan(300);
  });
});

describe('a channel with 2,000 messages', () => {
  it('is read page by page, from the newest', async () => {
    const page = await aPage();
    try {
      const ana = await page.window('UANA');
      const channel = ana.channel('lounge');
      const slack = page.server.stage()?.slack;
      // It is the page that is looked at: the bot need not hear all of it.
      slack?.faults.hold();
      const hands = slack?.as('UKIM');
      await Promise.all(Array.from({ length: 2_000 }, (_, index) => hands?.post(channel, `line ${index}`)));
      const texts: string[] = [];
      let before: string | null = null;
      for (let hasMore = true; hasMore; ) {
        const answer = await ana.ask({ do: 'history', channel, before, limit: 200 });
        if (answer.type !== 'slice') throw new Error('There is no page');
        texts.unshift(...answer.slice.messages.map(({ text }) => text));
        before = answer.slice.messages[0]?.ts ?? null;
        hasMore = answer.slice.hasMore;
      }
      expect(texts).toEqual(Array.from({ length: 2_000 }, (_, index) => `line ${index}`));
    } finally {
      await page.stop();
    }
  });
});
