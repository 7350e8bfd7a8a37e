import { dueAtOf } from '../src/domain/clocks.ts';
import type { Desk } from '../src/domain/desk.ts';
import type { TicketEvent } from '../src/domain/event.ts';
import { evolve } from '../src/domain/evolve.ts';
import { type Duration, day, type Instant, minute, second } from '../src/domain/instant.ts';
import type { Policy } from '../src/domain/policy.ts';
import { isReachable, type Ticket } from '../src/domain/ticket.ts';
import { eventsOf } from '../src/domain/timeline.ts';
import { firstBreak } from '../src/domain/verify.ts';
import type { Change, TicketRecord } from '../src/flows/ports.ts';
import { brokenPromise } from './promises.ts';
import { Violation } from './violation.ts';
import { type CardWitness, createCardWitness } from './witness-cards.ts';
import { createMessageWitness, type MessageWitness } from './witness-messages.ts';
import { createNoticeWitness, mostUnsaid, type NoticeWitness } from './witness-notices.ts';

export interface WitnessParts {
  readonly now: () => Instant;
  readonly policy: (version: number) => Policy;
  readonly desk: Desk;
  /** Since when store, Slack and at least one process have been there without a break. */
  readonly soundSince: () => Instant;
  /** How bad the days are: the worse, the longer may things take. */
  readonly severity: number;
  /** How far ahead of the time the clock of a process may be. */
  readonly mostAhead: Duration;
}

/** Looks on from outside, remembers by itself, and says at once when a promise is broken. */
export interface Witness
  extends Pick<NoticeWitness, 'received' | 'heard' | 'recordedSaid' | 'withdrawn'>,
    Pick<CardWitness, 'shown' | 'notRedrawn'>,
    Pick<MessageWitness, 'acked'> {
  inserted(record: TicketRecord): void;
  saved(before: TicketRecord, change: Change): void;
  /** Staff wrote in a customer's thread. */
  wroteToCustomer(ticketId: string): void;
  /** Something that a sleeping desk would also break: lateness. */
  lookAround(records: Iterable<TicketRecord>): void;
  /** A ticket that nothing more will happen to. */
  finish(record: TicketRecord): void;
  /** The product met something it did not expect. */
  faulted(what: string, error: unknown): void;
  /** The first thing that broke, if any. */
  violation(): Violation | null;
}

interface Watched {
  readonly ticketId: string;
  readonly stepsDone: Set<string>;
  readonly causes: Set<string>;
  heardAt: Instant;
}

const mostOverdue = 3 * minute;
/** 5.9 */
const mostLate = minute;

