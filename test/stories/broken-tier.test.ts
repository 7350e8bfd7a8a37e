import { hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { type Acting, acting } from '../support/acting.ts';

describe('a tier or intake channel that does not work (4.5)', () => {
  let bot: Bot;
  let act: Acting;
  beforeEach(async () => {
    bot = await aBot();
    act = acting(bot);
  });
  afterEach(() => bot.stop());

  const looksAgain = async () => {
    await bot.settle();
    await bot.instances[0]?.keepDesk();
    await bot.settle();
  };
  const cardsOf = (userId: string) =>
    bot.slack
      .read(bot.slack.dmWithBot(userId))
      .map(bot.textOf)
      .filter((text) => text.startsWith('ESC-1 · '));
  const escalate = async () => {
    await act.asks('UANA', '/escalate ESC-1', 'CT1');
    await act.submits('UANA', { reason: 'more rights', note: 'none' });
  };

  it.each([
    {
      what: 'has no members',
      breaks: async () => {
        for (const user of ['UBEN', 'UCLEO', 'UMAX']) await bot.slack.change.removeMember('CT2', user);
      },
      mends: () => bot.slack.change.addMember('CT2', 'UCLEO'),
      says: 'nobody is in it',
    },
    {
      what: 'has an archived channel',
      breaks: () => bot.slack.change.archive('CT2'),
      mends: () => bot.slack.change.unarchive('CT2'),
      says: 'archived',
    },
    {
      what: 'has a channel that the bot was taken out of',
      breaks: () => bot.slack.change.removeBot('CT2'),
      mends: () => bot.slack.change.addBot('CT2'),
      says: 'not in the channel',
    },
  ])('tier 2 $what: managers hear at once, get its cards, and it gets them anew when mended', async (trouble) => {
    await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await trouble.breaks();
    await looksAgain();
    expect(bot.told('UMAX')).toHaveLength(1);
    expect(bot.told('UMAX')[0]).toContain('The desk needs your help');
    expect(bot.told('UMAX')[0]).toContain(trouble.says);
    await looksAgain();
    expect(bot.told('UMAX')).toHaveLength(1);

    await act.presses('UANA', 'CT1', 'Claim');
    await bot.wait(4 * hour);
    expect(
      bot.slack
        .read('CT2')
        .filter(({ user }) => user === 'UBOT')
        .map(bot.textOf)
        .filter((text) => text.startsWith('ESC-1')),
    ).toEqual([]);
    expect(cardsOf('UMAX')).toEqual([expect.stringContaining('Claim')]);
    expect(bot.textOf(bot.card('CT1'))).toContain('moved to Tier 2');

    await trouble.mends();
    await looksAgain();
    expect(bot.told('UMAX').some((text) => text.includes('works again'))).toBe(true);
    expect(bot.textOf(bot.card('CT2'))).toContain('Claim');
    expect(cardsOf('UMAX').filter((text) => text.includes('Claim'))).toEqual([]);
    await act.presses('UCLEO', 'CT2', 'Claim');
    expect(bot.textOf(bot.card('CT2'))).toContain('Cleo has it');
    expect(bot.slack.refusals).toEqual([]);
  });

  it('a manager works on it from the card in the direct message', async () => {
    await bot.slack.change.archive('CT2');
    await looksAgain();
    await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await escalate();
    const dm = bot.slack.dmWithBot('UMAX');
    const card = bot.slack.read(dm).findLast((message) => bot.textOf(message).includes('Claim'));
    if (card === undefined) throw new Error('Max has no card');
    await bot.slack.as('UMAX').press(card, 'Claim');
    await bot.settle();
    expect(cardsOf('UMAX').at(-1)).toContain('Max has it');
  });

  it('cards that stood in the channel when it broke go to the managers too', async () => {
    await bot.stop();
    const log: string[] = [];
    bot = await aBot({ onLog: (line) => log.push(line) });
    act = acting(bot);
    await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await escalate();
    await bot.slack.change.archive('CT2');
    await looksAgain();
    expect(cardsOf('UMAX').at(-1)).toContain('Claim');
    // The old card cannot be redrawn where nobody may write.
    expect(log.filter((line) => !line.includes('is_archived'))).toEqual([]);
  });

  it('managers hear of it also when the process that noticed ends before it could tell them', async () => {
    await bot.stop();
    bot = await aBot({ onLog: () => {} });
    act = acting(bot);
    bot.slack.faults.api.add('chat.postMessage', { kind: 'status', status: 503 }, 100);
    await bot.slack.change.archive('CT2');
    await looksAgain();
    await bot.stopInstances();
    bot.slack.faults.api.clear();
    await bot.startInstance();
    expect(bot.told('UMAX')).toEqual([]);
    bot.clock.moveBy(6 * minute);
    await looksAgain();
    await looksAgain();
    expect(bot.told('UMAX')).toEqual([expect.stringContaining('archived')]);
  });

  it('an intake channel in which nobody is heard is named to the managers', async () => {
    await bot.slack.change.removeBot('CHELP');
    await looksAgain();
    expect(bot.told('UMAX').at(-1)).toContain('An intake channel');
    expect(bot.told('UMAX').at(-1)).toContain('messages there do not become tickets');
    await bot.slack.change.addBot('CHELP');
    await looksAgain();
    expect(bot.told('UMAX').at(-1)).toContain('works again');
    const ts = await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('Thank you');
  });

  it('one that has nobody who could be staff is said to have no members', async () => {
    await bot.slack.change.setGroupMembers('ST1', ['UGUS']);
    await bot.wait(minute);
    await looksAgain();
    expect(bot.told('UMAX').at(-1)).toContain('nobody is in it');
    await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    expect(cardsOf('UMAX').at(-1)).toContain('Claim');
  });
});
