import type { Instant } from './instant.ts';
import type { Person } from './person.ts';
import type { Impact, Kind, Service, Urgency } from './policy.ts';
import type { Customer, FileReference, Place, Source } from './ticket.ts';

/** Everything known about a new ticket before it has a number. */
export interface NewTicket {
  readonly id: string;
  readonly number: number;
  readonly policyVersion: number;
  readonly source: Source;
  readonly customer: Customer;
  readonly place: Place;
  readonly title: string;
  readonly description: string;
  readonly kind: Kind | null;
  readonly service: Service | null;
  readonly guessed: boolean;
  readonly impact: Impact;
  readonly urgency: Urgency;
  readonly messageKey: string | null;
  readonly threads: readonly string[];
  readonly files: readonly FileReference[];
  /** When the customer wrote, or the form was sent (1). */
  readonly openedAt: Instant;
}

/**
 * What someone wants done to a ticket. `seenStep` is the step the pressed card or message was drawn at; `null`
 * where nothing was pressed (4.4).
 */
export type Command =
  | { readonly type: 'open'; readonly by: Person; readonly ticket: NewTicket }
  | {
      readonly type: 'customer-say';
      readonly by: Person;
      readonly messageKey: string;
      readonly text: string;
      readonly files: readonly FileReference[];
      readonly at: Instant;
      readonly joined: boolean;
      /** A form is the customer's own act; a message may be anybody's in the thread. */
      readonly via: 'message' | 'form';
    }
  | {
      readonly type: 'staff-say';
      readonly by: Person;
      readonly messageKey: string;
      readonly text: string;
      readonly files: readonly FileReference[];
      readonly at: Instant;
    }
  | {
      readonly type: 'edit-message';
      readonly by: Person;
      readonly messageKey: string;
      readonly text: string;
      readonly at: Instant;
    }
  | { readonly type: 'remove-message'; readonly by: Person | null; readonly messageKey: string; readonly at: Instant }
  | { readonly type: 'separate-message'; readonly by: Person; readonly messageKey: string }
  | { readonly type: 'note'; readonly by: Person; readonly text: string }
  | {
      readonly type: 'triage';
      readonly by: Person;
      readonly kind: Kind | null;
      readonly service: Service | null;
      readonly impact: Impact;
      readonly urgency: Urgency;
      readonly reason: string;
    }
  | { readonly type: 'claim'; readonly by: Person; readonly seenStep: number | null }
  | { readonly type: 'take-over'; readonly by: Person; readonly seenStep: number | null }
  | {
      readonly type: 'assign';
      readonly by: Person;
      readonly to: Person;
      readonly note: string | null;
      /** Part of handing over all of somebody's tickets, which tier members may do for each other (4.3). */
      readonly handOver: boolean;
    }
  | { readonly type: 'release'; readonly by: Person; readonly seenStep: number | null }
  | { readonly type: 'owner-gone'; readonly userId: string; readonly why: 'deactivated' | 'left-tiers' }
  | {
      readonly type: 'escalate';
      readonly by: Person;
      readonly toTier: number | null;
      readonly reason: string;
      readonly note: string;
      readonly seenStep: number | null;
    }
  | { readonly type: 'hand-back'; readonly by: Person; readonly reason: string; readonly seenStep: number | null }
  | { readonly type: 'add-hand-over-note'; readonly by: Person; readonly note: string }
  | { readonly type: 'repost-card' }
  | { readonly type: 'update'; readonly by: Person; readonly text: string; readonly expectedAt: Instant | null }
  | { readonly type: 'told'; readonly by: Person; readonly who: string; readonly how: string; readonly toldAt: Instant }
  | { readonly type: 'wait'; readonly by: Person; readonly need: string; readonly seenStep: number | null }
  | { readonly type: 'resume'; readonly by: Person; readonly seenStep: number | null }
  | {
      readonly type: 'resolve';
      readonly by: Person;
      readonly cause: string;
      readonly fix: string;
      readonly message: string;
      readonly seenStep: number | null;
    }
  | {
      readonly type: 'confirm';
      readonly by: Person;
      readonly as: 'customer' | 'staff';
      readonly seenStep: number | null;
    }
  | { readonly type: 'still-broken'; readonly by: Person; readonly seenStep: number | null }
  | { readonly type: 'dismiss'; readonly by: Person; readonly reason: string; readonly seenStep: number | null }
  | {
      readonly type: 'reopen';
      readonly by: Person;
      readonly as: 'customer' | 'staff';
      readonly reason: string | null;
      readonly seenStep: number | null;
    }
  | { readonly type: 'acknowledge'; readonly by: Person; readonly seenStep: number | null }
  | { readonly type: 'pass-time' }
  | { readonly type: 'undeliverable'; readonly about: string; readonly toCustomer: boolean; readonly reason: string };

type CommandType = Command['type'];
export type CommandOf<T extends CommandType> = Extract<Command, { readonly type: T }>;
