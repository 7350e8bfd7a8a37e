import { dueAtOf } from '../src/domain/clocks.ts';
import type { TicketEvent } from '../src/domain/event.ts';
import { evolve } from '../src/domain/evolve.ts';
import { type Duration, day, type Instant, minute, second } from '../src/domain/instant.ts';
import type { Notice } from '../src/domain/notice.ts';
import type { Policy } from '../src/domain/policy.ts';
import { isReachable, type Ticket } from '../src/domain/ticket.ts';
import { eventsOf } from '../src/domain/timeline.ts';
import { firstBreak } from '../src/domain/verify.ts';
import { placeOf } from '../src/flows/destination.ts';
import type { Change, Remark, Said, Saying, TicketRecord } from '../src/flows/ports.ts';
import { brokenPromise } from './promises.ts';
import type { SlackMessage } from './slack-model.ts';

/** A promise that did not hold: its clause, and what was seen. */
export class Violation extends Error {
  readonly invariant: string;
  readonly at: Instant;
  constructor(invariant: string, what: string, at: Instant) {
    super(`${invariant}: ${what}`);
    this.name = 'Violation';
    this.invariant = invariant;
    this.at = at;
  }
}

export interface WitnessParts {
  readonly now: () => Instant;
  readonly policy: (version: number) => Policy;
  /** Since when store, Slack and at least one process have been there without a break. */
  readonly soundSince: () => Instant;
  /** How bad the days are: the worse, the longer may things take. */
  readonly severity: number;
  /** How far ahead of the time the clock of a process may be. */
  readonly mostAhead: Duration;
}

/** Looks on from outside, remembers by itself, and says at once when a promise is broken. */
export interface Witness {
  inserted(record: TicketRecord): void;
  saved(before: TicketRecord, change: Change): void;
  recordedSaid(record: TicketRecord, saying: Saying): void;
  received(message: SlackMessage): void;
  /** What the flows were told became of a notice. */
  heard(remarks: readonly Remark[], said: Said): void;
  /** Staff wrote in a customer's thread. */
  wroteToCustomer(ticketId: string): void;
  /** Slack was told that this message need not come again. */
  acked(key: string, mustBeKept: boolean): void;
  /** Something that a sleeping desk would also break: lateness. */
  lookAround(records: Iterable<TicketRecord>): void;
  /** A ticket that nothing more will happen to. */
  finish(record: TicketRecord): void;
  /** The product met something it did not expect. */
  faulted(what: string, error: unknown): void;
  /** The first thing that broke, if any. */
  violation(): Violation | null;
  readonly withdrawn: Map<string, number>;
}

interface Fate {
  readonly notice: Notice;
  posts: number;
  ended: 'withdrawn' | 'gone' | null;
}

interface Watched {
  readonly ticketId: string;
  readonly fates: Map<string, Fate>;
  readonly stepsDone: Set<string>;
  readonly causes: Set<string>;
  readonly lastOrder: Map<string, number>;
  heardAt: Instant;
}

const mostOverdue = 3 * minute;
/** Waits of failed sends grow up to 5 minutes each. */
const mostUnsaid = 20 * minute;

