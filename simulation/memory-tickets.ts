import type { Instant } from '../src/domain/instant.ts';
import { companyOf } from '../src/domain/permissions.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import { keptCauses } from '../src/flows/kept-causes.ts';
import type { Change, Saying, TicketFilter, TicketRecord } from '../src/flows/ports.ts';
import { threadsOf } from '../src/flows/threads-of.ts';

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
  const kept = new Map<string, TicketRecord>();
  /** Those that want something done or said: the few that the sweep looks through. */
  const wanting = new Set<string>();
  const numbers = new Map<string, number>();
  const idsByNumber = new Map<string, string>();
  const idsByThread = new Map<string, Set<string>>();
  const idsByCustomer = new Map<string, Set<string>>();

  const put = (record: TicketRecord): void => {
    const { id, team, customer } = record.ticket;
    kept.set(id, record);
    if (record.dueAt === null && record.sayAt === null) wanting.delete(id);
    else wanting.add(id);
    for (const thread of threadsOf(record)) index(idsByThread, `${team} ${thread}`, id);
    if (customer.userId !== null) index(idsByCustomer, `${team} ${customer.userId}`, id);
  };

  const recordsIn = (ids: Iterable<string> | undefined): TicketRecord[] => {
    const found: TicketRecord[] = [];
    for (const id of ids ?? []) {
      const each = kept.get(id);
      if (each !== undefined) found.push(each);
    }
    return found;
  };

  /** The stored ticket, if a guarded write that read it as `before` may land. */
  const landing = (before: TicketRecord): TicketRecord | null => {
    const found = kept.get(before.ticket.id);
    if (found === undefined) return null;
    return found.version === before.version || !rules.guardsVersion ? found : null;
  };

  const insert = (record: TicketRecord): 'stored' | 'exists' => {
    const { id, team, number } = record.ticket;
    if (kept.has(id)) return 'exists';
    const name = `${team} ${number}`;
    if (idsByNumber.has(name) && rules.guardsNumbers)
      throw new Error(`Storing '${id}' failed: number ${number} is taken`);
    idsByNumber.set(name, id);
    put(record);
    return 'stored';
  };

  const save = (before: TicketRecord, change: Change): boolean => {
    const record = landing(before);
    if (record === null || !isAsRead(record, before)) return false;
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
    put(after);
    return true;
  };

  const lease = (before: TicketRecord, saying: NonNullable<Lease>): boolean => {
    const record = landing(before);
    if (record === null || !isAsRead(record, before)) return false;
    put({ ...record, saying, sayAt: saying.until });
    return true;
  };

  const recordSaid = (
    leased: TicketRecord,
    { said, withdrawn, postponed, anchors, sayAt, saying }: Saying,
  ): boolean => {
    const record = landing(leased);
    if (record === null || !isAsRead(record, leased)) return false;
    const notices = {
      ...without(record.notices, said),
      ...Object.fromEntries(postponed.map((notice) => [notice.id, notice])),
    };
    const known = new Set(record.withdrawn.map(({ id, at }) => `${id} ${at}`));
    const fresh = withdrawn.filter(({ id, at }) => !known.has(`${id} ${at}`));
    put({
      ...record,
      notices,
      anchors: { ...record.anchors, ...anchors },
      withdrawn: [...record.withdrawn, ...fresh],
      sayAt,
      saying,
    });
    return true;
  };

  const wantingBy = (field: 'dueAt' | 'sayAt', now: Instant, limit: number): readonly TicketRecord[] => {
    const found: TicketRecord[] = [];
    for (const id of wanting) {
      const record = kept.get(id);
      const at = record?.[field] ?? null;
      if (record !== undefined && at !== null && at <= now) found.push(record);
    }
    return found.sort((a, b) => (a[field] ?? 0) - (b[field] ?? 0)).slice(0, limit);
  };

  const nextInstant = (): Instant | null => {
    let next = Number.POSITIVE_INFINITY;
    for (const id of wanting) {
      const record = kept.get(id);
      next = Math.min(next, record?.dueAt ?? next, record?.sayAt ?? next);
    }
    return Number.isFinite(next) ? next : null;
  };

  const list: MemoryTickets['list'] = (filter, { skip, limit }) => {
    const candidates =
      filter.customer === undefined || filter.company !== undefined
        ? [...kept.values()]
        : recordsIn(idsByCustomer.get(`${filter.team} ${filter.customer}`));
    const found = candidates.filter(({ ticket }) => matches(ticket, filter));
    found.sort((a, b) => listAt(a) - listAt(b) || b.ticket.number - a.ticket.number);
    return { tickets: found.slice(skip, skip + limit).map(({ ticket }) => ticket), total: found.length };
  };

  const forget = (id: string): void => {
    const found = kept.get(id);
    if (found === undefined) return;
    const { team, number, customer } = found.ticket;
    kept.delete(id);
    wanting.delete(id);
    idsByNumber.delete(`${team} ${number}`);
    for (const thread of threadsOf(found)) unindex(idsByThread, `${team} ${thread}`, id);
    if (customer.userId !== null) unindex(idsByCustomer, `${team} ${customer.userId}`, id);
  };

  return {
    nextNumber: (team) => {
      const number = (numbers.get(team) ?? 0) + 1;
      numbers.set(team, number);
      return number;
    },
    insert,
    load: (id) => kept.get(id) ?? null,
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
      yield* kept.values();
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
