import type { Instant } from './instant.ts';
import type { By } from './person.ts';
import type { Impact, Kind, Priority, Service, Urgency } from './policy.ts';

export type Status = 'open' | 'waiting' | 'resolved' | 'closed';

/** How a ticket ended (8.2, 8.6). A ticket that was resolved and came back is simply open again. */
export type Outcome = 'confirmed' | 'unconfirmed' | 'dismissed';

export type Source = 'message' | 'mention' | 'dm' | 'message-shortcut' | 'global-shortcut' | 'command';

export type Reach = 'chat' | 'e-mail' | 'phone';

export interface Customer {
  /** `null` where the customer is nobody in Slack (7.5). */
  readonly userId: string | null;
  /** The customer's workspace, `null` outside Slack. */
  readonly team: string | null;
  readonly name: string;
  readonly reach: Reach;
  /** E-mail address or phone number, where one was given. */
  readonly contact: string | null;
}

/** Where the customer is spoken to (2.9). A DM thread's own ts is known only once the receipt is posted. */
export type Place =
  | { readonly kind: 'thread'; readonly channel: string; readonly threadTs: string }
  | { readonly kind: 'dm'; readonly userId: string }
  | { readonly kind: 'none' };

interface Owner extends By {
  readonly since: Instant;
}

export interface Pause {
  readonly from: Instant;
  /** `null` while it lasts. */
  readonly to: Instant | null;
  readonly why: 'waiting' | 'resolved' | 'closed';
}

export interface FileReference {
  readonly id: string;
  readonly name: string;
  /** Bytes; `null` where Slack did not say. */
  readonly size: number | null;
  readonly type: string | null;
}

/** One message of the customer's conversation, newest text only; older texts are on the timeline (2.5). */
export interface TicketMessage {
  /** `channel:ts` in Slack. */
  readonly key: string;
  readonly at: Instant;
  readonly by: By;
  readonly side: 'customer' | 'staff';
  readonly text: string;
  readonly editedAt: Instant | null;
  readonly removedAt: Instant | null;
  readonly files: readonly FileReference[];
}

/** What the customer is owed by a person, where Tierline cannot reach them (7.5). */
export type Owed = 'receipt' | 'escalation' | 'waiting' | 'update' | 'solved?' | 'closing' | 'reopening';

/** One customer issue: what is so. Built only by `evolve` from its events. Instants are epoch ms. */
export interface Ticket {
  readonly id: string;
  readonly team: string;
  readonly number: number;
  readonly policyVersion: number;
  readonly source: Source;
  readonly openedAt: Instant;
  readonly openedBy: By;
  readonly customer: Customer;
  readonly place: Place;
  /** Why the place can no longer be reached, or `null`; a lost place is treated like none. */
  readonly placeLost: string | null;

  readonly title: string;
  readonly description: string;
  readonly kind: Kind | null;
  readonly service: Service | null;
  /** Kind and service were guessed from words, not said by anyone (2.7). */
  readonly guessed: boolean;
  readonly impact: Impact;
  readonly urgency: Urgency;
  readonly priority: Priority;

  readonly status: Status;
  readonly outcome: Outcome | null;
  readonly tier: number;
  readonly owner: Owner | null;
  readonly formerOwner: By | null;
  /** Moves when tier, status or owner changes (4.4). */
  readonly step: number;
  /** The how-many-eth card this is: each arrival at a tier posts a new one. */
  readonly posting: number;
  /** Managers who got the card in their DM because the tier cannot be spoken to; empty: it is in the channel (4.5). */
  readonly cardCopies: readonly string[];

  /** When the ticket came to its present tier; for the first arrival the instant it was opened. */
  readonly arrivedAt: Instant;
  /** When the present tier took it on, or missed to (1); `null` until then. */
  readonly engagedAt: Instant | null;
  /** Since when it is engaged, open and nobody's. */
  readonly unownedSince: Instant | null;
  readonly respondWarned: boolean;
  readonly handOverWarned: boolean;
  readonly takeUps: number;
  readonly pauses: readonly Pause[];
  /** When priority was last changed: a deadline made past by it is due then (3.3). */
  readonly retimedAt: Instant | null;

  /** When the customer last heard something (7.3). */
  readonly toldAt: Instant;
  /** Warnings given about the present update clock: 0, 1 (owner), 2 (tier). */
  readonly updateWarnings: number;
  /** Update deadlines missed since then; only where a person has to tell the customer (7.5). */
  readonly updatesMissed: number;
  /** Since when a told thing turned out never to have arrived: the update is owed at once (7.3). */
  readonly updateOwedAt: Instant | null;
  /** Holding updates since the last word from staff. */
  readonly holdingUpdates: number;
  readonly owed: readonly Owed[];
  /** The time the customer was last given for the solution, if any (7.2). */
  readonly expectedAt: Instant | null;

  readonly waitingSince: Instant | null;
  readonly waitingFor: string | null;
  readonly waitReminders: number;

  readonly resolvedAt: Instant | null;
  readonly resolvedBy: By | null;
  /** What the customer reads about the solution. */
  readonly resolution: string | null;
  /** From when confirm and close run: the customer was asked whether it is solved. */
  readonly askedAt: Instant | null;
  readonly confirmations: number;
  readonly closedAt: Instant | null;

  /** The last escalation's note; `null` while it is missing after a timed one (6.1). */
  readonly handOverNote: string | null;
  readonly noteMissing: boolean;
  /** The manager who acknowledged, and at which step (6.3). */
  readonly acknowledged: { readonly by: By; readonly step: number; readonly at: Instant } | null;

  readonly messages: readonly TicketMessage[];
  readonly notes: readonly { readonly at: Instant; readonly by: By; readonly text: string }[];
  /** Message keys (`channel:ts`) whose threads belong to this ticket. */
  readonly threads: readonly string[];
}

export const ticketName = (ticket: { readonly number: number }): string => `ESC-${ticket.number}`;

/** Whether Tierline itself can speak to the customer (2.9, 7.5). */
export const isReachable = (ticket: Ticket): boolean => ticket.place.kind !== 'none' && ticket.placeLost === null;

export const isOpen = (ticket: Ticket): boolean => ticket.status === 'open' || ticket.status === 'waiting';
