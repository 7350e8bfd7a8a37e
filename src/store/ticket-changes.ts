import { randomUUID } from 'node:crypto';
import { keptCauses } from '../flows/kept-causes.ts';
import type { Change, Saying, TicketRecord } from '../flows/ports.ts';
import { begunThreads } from '../flows/threads-of.ts';
import { foundBy, threadNames } from './found-by.ts';
import { fieldName } from './map-keys.ts';
import { guardOf, listInstant, type TicketDocument } from './ticket-document.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One guarded update: it lands only on the ticket that `filter` describes. */
export interface GuardedUpdate {
  readonly filter: Fields & { readonly _id: string };
  readonly update: Readonly<Record<string, Fields>>;
  /** Tells from the document as it is afterwards whether it was this update that landed. When in doubt, that it was not. */
  readonly isIn: (document: TicketDocument) => boolean;
}

/**
 * State, entries, words and notices in one write (14.2). Guarded by the lease too: what is to be said now, and by whom, was
 * decided from the notices that were unsaid then, and a sayer that came to its end since would not see the new ones.
 */
export const saveUpdate = (before: TicketRecord, change: Change): GuardedUpdate => {
  const savedBy = randomUUID();
  const version = before.version + 1;
  return {
    filter: asRead(before),
    update: operators({
      $set: {
        ticket: change.ticket,
        version,
        guard: guardOf({ ...change, version }),
        savedBy,
        foundBy: foundBy({ ...before, ticket: change.ticket }),
        hash: change.hash,
        listAt: listInstant(change.dueAt),
        saying: change.saying,
        ...present({ dueAt: change.dueAt, sayAt: change.sayAt }),
        ...fields('notices', Object.fromEntries(change.notices.map((notice) => [notice.id, notice]))),
        ...fields('words', change.words),
      },
      $unset: absent({ dueAt: change.dueAt, sayAt: change.sayAt }),
      $push: { ...pushed('entries', change.entries), ...pushedCauses(before, change) },
    }),
    isIn: (document) => document.savedBy === savedBy,
  };
};

/** Takes the notices of a ticket that is still as it was read, lease and all. */
export const leaseUpdate = (before: TicketRecord, saying: NonNullable<TicketRecord['saying']>): GuardedUpdate => ({
  filter: asRead(before),
  update: { $set: { saying, sayAt: saying.until, guard: guardOf({ ...before, saying }) } },
  isIn: (document) => sameLease(document.saying, saying),
});

/**
 * What was said. Guarded by the version and by the recorder's own lease: of two that read one version, the one that lost its
 * lease must not clear the other's `sayAt`, for a missing one would leave notices unsaid. The version stays.
 */
export const saidUpdate = (leased: TicketRecord, saying: Saying): GuardedUpdate => {
  const { ticket } = leased;
  const begun = threadNames(ticket.team, begunThreads({ ticket, anchors: saying.anchors }));
  return {
    filter: asRead(leased),
    update: operators({
      $set: {
        saying: saying.saying,
        guard: guardOf({ ...saying, version: leased.version }),
        ...present({ sayAt: saying.sayAt }),
        ...fields('notices', Object.fromEntries(saying.postponed.map((notice) => [notice.id, notice]))),
        ...fields('anchors', saying.anchors),
      },
      $unset: {
        ...absent({ sayAt: saying.sayAt }),
        ...removed(
          'notices',
          saying.said,
          saying.postponed.map(({ id }) => id),
        ),
      },
      $addToSet: { ...added('foundBy', begun), ...added('withdrawn', saying.withdrawn) },
    }),
    isIn: (document) =>
      document.version === leased.version &&
      sameLease(document.saying, saying.saying) &&
      Object.entries(saying.anchors).every(([name, { ts }]) => document.anchors[fieldName(name)]?.ts === ts) &&
      saying.said.every((id) => !(fieldName(id) in document.notices)),
  };
};

const asRead = (record: TicketRecord): GuardedUpdate['filter'] => ({ _id: record.ticket.id, guard: guardOf(record) });

const sameLease = (a: TicketRecord['saying'], b: TicketRecord['saying']): boolean =>
  a?.by === b?.by && a?.until === b?.until;

const present = (values: Fields): Fields => Object.fromEntries(Object.entries(values).filter(([, to]) => to !== null));

const absent = (values: Fields): Fields =>
  Object.fromEntries(Object.entries(values).flatMap(([field, to]) => (to === null ? [[field, 1]] : [])));

const fields = (map: string, values: Fields): Fields =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`${map}.${fieldName(key)}`, value]));

/** MongoDB refuses to set and unset one field in one write; what is written stays. */
const removed = (map: string, keys: readonly string[], written: readonly string[]): Fields =>
  Object.fromEntries(keys.flatMap((key) => (written.includes(key) ? [] : [[`${map}.${fieldName(key)}`, 1]])));

const pushed = (field: string, items: readonly unknown[]): Fields =>
  items.length === 0 ? {} : { [field]: { $each: items } };

const pushedCauses = (before: TicketRecord, { causes }: Change): Fields =>
  causes.length === 0 ? {} : { causes: { $each: causes, $slice: -keptCauses(before.causes, causes).length } };

const added = (field: string, items: readonly unknown[]): Fields =>
  items.length === 0 ? {} : { [field]: { $each: items } };

const operators = (all: Readonly<Record<string, Fields>>): Readonly<Record<string, Fields>> =>
  Object.fromEntries(Object.entries(all).filter(([, change]) => Object.keys(change).length > 0));
