import { plainTextOf } from '../../sandbox/plain-text.ts';
import type { Command } from '../../src/domain/command.ts';
import { day, hour, minute } from '../../src/domain/instant.ts';
import { foldedMessage } from '../../src/views/folded-message.ts';
import type { Message } from '../../src/views/message.ts';
import { noticeMessage } from '../../src/views/notice-message.ts';
import { opening } from '../support/a-command.ts';
import { aDesk, aPerson } from '../support/a-policy.ts';
import { openingTime } from '../support/a-record.ts';
import { noticeOf, type Step, subjectAfter } from '../support/a-subject.ts';

const read = (message: Message | null): string | null =>
  message === null ? null : plainTextOf({ ...message }, { tz: 'Etc/UTC' });
const opened: Step = { at: openingTime, command: opening(openingTime) };
const step = (after: number, command: Command): Step => ({ at: openingTime + after, command });
const ana = aPerson('ANA', { name: 'Ana' });
const claimed = step(hour / 2, { type: 'claim', by: ana, seenStep: null });
const passed = (after: number): Step => step(after, { type: 'pass-time' });

describe('a call', () => {
  it('mentions here on arrival, everybody on a breach, or the group where the tier has one', () => {
    const fresh = subjectAfter([opened]);
    const missed = subjectAfter([opened, passed(hour)]);
    expect(noticeMessage(noticeOf('call', fresh), fresh)?.text).toMatch(/^<!here> Tier 1/);
    expect(noticeMessage(noticeOf('call', missed, 'response-missed'), missed)?.text).toMatch(/^<!channel> /);
    const [first, ...rest] = aDesk().tiers;
    if (first === undefined) throw new Error('The desk has no tier');
    const desk = aDesk({ tiers: [{ ...first, group: 'S1', callOnArrival: 'group' }, ...rest] });
    const grouped = subjectAfter([opened], { desk });
    expect(noticeMessage(noticeOf('call', grouped), grouped)?.text).toMatch(/^<!subteam\^S1> /);
  });

  it('is withdrawn when somebody took the ticket, or it went on', () => {
    const taken = subjectAfter([opened, claimed]);
    expect(noticeMessage(noticeOf('call', taken, 'opened'), taken)).toBeNull();
    const gone = subjectAfter([opened, claimed, passed(5 * hour)]);
    expect(noticeMessage(noticeOf('call', gone, 'opened', { tier: 1 }), gone)).toBeNull();
  });

  it('for several tickets is one message with one mention', () => {
    const subjects = [12, 13, 14].map((number) =>
      subjectAfter([{ ...opened, command: opening(openingTime, { number }) }]),
    );
    const items = subjects.map((subject) => ({
      notice: noticeOf('call', subject),
      subject,
      link: 'https://x.slack.com/p1',
    }));
    const message = foldedMessage(items);
    expect(read(message)).toMatch(/^@here Tier 1 \(Support\): 3 tickets need you/);
    expect(message?.text).toContain('ESC-12, ESC-13, ESC-14');
  });
});

describe('a reminder', () => {
  it('mentions the owner, and nobody where there is none', () => {
    const owned = subjectAfter([opened, claimed, passed(3.6 * hour)]);
    const message = noticeMessage(noticeOf('remind', owned, 'warned'), owned);
    expect(message?.text).toMatch(/^<@ANA> ESC-12: solve it, or it goes to Tier 2 \(Advanced\) /);
    const unowned = subjectAfter([opened, passed(46 * minute)]);
    expect(noticeMessage(noticeOf('remind', unowned, 'warned'), unowned)?.text).toMatch(/^ESC-12: an answer is due/);
  });

  it('is withdrawn when what it warns of is done', () => {
    const answered = subjectAfter([
      opened,
      passed(46 * minute),
      step(50 * minute, { type: 'claim', by: ana, seenStep: null }),
    ]);
    expect(noticeMessage(noticeOf('remind', answered, 'warned'), answered)).toBeNull();
  });

  it('of a long wait offers Resume and Resolve, and none once the customer answered', () => {
    const wait = step(hour, { type: 'wait', by: ana, need: 'your domain', seenStep: null });
    const waiting = subjectAfter([opened, claimed, wait, passed(hour + 3 * day)]);
    expect(read(noticeMessage(noticeOf('remind', waiting, 'wait-reminded'), waiting))).toMatch(/Resume\nResolve$/);
    const resumed = subjectAfter([
      opened,
      claimed,
      wait,
      passed(hour + 3 * day),
      step(4 * day, { type: 'resume', by: ana, seenStep: null }),
    ]);
    expect(noticeMessage(noticeOf('remind', resumed, 'wait-reminded'), resumed)).toBeNull();
  });

  it('asks the last owner for the hand-over note until it is there', () => {
    const escalated = [opened, claimed, passed(4.5 * hour)];
    const missing = subjectAfter(escalated);
    const to = { kind: 'person', userId: 'ANA' } as const;
    expect(read(noticeMessage(noticeOf('remind', missing, 'escalated', { to }), missing))).toContain('Hand-over note');
    const noted = subjectAfter([...escalated, step(5 * hour, { type: 'add-hand-over-note', by: ana, note: 'n' })]);
    expect(noticeMessage(noticeOf('remind', noted, 'escalated', { to }), noted)).toBeNull();
  });

  it('to claim is whispered only while nobody has it', () => {
    const free = subjectAfter([opened]);
    const taken = subjectAfter([opened, claimed]);
    expect(read(noticeMessage(noticeOf('claim-offer', free), free))).toMatch(/Claim$/);
    expect(noticeMessage(noticeOf('claim-offer', taken), taken)).toBeNull();
  });
});

