import type { TicketEvent } from '../domain/event.ts';
import type { Notice } from '../domain/notice.ts';
import { isOpen, ticketName } from '../domain/ticket.ts';
import { actButton } from './card-buttons.ts';
import { cut } from './cut.ts';
import { nextLine } from './deadlines.ts';
import { happeningOf } from './happening.ts';
import { nameOf, priorityNames, shortTitle, sortingText, statusText, tierInWords } from './labels.ts';
import { bold, type Line, lineText } from './line.ts';
import { actions, bullets, type Message, message, paragraph, quote, rich } from './message.ts';
import { carried, eventAt, type Subject } from './subject.ts';

/**
 * What managers get in person (6.3): what happened, how it stands, and what they can do about it. `null` where a
 * manager has acknowledged this very step meanwhile and the news is a repeat.
 */
export const managerMessage = (notice: Notice, subject: Subject): Message | null => {
  const { ticket } = subject;
  const event = eventAt(subject, notice.seq);
  if (notice.redraws === null && event.type === 'take-up-missed' && ticket.acknowledged?.step === notice.step)
    return null;
  // A message that may stand for many tickets is not drawn again, and shows nothing that its author could take back.
  const about = notice.fold === null ? shortTitle(ticket) : sortingText(ticket);
  const head: Line = [bold(`${ticketName(ticket)} · ${priorityNames[ticket.priority]} · ${about}`)];
  const what = managerLine(subject, event);
  const { quotes } = happeningOf(subject, event);
  const stand: readonly Line[] = [
    [`${statusText(ticket)}, at ${tierInWords(subject.desk, ticket.tier)}`],
    ...(ticket.owner === null ? [] : [[`${nameOf(ticket.owner)} has it`]]),
    ['→ ', ...nextLine(subject)],
  ];
  const words = quotes.map(({ text }) => quote(cut(text, 1_000)));
  return message(`${lineText(head)}. ${lineText(what)}.`, [
    rich(paragraph(head), paragraph(what), ...words, bullets(stand)),
    managerButtons(subject),
  ]);
};

/** What happened, as a manager needs to know it. */
export const managerLine = (subject: Subject, event: TicketEvent): Line => {
  switch (event.type) {
    case 'opened':
      return [`A critical ticket was opened by ${nameOf(event.by)}`];
    case 'holding-update-sent':
      return [
        `The customer has had ${subject.policy.clocks.update.managersAfter} automatic updates in a row and no word from staff`,
      ];
    default:
      return happeningOf(subject, event).line;
  }
};

const managerButtons = (subject: Subject) =>
  actions([
    actButton('show', carried(subject)),
    ...(isOpen(subject.ticket) ? [actButton('take-over', carried(subject))] : []),
    actButton('acknowledge', carried(subject)),
  ]);
