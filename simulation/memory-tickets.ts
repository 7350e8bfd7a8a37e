import type { Instant } from '../src/domain/instant.ts';
import { companyOf } from '../src/domain/permissions.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import { keptCauses } from '../src/flows/kept-causes.ts';
import type { Change, Saying, TicketFilter, TicketRecord } from '../src/flows/ports.ts';

/** A ticket as it lies here, with the threads it was given beside its own. */
interface Kept {
  readonly record: TicketRecord;
  readonly threads: ReadonlySet<string>;
}

type Lease = TicketRecord['saying'];

/** Tickets in memory, each write guarded as the real store guards it and taking effect at once. */
export interface MemoryTickets {
  nextNumber(team: string): number;
  insert(record: TicketRecord): 'stored' | 'exists';
  load(id: string): TicketRecord | null;
  byNumber(team: string, number: number): TicketRecord | null;
  byThread(team: string, thread: string): TicketRecord | null;
  byCustomerInChannel(team: string, userId: string, channel: string, since: Instant): TicketRecord | null;
  save(before: TicketRecord, change: Change): boolean;
  lease(before: TicketRecord, saying: NonNullable<Lease>): boolean;
  recordSaid(leased: TicketRecord, saying: Saying): boolean;
  due(now: Instant, limit: number): readonly TicketRecord[];
  unsaid(now: Instant, limit: number): readonly TicketRecord[];
  list(
    filter: TicketFilter,
    page: { readonly skip: number; readonly limit: number },
  ): { readonly tickets: readonly Ticket[]; readonly total: number };
  every(): IterableIterator<TicketRecord>;
  nextInstant(): Instant | null;
  /** Takes a ticket out for good, when nothing will be asked of it any more. */
  forget(id: string): void;
}

export interface MemoryRules {
  /** Whether a write lands on a ticket that has moved on: only when broken on purpose. */
  readonly guardsVersion: boolean;
  readonly guardsNumbers: boolean;
}

export const memoryTickets = (rules: MemoryRules = { guardsVersion: true, guardsNumbers: true }): MemoryTickets => {
  const kept = new Map<string, Kept>();
  /** Those that want something done or said: the few that the sweep looks through. */
  const wanting = new Set<string>();
  const numbers = new Map<string, number>();
  const idsByNumber = new Map<string, string>();
  const idsByThread = new Map<string, Set<string>>();
  const idsByCustomer = new Map<string, Set<string>>();

  const put = (record: TicketRecord, threads: ReadonlySet<string>): void => {
    const { id, team, customer } = record.ticket;
    kept.set(id, { record, threads });
    if (record.dueAt === null && record.sayAt === null) wanting.delete(id);
    else wanting.add(id);
    for (const thread of threads) index(idsByThread, `${team} ${thread}`, id);
    if (customer.userId !== null) index(idsByCustomer, `${team} ${customer.userId}`, id);
  };

  const recordsIn = (ids: Iterable<string> | undefined): TicketRecord[] => {
    const found: TicketRecord[] = [];
    for (const id of ids ?? []) {
      const each = kept.get(id);
      if (each !== undefined) found.push(each.record);
    }
    return found;
  };

  /** The stored ticket, if a guarded write that read it as `before` may land. */
  const landing = (before: TicketRecord): Kept | null => {
    const found = kept.get(before.ticket.id);
    if (found === undefined) return null;
    return found.record.version === before.version || !rules.guardsVersion ? found : null;
  };

  const insert = (record: TicketRecord): 'stored' | 'exists' => {
    const { id, team, number, threads } = record.ticket;
    if (kept.has(id)) return 'exists';
    const name = `${team} ${number}`;
    if (idsByNumber.has(name) && rules.guardsNumbers)
      throw new Error(`Storing '${id}' failed: number ${number} is taken`);
    idsByNumber.set(name, id);
    put(record, new Set(threads));
    return 'stored';
  };

  const save = (before: TicketRecord, change: Change): boolean => {
    const found = landing(before);
    if (found === null) return false;
    if (!isAsRead(found.record, before)) return false;
    const { record } = found;
    const after: TicketRecord = {
      ticket: change.ticket,
      version: before.version + 1,
      entries: change.entries.length === 0 ? record.entries : [...record.entries, ...change.entries],
      words: { ...record.words, ...change.words },
      hash: change.hash,
      notices: {
        ...record.notices,
        ...Object.fromEntries(change.notices.map((notice) => [notice.id, notice])),
      },
      anchors: record.anchors,
      withdrawn: record.withdrawn,
      causes:
        change.causes.length === 0
          ? record.causes
          : [...record.causes, ...change.causes].slice(-keptCauses(before.causes, change.causes).length),
      dueAt: change.dueAt,
      sayAt: change.sayAt,
      saying: change.saying,
    };
    put(after, joined(found.threads, change.ticket.threads));
    return true;
  };

  const lease = (before: TicketRecord, saying: NonNullable<Lease>): boolean => {
    const found = landing(before);
    if (found === null || !isAsRead(found.record, before)) return false;
    put({ ...found.record, saying, sayAt: saying.until }, found.threads);
    return true;
  };

  const recordSaid = (
    leased: TicketRecord,
    { said, withdrawn, postponed, anchors, threads, sayAt, saying }: Saying,
  ): boolean => {
    const found = landing(leased);
    if (found === null || !isAsRead(found.record, leased)) return false;
    const { record } = found;
    const notices = {
      ...without(record.notices, said),
      ...Object.fromEntries(postponed.map((notice) => [notice.id, notice])),
    };
    const known = new Set(record.withdrawn.map(({ id, at }) => `${id} ${at}`));
    const fresh = withdrawn.filter(({ id, at }) => !known.has(`${id} ${at}`));
    put(
      {
        ...record,
        notices,
        anchors: { ...record.anchors, ...anchors },
        withdrawn: [...record.withdrawn, ...fresh],
        sayAt,
        saying,
      },
      joined(found.threads, threads),
    );
    return true;
  };

  const wantingBy = (field: 'dueAt' | 'sayAt', now: Instant, limit: number): readonly TicketRecord[] => {
    const found: TicketRecord[] = [];
    for (const id of wanting) {
      const record = kept.get(id)?.record;
      const at = record?.[field] ?? null;
      if (record !== undefined && at !== null && at <= now) found.push(record);
    }
    return found.sort((a, b) => (a[field] ?? 0) - (b[field] ?? 0)).slice(0, limit);
  };

  const nextInstant = (): Instant | null => {
    let next = Number.POSITIVE_INFINITY;
    for (const id of wanting) {
      const record = kept.get(id)?.record;
      next = Math.min(next, record?.dueAt ?? next, record?.sayAt ?? next);
    }
    return Number.isFinite(next) ? next : null;
  };

  const list: MemoryTickets['list'] = (filter, { skip, limit }) => {
    const candidates =
      filter.customer === undefined || filter.company !== undefined
        ? [...kept.values()].map(({ record }) => record)
        : recordsIn(idsByCustomer.get(`${filter.team} ${filter.customer}`));
    const found = candidates.filter(({ ticket }) => matches(ticket, filter));
    found.sort((a, b) => listAt(a) - listAt(b) || b.ticket.number - a.ticket.number);
    return { tickets: found.slice(skip, skip + limit).map(({ ticket }) => ticket), total: found.length };
  };

  const forget = (id: string): void => {
    const found = kept.get(id);
    if (found === undefined) return;
    const { team, number, customer } = found.record.ticket;
    kept.delete(id);
    wanting.delete(id);
    idsByNumber.delete(`${team} ${number}`);
    for (const thread of found.threads) unindex(idsByThread, `${team} ${thread}`, id);
    if (customer.userId !== null) unindex(idsByCustomer, `${team} ${customer.userId}`, id);
  };

  return {
    nextNumber: (team) => {
      const number = (numbers.get(team) ?? 0) + 1;
      numbers.set(team, number);
      return number;
    },
    insert,
    load: (id) => kept.get(id)?.record ?? null,
    byNumber: (team, number) => recordsIn([idsByNumber.get(`${team} ${number}`) ?? ''])[0] ?? null,
    byThread: (team, thread) => newest(recordsIn(idsByThread.get(`${team} ${thread}`))),
    byCustomerInChannel: (team, userId, channel, since) =>
      newest(
        recordsIn(idsByCustomer.get(`${team} ${userId}`)).filter(
          ({ ticket }) =>
            (ticket.status === 'open' || ticket.status === 'waiting') &&
            ticket.openedAt >= since &&
            ticket.place.kind === 'thread' &&
            ticket.place.channel === channel,
        ),
      ),
    save,
    lease,
    recordSaid,
    due: (now, limit) => wantingBy('dueAt', now, limit),
    unsaid: (now, limit) => wantingBy('sayAt', now, limit),
    list,
    every: function* () {
      for (const { record } of kept.values()) yield record;
    },
    nextInstant,
    forget,
  };
};

