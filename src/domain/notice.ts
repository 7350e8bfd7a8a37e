import type { EventType, WarnedClock } from './event.ts';
import type { Instant } from './instant.ts';

/** Where a notice goes. Channels are looked up when it is said, from today's desk (6.6). */
export type Address =
  | { readonly kind: 'customer' }
  /** The channel of a tier, at top level. */
  | { readonly kind: 'tier'; readonly tier: number }
  /** Under a card that was posted earlier; `anchor` names it. */
  | { readonly kind: 'under'; readonly anchor: string }
  /** A direct message with the bot. */
  | { readonly kind: 'person'; readonly userId: string }
  /** Visible only to this person, in the customer's thread. */
  | { readonly kind: 'whisper'; readonly userId: string };

/** What is to be said. The words are made when it is said, from the ticket as it is then. */
export type NoticeKind =
  /** For the customer (7.1). */
  | 'receipt'
  | 'joined'
  | 'taken-on'
  | 'escalated-customer'
  | 'waiting-customer'
  | 'staff-update'
  | 'holding-update'
  | 'resolved-customer'
  | 'ask-again'
  | 'ask-after-reply'
  | 'closed-customer'
  | 'dismissed-customer'
  | 'reopened-customer'
  | 'offer-reopen'
  | 'files-not-carried'
  /** For the tiers. */
  | 'card'
  | 'background'
  | 'line'
  | 'call'
  | 'remind'
  | 'claim-offer'
  /** For managers. */
  | 'manager';

/**
 * One thing to be said, written down in the same write as its cause (1, 14.2). Kept on the ticket by `id` until said.
 * Those that redraw a message carry the id of that message, so that only the newest redraw waits.
 */
export interface Notice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly to: Address;
  /** The timeline entry it is about. */
  readonly seq: number;
  readonly about: EventType;
  /** Which promise a warning is about; `null` for all else. */
  readonly clock: WarnedClock | null;
  /** Order among the ticket's notices. */
  readonly order: number;
  readonly writtenAt: Instant;
  readonly critical: boolean;
  /** The step and tier at which it was written: a reminder whose reason is gone is withdrawn (14.3). */
  readonly step: number;
  readonly tier: number;
  /** The step it is about was late because the desk was down (5.8). */
  readonly late: boolean;
  /** Notices of one fold, from many tickets, are said in one message. */
  readonly fold: string | null;
  /** The name under which the posted message can be found again (`card:3`); `null` where nobody will look. */
  readonly anchor: string | null;
  /** Redraw the message of this anchor instead of posting a new one. */
  readonly redraws: string | null;
  /** Not before this instant: a send that failed waits. */
  readonly notBefore: Instant;
  readonly tries: number;
}

/** What is said of many tickets at once: calls of a tier; to a manager what was late, or can never arrive. */
type Fold = 'call' | 'late' | 'gone';

export const foldName = (fold: Fold, whose: number | string): string => `${fold}:${whose}`;

export const isFold = ({ fold }: Pick<Notice, 'fold'>, of: Fold): boolean => fold?.startsWith(`${of}:`) === true;

/** A call or a manager's message about one ticket alone, found again when its title changes; names what it was about. */
export const titledAnchor = (kind: 'call' | 'manager', tier: number, seq: number, reader: string): string =>
  `${kind}:${tier}:${seq}:${reader}`;

/** What such a message was about; `null` for the anchor of another. */
export const titledBy = (
  anchor: string | null,
): { readonly kind: 'call' | 'manager'; readonly tier: number; readonly seq: number } | null => {
  const [, kind, tier, seq] = /^(call|manager):(\d+):(\d+):/.exec(anchor ?? '') ?? [];
  return kind === undefined
    ? null
    : { kind: kind === 'call' ? 'call' : 'manager', tier: Number(tier), seq: Number(seq) };
};

const reminding: ReadonlySet<NoticeKind> = new Set(['call', 'remind', 'ask-again', 'holding-update']);

/** What managers hear again and again until somebody of the tier does something. */
const repeating: ReadonlySet<EventType> = new Set(['take-up-missed', 'update-missed']);

/**
 * Of reminders with one key only the newest is said (14.5); `null` for what is said each time. A reminder of one promise
 * leaves those of another.
 */
export const reminderKey = ({
  kind,
  to,
  about,
  clock,
  tier,
}: Pick<Notice, 'kind' | 'to' | 'about' | 'clock' | 'tier'>): string | null => {
  const isRepeat = kind === 'manager' && repeating.has(about);
  if (!reminding.has(kind) && !isRepeat) return null;
  const reason = kind === 'remind' ? `${about} ${clock}` : isRepeat ? `${about} ${tier}` : '';
  return `${kind} ${reason} ${JSON.stringify(to)}`;
};

/** Those that were to be said earlier and only repeat what a newer one says: after an outage the newest is enough. */
export const staleReminders = (notices: readonly Notice[]): ReadonlySet<string> => {
  const reminders = notices.filter((each) => reminderKey(each) !== null).toSorted((a, b) => a.order - b.order);
  const newest = new Map(reminders.map((each) => [reminderKey(each), each.id]));
  const kept = new Set(newest.values());
  return new Set(reminders.filter(({ id }) => !kept.has(id)).map(({ id }) => id));
};

/** A posted message that may be redrawn or answered under. */
export interface Anchor {
  readonly channel: string;
  readonly ts: string;
}

export const cardAnchor = (posting: number, copy: string | null): string =>
  copy === null ? `card:${posting}` : `card:${posting}:${copy}`;
/** Where the customer's DM thread starts: the receipt. */
export const receiptAnchor = 'receipt';
