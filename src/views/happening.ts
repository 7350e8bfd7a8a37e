import type { EventOf, Sorting, TicketEvent } from '../domain/event.ts';
import { cutLine } from './cut.ts';
import {
  impactNames,
  kindNames,
  nameOf,
  owedNames,
  priorityNames,
  serviceNames,
  tierInWords,
  urgencyNames,
} from './labels.ts';
import { at, type Line } from './line.ts';
import type { Subject } from './subject.ts';

/** What happened, in one line for staff, and somebody's words that belong to it. */
export interface Told {
  readonly line: Line;
  readonly quotes: readonly { readonly label: string | null; readonly text: string }[];
}

/** An event as staff read it: in the tier's thread and in `/ticket history`. */
export const happeningOf = (subject: Subject, event: TicketEvent): Told => {
  const { line, quotes } = bare(subject, event);
  return { line: [...line, ...lateness(event)], quotes };
};

/** "– due 14:00, done 14:07: the desk was down" (5.8). */
export const lateness = (event: TicketEvent): Line =>
  event.late ? [' – due ', at(event.at), ', done ', at(event.doneAt), ': the desk was down'] : [];

const only = (...line: Line): Told => ({ line, quotes: [] });
const saying = (text: string | undefined, ...line: Line): Told => ({
  line,
  quotes: text === undefined || text.trim() === '' ? [] : [{ label: null, text }],
});

const bare = (subject: Subject, event: TicketEvent): Told => {
  const who = nameOf(event.by);
  const { desk } = subject;
  switch (event.type) {
    case 'opened':
      return saying(event.words.description, `${who} opened the ticket`);
    case 'customer-said':
      return saying(event.words.text, `${who} wrote`, event.joined ? ' (a message of its own, soon after)' : '');
    case 'staff-said':
      return saying(event.words.text, `${who} answered the customer`);
    case 'message-edited':
      return only(`${who} edited a message`);
    case 'message-removed':
      return only(
        event.by === null ? 'A message was removed' : `${who} removed a message`,
        event.first ? ': the first one. The ticket stays open' : '',
      );
    case 'message-separated':
      return only(`${who} took a message out: it is an issue of its own`);
    case 'noted':
      return saying(event.words.text, `${who} left a note`);
    case 'triaged':
      return saying(event.words.reason, `${who} sorted it: ${changes(event)}`);
    case 'claimed':
      return only(`${nameOf(event.owner)} claimed it`);
    case 'taken-over':
      return only(`${nameOf(event.to)} took it over from ${nameOf(event.from)}`);
    case 'assigned':
      return saying(
        event.words.note,
        `${who} assigned it to ${nameOf(event.to)}`,
        event.from === null ? '' : `, from ${nameOf(event.from)}`,
      );
    case 'released':
      return only(releasedText(event, who));
    case 'warned':
      return only(warnedText(event), at(event.dueAt));
    case 'response-missed':
      return only(
        event.nobodysBreach
          ? `No answer by the time that became due with the new priority: nobody's breach, ${tierInWords(desk, event.tier)} has it from here on`
          : `No answer from ${tierInWords(desk, event.tier)} in time; it is theirs from here on`,
      );
    case 'take-up-missed':
      return only(
        event.count > 1
          ? `Still nobody of ${tierInWords(desk, event.tier)} has taken it`
          : `Nobody of ${tierInWords(desk, event.tier)} has taken it in time`,
      );
    case 'escalated':
      return escalatedTold(subject, event, who);
    case 'managers-called':
      return saying(event.words.reason, `${who} called the managers`);
    case 'handed-back':
      return saying(event.words.reason, `${who} handed it back to ${tierInWords(desk, event.to)}`);
    case 'hand-over-noted':
      return saying(event.words.note, `${who} added the hand-over note`);
    case 'card-reposted':
      return only('The card was posted anew');
    case 'updated':
      return saying(
        event.words.text,
        `${who} updated the customer; expected solved: `,
        event.expectedAt === null ? 'not known yet' : at(event.expectedAt),
      );
    case 'holding-update-sent':
      return only('Tierline told the customer how it stands');
    case 'update-missed':
      return only('The customer was not told in time');
    case 'told':
      return only(
        `${who} told the customer (${cutLine(event.words.who, 200)}, ${cutLine(event.words.how, 200)}) `,
        at(event.toldAt),
      );
    case 'wait-started':
      return saying(event.words.need, `${who} waits for the customer; hand-over clocks stand still`);
    case 'resumed':
      return only(resumedText(event, who));
    case 'wait-reminded':
      return only('The customer has not answered yet');
    case 'resolved':
      return {
        line: [`${who} resolved it`],
        quotes: [
          { label: 'Cause', text: event.words.cause },
          { label: 'Fix', text: event.words.fix },
          { label: 'To the customer', text: event.words.message },
        ],
      };
    case 'confirmation-asked':
      return only(
        event.again === 'reminder'
          ? 'The customer is asked again whether it is solved'
          : 'The customer replied; asked whether it is solved',
      );
    case 'closed':
      return closedTold(event, who);
    case 'reopened':
      return reopenedTold(subject, event, who);
    case 'acknowledged':
      return only(`${who} acknowledged it`);
    case 'notice-undeliverable':
      return only(
        event.toCustomer
          ? `Tierline could not reach the customer: ${cutLine(event.reason, 200)}. Please tell them yourself: ${owedNames.update}`
          : `Tierline could not say something (${cutLine(event.about, 60)}): ${cutLine(event.reason, 200)}`,
      );
  }
};

