import { clocksOf } from './clocks.ts';
import type { Instant } from './instant.ts';
import type { Policy } from './policy.ts';
import type { Ticket } from './ticket.ts';
import { ownerOrTier, thenForStaff, type Wording } from './why.ts';

/** The next thing that a ticket's clocks do, in a sentence for staff (5.7); `null` when no clock runs. */
export const nextOf = (
  ticket: Ticket,
  policy: Policy,
  wording: Wording,
): { readonly at: Instant; readonly sentence: string } | null => {
  const marks = clocksOf(ticket, policy).flatMap((clock) => clock.marks.map((mark) => ({ clock, mark })));
  const [first, ...rest] = marks;
  if (first === undefined) return null;
  const { clock, mark } = rest.reduce((next, each) => (each.mark.at < next.mark.at ? each : next), first);
  if (mark.does.startsWith('warn')) {
    const who = mark.nth === 2 ? wording.tier(ticket.tier) : ownerOrTier(ticket, wording);
    return { at: mark.at, sentence: `${who} is reminded.` };
  }
  const isNextLast = ticket.tier + 1 === policy.clocks.tiers.length;
  const then = thenForStaff(mark.does, clock, ticket, isNextLast, wording) ?? '';
  return { at: mark.at, sentence: capital(then.replace(/^Then /, '')) };
};

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
