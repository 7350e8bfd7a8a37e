import { plainTextOf } from '../../sandbox/plain-text.ts';
import { day, hour } from '../../src/domain/instant.ts';
import { historyMessage } from '../../src/views/history.ts';
import type { Message } from '../../src/views/message.ts';
import { noticeMessage } from '../../src/views/notice-message.ts';
import { customerTicketDetails } from '../../src/views/ticket-details.ts';
import { aNewTicket } from '../support/a-command.ts';
import { aPerson, aPolicy } from '../support/a-policy.ts';
import { openingTime } from '../support/a-record.ts';
import { fullStory, neglected, plainStory } from '../support/a-story.ts';
import { noticeOf, subjectAfter } from '../support/a-subject.ts';
import { customersOnly, whatIsSaid } from '../support/what-is-said.ts';

const read = (message: Message | null): string =>
  message === null ? '' : plainTextOf({ ...message }, { tz: 'Etc/UTC' });
const opened = {
  at: openingTime,
  command: { type: 'open', by: aPerson('KIM'), ticket: aNewTicket(openingTime) },
} as const;
const claimed = {
  at: openingTime + hour,
  command: { type: 'claim', by: aPerson('ANA', { name: 'Ana' }), seenStep: null },
} as const;

describe('whatever reaches the customer', () => {
  const said = customersOnly(whatIsSaid(fullStory(plainStory)));

  it('holds no reason, note, cause, fix, or assignment', () => {
    expect(said.length).toBeGreaterThan(15);
    for (const { message } of said) expect(JSON.stringify(message)).not.toContain('INSIDE');
  });

  it('holds no mention and no link into our channels', () => {
    for (const { message } of said) expect(JSON.stringify(message)).not.toMatch(/<@|<!subteam|C_T1|C_T2|archives/);
  });

  it('guarantees nothing', () => {
    for (const { message } of said) expect(read(message)).not.toMatch(/guarantee|at the latest|we will/i);
  });

  it('reads in /ticket show and history as it was said', () => {
    const subject = subjectAfter(fullStory(plainStory));
    const shown = [customerTicketDetails(subject), historyMessage(subject, 'customer', 0, [])];
    for (const message of shown) {
      expect(JSON.stringify(message)).not.toContain('INSIDE');
      expect(read(message)).toContain('We are restarting the server');
    }
  });
});

describe('the receipt', () => {
  it('says the number, who looks at it and by when we aim to answer, and offers three ways on', () => {
    const subject = subjectAfter([opened]);
    const text = read(noticeMessage(noticeOf('receipt', subject), subject));
    expect(text).toContain('ESC-12');
    expect(text).toContain('Tier 1 (Support) looks at it; we aim to answer by 2 Mar 2026 11:00');
    expect(text).toMatch(/Add details\nHow escalation works\nMy tickets/);
  });

  it('shows a guess as a guess', () => {
    const guess = {
      ...opened.command,
      ticket: { ...opened.command.ticket, kind: 'technical', guessed: true },
    } as const;
    const subject = subjectAfter([{ ...opened, command: guess }]);
    expect(read(noticeMessage(noticeOf('receipt', subject), subject))).toContain('Technical (a guess)');
  });
});

describe('the holding update', () => {
  const holding = (steps: Parameters<typeof subjectAfter>[0]) => {
    const subject = subjectAfter(steps);
    return read(noticeMessage(noticeOf('holding-update', subject), subject));
  };

  it('says who has it since when, what comes next and by when', () => {
    const text = holding([opened, claimed]);
    expect(text).toContain('Ana of Tier 1 (Support) has had it since 2 Mar 2026 11:00');
    expect(text).toContain('If it is not solved by 2 Mar 2026 15:00, it goes to Tier 2 (Advanced)');
    expect(text).toContain('We aim to write again by 3 Mar 2026 11:00');
  });

  it('says what we need while waiting', () => {
    const wait = { type: 'wait', by: aPerson('ANA'), need: 'your domain name', seenStep: null } as const;
    expect(holding([opened, claimed, { at: openingTime + 2 * hour, command: wait }])).toContain(
      'What we need from you: your domain name',
    );
  });

  it('is withdrawn once the issue is resolved', () => {
    const resolve = {
      type: 'resolve',
      by: aPerson('ANA'),
      cause: 'c',
      fix: 'f',
      message: 'm',
      seenStep: null,
    } as const;
    const subject = subjectAfter([opened, claimed, { at: openingTime + 2 * hour, command: resolve }]);
    expect(noticeMessage(noticeOf('holding-update', subject), subject)).toBeNull();
  });
});

