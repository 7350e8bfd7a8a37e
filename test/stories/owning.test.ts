import { hour, minute } from '../../src/domain/instant.ts';
import { aBot, type Bot, furniture } from '../support/a-bot.ts';
import { type Acting, acting, formOf } from '../support/acting.ts';

describe('who has a ticket', () => {
  let bot: Bot;
  let act: Acting;
  beforeEach(async () => {
    bot = await aBot();
    act = acting(bot);
  });
  afterEach(() => bot.stop());

  const opened = () => act.posts('UKIM', 'CHELP', 'My VPS is down since noon');
  const card = (channel = 'CT1') => bot.textOf(bot.card(channel));
  const history = () => act.asks('UMAX', '/ticket history ESC-1', 'CT1');

  it('an out-of-date press is answered with the present state and changes nothing (4.4)', async () => {
    await opened();
    await act.presses('UANA', 'CT1', 'Claim');
    await act.presses('UANA', 'CT1', 'Wait for customer');
    await act.submits('UANA', { need: 'May we reboot it?' });
    const before = await history();
    const stale = bot.card('CT1').revisions.length - 1;
    await bot.slack.as('UBEN').press(bot.card('CT1'), 'Escalate', { revision: stale });
    await bot.settle();
    expect(formOf(bot, 'UBEN')).toContain('moved on');
    await bot.slack.as('UBEN').closeView();
    await bot.slack.as('UBEN').press(bot.card('CT1'), 'Claim', { revision: 0 });
    await bot.settle();
    expect(bot.whispered('UBEN').at(-1)).toContain('Ana has it already');
    expect(await history()).toBe(before);

    expect(card()).toContain('Waiting for the customer');
  });

  it('a customer button drawn before the ticket moved on changes nothing, and says how it stands (4.4)', async () => {
    const ts = await opened();
    await act.presses('UANA', 'CT1', 'Claim');
    await act.presses('UANA', 'CT1', 'Resolve');
    await act.submits('UANA', { cause: 'disk full', fix: 'cleaned up', message: 'It runs again.' });
    await act.submits('UANA');
    const ask = bot.slack.read('CHELP', { threadTs: ts }).at(-1);
    await act.pressesLast('UKIM', 'CHELP', ts, 'Still broken');
    const before = await history();
    if (ask) await bot.slack.as('UKIM').press(ask, 'Solved', ask.revisions.length > 0 ? { revision: 0 } : {});
    await bot.settle();
    expect(bot.whispered('UKIM').at(-1)).toContain('moved on');
    expect(await history()).toBe(before);
  });

  it('a press redraws its own card where it was pressed, and takes no turn of chat.update (14.4)', async () => {
    await opened();
    await bot.settle();
    const pressed = await bot.slack.as('UANA').press(bot.card('CT1'), 'Claim');
    await bot.settle();
    expect(card()).toContain('Ana');
    expect(pressed.replies).toMatchObject([{ kind: 'replaced', text: bot.card('CT1').text }]);
    expect(bot.slack.callCount('chat.update')).toBe(0);
    expect(bot.card('CT1').metadata).not.toBeNull();
  });

  it('a second click by the winner is answered kindly and changes nothing (4.2)', async () => {
    await opened();
    await act.presses('UANA', 'CT1', 'Claim');
    const before = await history();
    await bot.slack.as('UANA').press(bot.card('CT1'), 'Claim', { revision: 0 });
    await bot.settle();
    expect(bot.whispered('UANA').at(-1)).toMatch(/^It is yours already, since /);
    expect(await history()).toBe(before);
  });

  it("a higher tier's member who claims engages this tier and keeps the ticket when it arrives at theirs (4.2)", async () => {
    const ts = await opened();
    await act.presses('UCLEO', 'CT1', 'Claim');
    expect(card()).toContain('Cleo has it');
    const claimedAt = bot.clock.now();
    await bot.passTo(claimedAt + 4 * hour);
    expect(card('CT2')).toContain('Cleo has it');
    expect(bot.texts('CHELP', ts).at(-1)).toContain('escalated');
    const why = await act.asks('UCLEO', '/ticket why ESC-1', 'CT2');
    expect(why).not.toContain('Answer by Tier 2');
    expect(why).toContain('It is due 12 Jan 2027 02:00');
    await bot.passTo(claimedAt + 16 * hour);
    expect(card('CT3')).toContain('nobody has it');
    expect(card('CT3')).toContain('Cleo had it before');
  });

  it('release, take over and assign name both people on the card and on record (4.3)', async () => {
    await opened();
    await act.presses('UANA', 'CT1', 'Claim');
    await act.pressesMore('UANA', 'CT1', 'Release');
    expect(card()).toContain('nobody has it');
    expect(await act.asks('UANA', '/ticket release ESC-1', 'CT1')).toContain('Nobody has it at the moment');
    expect(await act.asks('UANA', '/ticket assign ESC-1 <@UBEN|ben> you know it', 'CT1')).toContain('Ben');
    expect(card()).toContain('Ben has it');
    await act.pressesMore('UANA', 'CT1', 'Take over');
    expect(card()).toContain('Ana has it');
    await act.pressesMore('UANA', 'CT1', 'Assign');
    const kim = await act.submits('UANA', { person: 'UKIM' });
    expect(Object.values(kim.errors ?? {}).join()).toContain('Kim is not in this tier');
    await act.submits('UANA', { person: 'UDORA', note: 'Yours' });
    expect(card()).toContain('Dora has it');
    const record = await history();
    for (const each of [
      'Ana released it',
      'Ana assigned it to Ben',
      'Ana took it over from Ben',
      'Ana assigned it to Dora',
    ])
      expect(record).toContain(each);
    expect(bot.texts('CT1', bot.card('CT1').ts).at(-1)).toContain('Dora');
  });

  it('clocks run on when the owner changes (4.3)', async () => {
    await opened();
    await act.presses('UANA', 'CT1', 'Claim');
    await bot.wait(3 * hour);
    await act.asks('UANA', '/ticket assign ESC-1 <@UBEN|ben> off now', 'CT1');
    await bot.wait(hour);
    expect(card('CT2')).toContain('ESC-1');
  });

  it('a staff reply makes no owner, engages the tier, and the replier is privately offered Claim (4.3)', async () => {
    const ts = await opened();
    await act.posts('UANA', 'CHELP', 'We look at it', ts);
    expect(card()).toContain('nobody has it');
    const offer = bot.slack.ephemerals('UANA').at(-1);
    expect(offer && bot.textOf(offer)).toContain('Claim');
    if (offer) await bot.slack.as('UANA').pressEphemeral(offer, 'Claim');
    await bot.settle();
    expect(card()).toContain('Ana has it');
    await act.posts('UANA', 'CHELP', 'Found it', ts);
    expect(bot.slack.ephemerals('UANA').filter((each) => bot.textOf(each).includes('Found it'))).toEqual([]);
  });

  it('an owner who is deactivated, or leaves the tiers, lets go of it, with that reason (4.3)', async () => {
    await opened();
    await act.posts('ULOU', 'CHELP', 'My shop shows an error');
    await act.asks('UANA', '/ticket claim ESC-1', 'CT1');
    await act.asks('UANA', '/escalate ESC-2', 'CT1');
    await act.submits('UANA', { reason: 'more rights', note: 'none' });
    await act.asks('UCLEO', '/ticket claim ESC-2', 'CT2');
    await bot.slack.change.setGroupMembers('ST1', ['UBEN']);
    await bot.slack.change.deactivate('UCLEO');
    await bot.wait(minute);
    await bot.instances[0]?.keepDesk();
    await bot.settle();
    expect(bot.texts('CT1').find((text) => text.startsWith('ESC-1'))).toContain('nobody has it');
    expect(await history()).toContain('Released from Ana, who left the tiers');
    expect(card('CT2')).toContain('nobody has it');
    expect(await act.asks('UMAX', '/ticket history ESC-2', 'CT1')).toMatch(/Released from Cleo, .*deactivated/);
  });
});

