import { clocksOf } from '../domain/clocks.ts';
import type { EventOf, TicketEvent } from '../domain/event.ts';
import type { FileReference } from '../domain/ticket.ts';
import { ticketName } from '../domain/ticket.ts';
import { buttonValue } from './button-value.ts';
import { cut, cutLine } from './cut.ts';
import { actionIds, messageBlockId } from './ids.ts';
import { nameOf, tierInWords } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import {
  actions,
  button,
  type Message,
  message,
  paragraph,
  quote,
  rich,
  saying,
  spoken,
  withBlocks,
} from './message.ts';
import { carried, type Subject } from './subject.ts';

/** "Added to ESC-12", with the way out (2.4). */
export const joinedMessage = (subject: Subject, event: EventOf<'customer-said'>): Message => {
  const said = saying(['Added to ', bold(ticketName(subject.ticket)), '. Is it something else?']);
  const separate = button('Separate issue', actionIds.separate, buttonValue(carried(subject)));
  return withBlocks(said, actions([separate], messageBlockId(event.messageKey)));
};

/** Taken on (7.4). */
export const takenOnMessage = ({ ticket }: Subject, event: TicketEvent): Message => {
  const owner = event.type === 'claimed' ? event.owner : event.type === 'assigned' ? event.to : ticket.owner;
  return saying([`${nameOf(owner)} is on it: `, bold(ticketName(ticket)), '.']);
};

/** Escalated, and what to expect (6.2, 7.4). The reason stays inside (7.1). */
export const escalatedMessage = (subject: Subject, event: EventOf<'escalated'>): Message => {
  const { ticket, desk } = subject;
  const to = tierInWords(desk, event.to);
  const opening: Line = [
    bold(ticketName(ticket)),
    ` was escalated: it is now with ${to}, which has more means to solve it.`,
  ];
  return saying(opening, expectation(subject, event));
};

const expectation = ({ ticket, policy }: Subject, event: EventOf<'escalated'>): Line => {
  if (ticket.tier !== event.to) return ['We keep you posted here.'];
  if (ticket.owner !== null) return [`${nameOf(ticket.owner)} stays on it.`];
  const respond = clocksOf(ticket, policy).find(({ name }) => name === 'respond');
  if (respond === undefined || respond.dueAt === null) return ['We keep you posted here.'];
  return ['We aim to have someone on it by ', at(respond.dueAt), '.'];
};

/** Waiting for the customer: what we need (5.4, 7.4). */
export const waitingMessage = ({ ticket }: Subject, event: EventOf<'wait-started'>): Message => {
  const opening: Line = [bold(ticketName(ticket)), ': to go on, we need something from you.'];
  const closing: Line = ['Please answer in this thread.'];
  return message(`${lineText(opening)} ${spoken(event.words.need)} ${lineText(closing)}`, [
    rich(paragraph(opening), quote(cut(event.words.need, 3_000)), paragraph(closing)),
  ]);
};

/** Files that could not be taken along are named, so that nobody counts on them (2.5). */
export const filesNotCarriedMessage = ({ ticket }: Subject, event: TicketEvent): Message => {
  const names = 'files' in event ? namesOf(event.files) : '';
  return saying([
    `We could not take along ${names === '' ? 'a file' : names} for `,
    bold(ticketName(ticket)),
    '. Please send it another way, or write down what it shows.',
  ]);
};

/** Where Slack does not show a file to us it shows no type either. */
const namesOf = (files: readonly FileReference[]): string => {
  const unseen = files.filter(({ type }) => type === null);
  const named = (unseen.length > 0 ? unseen : files).map(({ name }) => name.trim()).filter((name) => name !== '');
  return cutLine([...new Set(named)].join(', '), 500);
};
