import type { Context } from '@slack/bolt';
import type { Person } from '../domain/person.ts';
import type { Ports } from '../flows/ports.ts';
import type { Afterwards } from './afterwards.ts';
import type { Arrived } from './in-time.ts';

/** What listeners need from the world. */
export interface Listening extends Ports {
  /** Says a ticket's notices soon. Called after the ack, never awaited. */
  readonly deliver: (ticketId: string) => void;
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
