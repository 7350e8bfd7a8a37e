import { dueAtOf } from '../domain/clocks.ts';
import { minute } from '../domain/instant.ts';
import type { AuditState, AuditStore } from './audit-ports.ts';
import type { Deliverer } from './deliver-notices.ts';
import { expireDeadlines } from './expire-deadlines.ts';
import type { Ports, TicketRecord } from './ports.ts';

/** A sweep comes every few seconds: a deadline so long past was overlooked. */
const overlookedFor = 2 * minute;
/** Whoever says a notice looks again within this, also when Slack refuses for a long time. */
const unsaidFor = 5 * minute;
const batch = 200;
/** How many tickets one run looks at in turn, however many there are. */
const pageSize = 500;

/** Deadlines two minutes past are carried out, all that are due with them. @returns how many were overlooked */
export const mendDeadlines = async (ports: Ports, deliverer: Deliverer): Promise<number> => {
  const overlooked = await ports.tickets.due(ports.clock.now() - overlookedFor, batch);
  if (overlooked.length === 0) return 0;
  const moved = await expireDeadlines(ports);
  for (const { ticket } of moved) deliverer.kick(ticket.id);
  const movedIds = new Set(moved.map(({ ticket }) => ticket.id));
  return overlooked.filter(({ ticket }) => movedIds.has(ticket.id)).length;
};

/** Notices at which nobody has looked for five minutes are said. @returns of how many tickets */
export const mendNotices = async (ports: Ports, deliverer: Deliverer): Promise<number> => {
  const unsaid = await ports.tickets.unsaid(ports.clock.now() - unsaidFor, batch);
  if (unsaid.length > 0) await deliverer.deliverDue();
  return unsaid.length;
};

/**
 * Looks at the next page of tickets, whoever has looked at the one before: `dueAt` must be the earliest of the clocks, and
 * notices that wait must be due to somebody.
 */
export const auditTickets = async (
  ports: Ports,
  deliverer: Deliverer,
  audits: Pick<AuditStore, 'ticketsAfter' | 'mendDueAt' | 'remember'>,
  { lastTicket }: AuditState,
): Promise<{ readonly dueAts: number; readonly notices: number }> => {
  const { team } = ports.desks.desk();
  const { tickets, next } = await audits.ticketsAfter(team, lastTicket, pageSize);
  let dueAts = 0;
  let notices = 0;
  for (const record of tickets) {
    if (await mendDueAt(ports, audits, record)) dueAts += 1;
    if (await takeForgotten(ports, record)) {
      notices += 1;
      deliverer.kick(record.ticket.id);
    }
  }
  if (next !== lastTicket) await audits.remember(team, { lastTicket: next });
  return { dueAts, notices };
};

const mendDueAt = async (
  ports: Ports,
  audits: Pick<AuditStore, 'mendDueAt'>,
  record: TicketRecord,
): Promise<boolean> => {
  const { ticket } = record;
  await ports.desks.know(ticket.policyVersion);
  const dueAt = dueAtOf(ticket, ports.desks.policy(ticket.policyVersion));
  if (dueAt === record.dueAt || !(await audits.mendDueAt(record, dueAt))) return false;
  ports.log.warn('audit mended a deadline', { ticket: ticket.number, was: record.dueAt, is: dueAt });
  return true;
};

/** Notices that wait, and nobody is to look at them: taken for this process, to be said at once. */
const takeForgotten = async (ports: Ports, record: TicketRecord): Promise<boolean> => {
  if (record.sayAt !== null || Object.keys(record.notices).length === 0) return false;
  return ports.tickets.lease(record, { by: ports.processId, until: ports.clock.now() + ports.leaseFor });
};
