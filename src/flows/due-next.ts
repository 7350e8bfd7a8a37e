import type { Instant } from '../domain/instant.ts';
import { type Anchor, cardAnchor } from '../domain/notice.ts';
import { ticketName } from '../domain/ticket.ts';
import type { Wording } from '../domain/why.ts';
import { nextOf } from '../domain/why-next.ts';
import type { Ports } from './ports.ts';

export interface NextDue {
  readonly at: Instant;
  /** `ESC-3` */
  readonly ticket: string;
  readonly title: string;
  /** What the ticket's clocks do then, and to whom. */
  readonly sentence: string;
  readonly card: Anchor | null;
}

/** What is due next, earliest first, by each ticket's own policy (5.7). One read, by the index of what is due. */
export const dueNext = async (
  { tickets, desks }: Pick<Ports, 'tickets' | 'desks'>,
  limit: number,
  wording: Wording,
): Promise<readonly NextDue[]> => {
  const records = await tickets.due(Number.MAX_SAFE_INTEGER, limit);
  const next: NextDue[] = [];
  for (const { ticket, anchors } of records) {
    await desks.know(ticket.policyVersion);
    const mark = nextOf(ticket, desks.policy(ticket.policyVersion), wording);
    if (mark === null) continue;
    next.push({
      ...mark,
      ticket: ticketName(ticket),
      title: ticket.title,
      card: anchors[cardAnchor(ticket.posting, null)] ?? null,
    });
  }
  return next;
};
