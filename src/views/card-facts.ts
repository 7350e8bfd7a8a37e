import type { EventType } from '../domain/event.ts';
import { isOpen, isReachable, type Owed, type Ticket } from '../domain/ticket.ts';
import { cut, cutLine } from './cut.ts';
import { deadlineLine, deadlinesOf } from './deadlines.ts';
import { customerName, nameOf, owedNames, reachNames, sortingText, statusText, tierName } from './labels.ts';
import { at, type Line } from './line.ts';
import type { Subject } from './subject.ts';

/** What a card says below its first line: each fact its own line, missing ones left out. */
export const cardFacts = (subject: Subject): readonly Line[] => {
  const { ticket, desk } = subject;
  const facts: readonly (Line | null)[] = [
    [`${statusText(ticket)} · ${tierName(desk, ticket.tier)} since `, at(ticket.arrivedAt)],
    overdueLine(subject),
    ownerLine(ticket),
    waitingLine(ticket),
    owedLine(subject),
    ticket.noteMissing ? ['The hand-over note is missing: please add what was tried and what is needed'] : null,
    acknowledgedLine(ticket),
    ...laterDeadlines(subject),
    [`Customer: ${customerName(ticket)}${reachText(ticket)}`],
    [`About: ${sortingText(ticket)}`],
    [isReachable(ticket) ? 'Customer last told ' : 'Customer last heard something ', at(ticket.toldAt)],
    ticket.expectedAt === null || !isOpen(ticket) ? null : ['Expected solved by ', at(ticket.expectedAt)],
  ];
  return facts.filter((fact) => fact !== null);
};

/** That nobody answered comes before all that is still to come. */
const overdueLine = ({ ticket, events }: Subject): Line | null => {
  if (ticket.owner !== null || !isOpen(ticket)) return null;
  const index = events.findLastIndex(({ type }) => type === 'response-missed');
  const missed = events[index];
  if (missed === undefined || missed.at < ticket.arrivedAt) return null;
  const isAnswered = events.slice(index + 1).some(({ type }) => answers.has(type));
  return isAnswered ? null : ['No answer yet: it was due ', at(missed.at)];
};

const answers: ReadonlySet<EventType> = new Set(['staff-said', 'updated', 'told', 'wait-started']);

const ownerLine = ({ owner, formerOwner, status }: Ticket): Line | null => {
  const isOver = status === 'resolved' || status === 'closed';
  if (owner !== null) return isOver ? [`${nameOf(owner)} had it`] : [`${nameOf(owner)} has it since `, at(owner.since)];
  return status === 'closed' || formerOwner === null ? null : [`${nameOf(formerOwner)} had it before`];
};

const waitingLine = ({ waitingSince, waitingFor }: Ticket): Line | null =>
  waitingSince === null ? null : ['Waiting since ', at(waitingSince), ` for: ${cut(waitingFor ?? '', 500)}`];

/** What a person has to tell the customer, because Tierline cannot, and by when (7.5). */
const owedLine = (subject: Subject): Line | null => {
  const { owed, updateOwedAt, placeLost } = subject.ticket;
  if (isReachable(subject.ticket)) return null;
  const lost = placeLost === null ? '' : ` (${cutLine(placeLost, 100)})`;
  if (owed.length === 0) return [`Tierline cannot reach the customer${lost}: tell them yourself, then press Told them`];
  const due = deadlinesOf(subject).find(({ clock }) => clock === 'update');
  const by: Line = updateOwedAt !== null || due === undefined ? [' now'] : [' by ', at(due.at)];
  return [`Tell the customer${lost}`, ...by, `: ${listed(owed)}. Then press Told them`];
};

const listed = (owed: readonly Owed[]): string => owed.map((each) => owedNames[each]).join('; ');

const acknowledgedLine = ({ acknowledged }: Ticket): Line | null =>
  acknowledged === null ? null : [`${nameOf(acknowledged.by)} acknowledged it `, at(acknowledged.at)];

const laterDeadlines = (subject: Subject): readonly Line[] =>
  deadlinesOf(subject)
    .slice(1, 4)
    // What is owed has a line of its own, with its instant.
    .filter(({ clock }) => clock !== 'update' || isReachable(subject.ticket))
    .map((deadline) => ['Then: ', ...deadlineLine(deadline)]);

const reachText = ({ customer }: Ticket): string =>
  customer.contact === null
    ? `, by ${reachNames[customer.reach].toLowerCase()}`
    : `, by ${reachNames[customer.reach].toLowerCase()}: ${cutLine(customer.contact, 100)}`;
