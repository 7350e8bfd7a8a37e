import { isStaff } from '../domain/person.ts';
import type { Ticket } from '../domain/ticket.ts';
import { handleCommand, type Outcome } from './handle-command.ts';
import { type Incoming, instantOf, messageKey, rootOf } from './incoming.ts';
import type { Cause, Ports } from './ports.ts';
import { type ReadMessage, type TakenIn, takeInMessage } from './take-in-message.ts';

/** An edit: the message as it is now, and when it was edited (Slack's `edited.ts`). */
export interface Edit {
  readonly message: Incoming;
  readonly editedTs: string;
}

/** A deletion: the message as it last was. */
export interface Removal {
  readonly message: Incoming;
  readonly removedTs: string;
}

/** An edit is kept as a revision; of a message that is not known yet, its newest text is taken in first (2.5, 2.11). */
export const takeInEdit = async (ports: Ports, { message, editedTs }: Edit, read: ReadMessage): Promise<TakenIn> => {
  const key = messageKey(message.channel, message.ts);
  const by = await ports.directory.person(message.userId, message.team);
  const at = Math.min(instantOf(editedTs), ports.clock.now());
  const command = { type: 'edit-message', by, messageKey: key, text: message.text, at } as const;
  return change(ports, message, command, { id: `message:${key}:${editedTs}`, at: ports.clock.now() }, read);
};

/** A deletion takes the text away from what people see; the ticket stays open (2.5). */
export const takeInRemoval = async (
  ports: Ports,
  { message, removedTs }: Removal,
  read: ReadMessage,
): Promise<TakenIn> => {
  const key = messageKey(message.channel, message.ts);
  const by = await ports.directory.person(message.userId, message.team);
  const at = Math.min(instantOf(removedTs), ports.clock.now());
  const command = { type: 'remove-message', by, messageKey: key, at } as const;
  return change(ports, message, command, { id: `message:${key}:removed`, at: ports.clock.now() }, read);
};

const change = async (
  ports: Ports,
  message: Incoming,
  command: Parameters<typeof handleCommand>[2],
  cause: Cause,
  read: ReadMessage,
): Promise<TakenIn> => {
  const known = await applied(ports, message, command, cause);
  if (known !== null) return { kind: 'ticket', outcome: known };
  const author = await ports.directory.person(message.userId, message.team);
  // What staff edit outside tickets is theirs; a customer's unknown message is taken in as it now reads.
  if (isStaff(author, ports.desks.desk())) return { kind: 'nothing' };
  const taken = await takeInMessage(ports, message, read);
  if (taken.kind !== 'ticket') return { kind: 'nothing' };
  const outcome = await applied(ports, message, command, cause);
  // Where the change itself changes nothing more, what was opened or said before it still has to be told.
  return outcome?.kind === 'done' ? { kind: 'ticket', outcome } : taken;
};

/** `null` when no ticket knows the message. */
const applied = async (
  ports: Ports,
  message: Incoming,
  command: Parameters<typeof handleCommand>[2],
  cause: Cause,
): Promise<Outcome | null> => {
  const thread = messageKey(message.channel, rootOf(message));
  const record = await ports.tickets.byThread(ports.desks.desk().team, thread);
  if (record === null) return null;
  const outcome = await handleCommand(ports, record.ticket.id, command, cause, record);
  if (outcome.kind !== 'refused' || outcome.refusal.code !== 'unknown-message') return outcome;
  const earlier = await earlierTicket(ports, record.ticket, thread, messageKey(message.channel, message.ts));
  return earlier === null ? null : handleCommand(ports, earlier.id, command, cause);
};

/** A thread belongs to its newest ticket (8.3); what was said before stands on an earlier one, and stays there (2.4). */
const earlierTicket = async (
  ports: Ports,
  { team, customer }: Ticket,
  thread: string,
  key: string,
): Promise<Ticket | null> => {
  if (customer.userId === null) return null;
  const filter = { team, customer: customer.userId, statuses: ['open', 'waiting', 'resolved', 'closed'] } as const;
  const { tickets } = await ports.tickets.list(filter, { skip: 0, limit: 50 });
  return tickets.find((each) => each.threads.includes(thread) && each.messages.some((one) => one.key === key)) ?? null;
};