export const createWitness = ({ now, policy, soundSince, mostAhead, severity }: WitnessParts): Witness => {
  const watched = new Map<string, Watched>();
  const idsByNumber = new Map<number, string>();
  /** Which ticket each message of a customer stands on, and which tickets it opened. */
  const keptOn = new Map<string, string>();
  const openedBy = new Map<string, string>();
  const withdrawn = new Map<string, number>();
  let first: Violation | null = null;

  const broken = (invariant: string, what: string): void => {
    first ??= new Violation(invariant, what, now());
  };

  const watch = (ticket: Ticket): Watched => {
    const known = watched.get(ticket.id);
    if (known !== undefined) return known;
    const fresh: Watched = {
      ticketId: ticket.id,
      fates: new Map(),
      stepsDone: new Set(),
      causes: new Set(),
      lastOrder: new Map(),
      heardAt: now(),
    };
    watched.set(ticket.id, fresh);
    return fresh;
  };

  const inserted = (record: TicketRecord): void => {
    const { ticket } = record;
    const other = idsByNumber.get(ticket.number);
    if (other !== undefined) broken('2.4 numbers', `${ticket.id} and ${other} are both ESC-${ticket.number}`);
    idsByNumber.set(ticket.number, ticket.id);
    const each = watch(ticket);
    wrote(each, Object.values(record.notices));
    follow(each, null, record.entries.length, { ...record, before: null });
  };

  const saved = (before: TicketRecord, change: Change): void => {
    const each = watch(change.ticket);
    wrote(each, change.notices);
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

  const wrote = (each: Watched, notices: readonly Notice[]): void => {
    for (const notice of notices) {
      if (notice.redraws !== null || notice.to.kind === 'whisper') continue;
      each.fates.set(notice.id, { notice, posts: 0, ended: null });
    }
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
    keep(each, event);
    // Reopening starts the update clock afresh (5.6).
    if (event.type === 'reopened') each.heardAt = now();
    const after = evolve(before, event);
    if (before === null) return after;
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
    const promise = brokenPromise(before, event, numbers);
    if (promise !== null) broken('5.2 due instant', `${event.type} of ${before.id}: ${promise}`);
    return after;
  };

  /** One message is one ticket (2.4). */
  const keep = (each: Watched, event: TicketEvent): void => {
    if (event.type === 'opened' && event.messageKey !== null) {
      const other = openedBy.get(event.messageKey);
      if (other !== undefined)
        broken('2.4 one ticket', `message ${event.messageKey} opened ${other} and ${each.ticketId}`);
      openedBy.set(event.messageKey, each.ticketId);
    }
    if (event.type === 'message-separated') keptOn.delete(event.messageKey);
    const key =
      event.type === 'opened' || event.type === 'customer-said' || event.type === 'staff-said'
        ? event.messageKey
        : null;
    if (key === null) return;
    const other = keptOn.get(key);
    if (other !== undefined) broken('2.4 one ticket', `message ${key} stands on ${other} and ${each.ticketId}`);
    keptOn.set(key, each.ticketId);
  };

  const recordedSaid = (record: TicketRecord, { said }: Saying): void => {
    const each = watched.get(record.ticket.id);
    for (const id of said) {
      const fate = each?.fates.get(id);
      if (fate !== undefined && fate.posts === 0 && fate.ended === null) {
        broken(
          '14.3 said',
          `'${fate.notice.kind}' ${id} of ${record.ticket.id} is marked said and never reached Slack`,
        );
      }
    }
  };

  const received = ({ mark, channel }: SlackMessage): void => {
    if (mark === null) return;
    const { ticket, notice, others } = mark.event_payload;
    arrived(ticket, notice, channel);
    for (const other of others.split(' ')) {
      const slash = other.indexOf('/');
      if (slash > 0) arrived(idsByNumber.get(Number(other.slice(0, slash))) ?? '', other.slice(slash + 1), channel);
    }
  };

  const arrived = (ticketId: string, noticeId: string, channel: string): void => {
    const each = watched.get(ticketId);
    const fate = each?.fates.get(noticeId);
    if (each === undefined || fate === undefined) return;
    fate.posts += 1;
    const { notice } = fate;
    if (fate.posts > 1) {
      broken('14.3 twice', `'${notice.kind}' ${noticeId} of ${ticketId} was posted ${fate.posts} times in ${channel}`);
    }
    if (notice.fold === null) {
      const place = placeOf(notice);
      const before = each.lastOrder.get(place) ?? Number.NEGATIVE_INFINITY;
      if (notice.order < before) {
        broken('14.3 order', `'${notice.kind}' ${noticeId} of ${ticketId} came after number ${before} in ${place}`);
      }
      each.lastOrder.set(place, Math.max(before, notice.order));
    }
    if (notice.to.kind === 'customer') each.heardAt = now();
  };

  const heard = (remarks: readonly Remark[], said: Said): void => {
    if (said.outcome !== 'withdrawn' && said.outcome !== 'gone') return;
    for (const { notice, subject } of remarks) {
      const fate = watched.get(subject.ticket.id)?.fates.get(notice.id);
      if (fate !== undefined) fate.ended = said.outcome;
      const name = `${said.outcome} ${notice.kind}`;
      withdrawn.set(name, (withdrawn.get(name) ?? 0) + 1);
    }
  };

  const wroteToCustomer = (ticketId: string): void => {
    const each = watched.get(ticketId);
    if (each !== undefined) each.heardAt = now();
  };

  const acked = (key: string, mustBeKept: boolean): void => {
    if (mustBeKept && !keptOn.has(key)) broken('14.1 acknowledged', `message ${key} was acked and is on no ticket`);
  };

  const lookAround = (records: Iterable<TicketRecord>): void => {
    const sound = now() - soundSince();
    for (const record of records) {
      const { ticket } = record;
      const overdue = record.dueAt === null ? 0 : Math.min(now() - record.dueAt, sound);
      if (overdue > mostOverdue * (1 + severity)) {
        broken('5.9 late', `${ticket.id} was due ${overdue / second} s ago and nobody did it`);
      }
      lookForUnsaid(record, sound);
      lookForSilence(record, sound);
    }
  };

  const lookForUnsaid = ({ ticket, notices }: TicketRecord, sound: Duration): void => {
    const each = watched.get(ticket.id);
    for (const { id, kind, writtenAt } of Object.values(notices)) {
      const fate = each?.fates.get(id);
      const waits = Math.min(now() - writtenAt, sound);
      if (waits > mostUnsaid * (1 + severity) && (fate === undefined || fate.posts === 0)) {
        broken('14.3 unsaid', `'${kind}' ${id} of ${ticket.id} has waited ${Math.round(waits / minute)} min`);
      }
    }
  };

  /** The customer hears something every 24 hours of the policy, as Slack saw it (7.3). */
  const lookForSilence = ({ ticket }: TicketRecord, sound: Duration): void => {
    if ((ticket.status !== 'open' && ticket.status !== 'waiting') || !isReachable(ticket)) return;
    const each = watched.get(ticket.id);
    const { every } = policy(ticket.policyVersion).clocks.update;
    const silent = each === undefined ? 0 : now() - each.heardAt - every;
    if (silent > 2 * minute * (1 + 10 * severity) && sound > mostUnsaid * (1 + severity)) {
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
    const each = watched.get(ticket.id);
    for (const [id, { notice, posts, ended }] of each?.fates ?? []) {
      if (posts === 0 && ended === null)
        broken('14.3 missing', `'${notice.kind}' ${id} of ${ticket.id} was never said`);
    }
    const left = Object.keys(record.notices);
    if (left.length > 0) broken('14.3 left', `${left.join(', ')} of ${ticket.id} still wait to be said`);
    watched.delete(ticket.id);
  };

  return {
    inserted,
    saved,
    recordedSaid,
    received,
    heard,
    wroteToCustomer,
    acked,
    lookAround,
    finish,
    faulted: (what, error) => broken('6 faults', `${what}: ${error instanceof Error ? error.stack : String(error)}`),
    violation: () => first,
    withdrawn,
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
