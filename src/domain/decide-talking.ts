import type { CommandOf } from './command.ts';
import { actOf, type Context } from './context.ts';
import { type Decision, happened, nothingHappened, refused } from './decision.ts';
import type { TicketEvent } from './event.ts';
import { isCustomerOf, mayActOn } from './permissions.ts';
import { isStaff } from './person.ts';
import { type ReplySense, replySense } from './reply-sense.ts';
import { isReachable, type Ticket, type TicketMessage } from './ticket.ts';

type Talking = CommandOf<
  | 'customer-say'
  | 'staff-say'
  | 'edit-message'
  | 'remove-message'
  | 'separate-message'
  | 'note'
  | 'update'
  | 'told'
  | 'undeliverable'
>;

/** What is said on a ticket, by the customer and to them (2.5, 7, 8.3). */
export const decideTalking = (ticket: Ticket, command: Talking, context: Context): Decision => {
  switch (command.type) {
    case 'customer-say':
      return customerSay(ticket, command, context);
    case 'staff-say':
      return staffSay(ticket, command, context);
    case 'edit-message':
      return editMessage(ticket, command, context);
    case 'remove-message':
      return removeMessage(ticket, command, context);
    case 'separate-message':
      return separateMessage(ticket, command, context);
    case 'note':
      return isStaff(command.by, context.desk)
        ? happened(actOf(command.by, { type: 'noted', words: { text: command.text } }, context))
        : refused({ code: 'not-allowed', needs: 'staff' });
    case 'update':
      return update(ticket, command, context);
    case 'told':
      return told(ticket, command, context);
    case 'undeliverable':
      return undeliverable(ticket, command, context);
  }
};

const customerSay = (ticket: Ticket, command: CommandOf<'customer-say'>, context: Context): Decision => {
  const { by, messageKey, files, joined, text } = command;
  if (messageOf(ticket, messageKey) !== undefined) return nothingHappened;
  if (command.via === 'form' && !isCustomerOf(by, ticket, context.desk)) {
    return refused({ code: 'not-allowed', needs: 'customer' });
  }
  const isTooLate = ticket.closedAt !== null && context.now - ticket.closedAt > context.policy.reopenWithin;
  if (command.via === 'form' && isTooLate) return refused({ code: 'reopen-too-late' });
  const sense = replySense(text, context.policy.replies);
  const said = actOf(
    by,
    { type: 'customer-said', messageKey, files, joined, sense, words: { text } },
    context,
    command.at,
  );
  return happened(said, ...afterReply(ticket, command, sense, context));
};

/** Any sign of life of its customer ends a wait (5.4); their reply to a resolved ticket reopens it, or asks anew (8.3). */
const afterReply = (
  ticket: Ticket,
  { by, at }: CommandOf<'customer-say'>,
  sense: ReplySense,
  context: Context,
): readonly TicketEvent[] => {
  // Others who write in the thread are heard, and change nothing of a ticket that is not theirs (11).
  if (!isCustomerOf(by, ticket, context.desk)) return [];
  // What was written before the ticket came to this state is no answer to it.
  if (ticket.status === 'waiting') return at < (ticket.waitingSince ?? 0) ? [] : signOfLife(ticket, by, at, context);
  if (ticket.status !== 'resolved' || at < (ticket.resolvedAt ?? 0) || sense === 'thanks') return [];
  if (sense === 'still-broken') return [actOf(by, { type: 'reopened', why: 'reply', words: {} }, context, at)];
  return [actOf(by, { type: 'confirmation-asked', again: 'after-reply', count: 0 }, context, at)];
};

const signOfLife = (
  ticket: Ticket,
  by: CommandOf<'customer-say'>['by'],
  at: number,
  context: Context,
): readonly TicketEvent[] =>
  ticket.status === 'waiting' && isCustomerOf(by, ticket, context.desk)
    ? [actOf(by, { type: 'resumed', why: 'customer' }, context, at)]
    : [];

