import type { Calendar } from './calendar.ts';
import type { Duration } from './instant.ts';
import type { KeywordRules } from './keyword-guess.ts';
import type { Priority, PriorityMatrix } from './priority.ts';
import type { ReplyWords } from './reply-sense.ts';

export type { Kind, Service } from './keyword-guess.ts';
export type { Impact, Priority, Urgency } from './priority.ts';

/** Whether a clock counts the calendar's hours only, or every hour (5). */
export type Timing = 'business' | 'elapsed';

export interface Target {
  readonly within: Duration;
  readonly time: Timing;
}

/** A general target, and the priorities that have their own (3.2). */
export interface PriorityTarget extends Target {
  readonly priorities: Readonly<Partial<Record<Priority, Target>>>;
}

/** The clocks of one tier (5). */
export interface TierClocks {
  readonly respond: PriorityTarget;
  /** Repeated until the ticket is taken; business or elapsed as `respond` is. */
  readonly takeUp: Duration;
  /** From the tier's engagement to the next tier; null for the last tier, and only there. */
  readonly handOver: PriorityTarget | null;
}

/** The 24-hour duty (5, 7.3). The `…Before` lengths count back from the due instant; all lie within `every`. */
interface UpdateClock {
  readonly every: Duration;
  /** The bot sends its holding update this long before the update is due. */
  readonly actBefore: Duration;
  readonly remindOwnerBefore: Duration;
  readonly remindTierBefore: Duration;
  /** Managers are told after this many holding updates without a word from staff. */
  readonly managersAfter: number;
}

interface Clocks {
  /** In the order of the desk's tiers; never empty. */
  readonly tiers: readonly TierClocks[];
  readonly update: UpdateClock;
  readonly wait: { readonly every: Duration };
  /** From the resolution; ascending, each before `close.after`. */
  readonly confirm: { readonly after: readonly Duration[] };
  readonly close: { readonly after: Duration };
  /** The early warning is due when this share of a respond or hand-over clock is left, 0 to 1 (5.5). */
  readonly warnWhenLeft: number;
  /** A promise is kept when done at most this long after its instant (5.9). */
  readonly keptWithin: Duration;
}

/** What people read of the policy beside its numbers (10.1). */
interface PolicyWords {
  readonly company: string;
  readonly purpose: string;
  readonly scope: string;
  readonly ourPart: readonly string[];
  readonly customersPart: readonly string[];
  /** What is aimed at and not guaranteed (policy text, 7). */
  readonly limits: readonly string[];
}

/** The promises of the desk (1, 5, 13.7). Plain data: it can be stored as it is. */
export interface Policy {
  readonly title: string;
  readonly words: PolicyWords;
  /** Dates are `YYYY-MM-DD`; `next` is null while no review is planned (10.4). */
  readonly review: { readonly effective: string; readonly next: string | null };
  readonly calendar: Calendar;
  readonly priority: PriorityMatrix;
  readonly clocks: Clocks;
  /** Further messages of one customer within this time join the open ticket; 0 is off (2.4). */
  readonly joinWithin: Duration;
  /** How long a closed ticket can be reopened (8.3). */
  readonly reopenWithin: Duration;
  readonly keywords: KeywordRules;
  readonly replies: ReplyWords;
}

/** The target that holds for a priority: its own, else the general one (3.2). */
export const targetFor = (target: PriorityTarget, priority: Priority): Target => target.priorities[priority] ?? target;
