import type { Command } from '../../src/domain/command.ts';
import { decide } from '../../src/domain/decide.ts';
import { evolveAll } from '../../src/domain/evolve.ts';
import { hour, type Instant } from '../../src/domain/instant.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { type Wording, whyOf } from '../../src/domain/why.ts';
import { nextOf } from '../../src/domain/why-next.ts';
import { opening } from '../support/a-command.ts';
import { aDesk, aPerson, aPolicy } from '../support/a-policy.ts';

const wording: Wording = {
  at: (instant) => new Date(instant).toISOString().slice(0, 16).replace('T', ' '),
  tier: (tier) => `Tier ${tier}`,
  reader: 'staff',
};
const policy = aPolicy();
const fridayLate = Date.UTC(2026, 2, 6, 16, 30);
const mondayMorning = Date.UTC(2026, 2, 2, 10);

const lived = (...steps: readonly (readonly [Instant, Command])[]): Ticket => {
  const ticket = steps.reduce<Ticket | null>((before, [now, command]) => {
    const decision = decide(before, command, { policy, desk: aDesk(), now });
    if (!decision.ok) throw new Error(`refused: ${decision.refusal.code}`);
    return evolveAll(before, decision.events);
  }, null);
  if (ticket === null) throw new Error('nothing was opened');
  return ticket;
};

const storyOf = (ticket: Ticket, clock: string, change: Partial<Wording> = {}, its = policy): string =>
  whyOf(ticket, its, { ...wording, ...change })
    .find((story) => story.clock.startsWith(clock))
    ?.sentences.join(' ') ?? `no clock "${clock}"`;

const ana = aPerson('ANA');

describe('why a ticket is due when it is', () => {
  it('names the weekend that did not count', () => {
    const ticket = lived([fridayLate, opening(fridayLate)]);
    expect(storyOf(ticket, 'Answer')).toBe(
      'It started 2026-03-06 16:30: the ticket was opened. It allows 1 hour of business time. ' +
        'From 2026-03-06 17:00 to 2026-03-09 09:00 did not count: a weekend. It is due 2026-03-09 09:30. ' +
        'Tier 1 is reminded 2026-03-09 09:15. ' +
        'Then it is a breach: Tier 1 is called again, the managers are told, and Tier 1 has it from that instant.',
    );
  });

  it('names nights and holidays', () => {
    const mondayOff = aPolicy({
      calendar: { ...policy.calendar, holidays: [{ date: '2026-03-10', name: 'Founders Day' }] },
    });
    const monday = Date.UTC(2026, 2, 9, 16, 30);
    const story = storyOf(lived([monday, opening(monday)]), 'Answer', {}, mondayOff);
    expect(story).toContain('From 2026-03-09 17:00 to 2026-03-10 00:00 did not count: a night.');
    expect(story).toContain('From 2026-03-10 00:00 to 2026-03-11 00:00 did not count: Founders Day.');
    expect(story).toContain('From 2026-03-11 00:00 to 2026-03-11 09:00 did not count: a night.');
    expect(story).toContain('It is due 2026-03-11 09:30.');
  });

  it('tells pauses, and what happens then and to whom', () => {
    const at = mondayMorning;
    const wait: Command = { type: 'wait', by: ana, need: 'the log', seenStep: null };
    const ticket = lived(
      [at, opening(at)],
      [at + hour / 2, { type: 'claim', by: ana, seenStep: null }],
      [at + hour, wait],
      [at + 2 * hour, { type: 'resume', by: ana, seenStep: null }],
    );
    const story = storyOf(ticket, 'Solution');
    expect(story).toContain(
      'It stood still from 2026-03-02 11:00 to 2026-03-02 12:00, while we waited for the customer.',
    );
    expect(story).toContain('It is due 2026-03-02 15:30.');
    expect(story).toContain('ana is reminded 2026-03-02 14:30.');
    expect(story).toContain('Then it is escalated to Tier 2.');
  });

  it('says that a clock stands still while we wait', () => {
    const wait: Command = { type: 'wait', by: ana, need: 'the log', seenStep: null };
    const ticket = lived([mondayMorning, opening(mondayMorning)], [mondayMorning + hour / 4, wait]);
    expect(storyOf(ticket, 'Solution')).toContain('While it stands still it is not due.');
    expect(storyOf(ticket, 'Waiting')).toContain('is asked: resume, or resolve for want of an answer.');
  });

  it('tells the customer nothing of what stays inside', () => {
    const ticket = lived([fridayLate, opening(fridayLate)]);
    const story = storyOf(ticket, 'Answer', { reader: 'customer' });
    expect(story).toContain('We aim to keep it by 2026-03-09 09:30.');
    expect(story).not.toContain('reminded');
    expect(story).not.toContain('breach');
    expect(whyOf(ticket, policy, { ...wording, reader: 'customer' }).map(({ clock }) => clock)).toEqual([
      'Answer by Tier 1',
      'A word to you',
    ]);
  });

  it('explains how a resolved ticket closes', () => {
    const at = mondayMorning;
    const resolve: Command = { type: 'resolve', by: ana, cause: 'c', fix: 'f', message: 'm', seenStep: null };
    const ticket = lived([at, opening(at)], [at + hour / 2, resolve]);
    expect(storyOf(ticket, 'The customer confirms')).toContain('Then the customer is asked again.');
    expect(storyOf(ticket, 'Close')).toContain('Then it is closed, unconfirmed, and the customer is told so.');
  });
});

describe('what a ticket does next', () => {
  const at = mondayMorning;
  const next = (...steps: readonly (readonly [Instant, Command])[]) => nextOf(lived(...steps), policy, wording);

  it('is the reminder before the deadline, and then the deadline', () => {
    const opened = [at, opening(at)] as const;
    expect(next(opened)).toEqual({ at: at + 0.75 * hour, sentence: 'Tier 1 is reminded.' });
    const warned: Command = { type: 'pass-time' };
    expect(next(opened, [at + 0.75 * hour, warned])).toEqual({
      at: at + hour,
      sentence: 'It is a breach: Tier 1 is called again, the managers are told, and Tier 1 has it from that instant.',
    });
  });

  it('names the owner, once there is one', () => {
    const claim: Command = { type: 'claim', by: ana, seenStep: null };
    expect(next([at, opening(at)], [at + hour / 2, claim])).toEqual({
      at: at + 3.5 * hour,
      sentence: 'ana is reminded.',
    });
  });

  it('is nothing, once the ticket is closed', () => {
    const resolve: Command = { type: 'resolve', by: ana, cause: 'c', fix: 'f', message: 'm', seenStep: null };
    const confirm: Command = { type: 'confirm', by: aPerson('KIM'), as: 'customer', seenStep: null };
    expect(next([at, opening(at)], [at + hour / 2, resolve], [at + hour, confirm])).toBeNull();
  });
});
