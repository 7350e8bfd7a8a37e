import { plainTextOf } from '../../sandbox/plain-text.ts';
import type { Command } from '../../src/domain/command.ts';
import { hour, minute } from '../../src/domain/instant.ts';
import { parseMenuValue } from '../../src/views/button-value.ts';
import { offersOf } from '../../src/views/card-buttons.ts';
import type { Message } from '../../src/views/message.ts';
import { postingOf, ticketCard } from '../../src/views/ticket-card.ts';
import { aNewTicket, opening } from '../support/a-command.ts';
import { aPerson } from '../support/a-policy.ts';
import { aNotice, openingTime } from '../support/a-record.ts';
import { type Step, subjectAfter } from '../support/a-subject.ts';

const read = (message: Message): readonly string[] => plainTextOf({ ...message }, { tz: 'Etc/UTC' }).split('\n');
const opened: Step = { at: openingTime, command: opening(openingTime) };
const step = (after: number, command: Command): Step => ({ at: openingTime + after, command });
const ana = aPerson('ANA', { name: 'Ana' });
const claimed = step(hour / 2, { type: 'claim', by: ana, seenStep: null });
const dora = aPerson('DORA');
const escalate = (after: number): Step =>
  step(after, { type: 'escalate', by: dora, toTier: null, reason: 'r', note: 'n', seenStep: null });
const byPhone = opening(openingTime, {
  place: { kind: 'none' },
  customer: { userId: null, team: null, name: 'Pat', reach: 'phone', contact: '+49 30 123456' },
});

const cardAfter = (...steps: readonly Step[]): readonly string[] => {
  const subject = subjectAfter(steps);
  return read(ticketCard(subject, subject.ticket.posting));
};
const mainOf = (...steps: readonly Step[]): readonly string[] => offersOf(subjectAfter(steps)).slice(0, 2);

describe('the card', () => {
  it('says first what it is, how pressing, and what to do by when', () => {
    expect(cardAfter(opened).slice(0, 2)).toEqual([
      'ESC-12 · Normal · The shop is down',
      '→ Claim or answer it by 2 Mar 2026 11:00 (business time)',
    ]);
  });

  it('says who has it since when, and what happens otherwise', () => {
    const card = cardAfter(opened, claimed);
    expect(card[1]).toBe('→ Solve it by 2 Mar 2026 14:30 (day and night), or it goes to Tier 2 (Advanced)');
    expect(card).toContain('Ana has it since 2 Mar 2026 10:30');
  });

  it('says that an answer is overdue until somebody answers', () => {
    const passed = step(hour, { type: 'pass-time' });
    expect(cardAfter(opened, passed)).toContain('No answer yet: it was due 2 Mar 2026 11:00');
    const late: Command = { type: 'claim', by: ana, seenStep: null };
    expect(cardAfter(opened, passed, step(hour + minute, late)).join('\n')).not.toContain('No answer yet');
  });

  it('says in its plain text all that its first two lines say', () => {
    const subject = subjectAfter([opened]);
    expect(ticketCard(subject, 1).text).toMatch(/^ESC-12 · Normal · The shop is down\. Claim or answer it by .*Tier 1/);
  });

  it('marks a guess', () => {
    const guessed = opening(openingTime, { kind: 'billing', guessed: true });
    expect(cardAfter({ ...opened, command: guessed })).toContain('About: Billing (a guess)');
  });

  it('says what a customer by phone is owed, by when, and how to reach them', () => {
    const card = cardAfter({ ...opened, command: byPhone });
    expect(card.join('\n')).toContain('Tell the customer by 3 Mar 2026 10:00: that we have their issue');
    expect(card).toContain('Customer: Pat, by phone: +49 30 123456');
  });

  it('says that the hand-over note is missing after a timed escalation, and asks for it first', () => {
    const subject = subjectAfter([opened, claimed, step(4.5 * hour, { type: 'pass-time' })]);
    expect(read(ticketCard(subject, 2)).join('\n')).toContain('The hand-over note is missing');
    expect(offersOf(subject)[2]).toBe('hand-over-note');
  });

  it('names the manager who acknowledged it', () => {
    const acknowledged = step(minute, { type: 'acknowledge', by: aPerson('MAX', { name: 'Max' }), seenStep: null });
    expect(cardAfter(opened, acknowledged)).toContain('Max acknowledged it 2 Mar 2026 10:01');
  });

  it('of an earlier arrival says only number, title and where it went', () => {
    const subject = subjectAfter([opened, escalate(minute)]);
    expect(read(ticketCard(subject, 1))).toEqual(['ESC-12 · The shop is down · moved to Tier 2 · Advanced']);
  });

  it('knows its posting from the notice, also where it is a copy', () => {
    expect(postingOf(aNotice({ anchor: 'card:3' }))).toBe(3);
    expect(postingOf(aNotice({ redraws: 'card:2:MAX' }))).toBe(2);
    expect(postingOf(aNotice({ redraws: 'background:2' }))).toBeNull();
  });
});

describe('the two main buttons', () => {
  const resolve = step(hour, { type: 'resolve', by: ana, cause: 'c', fix: 'f', message: 'm', seenStep: null });
  const wait = step(hour, { type: 'wait', by: ana, need: 'n', seenStep: null });

  it.each([
    ['open and nobody has it', ['claim', 'escalate'], [opened]],
    ['somebody has it', ['resolve', 'update'], [opened, claimed]],
    ['it waits for the customer', ['resume', 'resolve'], [opened, claimed, wait]],
    ['it is at the last tier', ['claim', 'call-managers'], [opened, escalate(minute), escalate(2 * minute)]],
  ])('when %s: %j', (_, expected, steps) => {
    expect(mainOf(...steps)).toEqual(expected);
  });

  it('begin with Reopen once it is resolved', () => {
    expect(mainOf(opened, claimed, resolve)[0]).toBe('reopen');
  });

  it('let staff press Solved for a customer by phone', () => {
    const offers = offersOf(subjectAfter([{ ...opened, command: byPhone }, claimed, resolve]));
    expect(offers).toContain('confirm-for-customer');
    expect(offers).toContain('told');
  });
});

describe('the menu', () => {
  it('holds at most five entries, each small enough with the longest ids, the last one More', () => {
    const id = `T0123456789A:C0123456789A:1700000000.123456`;
    const subject = subjectAfter([{ ...opened, command: opening(openingTime, { ...aNewTicket(openingTime), id }) }]);
    const card = ticketCard({ ...subject, ticket: { ...subject.ticket, step: 9999 } }, 1);
    const values = [...JSON.stringify(card.blocks).matchAll(/"value":"([a-z-]+\|[^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(values).toHaveLength(5);
    for (const value of values) expect(value.length).toBeLessThanOrEqual(75);
    expect(values.map((value) => parseMenuValue(value)?.act)).toEqual([
      'triage',
      'update',
      'dismiss',
      'assign',
      'more',
    ]);
    expect(parseMenuValue(values[0] ?? '')).toEqual({ act: 'triage', ticketId: id, step: 9999 });
  });
});
