import { minute } from '../domain/instant.ts';
import { auditCards, type CardParts } from './audit-cards.ts';
import { auditIntake, type IntakeParts } from './audit-intake.ts';
import { settling } from './audit-messages.ts';
import { type OutageParts, searchAfterOutage } from './audit-outage.ts';
import type { AuditCounts, AuditKind, AuditState, AuditStore, Hear, ShowsTicket, SlackArchive } from './audit-ports.ts';
import { auditTickets, mendDeadlines, mendNotices } from './audit-tickets.ts';
import type { Deliverer } from './deliver-notices.ts';
import type { Ports } from './ports.ts';

/** Looks for what should not be, and mends it by the ways that should have kept it from being. */
export interface Auditor {
  /** Everything, in pieces that do not grow with the desk; what could not be read in time is left to `readOn`. */
  audit(): Promise<AuditCounts>;
  /** Goes on reading where the last audit had to stop, and notes that this process hears Slack. */
  readOn(): Promise<void>;
}

export interface AuditorParts {
  readonly ports: Ports;
  readonly deliverer: Deliverer;
  readonly audits: AuditStore;
  readonly archive: SlackArchive;
  readonly hear: Hear;
  readonly shows: ShowsTicket;
  /** Whether what Slack sends is taken in by this process now. */
  hears(): boolean;
}

/** The others need not read while one does; one that died holds them up no longer than this. */
const turnFor = 1.5 * minute;

type Job = (state: AuditState, upTo: number) => Promise<{ readonly counts: Partial<AuditCounts>; finished: boolean }>;

export const createAuditor = ({ ports, deliverer, audits, archive, hear, shows, hears }: AuditorParts): Auditor => {
  const { clock, desks, log, processId } = ports;
  const reading: IntakeParts & OutageParts & CardParts = {
    ...{ ports, deliverer, desks, log, audits, archive, hear, shows },
    spans: new Map(),
    reached: new Map(),
    redrawn: new Map(),
  };
  /** What has still to be read of the last audit, and up to when. */
  let unread: { readonly jobs: readonly Job[]; readonly upTo: number } | null = null;

  const intake: Job = async ({ known }, upTo) => {
    const { mended, finished } = await auditIntake(reading, known, upTo);
    return { counts: { message: mended }, finished };
  };
  const outage: Job = async (state, upTo) => {
    if (state.outage === null) return { counts: {}, finished: true };
    const { replies, directs, finished } = await searchAfterOutage(reading, state.outage, upTo);
    return { counts: { reply: replies, direct: directs }, finished };
  };
  const cards: Job = async (state, upTo) => {
    const { mended, finished } = await auditCards(reading, state, upTo);
    return { counts: { card: mended }, finished };
  };

  const beat = async (): Promise<void> => {
    if (hears()) await audits.beat(desks.desk().team, clock.now());
  };
  const turn = (): Promise<AuditState | null> => {
    const now = clock.now();
    return audits.takeTurn(desks.desk().team, processId, now, now + turnFor);
  };

  /** Told as soon as it is known: what comes after may fail. */
  const told = (counts: Partial<AuditCounts>): Partial<AuditCounts> => {
    const mended = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
    for (const [kind, count] of Object.entries(mended)) {
      for (let left = count; left > 0; left -= 1) ports.watch?.mended(kind);
    }
    if (Object.keys(mended).length > 0) log.warn('audit mended', mended);
    return counts;
  };

  const read = async (state: AuditState, jobs: readonly Job[], upTo: number): Promise<Partial<AuditCounts>[]> => {
    const found: Partial<AuditCounts>[] = [];
    const left: Job[] = [];
    for (const job of jobs) {
      try {
        const { counts, finished } = await job(state, upTo);
        found.push(told(counts));
        if (!finished) left.push(job);
      } catch (error) {
        log.error('part of the audit failed', { error });
      }
    }
    unread = left.length === 0 ? null : { jobs: lastFirst(left), upTo };
    return found;
  };

  const audit = async (): Promise<AuditCounts> => {
    await beat();
    const state = await turn();
    if (state === null) return sumOf([]);
    const deadlines = told({ deadline: await mendDeadlines(ports, deliverer) });
    const notices = told({ notice: await mendNotices(ports, deliverer) });
    const tickets = await auditTickets(ports, deliverer, audits, state);
    const pages = told({ 'due-at': tickets.dueAts, notice: tickets.notices });
    const jobs = new Set([...(unread?.jobs ?? []), intake, outage, cards]);
    const found = await read(state, [...jobs], clock.now() - settling);
    return sumOf([deadlines, notices, pages, ...found]);
  };

  const readOn = async (): Promise<void> => {
    await beat();
    if (unread === null) return;
    const state = await turn();
    if (state !== null && unread !== null) await read(state, unread.jobs, unread.upTo);
  };

  const oneAtATime = inTurn();
  return { audit: () => oneAtATime(audit), readOn: () => oneAtATime(readOn) };
};

/** Where little may be read, each comes first in its turn. */
const lastFirst = (jobs: readonly Job[]): readonly Job[] => [...jobs.slice(-1), ...jobs.slice(0, -1)];

/** Two cron lines may fall on one second. */
const inTurn = (): (<T>(job: () => Promise<T>) => Promise<T>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const mine = last.then(job, job);
    last = mine;
    return mine;
  };
};

const sumOf = (found: readonly Partial<AuditCounts>[]): AuditCounts => {
  const sum = (kind: AuditKind): number => found.reduce((total, counts) => total + (counts[kind] ?? 0), 0);
  return {
    deadline: sum('deadline'),
    notice: sum('notice'),
    'due-at': sum('due-at'),
    card: sum('card'),
    message: sum('message'),
    reply: sum('reply'),
    direct: sum('direct'),
  };
};
