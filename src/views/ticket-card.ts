import type { Notice } from '../domain/notice.ts';
import { ticketName } from '../domain/ticket.ts';
import { cardButtons } from './card-buttons.ts';
import { cardFacts } from './card-facts.ts';
import { nextLine } from './deadlines.ts';
import { priorityNames, shortTitle, tierName } from './labels.ts';
import { bold, type Line, lineText } from './line.ts';
import { bullets, type Message, message, paragraph, rich, saying } from './message.ts';
import type { Subject } from './subject.ts';

/**
 * The one living message of a ticket in its tier's channel (1). Read at night on a phone: what it is and what to do
 * by when stand first. A card of an earlier arrival only says where the ticket went (6.2).
 *
 * @param posting the how-many-eth card this is
 */
export const ticketCard = (subject: Subject, posting: number): Message =>
  posting < subject.ticket.posting ? movedCard(subject) : livingCard(subject);

/** Which card a notice posts or redraws: its anchor is `card:<posting>`, for a manager's copy with their id behind. */
export const postingOf = ({ anchor, redraws }: Notice): number | null => {
  const posting = /^card:(\d+)/.exec(redraws ?? anchor ?? '')?.[1];
  return posting === undefined ? null : Number(posting);
};

const livingCard = (subject: Subject): Message => {
  const { ticket } = subject;
  const headline: Line = [bold(`${ticketName(ticket)} · ${priorityNames[ticket.priority]} · ${shortTitle(ticket)}`)];
  const next = nextLine(subject);
  return message(`${lineText(headline)}. ${lineText(next)}. ${tierName(subject.desk, ticket.tier)}.`, [
    rich(paragraph(headline), paragraph(['→ ', ...next]), bullets(cardFacts(subject))),
    cardButtons(subject),
  ]);
};

const movedCard = ({ ticket, desk, events }: Subject): Message => {
  const wasReposted = events.findLast((event) => isArrival(event.type))?.type === 'card-reposted';
  const where = wasReposted
    ? `posted anew, at ${tierName(desk, ticket.tier)}`
    : `moved to ${tierName(desk, ticket.tier)}`;
  return saying([bold(ticketName(ticket)), ` · ${shortTitle(ticket)} · ${where}`]);
};

const isArrival = (type: string): boolean => type === 'escalated' || type === 'handed-back' || type === 'card-reposted';
