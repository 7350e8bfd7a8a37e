import { dueAtOf } from '../domain/clocks.ts';
import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import type { Refusal } from '../domain/decision.ts';
import type { TicketEvent } from '../domain/event.ts';
import { evolveAll } from '../domain/evolve.ts';
import type { Instant } from '../domain/instant.ts';
import { planNotices } from '../domain/plan-notices.ts';
import type { Policy } from '../domain/policy.ts';
import type { Ticket } from '../domain/ticket.ts';
import { sealEvents } from '../domain/timeline.ts';
import type { Cause, Change, Ports, TicketRecord } from './ports.ts';
import { afterChange } from './ticket-after.ts';
import { watched } from './watch.ts';

/** What came of a command. `unchanged`: there was nothing to do, or its cause was seen before (14.7). */
export type Outcome =
  | { readonly kind: 'done'; readonly record: TicketRecord; readonly events: readonly TicketEvent[] }
  | { readonly kind: 'unchanged'; readonly record: TicketRecord }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly record: TicketRecord | null };

/** A ticket that keeps changing under so many readers is a fault, not a busy ticket. */
const mostTries = 100;

/**
 * The corridor every act and every deadline walks: load, decide, save in one guarded write (14.2). The slower of two
 * writers loads again and decides again. Saying what follows is the caller's next step, after its ack.
 *
 * @param known the ticket as the caller has just read it, to spare a read; else what this process wrote last is tried first
 * @throws when the store cannot be reached; nothing is half done then
 */
export const handleCommand = (
  ports: Ports,
  ticketId: string,
  command: Command,
  cause: Cause,
  known: TicketRecord | null = null,
): Promise<Outcome> => watched(ports, command.type, handle(ports, ticketId, command, cause, known));

const handle = async (
  ports: Ports,
  ticketId: string,
  command: Command,
  cause: Cause,
  known: TicketRecord | null,
): Promise<Outcome> => {
  const recalled = known ?? ports.tickets.recall(ticketId);
  if (recalled !== null) {
    const outcome = await handleOnce(ports, recalled, command, cause);
    // What was not just read is enough to decide what is written under guard, not to turn somebody away.
    if (outcome !== null && (known !== null || outcome.kind === 'done')) return outcome;
  }
  for (let tries = 0; tries < mostTries; tries += 1) {
    const record = await ports.tickets.load(ticketId);
    if (record === null) return { kind: 'refused', refusal: { code: 'not-found' }, record: null };
    const outcome = await handleOnce(ports, record, command, cause);
    if (outcome !== null) return outcome;
  }
  throw new Error(`Saving ticket ${ticketId} failed: it changed under ${mostTries} tries`);
};

const handleOnce = async (
  ports: Ports,
  record: TicketRecord,
  command: Command,
  cause: Cause,
): Promise<Outcome | null> => {
  if (record.causes.some(({ id }) => id === cause.id)) return { kind: 'unchanged', record };
  await ports.desks.know(record.ticket.policyVersion);
  const now = ports.clock.now();
  const policy = ports.desks.policy(record.ticket.policyVersion);
  const decision = decide(record.ticket, command, { policy, desk: ports.desks.desk(), now });
  if (!decision.ok) return { kind: 'refused', refusal: decision.refusal, record };
  if (decision.events.length === 0) return { kind: 'unchanged', record };
  const change = changeFrom(ports, record, decision.events, cause, policy, now);
  if (!(await ports.tickets.save(record, change))) return null;
  return { kind: 'done', record: afterChange(record, change), events: decision.events };
};

/** What the events change: state, timeline and notices together (14.2). */
const changeFrom = (
  ports: Ports,
  record: TicketRecord,
  events: readonly TicketEvent[],
  cause: Cause,
  policy: Policy,
  now: Instant,
): Change => {
  const ticket = replayed(record.ticket, events);
  const last = record.entries.at(-1);
  const sealed = sealEvents(events, { seq: last?.seq ?? 0, hash: record.hash }, ports.salt);
  const notices = planNotices({
    before: record.version === 0 ? null : record.ticket,
    events,
    seq: last?.seq ?? 0,
    anchors: anchorsOf(record),
    desk: ports.desks.desk(),
    policy,
    now,
  });
  return {
    ticket,
    ...sealed,
    notices,
    causes: [cause],
    dueAt: dueAtOf(ticket, policy),
    ...leaseFor(ports, record, notices.length + Object.keys(record.notices).length > 0, now),
  };
};

/** Posted messages, and those being posted: what is on its way shows the ticket as it was and must be redrawn too. */
const anchorsOf = ({ anchors, notices }: TicketRecord): readonly string[] => [
  ...Object.keys(anchors),
  ...Object.values(notices).flatMap(({ anchor }) => anchor ?? []),
];

const replayed = (ticket: Ticket, events: readonly TicketEvent[]): Ticket => {
  const after = evolveAll(ticket, events);
  if (after === null) throw new Error(`Replaying ticket ${ticket.id} failed: no event opens it`);
  return after;
};

/**
 * Notices are saved already leased to their writer. Where another process has the lease, they are left to it; when it has
 * died, to whoever takes over and looks first for what it may have said.
 */
export const leaseFor = (
  ports: Pick<Ports, 'processId' | 'leaseFor'>,
  { saying }: Pick<TicketRecord, 'saying'>,
  hasNotices: boolean,
  now: Instant,
): Pick<Change, 'sayAt' | 'saying'> => {
  if (!hasNotices) return { sayAt: null, saying: null };
  if (saying !== null && saying.by !== ports.processId) return { sayAt: saying.until, saying };
  const until = now + ports.leaseFor;
  return { sayAt: until, saying: { by: ports.processId, until } };
};
