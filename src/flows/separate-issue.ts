import { decide } from '../domain/decide.ts';
import type { Person } from '../domain/person.ts';
import type { TicketMessage } from '../domain/ticket.ts';
import { loadTicket } from './find-ticket.ts';
import { handleCommand, type Outcome } from './handle-command.ts';
import type { Incoming } from './incoming.ts';
import { openFromMessage } from './open-from-message.ts';
import type { Cause, Ports, TicketRecord } from './ports.ts';

/**
 * "Separate issue": a message that joined a ticket by coming soon after becomes a ticket of its own, in its own thread,
 * and then leaves the first (2.4). Both steps can be repeated.
 *
 * @returns what came of the new ticket and of the old one; `opened` is `null` where nothing was done
 */
export const separateIssue = async (
  ports: Ports,
  by: Person,
  ticketId: string,
  messageKey: string,
  cause: Cause,
): Promise<{ readonly opened: Outcome | null; readonly left: Outcome }> => {
  const record = await loadTicket(ports, ticketId);
  const command = { type: 'separate-message', by, messageKey } as const;
  const message = record?.ticket.messages.find(({ key }) => key === messageKey);
  if (record === null || message === undefined || !isAllowed(ports, record, command)) {
    return { opened: null, left: await handleCommand(ports, ticketId, command, cause, record) };
  }
  const author = await ports.directory.person(message.by.userId, record.ticket.customer.team);
  const opened = await openFromMessage(ports, incomingFrom(message, author), author, 'message', by);
  return { opened, left: await handleCommand(ports, ticketId, command, cause, record) };
};

const isAllowed = (
  { desks, clock }: Ports,
  { ticket }: TicketRecord,
  command: Parameters<typeof handleCommand>[2],
): boolean =>
  decide(ticket, command, { desk: desks.desk(), policy: desks.policy(ticket.policyVersion), now: clock.now() }).ok;

/** The message as the ticket keeps it: the newest text, so Slack need not be asked. */
const incomingFrom = ({ key, text, files }: TicketMessage, author: Person): Incoming => {
  const colon = key.indexOf(':');
  return {
    channel: key.slice(0, colon),
    ts: key.slice(colon + 1),
    threadTs: null,
    userId: author.userId,
    team: author.team,
    text,
    files,
    mentionsBot: false,
  };
};
