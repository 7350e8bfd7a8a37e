import type { Outcome } from '../sandbox/slack-records.ts';

/** A customer wrote, in a channel or under their message. `words` stands nowhere else. */
export interface Wrote {
  readonly by: string;
  readonly channel: string;
  readonly ts: string;
  readonly at: number;
  /** What the message says now: the last of its edits. */
  words: string;
  /** When it was last edited; null where it was not. */
  editedAt: number | null;
  /** When it was deleted; null where it was not. */
  removedAt: number | null;
}

/** A button pressed. */
export interface Pressed {
  readonly what: 'claim' | 'solved';
  readonly by: string;
  readonly at: number;
  readonly outcome: Outcome;
  /** When the outcome was there. */
  readonly ackedAt: number;
}

/** A form sent. `kept`: it was acknowledged and closed; `unknown`: it may have been kept; `refused`: it was not. */
export interface Sent {
  readonly what: 'update' | 'resolve' | 'escalate';
  readonly by: string;
  readonly at: number;
  /** Where the card stood on which it was opened, from 1. */
  readonly tier: number;
  readonly words: string;
  readonly end: 'kept' | 'unknown' | 'refused';
  readonly endedAt: number;
}

/** All that people did about one issue. */
export interface Affair {
  readonly first: Wrote;
  readonly replies: Wrote[];
  readonly presses: Pressed[];
  readonly forms: Sent[];
}

/** As Tierline names the ticket in what it sends. */
export const ticketIdOf = ({ first }: Affair): string => `T1:${first.channel}:${first.ts}`;
