import type { TicketEvent } from '../domain/event.ts';
import type { Told } from './happening.ts';
import { nameOf, tierInWords } from './labels.ts';
import { at, type Line } from './line.ts';
import type { Subject } from './subject.ts';

/**
 * An event as the ticket's customer may read it: only what they said and what was said to them (11, 7.1). `null` for
 * everything else: reasons, notes, causes and clocks stay inside.
 */
export const customerHappening = (subject: Subject, event: TicketEvent): Told | null => {
  const who = nameOf(event.by);
  const { ticket, desk } = subject;
  switch (event.type) {
    case 'opened':
      return told(ticket.description, 'The ticket was opened');
    case 'customer-said':
    case 'staff-said': {
      const said = ticket.messages.find(({ key }) => key === event.messageKey);
      if (said === undefined) return null;
      return said.removedAt === null
        ? told(said.text, `${who} wrote`)
        : told(null, `${who} wrote: removed, `, at(said.removedAt));
    }
    case 'claimed':
      return told(null, `${nameOf(event.owner)} took it on`);
    case 'assigned':
      return event.from === null ? told(null, `${nameOf(event.to)} took it on`) : null;
    case 'escalated':
      return told(null, `Escalated to ${tierInWords(desk, event.to)}`);
    case 'updated':
      return told(event.words.text, `${who} wrote`);
    case 'holding-update-sent':
      return told(null, 'We wrote how it stands');
    case 'told':
      return told(null, `${who} told you `, at(event.toldAt));
    case 'wait-started':
      return told(event.words.need, `${who} asked you`);
    case 'resolved':
      return told(event.words.message, `${who} thinks it is solved`);
    case 'confirmation-asked':
      return told(null, 'We asked whether it is solved');
    case 'closed':
      return told(null, event.outcome === 'confirmed' ? 'Closed as solved' : 'Closed');
    case 'reopened':
      return told(null, 'Opened again');
    default:
      return null;
  }
};

const told = (text: string | null, ...line: Line): Told => ({
  line,
  quotes: text === null || text.trim() === '' ? [] : [{ label: null, text }],
});