describe('handing everything over (4.3)', () => {
  let bot: Bot;
  let act: Acting;
  beforeAll(async () => {
    bot = await aBot({
      furniture: { ...furniture, groups: [{ id: 'ST1', handle: 'tier-1-team', members: ['UANA', 'UBEN', 'UCLEO'] }] },
    });
    act = acting(bot);
    for (const [user, text] of [
      ['UKIM', 'My VPS is down'],
      ['ULOU', 'My shop is slow'],
      ['UGUS', 'My mail bounces'],
    ] as const)
      await act.posts(user, 'CHELP', text);
    for (const number of [1, 2, 3]) await act.asks('UCLEO', `/ticket claim ESC-${number}`, 'CT1');
    await act.asks('UCLEO', '/escalate ESC-3', 'CT1');
    await act.submits('UCLEO', { reason: 'more rights', note: 'none' });
  });
  afterAll(() => bot.stop());

  it('needs a person and a note', async () => {
    expect(await act.asks('UCLEO', '/ticket handover', 'CT1')).toContain('To whom?');
    expect(await act.asks('UCLEO', '/ticket handover <@UANA|ana>', 'CT1')).toContain('Please add a note');
  });

  it('gives all of mine, and says how many went and which the receiver may not have', async () => {
    const said = await act.asks('UCLEO', '/ticket handover <@UANA|ana> I am on holiday', 'CT1');
    expect(said).toMatch(/^2 tickets went to Ana \(ESC-[12], ESC-[12]\)\. Ana may not have ESC-3/);
    expect(bot.textOf(bot.card('CT2'))).toContain('Cleo has it');
    expect(await act.asks('UMAX', '/ticket history ESC-1', 'CT1')).toContain('I am on holiday');
  });

  it('gives all of a colleague: by tier members and managers', async () => {
    expect(await act.asks('ULOU', '/ticket handover <@UANA|ana> <@ULOU|lou> mine')).toContain('did not work');
    const said = await act.asks('UMAX', '/ticket handover <@UANA|ana> <@UBEN|ben> Ana is ill', 'CT1');
    expect(said).toMatch(/^2 tickets went to Ben/);
    const back = await act.asks('UANA', '/ticket handover <@UBEN|ben> <@UANA|ana> I am well again', 'CT1');
    expect(back).toMatch(/^2 tickets went to Ana/);
  });

  it('says so when there is nothing to give', async () => {
    expect(await act.asks('UDORA', '/ticket handover <@UANA|ana> all of it', 'CT1')).toContain('nothing to hand over');
  });
});