describe('a line in the tier thread', () => {
  const said = step(2 * minute, {
    type: 'customer-say',
    via: 'message',
    by: aPerson('KIM', { name: 'Kim' }),
    messageKey: 'C_HELP:101.1',
    text: 'my password is hunter2',
    files: [],
    at: openingTime + 2 * minute,
    joined: false,
  });
  const edited = step(3 * minute, {
    type: 'edit-message',
    by: aPerson('KIM'),
    messageKey: 'C_HELP:101.1',
    text: 'never mind',
    at: openingTime + 3 * minute,
  });
  const removed = step(5 * minute, {
    type: 'remove-message',
    by: aPerson('KIM'),
    messageKey: 'C_HELP:101.1',
    at: openingTime + 5 * minute,
  });

  it('shows the newest text of a message, and nothing of the older', () => {
    const subject = subjectAfter([opened, said, edited]);
    const line = read(noticeMessage(noticeOf('line', subject, 'customer-said'), subject));
    expect(line).toContain('never mind');
    expect(line).not.toContain('hunter2');
  });

  it('says of a removed message only that, and when', () => {
    const subject = subjectAfter([opened, said, edited, removed]);
    const line = read(noticeMessage(noticeOf('line', subject, 'customer-said'), subject));
    expect(line).toBe('Kim wrote: removed by the customer, 2 Mar 2026 10:05');
    const redrawn = noticeOf('line', subject, 'message-removed', { redraws: 'said:C_HELP:101.1:1' });
    expect(read(noticeMessage(redrawn, subject))).toBe(line);
  });

  it('tells the owner when the first message is removed', () => {
    const first = step(hour, {
      type: 'remove-message',
      by: aPerson('KIM'),
      messageKey: 'C_HELP:100.000100',
      at: openingTime + hour,
    });
    const subject = subjectAfter([opened, claimed, first]);
    expect(noticeMessage(noticeOf('line', subject, 'message-removed'), subject)?.text).toContain('<@ANA>');
  });
});

describe('managers', () => {
  it('get what happened, how it stands, and three things to do', () => {
    const subject = subjectAfter([opened, passed(hour)]);
    const text = read(noticeMessage(noticeOf('manager', subject, 'response-missed'), subject));
    expect(text).toContain('No answer from Tier 1 (Support) in time');
    expect(text).toMatch(/Open\nTake over\nAcknowledge$/);
  });

  it('are told that a late step was late because the desk was down', () => {
    const subject = subjectAfter([opened, passed(hour + 7 * minute)]);
    const text = read(noticeMessage(noticeOf('manager', subject, 'response-missed'), subject));
    expect(text).toContain('due 2 Mar 2026 11:00, done 2 Mar 2026 11:07: the desk was down');
  });

  it('get everything late in one list, the oldest first', () => {
    const early = subjectAfter([opened, passed(hour + 7 * minute)]);
    const later = subjectAfter([opened, passed(6 * hour)]);
    const items = [noticeOf('manager', later, 'take-up-missed'), noticeOf('manager', later, 'response-missed')].map(
      (notice) => ({
        notice,
        subject: later,
        link: null,
      }),
    );
    const text =
      read(
        foldedMessage([
          ...items,
          { notice: noticeOf('manager', early, 'response-missed'), subject: early, link: null },
        ]),
      ) ?? '';
    expect(text).toContain('3 things were done late and count against nobody');
    expect(text.indexOf('No answer')).toBeLessThan(text.indexOf('Still nobody of'));
  });

  it('who acknowledged are not told again of the same step', () => {
    const acknowledged = step(hour + minute, { type: 'acknowledge', by: aPerson('MAX'), seenStep: null });
    const subject = subjectAfter([opened, passed(hour), acknowledged, passed(2 * hour)]);
    expect(noticeMessage(noticeOf('manager', subject, 'take-up-missed'), subject)).toBeNull();
  });
});