/** A staff reply in the customer's thread: the customer heard it; it makes no owner (4.3, 7.1, 7.3). */
const staffSay = (ticket: Ticket, command: CommandOf<'staff-say'>, context: Context): Decision => {
  const { by, messageKey, files, text, at } = command;
  if (messageOf(ticket, messageKey) !== undefined) return nothingHappened;
  if (!isStaff(by, context.desk)) return refused({ code: 'not-allowed', needs: 'staff' });
  // What was written before the ticket came to this tier does not engage it (1).
  const engages = mayActOn(by, ticket, context.desk) && at >= ticket.arrivedAt;
  return happened(actOf(by, { type: 'staff-said', messageKey, files, engages, words: { text } }, context, at));
};

const editMessage = (ticket: Ticket, command: CommandOf<'edit-message'>, context: Context): Decision => {
  const message = messageOf(ticket, command.messageKey);
  if (message === undefined) return refused({ code: 'unknown-message' });
  if (message.removedAt !== null) return nothingHappened;
  // The same text edited later is kept too, so that an older edit that comes late does not replace it.
  if (message.text === command.text && command.at <= (message.editedAt ?? message.at)) return nothingHappened;
  const { by, messageKey, text, at } = command;
  const edited = actOf(by, { type: 'message-edited', messageKey, words: { text } }, context, at);
  return happened(edited, ...(message.side === 'customer' ? signOfLife(ticket, by, at, context) : []));
};

const removeMessage = (ticket: Ticket, command: CommandOf<'remove-message'>, context: Context): Decision => {
  const { by, messageKey, at } = command;
  const message = messageOf(ticket, messageKey);
  if (message === undefined) return refused({ code: 'unknown-message' });
  if (message.removedAt !== null) return nothingHappened;
  const first = ticket.messages[0]?.key === messageKey;
  return happened({
    type: 'message-removed',
    messageKey,
    first,
    at,
    doneAt: context.now,
    by: by === null ? null : { userId: by.userId, name: by.name },
    late: false,
  });
};

/** "Separate issue": a message that joined by coming soon after leaves again, to be a ticket of its own (2.4). */
const separateMessage = (
  ticket: Ticket,
  { by, messageKey }: CommandOf<'separate-message'>,
  context: Context,
): Decision => {
  const isFirst = ticket.messages[0]?.key === messageKey;
  if (isFirst || messageOf(ticket, messageKey) === undefined) return refused({ code: 'unknown-message' });
  if (!isCustomerOf(by, ticket, context.desk) && !mayActOn(by, ticket, context.desk)) {
    return refused({ code: 'not-allowed', needs: 'customer' });
  }
  return happened(actOf(by, { type: 'message-separated', messageKey }, context));
};

const update = (ticket: Ticket, { by, text, expectedAt }: CommandOf<'update'>, context: Context): Decision => {
  if (!mayActOn(by, ticket, context.desk)) return refused({ code: 'not-allowed', needs: 'tier' });
  if (ticket.status === 'closed') return refused({ code: 'not-open', status: 'closed' });
  return happened(actOf(by, { type: 'updated', expectedAt, words: { text } }, context));
};

/** "Told them": a person reached the customer where Tierline cannot (7.5). */
const told = (ticket: Ticket, { by, who, how, toldAt }: CommandOf<'told'>, context: Context): Decision => {
  if (!mayActOn(by, ticket, context.desk)) return refused({ code: 'not-allowed', needs: 'tier' });
  if (isReachable(ticket)) return refused({ code: 'reached-in-slack' });
  if (toldAt > context.now) return refused({ code: 'told-in-future' });
  const at = Math.max(toldAt, ticket.openedAt);
  return happened(actOf(by, { type: 'told', toldAt: at, words: { who, how } }, context));
};

const undeliverable = (ticket: Ticket, command: CommandOf<'undeliverable'>, context: Context): Decision => {
  const { about, reason, toCustomer } = command;
  if (toCustomer && !isReachable(ticket)) return nothingHappened;
  const { now } = context;
  return happened({
    type: 'notice-undeliverable',
    about,
    toCustomer,
    reason,
    at: now,
    doneAt: now,
    by: null,
    late: false,
  });
};

const messageOf = (ticket: Ticket, key: string): TicketMessage | undefined =>
  ticket.messages.find((message) => message.key === key);
