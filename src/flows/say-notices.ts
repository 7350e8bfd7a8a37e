import { type Instant, minute } from '../domain/instant.ts';
import { type Anchor, cardAnchor, isFold, type Notice, staleReminders } from '../domain/notice.ts';
import { eventsOf } from '../domain/timeline.ts';
import { destinationOf, needs, placeOf } from './destination.ts';
import type { Destination, Ports, Remark, Said, TicketRecord, Withdrawn } from './ports.ts';

/** Calls of one tier within this time are one message (6.2), and what a manager hears of what cannot arrive. */
const foldEvery = minute;

/** What has come of saying one ticket's notices so far. */
export interface Run {
  record: TicketRecord;
  /** Done with, those that were withdrawn too. */
  readonly said: Notice[];
  readonly withdrawn: Withdrawn[];
  readonly postponed: Notice[];
  anchors: Record<string, Anchor>;
  readonly gone: { readonly notice: Notice; readonly why: string }[];
}

/** What came of a notice. `nowhere`: what it was to stand under, or to redraw, was never posted, or its place is gone. */
type Told = Said | { readonly outcome: 'nowhere' };

/** A fault in one message must not keep the others from being said: it is logged, and tried again. */
const say = async (
  ports: Ports,
  remarks: Parameters<Ports['speaker']['say']>[0],
  to: Destination | null,
  until: Instant,
): Promise<Told> => {
  if (to === null) return { outcome: 'nowhere' };
  try {
    return await ports.speaker.say(remarks, to, until);
  } catch (error) {
    ports.log.error('saying failed', { notice: remarks[0].notice.id, kind: remarks[0].notice.kind, error });
    return { outcome: 'later', after: minute, begun: true };
  }
};

/**
 * Places side by side, each in the order written; what waits holds up only what comes after it in the same place (14.3).
 */
export const sayUnfolded = async (ports: Ports, run: Run): Promise<void> => {
  const stale = staleReminders(Object.values(run.record.notices));
  const unfolded: Notice[] = [];
  for (const notice of inOrder(run.record)) {
    if (stale.has(notice.id) && !mayStillLand(ports, notice)) note(ports, run, notice, { outcome: 'withdrawn' });
    else if (notice.fold === null) unfolded.push(notice);
  }
  const holding = oneAtATime(() => stillHolds(ports, run));
  await Promise.all(inLines(unfolded).map((line) => sayInTurn(ports, run, line, holding)));
};

/** It was sent, and nobody knows whether it arrived: what comes after it in its place must not overtake it. */
const mayStillLand = ({ clock }: Ports, { tries, notBefore }: Notice): boolean => tries > 0 && notBefore > clock.now();

/** What is said one after the other: one place, and what stands under a message that is posted there now. */
const inLines = (notices: readonly Notice[]): readonly (readonly Notice[])[] => {
  const lines = new Map<string, Notice[]>();
  const lineOfAnchor = new Map<string, Notice[]>();
  for (const notice of notices) {
    const place = placeOf(notice);
    const line = lineOfAnchor.get(needs(notice) ?? '') ?? lines.get(place) ?? [];
    lines.set(place, line);
    line.push(notice);
    if (notice.anchor !== null) lineOfAnchor.set(notice.anchor, line);
  }
  return [...new Set(lines.values())];
};

const sayInTurn = async (
  ports: Ports,
  run: Run,
  notices: readonly Notice[],
  holding: () => Promise<boolean>,
): Promise<void> => {
  const held = new Map<string, Instant>();
  for (const notice of notices) {
    const place = placeOf(notice);
    const waitsUntil = Math.max(notice.notBefore, held.get(place) ?? 0, cardWaits(run, notice) ?? 0);
    if (waitsUntil > ports.clock.now() || held.has(place)) {
      held.set(place, waitsUntil);
      run.postponed.push({ ...notice, notBefore: waitsUntil });
      continue;
    }
    if (!(await holding())) return;
    const to = destinationOf(notice, run.record, run.anchors, ports.desks.desk());
    const said = await say(ports, [remarkOf(ports, run, notice)], to, leaseEnd(run));
    if (said.outcome === 'later') held.set(place, ports.clock.now() + said.after);
    note(ports, run, notice, said);
  }
};

/** Whoever asks while the answer is on its way gets the same answer. */
const oneAtATime = (ask: () => Promise<boolean>): (() => Promise<boolean>) => {
  let asking: Promise<boolean> | null = null;
  return () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
};

/** Until when the message waits that this is to stand under; `null` where it does not wait. */
const cardWaits = ({ postponed }: Run, { to }: Notice): Instant | null =>
  to.kind === 'under' ? (postponed.find(({ anchor }) => anchor === to.anchor)?.notBefore ?? null) : null;

const leaseEnd = ({ record }: Run): Instant => record.saying?.until ?? 0;

/**
 * Whether these notices are still this process's to say; takes them for longer when half the time is over, so that there
 * is time for what goes before the call.
 */
