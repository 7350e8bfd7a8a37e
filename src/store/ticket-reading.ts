import type { Model } from 'mongoose';
import type { TicketRecord } from '../flows/ports.ts';
import { foundBy } from './found-by.ts';
import { guardOf, recordOf, type TicketDocument } from './ticket-document.ts';

/**
 * A ticket as it is read for a write. One whose guard is not that of what it holds, as after a change by hand, would refuse
 * every write for good, and one without names is not found: it is given the right ones first, in a round trip of its own.
 */
export const readingOf =
  (tickets: Model<TicketDocument>) =>
  async (document: TicketDocument): Promise<TicketRecord> => {
    const record = recordOf(document);
    const guard = guardOf(record);
    if (document.guard !== guard || document.foundBy === undefined) {
      const { _id, version } = document;
      await tickets.updateOne(
        { _id, version, guard: document.guard ?? null },
        { $set: { guard, foundBy: foundBy(record) } },
      );
    }
    return record;
  };