describe('an update by staff', () => {
  const update = (expectedAt: number | null) =>
    ({
      at: openingTime + 2 * hour,
      command: { type: 'update', by: aPerson('ANA', { name: 'Ana' }), text: 'We are on it', expectedAt },
    }) as const;
  const shown = (expectedAt: number | null): string => {
    const subject = subjectAfter([opened, claimed, update(expectedAt)]);
    return read(noticeMessage(noticeOf('staff-update', subject), subject));
  };

  it('carries status, tier and the expected time', () => {
    expect(shown(openingTime + 8 * hour)).toMatch(
      /being worked on, at Tier 1 \(Support\)[\s\S]*solved by 2 Mar 2026 18:00/,
    );
  });

  it('says when the next word comes where no time is known', () => {
    expect(shown(null)).toContain('we aim to write again by 3 Mar 2026 12:00');
  });
});

describe('at the end', () => {
  const resolve = {
    at: openingTime + 2 * hour,
    command: {
      type: 'resolve',
      by: aPerson('ANA', { name: 'Ana' }),
      cause: 'c',
      fix: 'f',
      message: 'Restarted',
      seenStep: null,
    },
  } as const;
  const confirm = {
    at: openingTime + 3 * hour,
    command: { type: 'confirm', by: aPerson('KIM'), as: 'customer', seenStep: null },
  } as const;

  it('the solution is asked about with Solved and Still broken', () => {
    const subject = subjectAfter([opened, claimed, resolve]);
    expect(read(noticeMessage(noticeOf('resolved-customer', subject), subject))).toMatch(
      /Restarted[\s\S]*Solved\nStill broken/,
    );
  });

  it('a question that has been answered is not asked again', () => {
    const subject = subjectAfter([opened, claimed, resolve, confirm]);
    expect(noticeMessage(noticeOf('ask-again', subject), subject)).toBeNull();
    expect(noticeMessage(noticeOf('ask-after-reply', subject), subject)).toBeNull();
  });

  it('a close offers Reopen and says until when', () => {
    const subject = subjectAfter([opened, claimed, resolve, confirm]);
    const text = read(noticeMessage(noticeOf('closed-customer', subject), subject));
    expect(text).toContain('reopen it until 9 Mar 2026 13:00');
    expect(text).toContain('Reopen');
  });

  it('silence is closed without a word of blame', () => {
    const silence = { at: openingTime + 5 * day, command: { type: 'pass-time' } } as const;
    const subject = subjectAfter([opened, claimed, resolve, silence], { policy: aPolicy() });
    expect(read(noticeMessage(noticeOf('closed-customer', subject), subject))).toContain(
      'as we have not heard from you',
    );
  });

  it('a dismissal says one line, not why, and offers the way back', () => {
    const dismiss = { type: 'dismiss', by: aPerson('ANA'), reason: 'spam', seenStep: null } as const;
    const subject = subjectAfter([opened, { at: openingTime, command: dismiss }]);
    const text = read(noticeMessage(noticeOf('dismissed-customer', subject), subject));
    expect(text).toContain('It is an issue');
    expect(text).not.toContain('spam');
  });

  it('escalations made up for after a night without the desk are one line, which says where it is now', () => {
    const lines = customersOnly(whatIsSaid(neglected(30))).map(({ message }) => message.text);
    expect(lines.filter((line) => line.includes('was escalated'))).toHaveLength(1);
    expect(lines.some((line) => line.includes('is now with Tier 3 (Management)'))).toBe(true);
  });
});
