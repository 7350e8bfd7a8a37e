import { type Connection, type Model, Schema } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { Anchor, Notice } from '../domain/notice.ts';
import type { Ticket } from '../domain/ticket.ts';
import type { Entry, KeptWords } from '../domain/timeline.ts';
import type { Cause, TicketRecord, Withdrawn } from '../flows/ports.ts';
import { foundBy } from './found-by.ts';
import { withFieldNames, withKeys } from './map-keys.ts';
import { ticketIndexes } from './ticket-queries.ts';

/** One ticket as it lies in the database: everything that one guarded write must change together (14.2). */
export interface TicketDocument {
  /** Made from what caused the ticket, so that a second delivery fails on it, on a sharded cluster too. */
  readonly _id: string;
  readonly version: number;
  /** What a guarded write must find as it was read, see `guardOf`. */
  readonly guard: string;
  /** Names the save that made this version, so that its writer knows it for its own; absent on a new ticket. */
  readonly savedBy?: string;
  readonly ticket: Ticket;
  readonly entries: readonly Entry[];
  /** Maps by field name, see `map-keys.ts`. */
  readonly words: Readonly<Record<string, KeptWords>>;
  /** Of the newest entry (9.1). */
  readonly hash: string;
  readonly notices: Readonly<Record<string, Notice>>;
  readonly anchors: Readonly<Record<string, Anchor>>;
  /** Absent where nothing was. */
  readonly withdrawn?: readonly Withdrawn[];
  readonly causes: readonly Cause[];
  /** Its lists and threads, by name. */
  readonly foundBy: readonly string[];
  /** Absent when no clock runs, which keeps the sparse index to running tickets. */
  readonly dueAt?: Instant;
  /** Absent when nothing waits to be said. */
  readonly sayAt?: Instant;
  /** `dueAt`, or the end of time: MongoDB sorts what is absent first, and a list wants it last. */
  readonly listAt: Instant;
  readonly saying: TicketRecord['saying'];
}

const { Mixed } = Schema.Types;

const schema = new Schema<TicketDocument>(
  {
    _id: String,
    version: Number,
    guard: String,
    savedBy: String,
    ticket: Mixed,
    entries: [Mixed],
    words: Mixed,
    hash: String,
    notices: Mixed,
    anchors: Mixed,
    withdrawn: { type: [Mixed], default: undefined },
    causes: [Mixed],
    foundBy: [String],
    dueAt: Number,
    sayAt: Number,
    listAt: Number,
    saying: Mixed,
  },
  // Empty maps are kept: a map that is absent would read as one that was lost.
  { collection: 'tickets', strict: 'throw', minimize: false, versionKey: false },
);
for (const { keys, options } of ticketIndexes) schema.index(keys, options);

export const ticketModel = (connection: Connection): Model<TicketDocument> =>
  connection.model<TicketDocument>('Ticket', schema);

export const listInstant = (dueAt: Instant | null): Instant => dueAt ?? Number.MAX_SAFE_INTEGER;

export const documentOf = (record: TicketRecord): TicketDocument => ({
  _id: record.ticket.id,
  version: record.version,
  guard: guardOf(record),
  ticket: record.ticket,
  entries: record.entries,
  words: withFieldNames(record.words),
  hash: record.hash,
  notices: withFieldNames(record.notices),
  anchors: withFieldNames(record.anchors),
  causes: record.causes,
  foundBy: foundBy(record),
  ...(record.dueAt === null ? {} : { dueAt: record.dueAt }),
  ...(record.sayAt === null ? {} : { sayAt: record.sayAt }),
  listAt: listInstant(record.dueAt),
  saying: record.saying,
});

/**
 * Version and lease in one value, or, where nobody has the lease, when it may be taken: a filter of many fields costs more, and
 * on some servers a look at every index for each.
 */
export const guardOf = ({ version, saying, sayAt }: Pick<TicketRecord, 'version' | 'saying' | 'sayAt'>): string =>
  saying === null ? `${version} ${sayAt ?? 'said'}` : `${version} ${saying.until} ${saying.by}`;

export const recordOf = (document: TicketDocument): TicketRecord => ({
  ticket: document.ticket,
  version: document.version,
  entries: document.entries,
  words: withKeys(document.words),
  hash: document.hash,
  notices: withKeys(document.notices),
  anchors: withKeys(document.anchors),
  withdrawn: document.withdrawn ?? [],
  causes: document.causes,
  dueAt: document.dueAt ?? null,
  sayAt: document.sayAt ?? null,
  saying: document.saying,
});
