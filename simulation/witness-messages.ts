import type { TicketEvent } from '../src/domain/event.ts';
import { type Duration, type Instant, minute, second } from '../src/domain/instant.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import type { Broken } from './violation.ts';

/** Until Slack, or a person, has brought the message again. */
const mostTwofold = 90 * minute;
/** The clocks of processes are apart, so that nobody can say to the second what is still within the time to join. */
const blurred = 10 * second;
/** Between a process's look for a ticket to join and its write, at the slowest. */
const mostTakingIn = minute;

/** A ticket as it was last stored, and since when it is, and is in its status. */
interface Known {
  readonly ticket: Ticket;
  readonly storedAt: Instant;
  readonly statusSince: Instant;
}

/** What must be on a ticket once it is acked: a message, and its newest text where that was changed (`null`: removed). */
export interface Kept {
  readonly key: string;
  readonly change: { readonly text: string | null; readonly at: Instant } | null;
}

/** Looks after messages: each is on one ticket (2.4), and is there before it is acked (14.1). */
export interface MessageWitness {
  opened(ticket: Ticket): void;
  moved(ticket: Ticket): void;
  happened(ticketId: string, event: TicketEvent): void;
  /** @param kept `null` where nothing has to come of it */
  acked(kept: Kept | null): void;
  lookAround(sound: Duration): void;
  finish(ticket: Ticket): void;
}

export const createMessageWitness = (
  now: () => Instant,
  policy: (version: number) => Policy,
  broken: Broken,
): MessageWitness => {
  /** The tickets each message stands on, which one it opened, and since when it stands on two. */
  const keptOn = new Map<string, Set<string>>();
  const openedBy = new Map<string, string>();
  const twofold = new Map<string, Instant>();
  /** How each message reads, and since when. */
  const texts = new Map<string, { readonly text: string | null; readonly at: Instant }>();
  /** By customer and channel, then by id. */
  const neighbours = new Map<string, Map<string, Known>>();

  const neighboursOf = (ticket: Ticket): Map<string, Known> => {
    const { customer, place } = ticket;
    const name = `${customer.userId} ${place.kind === 'thread' ? place.channel : ''}`;
    const found = neighbours.get(name) ?? new Map();
    neighbours.set(name, found);
    return found;
  };

  /**
   * Further messages of a customer join their open ticket (2.4). Guarded writes can promise it where that ticket was stored
   * before anybody began to take in the further message; two that are taken in at one instant become two tickets.
   */
  const opened = (ticket: Ticket): void => {
    const { id, source, openedAt } = ticket;
    const joinWithin = policy(ticket.policyVersion).joinWithin - blurred;
    const others = neighboursOf(ticket);
    const [newest] = [...others.values()]
      .filter((other) => isOpen(other.ticket) && other.ticket.openedAt >= openedAt - joinWithin - 2 * blurred)
      .sort((a, b) => b.ticket.openedAt - a.ticket.openedAt);
    const isKnown = newest !== undefined && now() - Math.max(newest.storedAt, newest.statusSince) > mostTakingIn;
    const isNear = newest !== undefined && Math.abs(newest.ticket.openedAt - openedAt) < joinWithin;
    if (source === 'message' && isKnown && isNear) {
      broken('2.4 join', `${id} was opened though it belongs to ${newest.ticket.id}`);
    }
    others.set(id, { ticket, storedAt: now(), statusSince: now() });
  };

  const moved = (ticket: Ticket): void => {
    const others = neighboursOf(ticket);
    const before = others.get(ticket.id);
    const isSame = before?.ticket.status === ticket.status;
    const statusSince = isSame ? before.statusSince : now();
    others.set(ticket.id, { ticket, storedAt: before?.storedAt ?? now(), statusSince });
  };

  const happened = (ticketId: string, event: TicketEvent): void => {
    if (event.type === 'opened' && event.messageKey !== null) {
      const other = openedBy.get(event.messageKey);
      if (other !== undefined) broken('2.4 one ticket', `message ${event.messageKey} opened ${other} and ${ticketId}`);
      openedBy.set(event.messageKey, ticketId);
    }
    reads(event);
    if (event.type === 'message-separated') keptOn.get(event.messageKey)?.delete(ticketId);
    const isWritten = event.type === 'opened' || event.type === 'customer-said' || event.type === 'staff-said';
    const key = isWritten ? event.messageKey : null;
    if (key === null) return;
    const on = keptOn.get(key) ?? new Set();
    keptOn.set(key, on.add(ticketId));
    // Two processes may take it in at once; the later of them sees so and mends it.
    if (on.size > 1) twofold.set(key, now());
  };

  const reads = (event: TicketEvent): void => {
    const key = 'messageKey' in event ? event.messageKey : null;
    const text = textOf(event);
    if (key === null || text === undefined) return;
    const before = texts.get(key);
    if (before === undefined || (before.text !== null && before.at <= event.at)) texts.set(key, { text, at: event.at });
  };

  const acked = (kept: Kept | null): void => {
    if (kept === null) return;
    const { key, change } = kept;
    if ((keptOn.get(key)?.size ?? 0) === 0) broken('14.1 acknowledged', `message ${key} was acked and is on no ticket`);
    const known = texts.get(key);
    if (change === null || known === undefined) return;
    const isLater = known.text === null || known.at > change.at;
    if (known.text !== change.text && !isLater)
      broken('14.1 acknowledged', `message ${key} is changed to '${change.text}', acked, and reads '${known.text}'`);
  };

  const lookAround = (sound: Duration): void => {
    for (const [key, since] of twofold) {
      const on = keptOn.get(key) ?? new Set();
      if (on.size < 2) twofold.delete(key);
      else if (Math.min(now() - since, sound) > mostTwofold) standsOnBoth(key, on);
    }
  };

  const standsOnBoth = (key: string, on: ReadonlySet<string>): void =>
    broken('2.4 one ticket', `message ${key} stands on ${[...on].join(' and ')}`);

  return {
    opened,
    moved,
    happened,
    acked,
    lookAround,
    finish: (ticket) => {
      neighboursOf(ticket).delete(ticket.id);
      for (const { key } of ticket.messages) {
        const on = keptOn.get(key);
        if (on !== undefined && on.size > 1) standsOnBoth(key, on);
      }
    },
  };
};

/** How a message reads after this; `undefined` where this is about no text. */
const textOf = (event: TicketEvent): string | null | undefined => {
  switch (event.type) {
    case 'opened':
      return event.words.description;
    case 'customer-said':
    case 'staff-said':
    case 'message-edited':
      return event.words.text;
    case 'message-removed':
      return null;
    default:
      return undefined;
  }
};

const isOpen = ({ status }: Ticket): boolean => status === 'open' || status === 'waiting';
