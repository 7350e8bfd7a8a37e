import { second } from '../domain/instant.ts';
import { giveUpNotice } from './give-up-notice.ts';
import type { Ports, TicketRecord } from './ports.ts';
import { type Run, sayFolded, sayUnfolded } from './say-notices.ts';
import { hasMore, sayingOf } from './saying-of.ts';

/** Says what is written down and not yet said (14.2, 14.3). One for each process. */
export interface Deliverer {
  /** Says a ticket's notices soon; returns at once. Never called before what caused them is stored. */
  kick(ticketId: string): void;
  /** Says the notices of tickets that were just saved by this process, folding what folds. */
  deliver(records: readonly TicketRecord[]): Promise<void>;
  /** Takes up what waits too long: a failed send's next try, or what a process that died left unsaid. */
  deliverDue(): Promise<void>;
  /** Resolves when nothing kicked is in hand any more. */
  idle(): Promise<void>;
}

const batch = 200;

/** A call that was begun before its process died has landed by now, or never will (14.3). */
const landed = 20 * second;

export const createDeliverer = (ports: Ports): Deliverer => {
  const inHand = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const lastCall = new Map<string, number>();
  /** What was said and could not be recorded yet. */
  const unsettled = new Map<string, Run>();
  /** Taken over from a process that may have said some of it. */
  const doubtful = new Set<string>();

  const kick = (ticketId: string): void => {
    if (inHand.has(ticketId)) {
      again.add(ticketId);
      return;
    }
    const work = deliverPresent([ticketId])
      .catch((error: unknown) => ports.log.error('saying failed', { ticketId, error }))
      .finally(() => {
        inHand.delete(ticketId);
        if (again.delete(ticketId)) kick(ticketId);
      });
    inHand.set(ticketId, work);
  };

  /** As they are now: what was read before may have been said since, by this very process. */
  const deliverPresent = async (ticketIds: readonly string[]): Promise<void> => {
    const present = ticketIds.map((id) => ports.tickets.recall(id) ?? ports.tickets.load(id));
    await deliverLeased((await Promise.all(present)).filter((record) => record !== null));
  };

  const deliver = async (records: readonly TicketRecord[]): Promise<void> => {
    const ids = records.map(({ ticket }) => ticket.id);
    const free = ids.filter((id) => !inHand.has(id));
    for (const id of ids) if (inHand.has(id)) again.add(id);
    const work = deliverPresent(free);
    for (const id of free) inHand.set(id, work);
    try {
      await work;
    } finally {
      for (const id of free) {
        inHand.delete(id);
        if (again.delete(id)) kick(id);
      }
    }
  };

  const deliverDue = async (): Promise<void> => {
    for (const ticketId of unsettled.keys()) kickLater(ticketId);
    const waiting = await ports.tickets.unsaid(ports.clock.now(), batch);
    const free = waiting.filter(({ ticket }) => !inHand.has(ticket.id));
    const taken = await Promise.all(free.map(takeOver));
    await deliver(taken.filter((record) => record !== null));
  };

  const takeOver = async (record: TicketRecord): Promise<TicketRecord | null> => {
    const now = ports.clock.now();
    if (record.saying !== null && record.saying.until + landed > now) return null;
    const { id } = record.ticket;
    const saying = { by: ports.processId, until: now + ports.leaseFor };
    const wasDoubtful = doubtful.has(id);
    // Noted before it is asked for: the answer may be lost, and the lease be ours all the same.
    if (record.saying !== null) doubtful.add(id);
    if (await ports.tickets.lease(record, saying)) return { ...record, saying, sayAt: saying.until };
    if (!wasDoubtful) doubtful.delete(id);
    return null;
  };

  /** Everything sayable of tickets that are this process's to say: one by one, then what folds across tickets. */
  const deliverLeased = async (records: readonly TicketRecord[]): Promise<void> => {
    const runs = (await Promise.all(records.map(settled)))
      .filter((record) => record !== null)
      .filter(({ saying }) => saying?.by === ports.processId)
      .map((record) => (doubtful.has(record.ticket.id) ? perhapsSaid(record) : record))
      .map((record): Run => ({ record, said: [], withdrawn: [], postponed: [], anchors: {}, gone: [] }));
    for (const { record } of runs) await ports.desks.know(record.ticket.policyVersion);
    await Promise.all(runs.map((run) => sayUnfolded(ports, run)));
    await sayFolded(ports, runs, lastCall);
    for (const run of runs) unsettled.set(run.record.ticket.id, run);
    await Promise.all(runs.map(({ record }) => settleLeft(record.ticket.id)));
  };

  /** A ticket whose last round could be recorded, as it is then; until it can, nothing more is said of it. */
  const settled = async (record: TicketRecord): Promise<TicketRecord | null> => {
    const { id } = record.ticket;
    if (!unsettled.has(id)) return record;
    return (await settleLeft(id)) ? ports.tickets.load(id) : null;
  };

  /** Records what was said, now or, when the store cannot be reached, in the next round. */
  const settleLeft = async (ticketId: string): Promise<boolean> => {
    const run = unsettled.get(ticketId);
    if (run === undefined) return true;
    let isThrough: boolean;
    try {
      // Before they are removed: whoever goes on after a fault in between finds them, and gives them up to no further effect.
      for (const { notice, why } of run.gone) await giveUpNotice(ports, ticketId, notice, why);
      isThrough = await settle(run);
    } catch (error) {
      ports.log.error('what was said is not recorded yet', { ticketId, error });
      return false;
    }
    unsettled.delete(ticketId);
    // What this round did not come to is as doubtful as before.
    if (isThrough) doubtful.delete(ticketId);
    if (run.gone.length > 0) kickLater(ticketId);
    return true;
  };

  /**
   * Records what was said; when the ticket moved on meanwhile, again on top of what it is now.
   *
   * @returns whether this process is through with the ticket: all is said or put off, or another has it
   */
  const settle = async (run: Run): Promise<boolean> => {
    for (
      let record: TicketRecord | null = run.record;
      record !== null;
      record = await ports.tickets.load(record.ticket.id)
    ) {
      if (record.saying?.by !== ports.processId) return true;
      const saying = sayingOf(ports, record, run);
      if (!(await ports.tickets.recordSaid(record, saying, record !== run.record))) continue;
      if (!hasMore(record, run)) return true;
      kickLater(record.ticket.id);
      return false;
    }
    return true;
  };

  const kickLater = (ticketId: string): void => {
    again.add(ticketId);
    if (!inHand.has(ticketId)) {
      again.delete(ticketId);
      kick(ticketId);
    }
  };

  const idle = async (): Promise<void> => {
    while (inHand.size > 0) await Promise.allSettled([...inHand.values()]);
  };

  return { kick, deliver, deliverDue, idle };
};

/** Who held the lease before may have said something and died before recording it: it is looked up first (14.3). */
const perhapsSaid = (record: TicketRecord): TicketRecord => {
  const notices = Object.entries(record.notices).map(([id, notice]) => [
    id,
    { ...notice, tries: Math.max(1, notice.tries) },
  ]);
  return { ...record, notices: Object.fromEntries(notices) };
};
