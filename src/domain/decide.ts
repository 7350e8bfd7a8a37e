import type { Command } from './command.ts';
import type { Context } from './context.ts';
import { decideEnding } from './decide-ending.ts';
import { decideMoving } from './decide-moving.ts';
import { decideOpening } from './decide-opening.ts';
import { decideOwning } from './decide-owning.ts';
import { decideTalking } from './decide-talking.ts';
import { type Decision, happened, nothingHappened, refused } from './decision.ts';
import { evolveAll } from './evolve.ts';
import { passTime } from './pass-time.ts';
import type { Ticket } from './ticket.ts';

/**
 * What follows from a command: events, nothing, or a refusal. Whatever the clocks owed before is done first, and
 * what the command itself made due is done after (3.3), so that everyone acts on the ticket as it really stands.
 *
 * @param ticket `null` for a ticket that is not there yet
 */
export const decide = (ticket: Ticket | null, command: Command, context: Context): Decision => {
  const overdue = ticket === null ? [] : passTime(ticket, context);
  const present = evolveAll(ticket, overdue);
  const decision = decideNow(present, command, context);
  if (!decision.ok) return decision;
  const after = evolveAll(present, decision.events);
  const madeDue = after === null || decision.events.length === 0 ? [] : passTime(after, context);
  return happened(...overdue, ...decision.events, ...madeDue);
};

const decideNow = (ticket: Ticket | null, command: Command, context: Context): Decision => {
  if (command.type === 'open') return ticket === null ? decideOpening(command, context) : nothingHappened;
  if (ticket === null) return refused({ code: 'not-found' });
  if ('seenStep' in command && isOutOfDate(ticket, command)) return refused({ code: 'out-of-date' });
  switch (command.type) {
    case 'pass-time':
      return nothingHappened;
    case 'claim':
    case 'take-over':
    case 'assign':
    case 'release':
    case 'owner-gone':
    case 'acknowledge':
      return decideOwning(ticket, command, context);
    case 'escalate':
    case 'hand-back':
    case 'add-hand-over-note':
    case 'repost-card':
    case 'triage':
      return decideMoving(ticket, command, context);
    case 'customer-say':
    case 'staff-say':
    case 'edit-message':
    case 'remove-message':
    case 'separate-message':
    case 'note':
    case 'update':
    case 'told':
    case 'undeliverable':
      return decideTalking(ticket, command, context);
    case 'wait':
    case 'resume':
    case 'resolve':
    case 'confirm':
    case 'still-broken':
    case 'dismiss':
    case 'reopen':
      return decideEnding(ticket, command, context);
  }
};

/** A press on something drawn before the ticket moved on (4.4). Whom a claim lost to is said better by the claim. */
const isOutOfDate = (ticket: Ticket, command: Extract<Command, { readonly seenStep: number | null }>): boolean =>
  command.seenStep !== null && command.seenStep !== ticket.step && !(command.type === 'claim' && ticket.owner !== null);
