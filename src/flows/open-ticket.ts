import { dueAtOf } from '../domain/clocks.ts';
import type { NewTicket } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import { evolveAll } from '../domain/evolve.ts';
import type { Person } from '../domain/person.ts';
import { planNotices } from '../domain/plan-notices.ts';
import { noHash, sealEvents } from '../domain/timeline.ts';
import { leaseFor, type Outcome } from './handle-command.ts';
import type { Cause, Ports, TicketRecord } from './ports.ts';
import { watched } from './watch.ts';

export type Opening = Omit<NewTicket, 'number' | 'policyVersion'>;

/**
 * Opens a ticket in one insert. Its id is made from what caused it, so a second delivery finds it there already and
 * answers with it as it is (2.4, 14.7).
 */
export const openTicket = (ports: Ports, by: Person, opening: Opening, cause: Cause): Promise<Outcome> =>
  watched(ports, 'open', open(ports, by, opening, cause));

const open = async (ports: Ports, by: Person, opening: Opening, cause: Cause): Promise<Outcome> => {
  const desk = ports.desks.desk();
  const { version: policyVersion, policy } = ports.desks.currentPolicy();
  const now = ports.clock.now();
  const number = await ports.tickets.nextNumber(desk.team);
  const command = { type: 'open', by, ticket: { ...opening, number, policyVersion } } as const;
  const decision = decide(null, command, { policy, desk, now });
  if (!decision.ok) return { kind: 'refused', refusal: decision.refusal, record: null };
  const { events } = decision;
  const ticket = evolveAll(null, events);
  if (ticket === null) throw new Error(`Opening ticket ${opening.id} failed: no event opens it`);
  const notices = planNotices({ before: null, events, seq: 0, anchors: [], desk, policy, now });
  const record: TicketRecord = {
    ticket,
    version: 1,
    ...sealEvents(events, { seq: 0, hash: noHash }, ports.salt),
    notices: Object.fromEntries(notices.map((notice) => [notice.id, notice])),
    anchors: {},
    withdrawn: [],
    causes: [cause],
    dueAt: dueAtOf(ticket, policy),
    ...leaseFor(ports, { saying: null }, notices.length > 0, now),
  };
  if ((await ports.tickets.insert(record)) === 'stored') return { kind: 'done', record, events };
  const existing = await ports.tickets.load(opening.id);
  if (existing === null) throw new Error(`Opening ticket ${opening.id} failed: it exists and cannot be read`);
  return { kind: 'unchanged', record: existing };
};
