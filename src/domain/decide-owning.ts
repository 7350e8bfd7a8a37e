import type { CommandOf } from './command.ts';
import { actOf, type Context } from './context.ts';
import { type Decision, happened, nothingHappened, refused } from './decision.ts';
import { mayActOn, mayManage } from './permissions.ts';
import { byOf, type Person } from './person.ts';
import { isOpen, type Ticket } from './ticket.ts';

type Owning = CommandOf<'claim' | 'take-over' | 'assign' | 'release' | 'owner-gone' | 'acknowledge'>;

/** Who has the ticket: changed only by an explicit act, with both names on record (4.2, 4.3). */
export const decideOwning = (ticket: Ticket, command: Owning, context: Context): Decision => {
  if (command.type === 'owner-gone') return ownerGone(ticket, command, context);
  if (command.type === 'acknowledge') return acknowledge(ticket, command, context);
  if (!mayActOn(command.by, ticket, context.desk)) return refused({ code: 'not-allowed', needs: 'tier' });
  switch (command.type) {
    case 'claim':
      return ticket.owner === null ? take(ticket, command.by, context) : ownedAlready(ticket, command.by);
    case 'take-over':
      return takeOver(ticket, command, context);
    case 'assign':
      return assign(ticket, command, context);
    case 'release': {
      if (ticket.owner === null) return refused({ code: 'not-owned' });
      return happened(actOf(command.by, { type: 'released', from: byOwner(ticket.owner), why: 'by-hand' }, context));
    }
  }
};

const take = (ticket: Ticket, by: Person, context: Context): Decision => {
  const ended = notOpen(ticket);
  return ended ?? happened(actOf(by, { type: 'claimed', owner: byOf(by) }, context));
};

const takeOver = (ticket: Ticket, { by }: CommandOf<'take-over'>, context: Context): Decision => {
  if (ticket.owner === null) return take(ticket, by, context);
  if (ticket.owner.userId === by.userId) return ownedAlready(ticket, by);
  const from = byOwner(ticket.owner);
  return notOpen(ticket) ?? happened(actOf(by, { type: 'taken-over', from, to: byOf(by) }, context));
};

/** A tier member gives away what is theirs or nobody's; what is another's a
 * manager gives to a third, or a colleague who hands over all of it (4.3, 11). */
const assign = (ticket: Ticket, { by, to, note, handOver }: CommandOf<'assign'>, context: Context): Decision => {
  const ended = notOpen(ticket);
  if (ended !== null) return ended;
  const { owner } = ticket;
  const isAnothers = owner !== null && owner.userId !== by.userId && to.userId !== by.userId;
  if (isAnothers && !handOver && !mayManage(by, context.desk))
    return refused({ code: 'not-allowed', needs: 'manager' });
  if (!mayActOn(to, ticket, context.desk)) return refused({ code: 'assignee-not-in-tier', name: to.name });
  if (owner?.userId === to.userId) return ownedAlready(ticket, by);
  const words = note === null ? {} : { note };
  const from = owner === null ? null : byOwner(owner);
  return happened(actOf(by, { type: 'assigned', from, to: byOf(to), words }, context));
};

const ownerGone = (ticket: Ticket, { userId, why }: CommandOf<'owner-gone'>, context: Context): Decision => {
  if (ticket.owner?.userId !== userId || !isOpen(ticket)) return nothingHappened;
  const from = byOwner(ticket.owner);
  return happened({ type: 'released', from, why, at: context.now, doneAt: context.now, by: null, late: false });
};

const acknowledge = (ticket: Ticket, { by }: CommandOf<'acknowledge'>, context: Context): Decision => {
  if (!mayManage(by, context.desk)) return refused({ code: 'not-allowed', needs: 'manager' });
  const { acknowledged, step } = ticket;
  if (acknowledged?.step === step && acknowledged.by.userId === by.userId) return refused({ code: 'same-as-before' });
  return happened(actOf(by, { type: 'acknowledged', step }, context));
};

const ownedAlready = ({ owner }: Ticket, by: Person): Decision => {
  if (owner === null) return refused({ code: 'not-owned' });
  return refused({
    code: 'owned-already',
    owner: byOwner(owner),
    since: owner.since,
    yours: owner.userId === by.userId,
  });
};

const byOwner = ({ userId, name }: { readonly userId: string; readonly name: string }) => ({ userId, name });

/** Refuses what only makes sense on a ticket that is open or waiting. */
const notOpen = ({ status }: Ticket): Decision | null =>
  status === 'resolved' || status === 'closed' ? refused({ code: 'not-open', status }) : null;
