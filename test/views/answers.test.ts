import { plainTextOf } from '../../sandbox/plain-text.ts';
import type { Refusal } from '../../src/domain/decision.ts';
import { minute } from '../../src/domain/instant.ts';
import { whyOf } from '../../src/domain/why.ts';
import { helpMessage } from '../../src/views/help-message.ts';
import { historyMessage } from '../../src/views/history.ts';
import { howEscalationWorks } from '../../src/views/how-escalation-works.ts';
import type { Message } from '../../src/views/message.ts';
import { policyMessage } from '../../src/views/policy-message.ts';
import { hoursText } from '../../src/views/policy-words.ts';
import { refusalMessage } from '../../src/views/refusal-message.ts';
import { ticketList } from '../../src/views/ticket-list.ts';
import { whyMessage, whyWording } from '../../src/views/why-message.ts';
import { opening } from '../support/a-command.ts';
import { aDesk, aPerson, aPolicy } from '../support/a-policy.ts';
import { aTicket, openingTime } from '../support/a-record.ts';
import { fullStory, plainStory } from '../support/a-story.ts';
import { subjectAfter } from '../support/a-subject.ts';

const read = (message: Message): string => plainTextOf({ ...message }, { tz: 'Etc/UTC' });

describe('a refusal', () => {
  it('names who has it and since when', () => {
    const owner = { userId: 'ANA', name: 'Ana' };
    const refusal: Refusal = { code: 'owned-already', owner, since: openingTime, yours: false };
    expect(read(refusalMessage(refusal, { isStaff: true }))).toBe('Ana has it already, since 2 Mar 2026 10:00.');
  });

  it('tells a customer the same of a ticket that is not theirs and of one that does not exist', () => {
    const asked = { isStaff: false };
    const none = refusalMessage({ code: 'not-found' }, asked);
    for (const needs of ['tier', 'manager', 'staff', 'customer', 'admin'] as const) {
      expect(refusalMessage({ code: 'not-allowed', needs }, asked)).toEqual(none);
    }
  });

  it('is one whole sentence or two, and blames nobody', () => {
    const codes: readonly Refusal[] = [
      { code: 'not-owned' },
      { code: 'out-of-date' },
      { code: 'not-open', status: 'closed' },
      { code: 'not-waiting' },
      { code: 'not-resolved' },
      { code: 'not-closed' },
      { code: 'reopen-too-late' },
      { code: 'first-tier' },
      { code: 'only-critical-skips' },
      { code: 'assignee-not-in-tier', name: 'Ben' },
      { code: 'reached-in-slack' },
      { code: 'told-in-future' },
      { code: 'tell-first' },
      { code: 'unknown-message' },
      { code: 'same-as-before' },
    ];
    for (const refusal of codes) expect(read(refusalMessage(refusal, { isStaff: true }))).toMatch(/^[A-Z].*\.$/);
  });
});

describe('a list', () => {
  const page = {
    tickets: [aTicket({ number: 7 })],
    total: 9,
    page: 1,
    perPage: 4,
    of: 'mine',
    heading: 'Your tickets',
  };

  it('turns its pages both ways', () => {
    const text = read(ticketList({ ...page, reader: 'staff' }, aDesk()));
    expect(text).toContain('Your tickets · 9, page 2 of 3');
    expect(text).toMatch(/ESC-7[\s\S]*Back\nMore$/);
  });

  it('that is empty says so kindly', () => {
    const none = { ...page, tickets: [], total: 0 };
    expect(read(ticketList({ ...none, reader: 'customer' }, aDesk()))).toContain('no tickets with us');
    expect(read(ticketList({ ...none, reader: 'staff' }, aDesk()))).toMatch(/: none$/);
  });

  it('shows customers no owner, tier or priority', () => {
    const owned = aTicket({ owner: { userId: 'ANA', name: 'Ana', since: openingTime }, priority: 'critical' });
    const text = read(ticketList({ ...page, tickets: [owned], reader: 'customer' }, aDesk()));
    expect(text).not.toMatch(/Ana|Tier|Critical/);
  });
});

describe('the history', () => {
  const secret = { ...plainStory, said: 'first version' };
  const edited = [
    ...fullStory(secret).slice(0, 4),
    {
      at: openingTime + 5 * minute,
      command: {
        type: 'edit-message',
        by: aPerson('KIM'),
        messageKey: 'C_HELP:102.000100',
        text: 'second version',
        at: openingTime + 5 * minute,
      },
    } as const,
    {
      at: openingTime + 6 * minute,
      command: {
        type: 'remove-message',
        by: aPerson('KIM'),
        messageKey: 'C_HELP:101.000100',
        at: openingTime + 6 * minute,
      },
    } as const,
  ];

  it('shows earlier versions of a message to managers only', () => {
    const subject = subjectAfter(edited);
    expect(read(historyMessage(subject, 'manager', 0, []))).toContain('first version');
    for (const reader of ['staff', 'customer'] as const) {
      expect(read(historyMessage(subject, reader, 0, []))).not.toContain('first version');
      expect(read(historyMessage(subject, reader, 0, []))).toContain('second version');
    }
  });
});

describe('the policy as people read it', () => {
  const policy = aPolicy();

  it('names each stage, its times and the hours', () => {
    const text = read(
      policyMessage({ version: 3, policy, publishedAt: openingTime, by: 'Max', why: 'A new year' }, aDesk()),
    );
    expect(text).toContain('within 1 hour of business time; critical: within 1 hour, day and night');
    expect(text).toContain('what is not solved within 4 hours, day and night, goes to Tier 2 (Advanced)');
    expect(text).toContain('what is not solved within 12 hours, day and night, goes to Tier 3 (Management)');
    expect(text).toContain('at least every 24 hours');
    expect(text).toContain('Mon–Fri 09:00–17:00 (Etc/UTC)');
    expect(text).toContain('Version 3');
  });

  it('is told to customers as aims, with the contact lines', () => {
    const views = [
      plainTextOf({ ...howEscalationWorks(policy, aDesk()) }),
      read(helpMessage('customer', policy, aDesk())),
    ];
    for (const text of views) {
      expect(text).toContain('We aim'.toLowerCase());
      expect(text).toContain('aims, not guarantees');
      expect(text).toContain('support@example.test');
    }
  });

  it('writes several windows and round the clock plainly', () => {
    const { calendar } = policy;
    const lunch = [
      { from: 540, to: 720 },
      { from: 780, to: 1020 },
    ];
    expect(hoursText({ ...calendar, week: { ...calendar.week, fri: lunch } })).toBe(
      'Mon–Thu 09:00–17:00; Fri 09:00–12:00, 13:00–17:00 (Etc/UTC)',
    );
    const always = [{ from: 0, to: 1440 }];
    const week = { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always };
    expect(hoursText({ ...calendar, week })).toBe('Mon–Sun 00:00–24:00 (Etc/UTC)');
  });
});

describe('/ticket why', () => {
  const subject = subjectAfter([{ at: openingTime, command: opening(openingTime) }]);
  const explained = (reader: 'staff' | 'customer'): string => {
    const { ticket, policy, desk } = subject;
    return read(whyMessage(subject, whyOf(ticket, policy, whyWording(desk, reader))));
  };

  it("explains each clock, its instants in the reader's own time", () => {
    expect(explained('staff')).toContain('Answer by Tier 1 (Support)');
    expect(explained('staff')).toContain('2 Mar 2026 11:00');
    expect(explained('customer')).not.toMatch(/\{\d+\}/);
  });
});