const index = (map: Map<string, Set<string>>, key: string, id: string): void => {
  const ids = map.get(key);
  if (ids === undefined) map.set(key, new Set([id]));
  else ids.add(id);
};

const unindex = (map: Map<string, Set<string>>, key: string, id: string): void => {
  const ids = map.get(key);
  ids?.delete(id);
  if (ids?.size === 0) map.delete(key);
};

const without = <T>(map: Readonly<Record<string, T>>, keys: readonly string[]): Readonly<Record<string, T>> =>
  keys.length === 0 ? map : Object.fromEntries(Object.entries(map).filter(([key]) => !keys.includes(key)));

const joined = (some: ReadonlySet<string>, more: readonly string[]): ReadonlySet<string> =>
  more.every((each) => some.has(each)) ? some : new Set([...some, ...more]);

const sameLease = (a: Lease, b: Lease): boolean => a?.by === b?.by && a?.until === b?.until;

/** While somebody has the lease, its end says when it may be taken. */
const isAsRead = (stored: TicketRecord, before: TicketRecord): boolean =>
  sameLease(stored.saying, before.saying) && (stored.saying !== null || stored.sayAt === before.sayAt);

const newest = (records: readonly TicketRecord[]): TicketRecord | null =>
  records.reduce<TicketRecord | null>(
    (first, each) => (first === null || each.ticket.openedAt > first.ticket.openedAt ? each : first),
    null,
  );

const listAt = ({ dueAt }: TicketRecord): Instant => dueAt ?? Number.MAX_SAFE_INTEGER;

const matches = (ticket: Ticket, { team, customer, company, owner, tier, statuses }: TicketFilter): boolean =>
  ticket.team === team &&
  (customer === undefined ||
    ticket.customer.userId === customer ||
    (company !== undefined && companyOf(ticket) === company)) &&
  (owner === undefined || ticket.owner?.userId === owner) &&
  (tier === undefined || ticket.tier === tier) &&
  statuses.includes(ticket.status);
