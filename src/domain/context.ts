import type { Desk } from './desk.ts';
import type { Happening, TicketEvent } from './event.ts';
import type { Instant } from './instant.ts';
import type { Person } from './person.ts';
import { byOf } from './person.ts';
import type { Policy } from './policy.ts';

/** What a decision may look at besides the ticket. The policy is the ticket's own, the desk is today's (6.6). */
export interface Context {
  readonly policy: Policy;
  readonly desk: Desk;
  readonly now: Instant;
}

/** A person's act, decided now and dated to `at`: now, or when they wrote. */
export const actOf = (person: Person, happening: Happening, context: Context, at = context.now): TicketEvent => ({
  ...happening,
  at,
  doneAt: context.now,
  by: byOf(person),
  late: false,
});

/** Tierline's own step, dated to its due instant; late when the desk was down (5.2, 5.8, 5.9). */
export const stepAt = (at: Instant, happening: Happening, context: Context): TicketEvent => ({
  ...happening,
  at,
  doneAt: context.now,
  by: null,
  late: context.now - at > context.policy.clocks.keptWithin,
});

/** Managers who get the card in person, because the tier cannot be spoken to in its channel (4.5). */
export const cardCopiesAt = (desk: Desk, tier: number): readonly string[] =>
  desk.tiers[tier - 1]?.trouble === null ? [] : desk.managers;
