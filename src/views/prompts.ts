import { type Ticket, ticketName } from '../domain/ticket.ts';
import type { ButtonValue } from './button-value.ts';
import { buttonValue } from './button-value.ts';
import { actionIds, messageBlockId } from './ids.ts';
import { shortTitle } from './labels.ts';
import { bold } from './line.ts';
import { actions, button, type Message, saying, withBlocks } from './message.ts';

/**
 * "Open a ticket?", asked privately under a message that is no ticket, and in a direct message (2.1, 2.10).
 *
 * @param messageKey `channel:ts` of the message that would become the ticket
 */
export const openTicketPrompt = (messageKey: string): Message =>
  withBlocks(
    saying(['Shall we open a ticket for this?']),
    actions([button('Open a ticket', actionIds.openTicket, null, 'primary')], messageBlockId(messageKey)),
  );

/** A direct message while a ticket is open there (2.10). */
export const addOrNewPrompt = (ticket: Ticket, messageKey: string): Message => {
  const value: ButtonValue = { ticketId: ticket.id, step: ticket.step };
  return withBlocks(
    saying(['Does this belong to ', bold(ticketName(ticket)), ` (${shortTitle(ticket, 80)}), or is it something new?`]),
    actions(
      [
        button(`Add to ${ticketName(ticket)}`, actionIds.addToTicket, buttonValue(value), 'primary'),
        button('New ticket', actionIds.newTicket),
      ],
      messageBlockId(messageKey),
    ),
  );
};

/** What stands in the prompt's place once its button was pressed. */
export const openedFromPrompt = (number: number): Message => saying([`Done: this is ${ticketName({ number })} now.`]);

/** The message was taken in before, by another button or by itself (2.4). */
export const belongsAlready = (number: number): Message =>
  saying(['This message belongs to ', bold(ticketName({ number })), ' already.']);

/** The message was removed before the button was pressed. */
export const promptGone: Message = saying(['That message is not there any more. Please write to us again.']);
