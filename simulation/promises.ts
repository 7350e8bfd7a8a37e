import { businessBetween } from '../src/domain/calendar.ts';
import type { TicketEvent } from '../src/domain/event.ts';
import type { Duration, Instant } from '../src/domain/instant.ts';
import { type Policy, type Target, targetFor } from '../src/domain/policy.ts';
import type { Ticket } from '../src/domain/ticket.ts';

/**
 * Whether a step by the clock happened when the policy says, worked out backwards: from when it happened, how long had
 * its clock run? (5, 5.2, 5.4). Steps after a change of priority are left to the clocks' own model (3.3).
 *
 * @returns what is wrong, or `null`
 */
export const brokenPromise = (before: Ticket, event: TicketEvent, policy: Policy): string | null => {
  const { clocks } = policy;
  const tier = clocks.tiers[before.tier - 1];
  if (tier === undefined) return `there is no tier ${before.tier}`;
  const isRetimed = before.retimedAt !== null && before.retimedAt >= before.arrivedAt;
  switch (event.type) {
    case 'response-missed':
      return isRetimed
        ? null
        : ranFor(before, before.arrivedAt, event.at, targetFor(tier.respond, before.priority), policy);
    case 'escalated':
      if (tier.handOver === null || before.engagedAt === null) return 'no hand-over clock ran';
      return isRetimed
        ? null
        : ranFor(before, before.engagedAt, event.at, targetFor(tier.handOver, before.priority), policy);
    case 'holding-update-sent':
      return exactly(event.at, before.toldAt + clocks.update.every - clocks.update.actBefore);
    case 'wait-reminded':
      return exactly(event.at, (before.waitingSince ?? 0) + clocks.wait.every * event.count);
    case 'confirmation-asked':
      return exactly(event.at, (before.askedAt ?? 0) + (clocks.confirm.after[event.count - 1] ?? 0));
    case 'closed':
      return exactly(event.at, (before.askedAt ?? 0) + clocks.close.after);
    default:
      return null;
  }
};

const exactly = (at: Instant, due: Instant): string | null =>
  at === due ? null : `${at - due} ms after its due instant`;

const ranFor = (
  { pauses }: Ticket,
  from: Instant,
  to: Instant,
  { within, time }: Target,
  { calendar }: Policy,
): string | null => {
  const length = (start: Instant, end: Instant): Duration => {
    if (end <= start) return 0;
    return time === 'business' ? businessBetween(calendar, start, end) : end - start;
  };
  if (pauses.some((pause) => pause.to === null)) return 'its clock was stopped';
  const paused = pauses.reduce(
    (sum, pause) => sum + length(Math.max(pause.from, from), Math.min(pause.to ?? to, to)),
    0,
  );
  const ran = length(from, to) - paused;
  // A pause that ends past the due instant pushes the due instant to its end.
  const endsPause = pauses.some((pause) => pause.to === to);
  return ran === within || (endsPause && ran > within) ? null : `after ${ran} ms of ${within}`;
};
