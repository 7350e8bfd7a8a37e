import type { CommandOf } from './command.ts';
import { actOf, type Context } from './context.ts';
import { type Decision, happened, refused } from './decision.ts';
import type { EventOf } from './event.ts';
import { isCustomerOf, mayActOn } from './permissions.ts';
import { isOpen, isReachable, type Ticket } from './ticket.ts';

type Ending = CommandOf<'wait' | 'resume' | 'resolve' | 'confirm' | 'still-broken' | 'dismiss' | 'reopen'>;

/** Waiting, resolving, closing and coming back (5.4, 5.6, 8). */
export const decideEnding = (ticket: Ticket, command: Ending, context: Context): Decision => {
  switch (command.type) {
    case 'confirm':
      return confirm(ticket, command, context);
    case 'still-broken':
      return stillBroken(ticket, command, context);
    case 'reopen':
      return command.as === 'customer' ? reopenAsCustomer(ticket, command, context) : reopen(ticket, command, context);
    default:
      return mayActOn(command.by, ticket, context.desk)
        ? endAsStaff(ticket, command, context)
        : refused({ code: 'not-allowed', needs: 'tier' });
  }
};

const endAsStaff = (
  ticket: Ticket,
  command: CommandOf<'wait' | 'resume' | 'resolve' | 'dismiss'>,
  context: Context,
): Decision => {
  const { by } = command;
  switch (command.type) {
    case 'wait':
      if (ticket.status !== 'open') return refused({ code: 'not-open', status: ticket.status });
      return happened(actOf(by, { type: 'wait-started', words: { need: command.need } }, context));
    case 'resume':
      if (ticket.status !== 'waiting') return refused({ code: 'not-waiting' });
      return happened(actOf(by, { type: 'resumed', why: 'by-hand' }, context));
    case 'resolve': {
      if (ticket.status === 'resolved' || ticket.status === 'closed')
        return refused({ code: 'not-open', status: ticket.status });
      const { cause, fix, message } = command;
      return happened(actOf(by, { type: 'resolved', words: { cause, fix, message } }, context));
    }
    case 'dismiss':
      if (ticket.status === 'closed') return refused({ code: 'not-open', status: 'closed' });
      return happened(
        actOf(
          by,
          { type: 'closed', outcome: 'dismissed', forCustomer: false, words: { reason: command.reason } },
          context,
        ),
      );
  }
};

/** "Solved": by the customer at any time before the end; by staff only for a customer reached by phone (7.5, 8.2, 8.6). */
const confirm = (ticket: Ticket, { by, as }: CommandOf<'confirm'>, context: Context): Decision => {
  if (as === 'customer' && !isCustomerOf(by, ticket, context.desk))
    return refused({ code: 'not-allowed', needs: 'customer' });
  if (as === 'staff' && !mayActOn(by, ticket, context.desk)) return refused({ code: 'not-allowed', needs: 'tier' });
  if (as === 'staff' && isReachable(ticket)) return refused({ code: 'reached-in-slack' });
  if (ticket.status === 'closed') return refused({ code: 'not-open', status: 'closed' });
  if (as === 'staff' && ticket.status !== 'resolved') return refused({ code: 'not-resolved' });
  return happened(actOf(by, { type: 'closed', outcome: 'confirmed', forCustomer: as === 'staff', words: {} }, context));
};

const stillBroken = (ticket: Ticket, { by }: CommandOf<'still-broken'>, context: Context): Decision => {
  if (!isCustomerOf(by, ticket, context.desk)) return refused({ code: 'not-allowed', needs: 'customer' });
  if (ticket.status !== 'resolved') return refused({ code: 'not-resolved' });
  return happened(actOf(by, { type: 'reopened', why: 'still-broken', words: {} }, context));
};

/** For some days after the close; afterwards it is a new ticket (8.3). */
const reopenAsCustomer = (ticket: Ticket, { by }: CommandOf<'reopen'>, context: Context): Decision => {
  if (!isCustomerOf(by, ticket, context.desk)) return refused({ code: 'not-allowed', needs: 'customer' });
  if (isOpen(ticket)) return refused({ code: 'not-closed' });
  if (isPastReopening(ticket, context)) return refused({ code: 'reopen-too-late' });
  return happened(actOf(by, { type: 'reopened', why: whyCustomerReopens(ticket), words: {} }, context));
};

const whyCustomerReopens = (ticket: Ticket): EventOf<'reopened'>['why'] => {
  if (ticket.status === 'resolved') return 'still-broken';
  return ticket.outcome === 'dismissed' ? 'is-an-issue' : 'reply';
};

const reopen = (ticket: Ticket, { by, reason }: CommandOf<'reopen'>, context: Context): Decision => {
  if (!mayActOn(by, ticket, context.desk)) return refused({ code: 'not-allowed', needs: 'tier' });
  if (isOpen(ticket)) return refused({ code: 'not-closed' });
  return happened(actOf(by, { type: 'reopened', why: 'by-hand', words: reason === null ? {} : { reason } }, context));
};

/** Whether a closed ticket is too old to be reopened by its customer (8.3). */
const isPastReopening = (ticket: Ticket, { policy, now }: Context): boolean =>
  ticket.closedAt !== null && now - ticket.closedAt > policy.reopenWithin;
