import type { Context } from '@slack/bolt';
import type { Person } from '../domain/person.ts';
import type { Ports } from '../flows/ports.ts';
import type { Afterwards } from './afterwards.ts';
import type { Arrived } from './in-time.ts';

/** A message with a button that was pressed, and the address at which Slack takes a new look for it. */
export interface PressedMessage {
  readonly channel: string;
  readonly ts: string;
  readonly url: string;
}

/** What listeners need from the world. */
export interface Listening extends Ports {
  /** Says a ticket's notices soon. Called after the ack, never awaited. */
  readonly deliver: (ticketId: string) => void;
  /** Lets a message that was just pressed be redrawn at this address (14.4). Called before `deliver`. */
  readonly redrawAt: (pressed: PressedMessage) => void;
  /** What goes on after the ack. */
  readonly afterwards: Afterwards;
}

/** When it came, and whether it is acknowledged: put there by the receiver. */
export const arrivalIn = (context: Context): Arrived & { readonly isAcked: () => boolean } => ({
  arrivedAt: context.arrivedAt,
  isAcked: context.isAcked,
});

/** Who pressed, sent or typed; put there by the actor middleware. */
export const actorIn = (context: Context): Person => context.actor;
