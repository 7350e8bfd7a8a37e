import { isCustomerOf } from '../domain/permissions.ts';
import { isStaff, type Person } from '../domain/person.ts';
import { replySense } from '../domain/reply-sense.ts';
import type { Ticket } from '../domain/ticket.ts';
import { handleCommand, type Outcome } from './handle-command.ts';
import { type Incoming, instantOf, isDirect, isReply, messageKey, rootOf } from './incoming.ts';
import { messageCause, openFromMessage, ticketIdOf } from './open-from-message.ts';
import type { Ports, TicketRecord } from './ports.ts';
import { alreadyOn, standAlone } from './stand-alone.ts';

/** What a message led to: something about a ticket, a question to its author, or nothing. */
export type TakenIn =
  | { readonly kind: 'ticket'; readonly outcome: Outcome }
  /** Ask privately: "Open a ticket?" (2.10). */
  | { readonly kind: 'ask-in-thread' }
  /** Ask in the DM; with `open` the customer's newest open ticket, to which it may be added (2.1, 2.10). */
  | { readonly kind: 'ask-in-dm'; readonly open: Ticket | null }
  /** Staff asked the bot: they get their work (2.6). */
  | { readonly kind: 'show-work' }
  | { readonly kind: 'nothing' };

/** Reads a message from Slack, newest text; `null` where Slack has none. Throws when Slack cannot be read (2.11). */
export type ReadMessage = (channel: string, ts: string, threadTs: string | null) => Promise<Incoming | null>;

const nothing: TakenIn = { kind: 'nothing' };

/**
 * Takes in what someone wrote (2.1, 2.4–2.6, 2.10, 2.11). The same message may come any number of times, as message
 * and as mention, early or late: it is one ticket, or one entry on one.
 */
export const takeInMessage = async (ports: Ports, message: Incoming, read: ReadMessage): Promise<TakenIn> => {
  const author = await ports.directory.person(message.userId, message.team);
  if (message.text.trim() === '' && message.files.length === 0) return takeInBlank(ports, message, author);
  if (isDirect(message)) return takeInDirect(ports, message, author);
  return isReply(message) ? takeInReply(ports, message, author, read) : takeInTopLevel(ports, message, author);
};

/** Only a mention says something without words. */
const takeInBlank = (ports: Ports, { mentionsBot }: Incoming, author: Person): TakenIn => {
  if (!mentionsBot) return nothing;
  return isStaff(author, ports.desks.desk()) ? { kind: 'show-work' } : { kind: 'ask-in-thread' };
};

const takeInTopLevel = async (ports: Ports, message: Incoming, author: Person): Promise<TakenIn> => {
  const desk = ports.desks.desk();
  if (isStaff(author, desk)) return message.mentionsBot ? { kind: 'show-work' } : nothing;
  if (!isIntake(ports, message.channel, message.ts)) {
    return message.mentionsBot && !isTierChannel(ports, message.channel)
      ? ticket(await openFromMessage(ports, message, author, 'mention'))
      : nothing;
  }
  const ownId = ticketIdOf(desk.team, message.channel, message.ts);
  const recent = await recentTicket(ports, message, author);
  // It may have a ticket of its own, or have joined one that is solved by now, and another may have been opened since.
  const known = recent?.ticket.id === ownId ? recent : await alreadyOn(ports, message, recent === null ? null : ownId);
  if (known !== null) return standing(ports, message, author, { kind: 'unchanged', record: known });
  if (recent === null) {
    return standing(ports, message, author, await openFromMessage(ports, message, author, 'message'));
  }
  const joined = await customerSay(ports, message, author, recent, true);
  const own = await ports.tickets.load(ownId);
  return own === null ? ticket(joined) : standing(ports, message, author, { kind: 'unchanged', record: own });
};

/** A message on its own ticket stands on no other (2.4). */
const standing = async (ports: Ports, message: Incoming, author: Person, on: Outcome): Promise<TakenIn> => {
  const ownId = ticketIdOf(ports.desks.desk().team, message.channel, message.ts);
  if (on.record?.ticket.id === ownId) await standAlone(ports, message, author);
  return ticket(on);
};

/** The open ticket that a further message joins: the same customer's, here, of the last few minutes (2.4). */
const recentTicket = async (ports: Ports, message: Incoming, author: Person): Promise<TicketRecord | null> => {
  const { joinWithin } = ports.desks.currentPolicy().policy;
  if (joinWithin === 0) return null;
  const since = instantOf(message.ts) - joinWithin;
  const { team } = ports.desks.desk();
  const newest = await ports.tickets.byCustomerInChannel(team, author.userId, message.channel, since);
  // A message that comes hours late is not part of what was opened long after it.
  return newest !== null && newest.ticket.openedAt <= instantOf(message.ts) + joinWithin ? newest : null;
};

