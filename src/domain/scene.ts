import type { Desk } from './desk.ts';
import type { TicketEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { Instant } from './instant.ts';
import type { Address, NoticeKind } from './notice.ts';
import type { Policy } from './policy.ts';
import type { Ticket } from './ticket.ts';

/** What the planner looks at: the ticket before, what happened, and which messages stand posted. */
export interface Happened {
  readonly before: Ticket | null;
  readonly events: readonly TicketEvent[];
  /** The number of timeline entries before these events. */
  readonly seq: number;
  /** Names of the messages posted so far that can be redrawn. */
  readonly anchors: readonly string[];
  readonly desk: Desk;
  readonly policy: Policy;
  readonly now: Instant;
}

/** One event with the ticket on either side of it. */
export interface Scene {
  readonly event: TicketEvent;
  readonly seq: number;
  readonly before: Ticket | null;
  readonly after: Ticket;
  readonly desk: Desk;
  readonly policy: Policy;
}

export interface Draft {
  readonly scene: Scene;
  readonly kind: NoticeKind;
  readonly to: Address;
  readonly anchor: string | null;
  readonly redraws: string | null;
  readonly fold: string | null;
}

export const scenesOf = ({ before, events, seq, desk, policy }: Happened): readonly Scene[] => {
  const scenes: Scene[] = [];
  let current = before;
  for (const [index, event] of events.entries()) {
    const after = evolve(current, event);
    scenes.push({ event, seq: seq + index + 1, before: current, after, desk, policy });
    current = after;
  }
  return scenes;
};

export const draft = (scene: Scene, kind: NoticeKind, to: Address, more: Partial<Draft> = {}): Draft => ({
  scene,
  kind,
  to,
  anchor: null,
  redraws: null,
  fold: null,
  ...more,
});

/** The cards of a ticket: one in the channel (`null`), or one for each manager (4.5). */
export const copiesOf = (ticket: Ticket): readonly (string | null)[] =>
  ticket.cardCopies.length === 0 ? [null] : ticket.cardCopies;

/** Under which a line that quotes a message is posted; the posting of the card follows. */
export const saidAnchor = (messageKey: string): string => `said:${messageKey}:`;
