import type { TicketEvent } from '../domain/event.ts';
import type { Notice } from '../domain/notice.ts';
import { isOpen, isReachable, type Ticket, ticketName } from '../domain/ticket.ts';
import { actButton } from './card-buttons.ts';
import type { Act } from './ids.ts';
import { owedNames, shortTitle, tierInWords } from './labels.ts';
import { at, bold, type Line, lineText, type Piece } from './line.ts';
import { actions, type Message, message, saying, section, withBlocks } from './message.ts';
import { carried, eventAt, type Subject } from './subject.ts';

/** A reminder to the owner, or to the tier where there is none; `null` when its reason is gone (5.5, 14.3). */
export const remindMessage = (notice: Notice, subject: Subject): Message | null => {
  const event = eventAt(subject, notice.seq);
  const reminder = reminderOf(notice, subject, event);
  if (reminder === null) return null;
  const { ticket } = subject;
  const head: Line = [...mentions(notice, subject, event), bold(ticketName(ticket)), ': ', ...reminder.line];
  const buttons = reminder.offers.map((act) => actButton(act, carried(subject)));
  // The title is the customer's and stays out of mrkdwn, where the mention has to be.
  const said = message(`${lineText(head)} (${lineText([shortTitle(ticket)])})`, [section(head)]);
  return buttons.length === 0 ? said : withBlocks(said, actions(buttons));
};

interface Reminder {
  readonly line: Line;
  readonly offers: readonly Act[];
}

/** The owner, or the tier's group; in a direct message nobody needs to be mentioned. Slack rings no @here in threads. */
const mentions = ({ to }: Notice, { ticket: { owner, tier }, desk }: Subject, event: TicketEvent): readonly Piece[] => {
  if (to.kind === 'person') return [];
  const group = desk.tiers[tier - 1]?.group ?? null;
  // The last word before an update is due is for the whole tier (5).
  const isForTier = owner === null || (event.type === 'warned' && event.nth === 2);
  if (isForTier && group !== null) return [{ call: 'group', group }, ' '];
  return owner === null ? [] : [{ user: owner.userId }, ' '];
};

const reminderOf = (notice: Notice, subject: Subject, event: TicketEvent): Reminder | null => {
  const { ticket } = subject;
  switch (event.type) {
    case 'warned':
      return ticket.tier === notice.tier ? warning(subject, event) : null;
    case 'wait-reminded':
      return waitReminder(ticket);
    case 'confirmation-asked':
      return ticket.status !== 'resolved' || isReachable(ticket)
        ? null
        : {
            line: ['please ask the customer again whether it is solved, then press Told them.'],
            offers: ['told', 'confirm-for-customer'],
          };
    case 'escalated':
      return ticket.noteMissing && ticket.tier === event.to
        ? {
            line: [
              `time ran out and it went to ${tierInWords(subject.desk, event.to)}. You know it best: please write what was `,
              'tried and what is needed.',
            ],
            offers: ['hand-over-note'],
          }
        : null;
    case 'message-removed':
      return { line: ['the customer removed the first message. The ticket stays open.'], offers: [] };
    default:
      return owedReminder(ticket);
  }
};

const warning = ({ ticket, desk }: Subject, event: Extract<TicketEvent, { type: 'warned' }>): Reminder | null => {
  switch (event.clock) {
    case 'respond':
      return ticket.engagedAt === null && isOpen(ticket)
        ? { line: ['an answer is due ', at(event.dueAt), '.'], offers: ['claim'] }
        : null;
    case 'hand-over':
      return ticket.status === 'open'
        ? {
            line: ['solve it, or it goes to ', `${tierInWords(desk, ticket.tier + 1)} `, at(event.dueAt), '.'],
            offers: ['resolve', 'escalate'],
          }
        : null;
    case 'update':
      return updateWarning(ticket, event);
  }
};

const updateWarning = (ticket: Ticket, event: Extract<TicketEvent, { type: 'warned' }>): Reminder | null => {
  const heardSince = ticket.toldAt >= event.at && ticket.owed.length === 0;
  if (heardSince || ticket.status === 'closed' || (ticket.status === 'resolved' && ticket.askedAt !== null))
    return null;
  return isReachable(ticket)
    ? { line: ['a word to the customer is due ', at(event.dueAt), '.'], offers: ['update'] }
    : {
        line: ['please tell the customer by ', at(event.dueAt), `: ${owedText(ticket)}. Then press Told them.`],
        offers: ['told'],
      };
};

const waitReminder = (ticket: Ticket): Reminder | null =>
  ticket.status !== 'waiting'
    ? null
    : {
        line: [
          'the customer has not answered',
          ...(ticket.waitingSince === null ? [] : [' since ', at(ticket.waitingSince)]),
          '. Resume it, or resolve it for want of an answer?',
        ],
        offers: ['resume', 'resolve'],
      };

const owedReminder = (ticket: Ticket): Reminder | null =>
  isReachable(ticket) || ticket.owed.length === 0
    ? null
    : { line: [`please tell the customer: ${owedText(ticket)}. Then press Told them.`], offers: ['told'] };

const owedText = ({ owed }: Ticket): string =>
  owed.length === 0 ? owedNames.update : owed.map((each) => owedNames[each]).join('; ');

/** Whispered to somebody who answered the customer on a ticket that nobody has (4.3). */
export const claimOfferMessage = (subject: Subject): Message | null => {
  const { ticket } = subject;
  if (ticket.owner !== null || !isOpen(ticket)) return null;
  const said = saying([`Thank you for answering. Nobody has `, bold(ticketName(ticket)), ' yet: is it yours?']);
  return withBlocks(said, actions([actButton('claim', carried(subject), 'primary')]));
};
