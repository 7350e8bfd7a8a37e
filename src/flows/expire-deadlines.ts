import { handleCommand } from './handle-command.ts';
import type { Ports, TicketRecord } from './ports.ts';

/** Not every server ends at the limit what it looks for: after an outage each batch costs it all that is still due. */
const batch = 500;

/**
 * Carries out everything that is due, oldest first, batch after batch (5.8, 6.4). A ticket that fails is logged and
 * left for the next round; it never stops the others.
 *
 * @returns the tickets that moved, whose notices are now this process's to say
 */
export const expireDeadlines = async (ports: Ports): Promise<readonly TicketRecord[]> => {
  const moved: TicketRecord[] = [];
  for (;;) {
    const due = await ports.tickets.due(ports.clock.now(), batch);
    const done = await expireBatch(ports, due);
    moved.push(...done);
    // A batch of which nothing moved is another replica's, or stuck: the next round looks again.
    if (due.length < batch || done.length === 0) return moved;
  }
};

/** All at once, so that the store can write them together. */
const expireBatch = async (ports: Ports, due: readonly TicketRecord[]): Promise<readonly TicketRecord[]> =>
  (await Promise.all(due.map((record) => expire(ports, record)))).filter((moved) => moved !== null);

const expire = async (ports: Ports, record: TicketRecord): Promise<TicketRecord | null> => {
  try {
    // The clock's instant names the cause, so two replicas at one deadline are one cause (14.7).
    const cause = { id: `clock:${record.dueAt}`, at: ports.clock.now() };
    const outcome = await handleCommand(ports, record.ticket.id, { type: 'pass-time' }, cause, record);
    return outcome.kind === 'done' ? outcome.record : null;
  } catch (error) {
    ports.log.error('deadline not carried out', { ticket: record.ticket.number, error });
    return null;
  }
};