export const createWitness = ({ now, policy, desk, soundSince, mostAhead, severity }: WitnessParts): Witness => {
  const watched = new Map<string, Watched>();
  const patience = 1 + severity;
  let first: Violation | null = null;

  const broken = (invariant: string, what: string): void => {
    first ??= new Violation(invariant, what, now());
  };

  const watch = (ticketId: string): Watched => {
    const found = watched.get(ticketId) ?? { ticketId, stepsDone: new Set(), causes: new Set(), heardAt: now() };
    watched.set(ticketId, found);
    return found;
  };

  const wroteToCustomer = (ticketId: string): void => {
    const each = watched.get(ticketId);
    if (each !== undefined) each.heardAt = now();
  };

  const messages = createMessageWitness(now, policy, broken);
  const notices = createNoticeWitness(now, broken, wroteToCustomer);
  const cards = createCardWitness(desk, policy, broken);

  const inserted = (record: TicketRecord): void => {
    const { ticket } = record;
    notices.opened(ticket);
    messages.opened(ticket);
    notices.wrote(ticket.id, Object.values(record.notices));
    follow(watch(ticket.id), null, record.entries.length, { ...record, before: null });
  };

  const saved = (before: TicketRecord, change: Change): void => {
    const each = watch(change.ticket.id);
    messages.moved(change.ticket);
    notices.wrote(change.ticket.id, change.notices);
    notices.gaveUp(change);
    for (const { id } of change.causes) {
      if (each.causes.has(id)) broken('14.7 causes', `'${id}' changed ${change.ticket.id} twice`);
      each.causes.add(id);
    }
    follow(each, before.ticket, change.entries.length, {
      ...change,
      before,
      entries: [...before.entries, ...change.entries],
      words: { ...before.words, ...change.words },
    });
  };

  /** Goes along the new entries, holding each against the ticket as it stood just before. */
  const follow = (
    each: Watched,
    before: Ticket | null,
    count: number,
    after: Pick<TicketRecord, 'ticket' | 'entries' | 'words' | 'dueAt'> & { readonly before: TicketRecord | null },
  ): void => {
    const { ticket } = after;
    const numbers = policy(ticket.policyVersion);
    const fresh = after.entries.slice(-count);
    const last = after.before?.entries.length ?? 0;
    const gap = fresh.find((entry, index) => entry.seq !== last + index + 1);
    if (gap !== undefined) broken('9.1 chain', `entry ${gap.seq} of ${ticket.id} does not follow entry ${last}`);
    let current = before;
    let isFirstStep = true;
    for (const event of eventsOf(fresh, after.words)) {
      current = lookAt(each, current, event, numbers, after.before?.dueAt ?? null, isFirstStep);
      isFirstStep = false;
    }
    const dueAt = dueAtOf(ticket, numbers);
    if (dueAt !== after.dueAt) broken('5 dueAt', `${ticket.id} has ${after.dueAt}, its clocks' earliest is ${dueAt}`);
    const doneAt = Math.max(...eventsOf(fresh, after.words).map((event) => event.doneAt));
    if (dueAt !== null && dueAt <= doneAt)
      broken('6.4 skipped', `${ticket.id} was left with ${doneAt - dueAt} ms overdue`);
    const open = ticket.pauses.filter(({ to }) => to === null);
    if (open.length !== (ticket.status === 'open' ? 0 : 1)) {
      broken('5.4 pauses', `${ticket.id} is ${ticket.status} with ${open.length} pauses that last`);
    }
  };

  const lookAt = (
    each: Watched,
    before: Ticket | null,
    event: TicketEvent,
    numbers: Policy,
    dueAt: Instant | null,
    isFirstStep: boolean,
  ): Ticket => {
    messages.happened(each.ticketId, event);
    // Reopening starts the update clock afresh (5.6).
    if (event.type === 'reopened') each.heardAt = now();
    const after = evolve(before, event);
    if (before === null) return after;
    // Where their place is lost, people tell them.
    if (!isReachable(before) || !isReachable(after)) each.heardAt = now();
    if ((before.owner?.userId ?? null) !== (after.owner?.userId ?? null) && !movesOwner.has(event.type)) {
      broken('4.2 owner', `'${event.type}' changed the owner of ${before.id}`);
    }
    if (event.type === 'claimed' && before.owner !== null)
      broken('4.2 claim', `${before.id} was claimed over its owner`);
    if (event.by !== null || !isStep(event)) return after;
    const name = `${event.type} ${event.at} ${'nth' in event ? `${event.clock} ${event.nth}` : ''}`;
    if (each.stepsDone.has(name)) broken('6.4 once', `${name} happened twice to ${before.id}`);
    each.stepsDone.add(name);
    if (event.at > event.doneAt || event.at > now() + mostAhead) {
      broken('5 early', `${event.type} of ${before.id} was done ${event.at - now()} ms before it was due`);
    }
    if (isFirstStep && dueAt !== null && event.at < dueAt) {
      broken('5.2 dated', `${event.type} of ${before.id} is dated ${dueAt - event.at} ms before it was due`);
    }
    const late = now() - Math.max(event.at, dueAt ?? now(), soundSince());
    if (late > mostLate) broken('5.9 late', `${event.type} of ${before.id} was done ${late / second} s late`);
    const promise = brokenPromise(before, event, numbers);
    if (promise !== null) broken('5.2 due instant', `${event.type} of ${before.id}: ${promise}`);
    return after;
  };

  const lookAround = (records: Iterable<TicketRecord>): void => {
    const sound = now() - soundSince();
    messages.lookAround(sound);
    for (const record of records) {
      const { ticket } = record;
      const overdue = record.dueAt === null ? 0 : Math.min(now() - record.dueAt, sound);
      if (overdue > mostOverdue * patience) {
        broken('5.9 late', `${ticket.id} was due ${overdue / second} s ago and nobody did it`);
      }
      notices.lookForUnsaid(record, sound, patience);
      lookForSilence(record, sound);
      cards.lookAt(record);
    }
  };

  /** The customer hears something every 24 hours of the policy, as Slack saw it (7.3). */
  const lookForSilence = ({ ticket }: TicketRecord, sound: Duration): void => {
    if ((ticket.status !== 'open' && ticket.status !== 'waiting') || !isReachable(ticket)) return;
    const each = watched.get(ticket.id);
    const { every } = policy(ticket.policyVersion).clocks.update;
    const silent = each === undefined ? 0 : now() - each.heardAt - every;
    if (silent > 2 * minute * (1 + 10 * severity) && sound > mostUnsaid * patience) {
      broken(
        '7.3 silence',
        `the customer of ${ticket.id} heard nothing for ${Math.round(silent / minute)} min too long`,
      );
    }
  };

  const finish = (record: TicketRecord): void => {
    const { ticket } = record;
    const wrong = firstBreak(record);
    if (wrong !== null) broken('9.1 record', `${ticket.id}: ${wrong}`);
    notices.finish(record);
    cards.finish(record);
    messages.finish(ticket);
    watched.delete(ticket.id);
  };

  return {
    inserted,
    saved,
    recordedSaid: notices.recordedSaid,
    received: notices.received,
    heard: notices.heard,
    wroteToCustomer,
    shown: cards.shown,
    notRedrawn: cards.notRedrawn,
    acked: messages.acked,
    lookAround,
    finish,
    faulted: (what, error) => broken('6 faults', `${what}: ${error instanceof Error ? error.stack : String(error)}`),
    violation: () => first,
    withdrawn: notices.withdrawn,
  };
};

/** Acts that give a ticket an owner or end its having one (4.2, 4.3). */
const movesOwner: ReadonlySet<TicketEvent['type']> = new Set([
  'claimed',
  'taken-over',
  'assigned',
  'released',
  'escalated',
  'handed-back',
  'reopened',
]);

const steps: ReadonlySet<TicketEvent['type']> = new Set([
  'warned',
  'response-missed',
  'take-up-missed',
  'escalated',
  'holding-update-sent',
  'update-missed',
  'wait-reminded',
  'confirmation-asked',
  'closed',
]);

const isStep = ({ type }: TicketEvent): boolean => steps.has(type);

/** Nobody asks for a ticket that has been closed for so long. */
export const forgottenAfter: Duration = 12 * day;