const releasedText = ({ from, why }: EventOf<'released'>, who: string): string => {
  switch (why) {
    case 'by-hand':
      return who === nameOf(from)
        ? `${who} released it; nobody has it`
        : `${who} released it from ${nameOf(from)}; nobody has it`;
    case 'deactivated':
      return `Released from ${nameOf(from)}, whose account was deactivated; nobody has it`;
    case 'left-tiers':
      return `Released from ${nameOf(from)}, who left the tiers; nobody has it`;
  }
};

const warnedText = ({ clock }: EventOf<'warned'>): string => {
  switch (clock) {
    case 'respond':
      return 'Reminder: an answer is due ';
    case 'hand-over':
      return 'Reminder: it goes to the next tier ';
    case 'update':
      return 'Reminder: a word to the customer is due ';
  }
};

const escalatedTold = ({ desk }: Subject, event: EventOf<'escalated'>, who: string): Told => {
  const to = tierInWords(desk, event.to);
  const line: Line = event.why === 'deadline' ? [`Time ran out: escalated to ${to}`] : [`${who} escalated it to ${to}`];
  const { reason, note } = event.words;
  return { line, quotes: [...labelled('Reason', reason), ...labelled('Hand-over note', note)] };
};

const labelled = (label: string, text: string | undefined): Told['quotes'] =>
  text === undefined || text.trim() === '' ? [] : [{ label, text }];

const resumedText = ({ why }: EventOf<'resumed'>, who: string): string => {
  switch (why) {
    case 'customer':
      return 'The customer answered: clocks run again';
    case 'by-hand':
      return `${who} resumed it: clocks run again`;
    case 'escalated':
      return `${who} ended the wait by escalating`;
  }
};

const closedTold = (event: EventOf<'closed'>, who: string): Told => {
  switch (event.outcome) {
    case 'confirmed':
      return only(
        event.forCustomer ? `${who} closed it, confirmed for the customer` : `${who} confirmed the fix: closed`,
      );
    case 'unconfirmed':
      return only('No answer from the customer: closed, unconfirmed');
    case 'dismissed':
      return saying(event.words.reason, `${who} dismissed it: no issue`);
  }
};

const reopenedTold = ({ ticket }: Subject, event: EventOf<'reopened'>, who: string): Told => {
  const former = ticket.formerOwner === null ? '' : `; ${nameOf(ticket.formerOwner)} had it before`;
  const why: Readonly<Record<EventOf<'reopened'>['why'], string>> = {
    'still-broken': `${who} says it is still broken: open again`,
    reply: `${who} replied that it is not solved: open again`,
    'is-an-issue': `${who} says it is an issue after all: open again`,
    'by-hand': `${who} reopened it`,
    escalated: `${who} reopened it to escalate it`,
  };
  return saying(event.words.reason, `${why[event.why]}${former}`);
};

const changes = ({ before, after }: EventOf<'triaged'>): string => {
  const changed = sortingNames(after).filter((name, index) => name !== sortingNames(before)[index]);
  return changed.length === 0 ? 'confirmed as it was' : changed.join(', ');
};

const sortingNames = ({ kind, service, impact, urgency, priority }: Sorting): readonly string[] => [
  kind === null ? 'kind not sorted' : kindNames[kind],
  service === null ? 'service not sorted' : serviceNames[service],
  impactNames[impact].toLowerCase(),
  urgencyNames[urgency].toLowerCase(),
  `priority ${priorityNames[priority].toLowerCase()}`,
];
