import type { Refusal } from '../domain/decision.ts';
import { isStaff, type Person } from '../domain/person.ts';
import { type Ticket, ticketName } from '../domain/ticket.ts';
import { handleCommand } from './handle-command.ts';
import type { Cause, Ports } from './ports.ts';

/** What came of handing over: names of the tickets that went, and of those the receiver may not have (4.3). */
export type HandedOver =
  | {
      readonly kind: 'done';
      readonly ticketIds: readonly string[];
      readonly went: readonly string[];
      readonly refused: readonly string[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

const batch = 50;

/** Gives all open tickets of one person to another, clocks untouched, each with both names on record (4.3). */
export const handOverAll = async (
  ports: Ports,
  by: Person,
  order: { readonly from: Person; readonly to: Person; readonly note: string },
  cause: Cause,
): Promise<HandedOver> => {
  if (!isStaff(by, ports.desks.desk())) return refusedFor({ code: 'not-allowed', needs: 'staff' });
  const went: Ticket[] = [];
  const refused: Ticket[] = [];
  let forbidden: Refusal | null = null;
  for (const ticket of await openTicketsOf(ports, order.from)) {
    const command = { type: 'assign', by, to: order.to, note: order.note, handOver: true } as const;
    const outcome = await handleCommand(ports, ticket.id, command, cause);
    if (outcome.kind !== 'refused') went.push(ticket);
    else if (outcome.refusal.code === 'not-allowed') forbidden = outcome.refusal;
    else refused.push(ticket);
  }
  if (forbidden !== null && went.length === 0) return refusedFor(forbidden);
  return {
    kind: 'done',
    ticketIds: went.map(({ id }) => id),
    went: went.map(ticketName),
    refused: refused.map(ticketName),
  };
};

const refusedFor = (refusal: Refusal): HandedOver => ({ kind: 'refused', refusal });

/** All of them before the first is given away: the list gets shorter with each. */
const openTicketsOf = async ({ tickets, desks }: Ports, owner: Person): Promise<readonly Ticket[]> => {
  const filter = { team: desks.desk().team, owner: owner.userId, statuses: ['open', 'waiting'] } as const;
  const found: Ticket[] = [];
  for (;;) {
    const page = await tickets.list(filter, { skip: found.length, limit: batch });
    found.push(...page.tickets);
    if (page.tickets.length < batch) return found;
  }
};