const stillHolds = async ({ tickets, clock, processId, leaseFor, log }: Ports, run: Run): Promise<boolean> => {
  const now = clock.now();
  // Whoever slept past the lease may hold a new one by now: what was said in between is not known here.
  if (leaseEnd(run) <= now) return false;
  if (leaseEnd(run) - now >= leaseFor / 2) return true;
  try {
    const present = await tickets.load(run.record.ticket.id);
    if (present?.saying?.by !== processId || present.saying.until <= clock.now()) return false;
    const saying = { by: processId, until: clock.now() + leaseFor };
    if (!(await tickets.lease(present, saying))) return false;
    run.record = { ...run.record, saying, sayAt: saying.until };
    return true;
  } catch (error) {
    log.warn('lease not renewed', { ticket: run.record.ticket.number, error });
    return false;
  }
};

/** One message for each fold: the calls of a tier, or the late news of a manager, from all tickets of this batch. */
export const sayFolded = async (ports: Ports, runs: readonly Run[], lastCall: Map<string, number>): Promise<void> => {
  const folds = new Map<string, { readonly run: Run; readonly notice: Notice }[]>();
  for (const run of runs) {
    for (const notice of inOrder(run.record)) {
      if (notice.fold !== null && !run.said.includes(notice))
        folds.set(notice.fold, [...(folds.get(notice.fold) ?? []), { run, notice }]);
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
  const isOften = !isFold({ fold }, 'late');
  const freeAt = isOften ? (lastCall.get(fold) ?? Number.NEGATIVE_INFINITY) + foldEvery : now;
  const free: (typeof items)[number][] = [];
  for (const { run, notice } of items) {
    const ahead = unsaidAhead(run, notice);
    const putOff = run.postponed.filter(({ id }) => ahead.some((each) => each.id === id));
    const waitsUntil = Math.max(freeAt, notice.notBefore, ...putOff.map(({ notBefore }) => notBefore));
    if (putOff.length > 0 || waitsUntil > now) run.postponed.push({ ...notice, notBefore: waitsUntil });
    // Where the lease came to its end before what is ahead was said, this is left with it for the next round.
    else if (ahead.length === 0) free.push({ run, notice });
  }
  const holding = await Promise.all(free.map(({ run }) => stillHolds(ports, run)));
  const [first, ...rest] = free
    .filter((_, index) => holding[index])
    .map(({ run, notice }) => ({ run, notice, remark: remarkOf(ports, run, notice) }));
  if (first === undefined) return;
  const to = destinationOf(first.notice, first.run.record, first.run.anchors, ports.desks.desk());
  const until = Math.min(leaseEnd(first.run), ...rest.map(({ run }) => leaseEnd(run)));
  const said = await say(ports, [first.remark, ...rest.map(({ remark }) => remark)], to, until);
  if (isOften && said.outcome === 'said') lastCall.set(fold, now);
  for (const { run, notice, remark } of [first, ...rest]) {
    const isLeftOut = 'leftOut' in said && said.leftOut.includes(remark);
    note(ports, run, notice, isLeftOut ? { outcome: 'withdrawn' } : said);
  }
};

/**
 * What was written earlier for the same place, by itself, and could not be said yet: what folds may come later than its turn,
 * never before that.
 */
const unsaidAhead = ({ record, said }: Run, notice: Notice): readonly Notice[] => {
  const place = placeOf(notice);
  return Object.values(record.notices).filter(
    (each) => each.fold === null && each.order < notice.order && placeOf(each) === place && !said.includes(each),
  );
};

const inOrder = (record: TicketRecord): readonly Notice[] =>
  Object.values(record.notices).toSorted((a, b) => a.order - b.order);

const remarkOf = (ports: Ports, run: Run, notice: Notice): Remark => {
  const { ticket } = run.record;
  const policy = ports.desks.policy(ticket.policyVersion);
  const anchors = { ...run.record.anchors, ...run.anchors };
  // Where the tier has no channel each manager has a card of their own (4.5).
  const own = notice.to.kind === 'person' ? anchors[cardAnchor(ticket.posting, notice.to.userId)] : undefined;
  const card = own ?? anchors[cardAnchor(ticket.posting, null)] ?? null;
  return { notice, subject: { ticket, events: eventsIn(run.record), desk: ports.desks.desk(), policy }, card };
};

const read = new WeakMap<TicketRecord['entries'], ReturnType<typeof eventsOf>>();

/** Read once for all notices of a ticket. */
const eventsIn = ({ entries, words }: TicketRecord): ReturnType<typeof eventsOf> => {
  const known = read.get(entries) ?? eventsOf(entries, words);
  read.set(entries, known);
  return known;
};

const happening = { withdrawn: 'notice withdrawn', nowhere: 'notice has no place' } as const;

const note = (ports: Ports, run: Run, notice: Notice, said: Told): void => {
  switch (said.outcome) {
    case 'later':
      run.postponed.push({
        ...notice,
        notBefore: ports.clock.now() + said.after,
        tries: notice.tries + (said.begun ? 1 : 0),
      });
      return;
    case 'gone':
      run.gone.push({ notice, why: said.why });
      run.said.push(notice);
      return;
    case 'withdrawn':
    case 'nowhere':
      ports.log.info(happening[said.outcome], { ticket: run.record.ticket.number, kind: notice.kind });
      run.withdrawn.push({ id: notice.id, kind: notice.kind, at: ports.clock.now() });
      run.said.push(notice);
      return;
    case 'said': {
      run.said.push(notice);
      const { channel, ts } = said;
      if (notice.anchor !== null) run.anchors = { ...run.anchors, [notice.anchor]: { channel, ts } };
    }
  }
};
