import { receiptAnchor } from '../domain/notice.ts';
import type { TicketRecord } from './ports.ts';

type Posted = Pick<TicketRecord, 'ticket' | 'anchors'>;

/** In a direct message the thread that the ticket's receipt began (2.9), as `channel:ts`. */
export const begunThreads = ({ ticket, anchors }: Posted): readonly string[] => {
  const receipt = ticket.place.kind === 'dm' ? anchors[receiptAnchor] : undefined;
  return receipt === undefined ? [] : [`${receipt.channel}:${receipt.ts}`];
};

/** All threads that belong to a ticket, as `channel:ts`. */
export const threadsOf = (record: Posted): readonly string[] => [...record.ticket.threads, ...begunThreads(record)];
