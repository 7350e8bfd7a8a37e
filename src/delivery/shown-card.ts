import { z } from 'zod';
import { eventsOf } from '../domain/timeline.ts';
import type { ShowsTicket } from '../flows/audit-ports.ts';
import type { DeskSource } from '../flows/ports.ts';
import { showsSame } from '../views/shown-words.ts';
import { ticketCard } from '../views/ticket-card.ts';

const posted = z.object({ blocks: z.array(z.unknown()).default([]) });

/** Compares a posted card with the one its ticket would get now. */
export const cardShows =
  (desks: Pick<DeskSource, 'policy'>): ShowsTicket =>
  (raw, { ticket, entries, words }, anchor, desk) => {
    const posting = Number(anchor.split(':')[1]);
    const subject = { ticket, events: eventsOf(entries, words), desk, policy: desks.policy(ticket.policyVersion) };
    return showsSame(posted.parse(raw).blocks, ticketCard(subject, posting));
  };
