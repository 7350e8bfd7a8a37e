import type { Instant } from './instant.ts';
import type { By } from './person.ts';
import type { Impact, Kind, Priority, Service, Urgency } from './policy.ts';
import type { Customer, FileReference, Outcome, Place, Source } from './ticket.ts';

/** What a ticket is sorted by; changed together, in Triage. */
export interface Sorting {
  readonly kind: Kind | null;
  readonly service: Service | null;
  readonly impact: Impact;
  readonly urgency: Urgency;
  readonly priority: Priority;
}

/** Which promise a warning is about. */
export type WarnedClock = 'respond' | 'hand-over' | 'update';

/** What has happened. Everything a person wrote stands in `words`, apart, so that it can be erased (9.1). */
export type Happening =
  | ({
      readonly type: 'opened';
      readonly ticketId: string;
      readonly team: string;
      readonly number: number;
      readonly policyVersion: number;
      readonly source: Source;
      /** Customer without the words: `name` and `contact` are in `words`. */
      readonly customer: Pick<Customer, 'userId' | 'team' | 'reach'>;
      readonly place: Place;
      readonly threads: readonly string[];
      readonly guessed: boolean;
      readonly cardCopies: readonly string[];
      /** Key of the message it was opened by, if any; its text is the description. */
      readonly messageKey: string | null;
      readonly files: readonly FileReference[];
      readonly words: {
        readonly title: string;
        readonly description: string;
        readonly name: string;
        readonly contact?: string;
      };
    } & Sorting)
  | {
      readonly type: 'customer-said';
      readonly messageKey: string;
      readonly sense: 'thanks' | 'still-broken' | 'other';
      readonly files: readonly FileReference[];
      readonly joined: boolean;
      readonly words: { readonly text: string };
    }
  | {
      readonly type: 'staff-said';
      readonly messageKey: string;
      readonly files: readonly FileReference[];
      readonly engages: boolean;
      readonly words: { readonly text: string };
    }
  | { readonly type: 'message-edited'; readonly messageKey: string; readonly words: { readonly text: string } }
  | { readonly type: 'message-removed'; readonly messageKey: string; readonly first: boolean }
  | { readonly type: 'message-separated'; readonly messageKey: string }
  | { readonly type: 'noted'; readonly words: { readonly text: string } }
  | {
      readonly type: 'triaged';
      readonly before: Sorting;
      readonly after: Sorting;
      readonly words: { readonly reason: string };
    }
  | { readonly type: 'claimed'; readonly owner: By }
  | { readonly type: 'taken-over'; readonly from: By; readonly to: By }
  | { readonly type: 'assigned'; readonly from: By | null; readonly to: By; readonly words: { readonly note?: string } }
  | { readonly type: 'released'; readonly from: By; readonly why: 'by-hand' | 'deactivated' | 'left-tiers' }
  | { readonly type: 'warned'; readonly clock: WarnedClock; readonly dueAt: Instant; readonly nth: 1 | 2 }
  | { readonly type: 'response-missed'; readonly tier: number; readonly nobodysBreach: boolean }
  | {
      readonly type: 'take-up-missed';
      readonly tier: number /** The how-many-eth deadline in a row: several that passed at once are one entry (14.5). */;
      readonly count: number;
    }
  | {
      readonly type: 'escalated';
      readonly from: number;
      readonly to: number;
      readonly why: 'deadline' | 'by-hand';
      /** The owner belongs to the tier it arrives at, and keeps it (4.2). */
      readonly ownerKeeps: boolean;
      readonly cardCopies: readonly string[];
      readonly words: { readonly reason?: string; readonly note?: string };
    }
  | { readonly type: 'managers-called'; readonly words: { readonly reason: string } }
  | {
      readonly type: 'handed-back';
      readonly from: number;
      readonly to: number;
      readonly cardCopies: readonly string[];
      readonly words: { readonly reason: string };
    }
  | { readonly type: 'hand-over-noted'; readonly words: { readonly note: string } }
  | { readonly type: 'card-reposted'; readonly cardCopies: readonly string[] }
  | { readonly type: 'updated'; readonly expectedAt: Instant | null; readonly words: { readonly text: string } }
  | { readonly type: 'holding-update-sent' }
  | { readonly type: 'update-missed'; readonly count: number }
  | { readonly type: 'told'; readonly toldAt: Instant; readonly words: { readonly who: string; readonly how: string } }
  | { readonly type: 'wait-started'; readonly words: { readonly need: string } }
  | { readonly type: 'resumed'; readonly why: 'customer' | 'by-hand' | 'escalated' }
  | { readonly type: 'wait-reminded'; readonly count: number }
  | {
      readonly type: 'resolved';
      readonly words: { readonly cause: string; readonly fix: string; readonly message: string };
    }
  | { readonly type: 'confirmation-asked'; readonly again: 'reminder' | 'after-reply'; readonly count: number }
  | {
      readonly type: 'closed';
      readonly outcome: Outcome /** Staff pressed Solved for a customer whom only people reach (7.5). */;
      readonly forCustomer: boolean;
      readonly words: { readonly reason?: string };
    }
  | {
      readonly type: 'reopened';
      readonly why: 'still-broken' | 'reply' | 'is-an-issue' | 'by-hand' | 'escalated';
      readonly words: { readonly reason?: string };
    }
  | { readonly type: 'acknowledged'; readonly step: number }
  | {
      readonly type: 'notice-undeliverable';
      readonly about: string;
      readonly toCustomer: boolean;
      readonly reason: string;
    };

export type TicketEvent = Happening & {
  /** The instant it is dated to: for a step by the clock its due instant, however late (5.2). */
  readonly at: Instant;
  /** The instant it was decided. */
  readonly doneAt: Instant;
  /** `null`: Tierline itself. */
  readonly by: By | null;
  /** Done more than the allowed moment after `at` because the desk was down: counts against nobody (5.8). */
  readonly late: boolean;
};

export type EventType = Happening['type'];
export type EventOf<T extends EventType> = Extract<TicketEvent, { readonly type: T }>;

/** A person's words on an event, by field; absent on events that carry none. */
export const wordsOf = (event: Happening): Readonly<Record<string, string>> => {
  if (!('words' in event)) return {};
  return Object.fromEntries(
    Object.entries(event.words).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
};
