import { isOpen, ticketName } from '../domain/ticket.ts';
import { knownParts, openedFact, type Shares, severityText } from './background-message.ts';
import { cardButtons } from './card-buttons.ts';
import { cardFacts } from './card-facts.ts';
import { receiptButtons, reopenButton, solvedButtons } from './customer-buttons.ts';
import { customerHappening } from './customer-happening.ts';
import { cut, cutLine } from './cut.ts';
import { nextLine } from './deadlines.ts';
import { customerStatusText, nameOf, priorityNames, shortTitle, sortingText, tierInWords } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { actions, bullets, type Message, message, paragraph, quote, rich, withBlocks } from './message.ts';
import { carried, type Subject } from './subject.ts';

// Smaller than under a card, for the card's facts come on top.
const shares: Shares = { description: 1_500, handOver: 600, note: 150, notes: 3, message: 120, messages: 10 };

/** `/ticket show` for staff: the card, and what is known (11). */
export const ticketDetails = (subject: Subject): Message => {
  const { ticket } = subject;
  const head: Line = [bold(`${ticketName(ticket)} · ${priorityNames[ticket.priority]} · ${shortTitle(ticket)}`)];
  const next = nextLine(subject);
  // Who the customer is and what it is about stands among the card's facts.
  const facts = [openedFact(ticket), [severityText(ticket)]];
  return message(`${lineText(head)}. ${lineText(next)}.`, [
    rich(
      paragraph(head),
      paragraph(['→ ', ...next]),
      bullets(cardFacts(subject)),
      ...knownParts(ticket, shares, facts),
    ),
    cardButtons(subject),
  ]);
};

const lastShown = 10;

/** `/ticket show` for its customer: how it stands, and only what was said to them (11). */
export const customerTicketDetails = (subject: Subject): Message => {
  const { ticket } = subject;
  const head: Line = [bold(ticketName(ticket)), ` · ${shortTitle(ticket)}`];
  const standing: Line = [
    `It is ${customerStatusText(ticket)}${isOpen(ticket) ? `, at ${tierInWords(subject.desk, ticket.tier)}` : ''}.`,
  ];
  const said = message(`${lineText(head)}. ${lineText(standing)}`, [
    rich(
      paragraph(head),
      paragraph(standing),
      ...(ticket.description.trim() === '' ? [] : [quote(cut(ticket.description, 1_500))]),
      bullets([...customerFacts(subject), ...lastSaid(subject)]),
    ),
  ]);
  switch (ticket.status) {
    case 'open':
    case 'waiting':
      return withBlocks(said, receiptButtons(carried(subject)));
    case 'resolved':
      return withBlocks(said, solvedButtons(carried(subject)));
    case 'closed':
      return withBlocks(said, actions([reopenButton(carried(subject))]));
  }
};

const customerFacts = ({ ticket, policy }: Subject): readonly Line[] => [
  ['Opened ', at(ticket.openedAt)],
  ...(isOpen(ticket) && ticket.owner !== null ? [[`${nameOf(ticket.owner)} is on it`]] : []),
  [`About: ${sortingText(ticket)}`],
  ...(isOpen(ticket) ? [nextWord(ticket.expectedAt, ticket.toldAt + policy.clocks.update.every)] : []),
];

const nextWord = (expectedAt: number | null, nextWordAt: number): Line =>
  expectedAt === null
    ? ['We aim to write again by ', at(nextWordAt)]
    : ['We expect it to be solved by ', at(expectedAt)];

const lastSaid = (subject: Subject): readonly Line[] =>
  subject.events
    .slice(1)
    .flatMap((event): readonly Line[] => {
      const told = customerHappening(subject, event);
      const words = told?.quotes.map(({ text }) => `: ${cutLine(text, 300)}`) ?? [];
      return told === null ? [] : [[at(event.at), ' · ', ...told.line, ...words]];
    })
    .slice(-lastShown);
