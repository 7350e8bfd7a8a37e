import type { Command } from '../../src/domain/command.ts';
import { decide } from '../../src/domain/decide.ts';
import type { Desk } from '../../src/domain/desk.ts';
import type { TicketEvent } from '../../src/domain/event.ts';
import { evolveAll } from '../../src/domain/evolve.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Notice, NoticeKind } from '../../src/domain/notice.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Subject } from '../../src/views/subject.ts';
import { aDesk, aPolicy } from './a-policy.ts';
import { aNotice, openingTime } from './a-record.ts';

export interface Step {
  readonly at: Instant;
  readonly command: Command;
}

/** A ticket that these commands really led to. @throws when one of them was refused: the test says what cannot be */
export const subjectAfter = (
  steps: readonly Step[],
  { desk = aDesk(), policy = aPolicy() }: { readonly desk?: Desk; readonly policy?: Policy } = {},
): Subject => {
  let events: readonly TicketEvent[] = [];
  for (const { at, command } of steps) {
    const decision = decide(evolveAll(null, events), command, { policy, desk, now: at });
    if (!decision.ok) throw new Error(`Setting up a ticket failed: ${command.type} gave ${decision.refusal.code}`);
    events = [...events, ...decision.events];
  }
  const ticket = evolveAll(null, events);
  if (ticket === null) throw new Error('Setting up a ticket failed: nothing opened it');
  return { ticket, events, desk, policy };
};

/** A notice about the newest event of a type (or simply the newest), as the ticket stands. */
export const noticeOf = (
  kind: NoticeKind,
  subject: Subject,
  about: TicketEvent['type'] | null = null,
  change: Partial<Notice> = {},
): Notice => {
  const index = about === null ? subject.events.length - 1 : subject.events.findLastIndex(({ type }) => type === about);
  const event = subject.events[index];
  if (event === undefined) throw new Error(`Setting up a notice failed: nothing of type ${about ?? 'any'} happened`);
  return aNotice({
    kind,
    seq: index + 1,
    about: event.type,
    tier: subject.ticket.tier,
    step: subject.ticket.step,
    late: event.late,
    writtenAt: Math.max(event.at, openingTime),
    ...change,
  });
};