const takeInReply = async (ports: Ports, message: Incoming, author: Person, read: ReadMessage): Promise<TakenIn> => {
  const { team } = ports.desks.desk();
  const staff = isStaff(author, ports.desks.desk());
  const record = await ports.tickets.byThread(team, messageKey(message.channel, rootOf(message)));
  if (record !== null) return ticket(await sayOn(ports, message, author, staff, record));
  if (staff) return message.mentionsBot ? { kind: 'show-work' } : nothing;
  const root = await openUnknownRoot(ports, message, read);
  if (root !== null) return ticket(await customerSay(ports, message, author, root, false));
  if (message.mentionsBot && !isTierChannel(ports, message.channel))
    return ticket(await openFromMessage(ports, message, author, 'mention'));
  return isIntakeChannel(ports, message.channel) ? { kind: 'ask-in-thread' } : nothing;
};

/** A reply whose first message never reached us: that message is read from Slack and opened first (2.11). */
const openUnknownRoot = async (ports: Ports, message: Incoming, read: ReadMessage): Promise<TicketRecord | null> => {
  const rootTs = rootOf(message);
  if (!isIntake(ports, message.channel, rootTs)) return null;
  const root = await read(message.channel, rootTs, rootTs);
  if (root === null) return null;
  const author = await ports.directory.person(root.userId, root.team);
  if (isStaff(author, ports.desks.desk()) || (root.text.trim() === '' && root.files.length === 0)) return null;
  const outcome = await openFromMessage(ports, root, author, 'message');
  return outcome.record;
};

const sayOn = (
  ports: Ports,
  message: Incoming,
  author: Person,
  staff: boolean,
  record: TicketRecord,
): Promise<Outcome> => {
  const { channel, ts, text, files } = message;
  if (!staff) return customerSay(ports, message, author, record, false);
  const at = Math.min(instantOf(ts), ports.clock.now());
  const command = { type: 'staff-say', by: author, messageKey: messageKey(channel, ts), text, files, at } as const;
  return handleCommand(ports, record.ticket.id, command, messageCause(message, ports.clock.now()), record);
};

const customerSay = (
  ports: Ports,
  message: Incoming,
  author: Person,
  record: TicketRecord,
  joined: boolean,
): Promise<Outcome> => {
  if (isTooLateFor(ports, message, record.ticket)) return openFromMessage(ports, message, author, record.ticket.source);
  const { channel, ts, text, files } = message;
  const at = Math.min(instantOf(ts), ports.clock.now());
  const key = messageKey(channel, ts);
  const command = {
    type: 'customer-say',
    by: author,
    messageKey: key,
    text,
    files,
    at,
    joined,
    via: 'message',
  } as const;
  return handleCommand(ports, record.ticket.id, command, messageCause(message, ports.clock.now()), record);
};

/** A reply long after the close, that is no thank-you, is a new ticket (8.3). */
const isTooLateFor = (ports: Ports, message: Incoming, { closedAt, policyVersion, messages }: Ticket): boolean => {
  if (closedAt === null || messages.some(({ key }) => key === messageKey(message.channel, message.ts))) return false;
  const { reopenWithin, replies } = ports.desks.policy(policyVersion);
  return instantOf(message.ts) - closedAt > reopenWithin && replySense(message.text, replies) !== 'thanks';
};

const takeInDirect = async (ports: Ports, message: Incoming, author: Person): Promise<TakenIn> => {
  const desk = ports.desks.desk();
  const record = await ports.tickets.byThread(desk.team, messageKey(message.channel, rootOf(message)));
  if (record !== null && isCustomerOf(author, record.ticket, desk)) {
    return ticket(await customerSay(ports, message, author, record, false));
  }
  if (isStaff(author, desk)) return { kind: 'show-work' };
  const filter = { team: desk.team, customer: author.userId, statuses: ['open', 'waiting'] } as const;
  const { tickets } = await ports.tickets.list(filter, { skip: 0, limit: 1 });
  return { kind: 'ask-in-dm', open: tickets[0] ?? null };
};

const ticket = (outcome: Outcome): TakenIn => ({ kind: 'ticket', outcome });

const isIntakeChannel = (ports: Ports, channel: string): boolean =>
  ports.desks.desk().intake.some((intake) => intake.channel === channel);

/** Tier channels are internal: nobody is spoken to as a customer there (7.1). */
const isTierChannel = (ports: Ports, channel: string): boolean =>
  ports.desks.desk().tiers.some((tier) => tier.channel === channel);

/** Whether a message of this ts in this channel is Tierline's to open: not from before it was an intake channel. */
const isIntake = (ports: Ports, channel: string, ts: string): boolean =>
  ports.desks.desk().intake.some((intake) => intake.channel === channel && instantOf(ts) >= intake.since);
