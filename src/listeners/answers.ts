import type { Refusal } from '../domain/decision.ts';
import type { TicketEvent } from '../domain/event.ts';
import { mayManage } from '../domain/permissions.ts';
import { isStaff, type Person } from '../domain/person.ts';
import { ticketName } from '../domain/ticket.ts';
import { eventsOf } from '../domain/timeline.ts';
import type { Outcome } from '../flows/handle-command.ts';
import type { Ports, TicketRecord } from '../flows/ports.ts';
import { customerHappening } from '../views/customer-happening.ts';
import { nextLine } from '../views/deadlines.ts';
import { happeningOf } from '../views/happening.ts';
import { customerStatusText, nameOf, statusText } from '../views/labels.ts';
import { bold, type Line, type Piece } from '../views/line.ts';
import { type Message, saying } from '../views/message.ts';
import { inUtc } from '../views/moment.ts';
import { refusalLine } from '../views/refusal-message.ts';
import type { Subject } from '../views/subject.ts';

type Desks = Pick<Ports, 'desks'>;

/** As whom a person reads: admins see what staff see (11). */
export const readerOf = ({ desks }: Desks, person: Person): 'staff' | 'customer' =>
  isStaff(person, desks.desk()) || mayManage(person, desks.desk()) ? 'staff' : 'customer';

/** What views are made from, as stored and as the desk is now. */
export const subjectOf = ({ desks }: Desks, { ticket, entries, words }: TicketRecord): Subject => ({
  ticket,
  events: eventsOf(entries, words),
  desk: desks.desk(),
  policy: desks.policy(ticket.policyVersion),
});

/** What came of a command, in one short sentence for who gave it. */
export const outcomeMessage = (ports: Desks, outcome: Outcome, by: Person): Message =>
  saying(outcomeLine(ports, outcome, by));

export const outcomeLine = (ports: Desks, outcome: Outcome, by: Person): Line => {
  switch (outcome.kind) {
    case 'done':
      return doneLine(ports, outcome.record, outcome.events, by);
    case 'unchanged':
      return stateLine(ports, outcome.record, by);
    case 'refused':
      return refusedLine(ports, outcome.refusal, outcome.record, by);
  }
};

/** What is out of date is answered with the present state (4.4); any other refusal speaks for itself. */
const refusedLine = (ports: Desks, refusal: Refusal, record: TicketRecord | null, by: Person): Line => {
  const asker = { isStaff: readerOf(ports, by) === 'staff' };
  const line = refusalLine(refusal, asker);
  return refusal.code === 'out-of-date' && record !== null ? [...line, ' ', ...stateLine(ports, record, by)] : line;
};

const doneLine = (ports: Desks, record: TicketRecord, events: readonly TicketEvent[], by: Person): Line => {
  const subject = subjectOf(ports, record);
  const own = events.filter((event) => event.by?.userId === by.userId).at(-1);
  const told = own === undefined ? null : toldTo(readerOf(ports, by), subject, own);
  if (told === null) return stateLine(ports, record, by);
  return [bold(ticketName(record.ticket)), ': ', ...told, '.'];
};

const toldTo = (reader: 'staff' | 'customer', subject: Subject, event: TicketEvent): Line | null =>
  reader === 'staff' ? happeningOf(subject, event).line : (customerHappening(subject, event)?.line ?? null);

/** How a ticket stands, in one line. */
const stateLine = (ports: Desks, record: TicketRecord, by: Person): Line => {
  const { ticket } = record;
  const name = bold(ticketName(ticket));
  if (readerOf(ports, by) === 'customer') return [name, ` is ${customerStatusText(ticket)}.`];
  const owner = ticket.owner === null ? '' : `, ${nameOf(ticket.owner)} has it`;
  return [name, `: ${statusText(ticket)}${owner}. `, ...nextLine(subjectOf(ports, record)), '.'];
};

/** A line where Slack takes only plain text: under a field of a form. */
export const plainLine = (line: Line): string => line.map(plainPiece).join('');

const plainPiece = (piece: Piece): string => {
  if (typeof piece === 'string') return piece;
  if ('bold' in piece) return piece.bold;
  if ('at' in piece) return inUtc(piece.at);
  return 'label' in piece ? piece.label : '';
};
