import type { Desk } from '../domain/desk.ts';
import type { TicketEvent } from '../domain/event.ts';
import type { Duration, Instant } from '../domain/instant.ts';
import type { Anchor, Notice, NoticeKind } from '../domain/notice.ts';
import type { Person } from '../domain/person.ts';
import type { Policy } from '../domain/policy.ts';
import type { Status, Ticket } from '../domain/ticket.ts';
import type { Entry, KeptWords } from '../domain/timeline.ts';
import type { Watch } from './watch.ts';

export interface Clock {
  now(): Instant;
}

/** What caused a command, so that a second delivery of it changes nothing (14.7). */
export interface Cause {
  readonly id: string;
  readonly at: Instant;
}

/** A notice that was not said: its reason was gone when its turn came, or a newer one took its place (14.3, 14.5). */
export interface Withdrawn {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly at: Instant;
}

/** Everything stored of one ticket: one document (14.2). */
export interface TicketRecord {
  readonly ticket: Ticket;
  /** Guards each write; moves by one with every save. */
  readonly version: number;
  readonly entries: readonly Entry[];
  readonly words: Readonly<Record<string, KeptWords>>;
  /** Of the newest entry (9.1). */
  readonly hash: string;
  /** Not yet said, by notice id. */
  readonly notices: Readonly<Record<string, Notice>>;
  /** Posted messages that may be redrawn or answered under, by name. */
  readonly anchors: Readonly<Record<string, Anchor>>;
  /** On record, but no part of the timeline: recorded with what was said, which leaves the version alone. */
  readonly withdrawn: readonly Withdrawn[];
  readonly causes: readonly Cause[];
  /** When the ticket next wants something done; `null` when no clock runs. */
  readonly dueAt: Instant | null;
  /** When to look for unsaid notices: at once, at a later try, or when the sayer's lease ends. */
  readonly sayAt: Instant | null;
  /** Who is saying this ticket's notices, and until when they are theirs to say. */
  readonly saying: { readonly by: string; readonly until: Instant } | null;
}

/** What one guarded write changes. */
export interface Change {
  readonly ticket: Ticket;
  readonly entries: readonly Entry[];
  readonly words: Readonly<Record<string, KeptWords>>;
  readonly hash: string;
  readonly notices: readonly Notice[];
  readonly causes: readonly Cause[];
  readonly dueAt: Instant | null;
  readonly sayAt: Instant | null;
  readonly saying: { readonly by: string; readonly until: Instant } | null;
}

/** What came of saying some of a ticket's notices. */
export interface Saying {
  /** Notices that are done with, those that were withdrawn too. */
  readonly said: readonly string[];
  readonly withdrawn: readonly Withdrawn[];
  /** Notices to be tried again later, as they shall stand. */
  readonly postponed: readonly Notice[];
  readonly anchors: Readonly<Record<string, Anchor>>;
  readonly sayAt: Instant | null;
  readonly saying: { readonly by: string; readonly until: Instant } | null;
}

export interface TicketFilter {
  readonly team: string;
  readonly customer?: string;
  /** With `customer`: also what is their company's, in a channel shared with it (11). */
  readonly company?: string;
  readonly owner?: string;
  readonly tier?: number;
  readonly statuses: readonly Status[];
}

export interface TicketStore {
  nextNumber(team: string): Promise<number>;
  /** Stores a new ticket; `exists` when one with this id is there already. */
  insert(record: TicketRecord): Promise<'stored' | 'exists'>;
  load(id: string): Promise<TicketRecord | null>;
  byNumber(team: string, number: number): Promise<TicketRecord | null>;
  /** The newest ticket that a thread (`channel:ts`) belongs to (8.3). */
  byThread(team: string, thread: string): Promise<TicketRecord | null>;
  /** The newest open ticket of a customer in a channel opened since an instant (2.4). */
  byCustomerInChannel(team: string, userId: string, channel: string, since: Instant): Promise<TicketRecord | null>;
  /**
   * One guarded write: false when the ticket has moved on since `before` was read, or what was unsaid of it has been said or
   * leased since.
   */
  save(before: TicketRecord, change: Change): Promise<boolean>;
  /** Takes the right to say a ticket's notices, if it is still as it was read; false otherwise. */
  lease(before: TicketRecord, saying: { readonly by: string; readonly until: Instant }): Promise<boolean>;
  /**
   * Records what was said; the version stays. `leased` is the ticket with the sayer's own lease in `saying`: false when the
   * ticket has moved on since it was read, or somebody else holds the lease.
   *
   * @param again whether it was refused before: then it goes ahead of what can wait, for the ticket may move on again
   */
  recordSaid(leased: TicketRecord, saying: Saying, again?: boolean): Promise<boolean>;
  /** Tickets with `dueAt` at or before an instant, earliest first. */
  due(now: Instant, limit: number): Promise<readonly TicketRecord[]>;
  /** Tickets with `sayAt` at or before an instant, earliest first. */
  unsaid(now: Instant, limit: number): Promise<readonly TicketRecord[]>;
  /** A page of tickets by nearest deadline, then newest number; `total` counts all that match. */
  list(
    filter: TicketFilter,
    page: { readonly skip: number; readonly limit: number },
  ): Promise<{ readonly tickets: readonly Ticket[]; readonly total: number }>;
  /** Every ticket of every workspace, one after the other; for `verify` (9.1). */
  every(): AsyncIterable<TicketRecord>;
  /** Earliest instant at which any ticket wants something done or said; `null` when none does. */
  nextInstant(): Promise<Instant | null>;
}

