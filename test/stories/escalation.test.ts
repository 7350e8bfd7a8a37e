import { hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { type Acting, acting, formOf } from '../support/acting.ts';

describe('escalating', () => {
  let bot: Bot;
  let act: Acting;
  beforeEach(async () => {
    bot = await aBot();
    act = acting(bot);
  });
  afterEach(() => bot.stop());

  const card = (channel: string) => bot.textOf(bot.card(channel));
  const callsIn = (channel: string) =>
    bot.slack
      .read(channel)
      .filter(({ pings }) => pings.some((ping) => ping === 'here' || ping === 'channel' || ping.startsWith('S')))
      .map(bot.textOf);
  const history = () => act.asks('UMAX', '/ticket history ESC-1', 'CT1');

  const openedBy = async (userId: string, impact: string, urgency: string, title = 'All sites are down') => {
    await act.asks(userId, `/ticket new ${title}`);
    await act.submits(userId, { description: 'Since noon', kind: 'technical', service: 'vps', impact, urgency });
  };
  const escalated = async (userId: string, channel: string) => {
    await act.presses(userId, channel, 'Escalate');
    return act.submits(userId, { reason: 'Needs more rights', note: 'Rebooted twice' });
  };

  it('by command or button, with a reason and a hand-over note that stay inside (6.1, 7.1)', async () => {
    const ts = await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await act.presses('UANA', 'CT1', 'Claim');
    await act.asks('UANA', '/escalate ESC-1 it needs more rights', 'CT1');
    expect(formOf(bot, 'UANA')).toContain('it needs more rights');
    const blank = await act.submits('UANA', { note: '   ' });
    expect(Object.keys(blank.errors ?? {})).toEqual(['note']);
    await act.submits('UANA', { note: 'Rebooted twice' });
    expect(card('CT1')).toBe('ESC-1 · My VPS is down since noon · moved to Tier 2 · Advanced');
    expect(bot.texts('CT2', bot.card('CT2').ts).join()).toContain('Rebooted twice');
    expect(card('CT2')).toContain('Ana had it before');
    expect(card('CT2')).not.toContain('hand-over note is missing');
    expect(callsIn('CT2')).toHaveLength(1);
    expect(bot.texts('CHELP', ts).at(-1)).toContain('escalated');
    expect(bot.texts('CHELP', ts).join()).not.toMatch(/more rights|Rebooted/);
    const record = await history();
    expect(record).toContain('Ana escalated');
    expect(record).toContain('it needs more rights');
    expect(bot.told('UANA')).toEqual([]);

    await escalated('UCLEO', 'CT2');
    expect(card('CT3')).toContain('ESC-1');
    expect(bot.told('UMAX')).toHaveLength(1);
  });

  it('after a timed one the card says that the note is missing until the last owner has written it (6.1)', async () => {
    await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await act.presses('UANA', 'CT1', 'Claim');
    await bot.wait(4 * hour);
    expect(card('CT2')).toContain('The hand-over note is missing');
    const dm = bot.slack.dmWithBot('UANA');
    const asked = bot.slack.read(dm).at(-1);
    expect(asked && bot.textOf(asked)).toContain('what was tried and what is needed');
    if (asked) await bot.slack.as('UANA').press(asked, 'Hand-over note');
    await bot.settle();
    await act.submits('UANA', { note: 'Looked at the logs' });
    expect(card('CT2')).not.toContain('hand-over note is missing');
    expect(bot.texts('CT2', bot.card('CT2').ts).join()).toContain('Looked at the logs');
  });

  it('calls of one tier within a minute are one message; critical ones never wait (6.2)', async () => {
    await act.posts('UKIM', 'CHELP', 'My VPS is slow');
    expect(callsIn('CT1')).toHaveLength(1);
    await bot.wait(10_000);
    await act.posts('ULOU', 'CHELP', 'My shop is slow');
    await bot.wait(10_000);
    await act.posts('UGUS', 'CHELP', 'My mail is slow');
    expect(callsIn('CT1')).toHaveLength(1);
    await openedBy('UKIM', 'many', 'down');
    expect(callsIn('CT1')).toHaveLength(2);
    expect(callsIn('CT1').at(-1)).toContain('All sites are down');
    await bot.wait(minute);
    expect(callsIn('CT1')).toHaveLength(3);
    expect(callsIn('CT1').at(-1)).toContain('ESC-2');
    expect(callsIn('CT1').at(-1)).toContain('ESC-3');
  });

  it('critical tickets reach the managers at once, and Acknowledge ends the repeats of that step (6.3)', async () => {
    await openedBy('UKIM', 'many', 'down');
    const dm = bot.slack.dmWithBot('UMAX');
    expect(bot.told('UMAX')).toHaveLength(1);
    expect(bot.told('UMAX')[0]).toContain('critical');
    await bot.wait(hour);
    expect(bot.told('UMAX')).toHaveLength(2);
    await bot.wait(hour);
    expect(bot.told('UMAX')).toHaveLength(3);
    const last = bot.slack.read(dm).at(-1);
    if (last) await bot.slack.as('UMAX').press(last, 'Acknowledge');
    await bot.settle();
    expect(card('CT1')).toContain('Max');
    expect(await history()).toContain('Max acknowledged');
    const before = bot.told('UMAX').length;
    await bot.wait(hour + 30 * minute);
    expect(bot.told('UMAX').slice(before)).toEqual([]);
  });

  it('a critical one may skip to Tier 3, any other may not (6.1)', async () => {
    await openedBy('UKIM', 'many', 'down');
    await act.presses('UANA', 'CT1', 'Escalate');
    await act.submits('UANA', { tier: '3', reason: 'All is down', note: 'Called the data centre' });
    expect(card('CT3')).toContain('All sites are down');
    expect(bot.slack.read('CT2')).toEqual([]);
    await act.posts('ULOU', 'CHELP', 'My shop is slow');
    await act.presses('UANA', 'CT1', 'Escalate');
    expect(formOf(bot, 'UANA')).not.toContain('"tier"');
  });

  it('at the last tier it reads Call managers: reason, message, on record, tier unchanged (6.6)', async () => {
    await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await escalated('UANA', 'CT1');
    await escalated('UCLEO', 'CT2');
    await act.presses('UDORA', 'CT3', 'Claim');
    const before = bot.told('UMAX').length;
    await act.presses('UDORA', 'CT3', 'Call managers');
    await act.submits('UDORA', { reason: 'The contract must be changed' });
    expect(bot.told('UMAX')).toHaveLength(before + 1);
    expect(bot.told('UMAX').at(-1)).toContain('The contract must be changed');
    expect(card('CT3')).toContain('Tier 3');
    expect(card('CT3')).toContain('Dora has it');
    expect(await history()).toContain('The contract must be changed');
    await act.asks('UDORA', '/escalate ESC-1', 'CT3');
    expect(formOf(bot, 'UDORA')).toContain('Call managers');
  });

  it('handing back needs a reason; that tier has it at once and its hand-over clock starts anew (6.6)', async () => {
    await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await act.presses('UANA', 'CT1', 'Claim');
    await bot.wait(3 * hour);
    await escalated('UANA', 'CT1');
    await bot.wait(30 * minute);
    await act.asks('UCLEO', '/ticket handback ESC-1', 'CT2');
    const blank = await act.submits('UCLEO', { reason: ' ' });
    expect(Object.keys(blank.errors ?? {})).toEqual(['reason']);
    await act.submits('UCLEO', { reason: 'A reboot is enough' });
    expect(card('CT2')).toContain('moved to Tier 1');
    expect(card('CT1')).toContain('nobody has it');
    expect(callsIn('CT1').at(-1)).toContain('handed back');
    expect(await history()).toContain('A reboot is enough');
    const why = await act.asks('UANA', '/ticket why ESC-1', 'CT1');
    expect(why).not.toContain('Answer by');
    expect(why).toContain('11 Jan 2027 17:30');
    expect(await act.asks('UANA', '/ticket handback ESC-1 no', 'CT1')).toContain('first tier');
    await bot.wait(4 * hour);
    expect(card('CT2')).toContain('ESC-1 · Normal');
  });

  it('escalating ends a wait, and reopens what is resolved or closed (6.6)', async () => {
    const ts = await act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
    await act.presses('UANA', 'CT1', 'Claim');
    await act.asks('UANA', '/ticket wait ESC-1 May we reboot it?', 'CT1');
    await escalated('UANA', 'CT1');
    expect(card('CT2')).toContain('Open, nobody has it');
    await act.presses('UCLEO', 'CT2', 'Claim');
    await act.presses('UCLEO', 'CT2', 'Resolve');
    await act.submits('UCLEO', { cause: 'disk full', fix: 'cleaned up', message: 'It runs again.' });
    await act.submits('UCLEO');
    await act.asks('UCLEO', '/ticket handback ESC-1 done', 'CT2');
    expect(bot.whispered('UCLEO').at(-1)).toContain('resolved at the moment');
    await act.asks('UCLEO', '/escalate ESC-1', 'CT2');
    await act.submits('UCLEO', { reason: 'It was not solved', note: 'Disk is full again' });
    expect(card('CT3')).toContain('Open, nobody has it');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('escalated');
    await act.presses('UDORA', 'CT3', 'Claim');
    await act.presses('UDORA', 'CT3', 'Resolve');
    await act.submits('UDORA', { cause: 'disk full', fix: 'bigger disk', message: 'It has a bigger disk.' });
    await act.submits('UDORA');
    await act.pressesLast('UKIM', 'CHELP', ts, 'Solved');
    await act.asks('UDORA', '/escalate ESC-1', 'CT3');
    await act.submits('UDORA', { reason: 'The invoice is open' });
    expect(card('CT3')).toContain('Open, nobody has it');
    expect(bot.told('UMAX').at(-1)).toContain('The invoice is open');
  });
});
