import type { Desk } from '../domain/desk.ts';
import type { Instant } from '../domain/instant.ts';
import type { TicketRecord } from './ports.ts';

/** What an audit can find wrong, and mend. */
export type AuditKind = 'deadline' | 'notice' | 'due-at' | 'card' | 'message' | 'reply' | 'direct';

/** How much of each an audit mended; every number above 0 is an alarm. */
export type AuditCounts = Readonly<Record<AuditKind, number>>;

/** A message as Slack keeps it. */
export interface StoredMessage {
  readonly ts: string;
  /** The thread it stands in or begins; `null` where there is none. */
  readonly threadTs: string | null;
  readonly isEdited: boolean;
  /** The ticket that Tierline's own message is about, as its mark says. */
  readonly ticketId: string | null;
  /** Everything Slack says of it, for those who can read it. */
  readonly raw: unknown;
}

/** From one instant to another, both included. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** `later`: enough has been read for now, or Slack did not answer. `refused`: Slack does not let us read there, and why. */
export type Page<T> =
  | { readonly kind: 'page'; readonly items: readonly T[]; readonly next: string | null }
  | { readonly kind: 'later' }
  | { readonly kind: 'refused'; readonly why: string };

/** Reads what Slack keeps, page by page, at a pace that leaves room for those who speak. Never throws for what Slack answers. */
export interface SlackArchive {
  /** Messages of a channel, newest first. */
  channel(channel: string, span: Span, cursor: string | null): Promise<Page<StoredMessage>>;
  /** Messages of a thread, oldest first, its first message before them. */
  thread(channel: string, ts: string, span: Span, cursor: string | null): Promise<Page<StoredMessage>>;
  /** Channel ids of the bot's direct messages. */
  directs(cursor: string | null): Promise<Page<string>>;
}

/** Since when nobody may have heard, and how far what was missed has been looked for; `null`: to the end. */
export interface Outage {
  readonly since: Instant;
  /** When it was noticed; tells it from the next. */
  readonly seenAt: Instant;
  readonly tickets: RunningPlace | null;
  /** The last direct channel that was read; empty before the first. */
  readonly directs: string | null;
  /** Something of it could not be taken in, and is looked for once more. */
  readonly failed: boolean;
}

/** A place in the list of running tickets by deadline: after this instant, and at it all but these. */
export interface RunningPlace {
  readonly dueAt: Instant;
  readonly ids: readonly string[];
}

/** A ticket with a running clock, and the threads (`channel:ts`) that belong to it. */
export interface RunningTicket {
  readonly id: string;
  readonly dueAt: Instant;
  readonly threads: readonly string[];
}

/** What the auditor remembers of a workspace from one run to the next, in whichever process it runs. */
export interface AuditState {
  /** Up to when every message of a channel is known. */
  readonly known: Readonly<Record<string, Instant>>;
  /** The number up to which tickets were looked at; 0 before the first. */
  readonly lastTicket: number;
  /** Up to where the cards of a tier were looked at, backwards in time; `until` is `null` at the newest. */
  readonly cards: { readonly tier: number; readonly until: Instant | null };
  readonly outage: Outage | null;
}

export interface AuditStore {
  /** Notes that somebody hears Slack now; after a silence, that there was one (see `Outage`). */
  beat(team: string, now: Instant): Promise<void>;
  /** The right to read for a while, with what is remembered; `null` while another process has it. */
  takeTurn(team: string, by: string, now: Instant, until: Instant): Promise<AuditState | null>;
  /** All messages up to these instants are known, by channel. An instant never goes back. */
  knowUpTo(team: string, known: Readonly<Record<string, Instant>>): Promise<void>;
  remember(team: string, change: Partial<Pick<AuditState, 'lastTicket' | 'cards'>>): Promise<void>;
  /** How far the search after an outage has come; nothing, when another outage was noticed since. */
  searched(team: string, outage: Outage): Promise<void>;
  /** Of a workspace's tickets in which something may still happen the next so many, at most, by number, and the number to go on from; 0 at the end. */
  ticketsAfter(
    team: string,
    number: number,
    limit: number,
  ): Promise<{ readonly tickets: readonly TicketRecord[]; readonly next: number }>;
  /** Tickets with a running clock by deadline, from a place on, at least so many if there are; others' without threads. */
  runningAfter(team: string, place: RunningPlace, now: Instant, limit: number): Promise<readonly RunningTicket[]>;
  ticketsOf(ids: readonly string[]): Promise<readonly TicketRecord[]>;
  /** Keys of all messages on tickets to which any of these threads (`channel:ts`) belongs, and those threads. */
  messagesIn(team: string, threads: readonly string[]): Promise<ReadonlySet<string>>;
  /** Sets `dueAt`, if the ticket has not moved on; the version stays, for nothing that it guards has changed. */
  mendDueAt(record: TicketRecord, dueAt: Instant | null): Promise<boolean>;
}

/** Takes in a message just as if Slack delivered it now. @returns whether anything came of it */
export type Hear = (channel: string, message: StoredMessage, isKnown: boolean) => Promise<boolean>;

/** Whether a posted card shows what its ticket says now. */
export type ShowsTicket = (raw: unknown, record: TicketRecord, anchor: string, desk: Desk) => boolean;