/** A store that recalls, without asking it, what this process wrote last. */
export interface RememberedTickets extends TicketStore {
  /**
   * The ticket as this process last wrote it; `null` when it is not remembered. Others may have moved it on since: a guarded
   * write tells, and whoever refuses because of it reads it anew first.
   */
  recall(id: string): TicketRecord | null;
}

/** A published policy; tickets keep the version they were opened under (10). */
export interface PolicyVersion {
  readonly version: number;
  readonly policy: Policy;
  readonly publishedAt: Instant;
  readonly by: string;
  readonly why: string;
}

/** The desk and its policies, as they stand now. */
export interface DeskSource {
  desk(): Desk;
  /** A version that is known: see `know`. */
  policy(version: number): Policy;
  /** Makes a version known that another replica may have published a moment ago. */
  know(version: number): Promise<void>;
  currentPolicy(): PolicyVersion;
}

/** People and channels, read from Slack and remembered for a minute. */
export interface Directory {
  /**
   * Where Slack shows no profile the name is "a customer of this channel" (2.12).
   * @throws an error with code `slack-unreachable` when Slack cannot be read and nothing is remembered
   */
  person(userId: string, team: string | null): Promise<Person>;
  /** The person's time zone, an IANA name; `null` where Slack does not show it. */
  zoneOf(userId: string): Promise<string | null>;
}

/** What a notice is made from when it is said: the ticket as it is then. */
interface Subject {
  readonly ticket: Ticket;
  /** The whole timeline with its words; `notice.seq` counts from 1. */
  readonly events: readonly TicketEvent[];
  readonly desk: Desk;
  readonly policy: Policy;
}

/** Where a notice goes, looked up from today's desk. */
export type Destination =
  | { readonly kind: 'channel'; readonly channel: string; readonly threadTs: string | null }
  | { readonly kind: 'person'; readonly userId: string }
  | { readonly kind: 'redraw'; readonly channel: string; readonly ts: string }
  | { readonly kind: 'whisper'; readonly channel: string; readonly userId: string; readonly threadTs: string | null };

export interface Remark {
  readonly notice: Notice;
  readonly subject: Subject;
  /** The ticket's card, to link to where there is one. */
  readonly card: Anchor | null;
}

/**
 * What came of saying something. `withdrawn`: its reason was gone. `gone`: it can never arrive there, and why. `later`: try
 * again after so many milliseconds; with `begun` it may have been said all the same, and is looked for first. `leftOut`: those of
 * several whose reason was gone, and of which the message said nothing.
 */
export type Said =
  | {
      readonly outcome: 'said';
      readonly channel: string;
      readonly ts: string;
      readonly leftOut: readonly Remark[];
    }
  | { readonly outcome: 'withdrawn' }
  | { readonly outcome: 'gone'; readonly why: string; readonly leftOut: readonly Remark[] }
  | { readonly outcome: 'later'; readonly after: Duration; readonly begun: boolean };

/** Says one message made of one remark, or of several that fold into one. Never throws for what Slack answers. */
export interface Speaker {
  /** @param until from then on others may say it: what is not begun by then is not begun (14.3) */
  say(remarks: readonly [Remark, ...Remark[]], to: Destination, until: Instant): Promise<Said>;
}

export interface Log {
  info(happening: string, facts?: Readonly<Record<string, unknown>>): void;
  warn(happening: string, facts?: Readonly<Record<string, unknown>>): void;
  error(happening: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** Everything the flows need from the world. One object, made in `app.ts`. */
export interface Ports {
  readonly clock: Clock;
  readonly tickets: RememberedTickets;
  readonly desks: DeskSource;
  readonly directory: Directory;
  readonly speaker: Speaker;
  readonly log: Log;
  /** Nobody has to watch. */
  readonly watch?: Watch;
  /** This process, as leases name it. */
  readonly processId: string;
  readonly leaseFor: Duration;
  /** A fresh random salt for the digest of a text (9.1). */
  readonly salt: () => string;
}
