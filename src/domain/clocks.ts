import { dueAfter } from './due.ts';
import type { Duration, Instant } from './instant.ts';
import { type Policy, type Target, type TierClocks, type Timing, targetFor } from './policy.ts';
import { isReachable, type Pause, type Ticket } from './ticket.ts';

export type ClockName = 'respond' | 'take-up' | 'hand-over' | 'update' | 'wait' | 'confirm' | 'close';

/** What is to happen at an instant of a clock: its deadline, or a warning or reminder on the way to it (1). */
export type MarkName =
  | 'warn-respond'
  | 'miss-response'
  | 'miss-take-up'
  | 'warn-hand-over'
  | 'escalate'
  | 'warn-update'
  | 'send-holding-update'
  | 'miss-update'
  | 'remind-waiting'
  | 'ask-again'
  | 'close-unconfirmed';

export interface Mark {
  readonly does: MarkName;
  readonly at: Instant;
  /** Which of the two update warnings: 1 is for the owner, 2 for the tier. */
  readonly nth?: 1 | 2;
}

/** A running promise (1, 5). */
export interface RunningClock {
  readonly name: ClockName;
  readonly startAt: Instant;
  readonly within: Duration;
  readonly time: Timing;
  /** `null` while a pause lasts. */
  readonly dueAt: Instant | null;
  readonly pauses: readonly Pause[];
  /** Still to come, in order of time; none while a pause lasts. */
  readonly marks: readonly Mark[];
  /** The due instant is that of the change of priority that made it past (3.3): nobody's breach. */
  readonly retimed: boolean;
}

/** The clocks that run on a ticket, each computed from the instant it started, never from now (5.2). */
export const clocksOf = (ticket: Ticket, policy: Policy): readonly RunningClock[] => {
  const clocks: RunningClock[] = [];
  const add = (clock: RunningClock | null): void => {
    if (clock !== null) clocks.push(clock);
  };
  if (ticket.status === 'open' || ticket.status === 'waiting') {
    add(respondClock(ticket, policy));
    add(takeUpClock(ticket, policy));
    add(handOverClock(ticket, policy));
  }
  if (ticket.status === 'waiting') add(waitClock(ticket, policy));
  add(updateClock(ticket, policy));
  if (ticket.status === 'resolved') {
    add(confirmClock(ticket, policy));
    add(closeClock(ticket, policy));
  }
  return clocks;
};

/** The earliest instant at which anything is to happen to the ticket; `null` when no clock runs. */
export const dueAtOf = (ticket: Ticket, policy: Policy): Instant | null => {
  const instants = clocksOf(ticket, policy).flatMap((clock) => clock.marks.map((mark) => mark.at));
  return instants.length === 0 ? null : Math.min(...instants);
};

const tierClocks = (policy: Policy, tier: number): TierClocks => {
  const clocks = policy.clocks.tiers[tier - 1];
  if (clocks === undefined)
    throw new Error(`Finding the clocks of tier ${tier} failed: the policy has ${policy.clocks.tiers.length}`);
  return clocks;
};

const respondClock = (ticket: Ticket, policy: Policy): RunningClock | null => {
  if (ticket.engagedAt !== null) return null;
  const target = targetFor(tierClocks(policy, ticket.tier).respond, ticket.priority);
  // Waiting engages the tier, so the only pauses a respond clock can have are ends that were taken back.
  return targetClock('respond', ticket, policy, target, ticket.arrivedAt, ticket.respondWarned, [
    'warn-respond',
    'miss-response',
  ]);
};

const handOverClock = (ticket: Ticket, policy: Policy): RunningClock | null => {
  const handOver = tierClocks(policy, ticket.tier).handOver;
  if (handOver === null || ticket.engagedAt === null) return null;
  const target = targetFor(handOver, ticket.priority);
  return targetClock('hand-over', ticket, policy, target, ticket.engagedAt, ticket.handOverWarned, [
    'warn-hand-over',
    'escalate',
  ]);
};

const targetClock = (
  name: ClockName,
  ticket: Ticket,
  policy: Policy,
  target: Target,
  startAt: Instant,
  warned: boolean,
  [warning, deadline]: readonly [MarkName, MarkName],
): RunningClock => {
  const after = (amount: Duration): Instant | null =>
    dueAfter(startAt, amount, target.time, ticket.pauses, policy.calendar);
  const computed = after(target.within);
  const changedAt =
    ticket.retimedAt !== null && startAt <= ticket.retimedAt ? runningFrom(ticket.retimedAt, ticket.pauses) : startAt;
  const retimed = computed !== null && computed < changedAt;
  const dueAt = retimed ? changedAt : computed;
  const marks: Mark[] = [];
  const warnAt = warned || retimed ? null : after(target.within * (1 - policy.clocks.warnWhenLeft));
  if (dueAt !== null && warnAt !== null && warnAt < dueAt)
    marks.push({ does: warning, at: Math.max(warnAt, changedAt) });
  if (dueAt !== null) marks.push({ does: deadline, at: dueAt });
  return { name, startAt, within: target.within, time: target.time, dueAt, pauses: ticket.pauses, marks, retimed };
};

