import { z } from 'zod';
import { eventsOf } from '../domain/timeline.ts';
import type { ShowsTicket } from '../flows/audit-ports.ts';
import type { DeskSource } from '../flows/ports.ts';
import { showsSame } from '../views/shown-words.ts';
import { ticketCard } from '../views/ticket-card.ts';

const posted = z.object({ blocks: z.array(z.looseObject({ type: z.string() })).default([]) });

/**
 * Compares a posted card with the one its ticket would get now. A card of an earlier arrival says where the ticket went from
 * there, which need not be where it is now: of such a one only that it has no buttons left.
 */
export const cardShows =
  (desks: Pick<DeskSource, 'policy'>): ShowsTicket =>
  (raw, { ticket, entries, words }, anchor, desk) => {
    const posting = Number(anchor.split(':')[1]);
    const { blocks } = posted.parse(raw);
    if (posting < ticket.posting) return blocks.every(({ type }) => type !== 'actions');
    const subject = { ticket, events: eventsOf(entries, words), desk, policy: desks.policy(ticket.policyVersion) };
    return showsSame(blocks, ticketCard(subject, posting));
  };
