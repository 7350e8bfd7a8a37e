import { minute } from '../domain/instant.ts';
import type { Anchor, Notice } from '../domain/notice.ts';
import { eventsOf } from '../domain/timeline.ts';
import { destinationOf, placeOf } from './destination.ts';
import { handleCommand, leaseFor } from './handle-command.ts';
import type { Ports, Remark, Said, Saying, TicketRecord } from './ports.ts';

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
/** Calls of one tier within this time are one message (6.2). */
const callEvery = minute;

export const createDeliverer = (ports: Ports): Deliverer => {
  const inHand = new Map<string, Promise<void>>();
  const again = new Set<string>();
  const lastCall = new Map<string, number>();

  const kick = (ticketId: string): void => {
    if (inHand.has(ticketId)) {
      again.add(ticketId);
      return;
    }
    const work = deliverOne(ticketId)
      .catch((error: unknown) => ports.log.error('saying failed', { ticketId, error }))
      .finally(() => {
        inHand.delete(ticketId);
        if (again.delete(ticketId)) kick(ticketId);
      });
    inHand.set(ticketId, work);
  };

  const deliverOne = async (ticketId: string): Promise<void> => {
    const record = await ports.tickets.load(ticketId);
    if (record !== null) await deliverLeased([record]);
  };

  const deliver = async (records: readonly TicketRecord[]): Promise<void> => {
    const free = records.filter(({ ticket }) => !inHand.has(ticket.id));
    for (const { ticket } of records) if (inHand.has(ticket.id)) again.add(ticket.id);
    const work = deliverLeased(free);
    for (const { ticket } of free) inHand.set(ticket.id, work);
    try {
      await work;
    } finally {
      for (const { ticket } of free) {
        inHand.delete(ticket.id);
        if (again.delete(ticket.id)) kick(ticket.id);
      }
    }
  };

  const deliverDue = async (): Promise<void> => {
    const waiting = await ports.tickets.unsaid(ports.clock.now(), batch);
    const leased: TicketRecord[] = [];
    for (const record of waiting) {
      if (inHand.has(record.ticket.id)) continue;
      const { saying } = leaseFor(ports, record, true, ports.clock.now());
      if (saying?.by !== ports.processId) continue;
      if (!(await ports.tickets.lease(record, saying))) continue;
      leased.push({ ...takenOver(record), saying, sayAt: saying.until });
    }
    await deliver(leased);
  };

  /** Everything sayable of tickets that are this process's to say: one by one, then what folds across tickets. */
  const deliverLeased = async (records: readonly TicketRecord[]): Promise<void> => {
    const runs = records
      .filter(({ saying }) => saying?.by === ports.processId)
      .map((record): Run => ({ record, said: [], postponed: [], anchors: {}, threads: [], gone: [] }));
    for (const { record } of runs) await ports.desks.know(record.ticket.policyVersion);
    await Promise.all(runs.map((run) => sayUnfolded(ports, run)));
    await sayFolded(ports, runs, lastCall);
    for (const run of runs) await settle(run);
  };

  /** Records what was said; when the ticket moved on meanwhile, again on top of what it is now. */
  const settle = async (run: Run): Promise<void> => {
    for (
      let record: TicketRecord | null = run.record;
      record !== null;
      record = await ports.tickets.load(record.ticket.id)
    ) {
      if (record.saying?.by !== ports.processId) return;
      const saying = sayingOf(ports, record, run);
      if (!(await ports.tickets.recordSaid(record, saying))) continue;
      if (hasMore(record, run)) kickLater(record.ticket.id);
      break;
    }
    for (const { notice, why } of run.gone) await reportGone(run.record.ticket.id, notice, why);
  };

  const kickLater = (ticketId: string): void => {
    again.add(ticketId);
    if (!inHand.has(ticketId)) {
      again.delete(ticketId);
      kick(ticketId);
    }
  };

  const reportGone = async (ticketId: string, notice: Notice, why: string): Promise<void> => {
    ports.log.warn('notice can never arrive', { ticketId, notice: notice.id, kind: notice.kind, why });
    if (notice.redraws !== null || notice.to.kind === 'whisper' || notice.about === 'notice-undeliverable') return;
    const command = {
      type: 'undeliverable',
      about: notice.kind,
      toCustomer: notice.to.kind === 'customer',
      reason: why,
    } as const;
    const cause = { id: `gone:${notice.id}`, at: ports.clock.now() };
    const outcome = await handleCommand(ports, ticketId, command, cause);
    if (outcome.kind === 'done') kickLater(ticketId);
  };

  const idle = async (): Promise<void> => {
    while (inHand.size > 0) await Promise.allSettled([...inHand.values()]);
  };

  return { kick, deliver, deliverDue, idle };
};

/** Who held the lease before may have said something and died before recording it: it is looked up first (14.3). */
const takenOver = (record: TicketRecord): TicketRecord => {
  if (record.saying === null) return record;
  const notices = Object.entries(record.notices).map(([id, notice]) => [id, { ...notice, tries: notice.tries + 1 }]);
  return { ...record, notices: Object.fromEntries(notices) };
};

/** What has come of saying one ticket's notices so far. */
interface Run {
  readonly record: TicketRecord;
  readonly said: Notice[];
  readonly postponed: Notice[];
  anchors: Record<string, Anchor>;
  readonly threads: string[];
  readonly gone: { readonly notice: Notice; readonly why: string }[];
}