/** What a change of priority made past is due at the change, or when the pauses it fell into end (3.3, 5.4). */
const runningFrom = (changedAt: Instant, pauses: readonly Pause[]): Instant =>
  pauses.reduce((at, { from, to }) => (from <= at && to !== null && to > at ? to : at), changedAt);

const takeUpClock = (ticket: Ticket, policy: Policy): RunningClock | null => {
  if (ticket.unownedSince === null || ticket.status !== 'open') return null;
  const { takeUp, respond } = tierClocks(policy, ticket.tier);
  const { time } = targetFor(respond, ticket.priority);
  const computed = dueAfter(ticket.unownedSince, takeUp * (ticket.takeUps + 1), time, [], policy.calendar);
  // What a change of priority made past is due at the change (3.3).
  const dueAt = computed === null ? null : Math.max(computed, ticket.retimedAt ?? computed);
  return runningTo('take-up', ticket.unownedSince, takeUp, time, dueAt, 'miss-take-up');
};

/**
 * The duty to say something (7.3). Where Tierline can speak, it acts itself a little before; where only a person
 * can (7.5), the deadline itself is a missed update, and the duty lasts past the resolution until "Told them".
 */
const updateClock = (ticket: Ticket, policy: Policy): RunningClock | null => {
  const { every, actBefore, remindOwnerBefore, remindTierBefore } = policy.clocks.update;
  const reachable = isReachable(ticket);
  const untold = ticket.status === 'resolved' && ticket.askedAt === null;
  if (ticket.status === 'closed' || (ticket.status === 'resolved' && !untold)) return null;
  if (ticket.updateOwedAt !== null && ticket.updatesMissed === 0) {
    return runningTo('update', ticket.updateOwedAt, every, 'elapsed', ticket.updateOwedAt, 'miss-update');
  }
  const startAt = (ticket.updateOwedAt ?? ticket.toldAt) + every * ticket.updatesMissed;
  const dueAt = startAt + every;
  const actAt = reachable ? dueAt - actBefore : dueAt;
  const warnings: readonly Mark[] = [
    { does: 'warn-update', at: dueAt - remindOwnerBefore, nth: 1 },
    { does: 'warn-update', at: dueAt - remindTierBefore, nth: 2 },
  ];
  const marks = warnings.filter(({ at, nth = 1 }) => nth > ticket.updateWarnings && at > startAt && at < actAt);
  const deadline: Mark = { does: reachable ? 'send-holding-update' : 'miss-update', at: actAt };
  return {
    name: 'update',
    startAt,
    within: every,
    time: 'elapsed',
    dueAt,
    pauses: [],
    marks: [...marks, deadline],
    retimed: false,
  };
};

const waitClock = (ticket: Ticket, policy: Policy): RunningClock | null => {
  if (ticket.waitingSince === null) return null;
  const { every } = policy.clocks.wait;
  const dueAt = ticket.waitingSince + every * (ticket.waitReminders + 1);
  return runningTo('wait', ticket.waitingSince, every, 'elapsed', dueAt, 'remind-waiting');
};

const confirmClock = (ticket: Ticket, policy: Policy): RunningClock | null => {
  const after = policy.clocks.confirm.after[ticket.confirmations];
  if (ticket.askedAt === null || after === undefined) return null;
  return runningTo('confirm', ticket.askedAt, after, 'elapsed', ticket.askedAt + after, 'ask-again');
};

const closeClock = (ticket: Ticket, policy: Policy): RunningClock | null => {
  if (ticket.askedAt === null) return null;
  const { after } = policy.clocks.close;
  return runningTo('close', ticket.askedAt, after, 'elapsed', ticket.askedAt + after, 'close-unconfirmed');
};

const runningTo = (
  name: ClockName,
  startAt: Instant,
  within: Duration,
  time: Timing,
  dueAt: Instant | null,
  does: MarkName,
): RunningClock => ({
  name,
  startAt,
  within,
  time,
  dueAt,
  pauses: [],
  marks: dueAt === null ? [] : [{ does, at: dueAt }],
  retimed: false,
});