/** In the order written; what waits holds up only what comes after it in the same place (14.3). */
const sayUnfolded = async (ports: Ports, run: Run): Promise<void> => {
  const held = new Set<string>();
  for (const notice of inOrder(run.record)) {
    if (notice.fold !== null) continue;
    const place = placeOf(notice);
    if (held.has(place) || notice.notBefore > ports.clock.now()) {
      held.add(place);
      run.postponed.push(notice);
      continue;
    }
    const to = destinationOf(notice, run.record, run.anchors, ports.desks.desk());
    const said: Said =
      to === null ? { outcome: 'withdrawn' } : await ports.speaker.say([remarkOf(ports, run, notice)], to);
    if (said.outcome === 'later') held.add(place);
    note(ports, run, notice, said);
  }
};

/** One message for each fold: the calls of a tier, or the late news of a manager, from all tickets of this batch. */
const sayFolded = async (ports: Ports, runs: readonly Run[], lastCall: Map<string, number>): Promise<void> => {
  const folds = new Map<string, { readonly run: Run; readonly notice: Notice }[]>();
  for (const run of runs) {
    for (const notice of inOrder(run.record)) {
      if (notice.fold !== null) folds.set(notice.fold, [...(folds.get(notice.fold) ?? []), { run, notice }]);
    }
  }
  for (const [fold, items] of folds) await sayFold(ports, fold, items, lastCall);
};

const sayFold = async (
  ports: Ports,
  fold: string,
  items: readonly { readonly run: Run; readonly notice: Notice }[],
  lastCall: Map<string, number>,
): Promise<void> => {
  const now = ports.clock.now();
  const isCall = fold.startsWith('call:');
  const freeAt = isCall ? (lastCall.get(fold) ?? Number.NEGATIVE_INFINITY) + callEvery : now;
  const waits = items.filter(({ notice }) => Math.max(freeAt, notice.notBefore) > now);
  for (const { run, notice } of waits) run.postponed.push({ ...notice, notBefore: Math.max(freeAt, notice.notBefore) });
  const [first, ...rest] = items.filter((item) => !waits.includes(item));
  if (first === undefined) return;
  const to = destinationOf(first.notice, first.run.record, first.run.anchors, ports.desks.desk());
  const remark = ({ run, notice }: typeof first): Remark => remarkOf(ports, run, notice);
  const said: Said =
    to === null ? { outcome: 'withdrawn' } : await ports.speaker.say([remark(first), ...rest.map(remark)], to);
  if (isCall && said.outcome === 'said') lastCall.set(fold, now);
  for (const { run, notice } of [first, ...rest]) note(ports, run, notice, said);
};

const inOrder = (record: TicketRecord): readonly Notice[] =>
  Object.values(record.notices).toSorted((a, b) => a.order - b.order);

const remarkOf = (ports: Ports, run: Run, notice: Notice): Remark => {
  const { ticket, entries, words } = run.record;
  const policy = ports.desks.policy(ticket.policyVersion);
  const anchors = { ...run.record.anchors, ...run.anchors };
  const card = anchors[`card:${ticket.posting}`] ?? null;
  return { notice, subject: { ticket, events: eventsOf(entries, words), desk: ports.desks.desk(), policy }, card };
};

const note = (ports: Ports, run: Run, notice: Notice, said: Said): void => {
  switch (said.outcome) {
    case 'later':
      run.postponed.push({ ...notice, notBefore: ports.clock.now() + said.after, tries: notice.tries + 1 });
      return;
    case 'gone':
      run.gone.push({ notice, why: said.why });
      run.said.push(notice);
      return;
    case 'withdrawn':
      ports.log.info('notice withdrawn', { ticket: run.record.ticket.number, kind: notice.kind });
      run.said.push(notice);
      return;
    case 'said': {
      run.said.push(notice);
      const { channel, ts } = said;
      if (notice.anchor !== null) run.anchors = { ...run.anchors, [notice.anchor]: { channel, ts } };
      if (notice.kind === 'receipt' && run.record.ticket.place.kind === 'dm') run.threads.push(`${channel}:${ts}`);
    }
  }
};

/** A notice as it was said: a redraw written anew meanwhile under the same id is another. */
const isSaid = (notice: Notice, run: Run): boolean =>
  run.said.some(({ id, order }) => id === notice.id && order === notice.order);

const postponedIn = (record: TicketRecord, run: Run): readonly Notice[] =>
  run.postponed.filter(({ id, order }) => record.notices[id]?.order === order);

const hasMore = (record: TicketRecord, run: Run): boolean =>
  Object.values(record.notices).some(
    (notice) => !isSaid(notice, run) && !postponedIn(record, run).some(({ id }) => id === notice.id),
  );

const sayingOf = (ports: Ports, record: TicketRecord, run: Run): Saying => {
  const postponed = postponedIn(record, run);
  const common = {
    said: Object.values(record.notices)
      .filter((notice) => isSaid(notice, run))
      .map(({ id }) => id),
    postponed,
    anchors: run.anchors,
    threads: run.threads,
  };
  if (hasMore(record, run)) return { ...common, ...leaseFor(ports, record, true, ports.clock.now()) };
  const sayAt = postponed.length === 0 ? null : Math.min(...postponed.map(({ notBefore }) => notBefore));
  return { ...common, sayAt, saying: null };
};
