import type { CommandOf } from './command.ts';
import { actOf, type Context, cardCopiesAt } from './context.ts';
import { type Decision, happened, nothingHappened, refused } from './decision.ts';
import type { Sorting, TicketEvent } from './event.ts';
import { mayActOn } from './permissions.ts';
import { isStaff, type Person, tiersOfUser } from './person.ts';
import { priorityOf } from './priority.ts';
import { isOpen, type Ticket } from './ticket.ts';

type Moving = CommandOf<'escalate' | 'hand-back' | 'add-hand-over-note' | 'repost-card' | 'triage'>;

/** Which tier has the ticket, and how pressing it is (3.3, 6.1, 6.6). */
export const decideMoving = (ticket: Ticket, command: Moving, context: Context): Decision => {
  if (command.type === 'repost-card') return repostCard(ticket, context);
  if (command.type === 'add-hand-over-note') return addNote(command, context);
  if (!mayActOn(command.by, ticket, context.desk)) return refused({ code: 'not-allowed', needs: 'tier' });
  switch (command.type) {
    case 'escalate':
      return escalate(ticket, command, context);
    case 'hand-back':
      return handBack(ticket, command, context);
    case 'triage':
      return triage(ticket, command, context);
  }
};

/** Up one tier, or to the last for a critical ticket; at the last tier the managers are called instead (6.1, 6.6). */
const escalate = (ticket: Ticket, command: CommandOf<'escalate'>, context: Context): Decision => {
  const { by, reason, note } = command;
  const last = context.policy.clocks.tiers.length;
  const before = backToOpen(ticket, by, context);
  if (ticket.tier === last)
    return happened(...before, actOf(by, { type: 'managers-called', words: { reason } }, context));
  const to = command.toTier ?? ticket.tier + 1;
  if (to <= ticket.tier || to > last) return refused({ code: 'same-as-before' });
  if (to > ticket.tier + 1 && ticket.priority !== 'critical') return refused({ code: 'only-critical-skips' });
  const isOwned = ticket.owner !== null && (ticket.status === 'open' || ticket.status === 'waiting');
  const ownerKeeps = isOwned && tiersOfUser(ticket.owner?.userId ?? '', context.desk).includes(to);
  const cardCopies = cardCopiesAt(context.desk, to);
  return happened(
    ...before,
    actOf(
      by,
      { type: 'escalated', from: ticket.tier, to, why: 'by-hand', ownerKeeps, cardCopies, words: { reason, note } },
      context,
    ),
  );
};

/** Escalating ends a wait; resolved or closed tickets are reopened first (6.6). */
const backToOpen = (ticket: Ticket, by: Person, context: Context): readonly TicketEvent[] => {
  switch (ticket.status) {
    case 'open':
      return [];
    case 'waiting':
      return [actOf(by, { type: 'resumed', why: 'escalated' }, context)];
    case 'resolved':
    case 'closed':
      return [actOf(by, { type: 'reopened', why: 'escalated', words: {} }, context)];
  }
};

const handBack = (ticket: Ticket, { by, reason }: CommandOf<'hand-back'>, context: Context): Decision => {
  if (ticket.status === 'resolved' || ticket.status === 'closed')
    return refused({ code: 'not-open', status: ticket.status });
  if (ticket.tier === 1) return refused({ code: 'first-tier' });
  const to = ticket.tier - 1;
  const cardCopies = cardCopiesAt(context.desk, to);
  return happened(
    ...backToOpen(ticket, by, context),
    actOf(by, { type: 'handed-back', from: ticket.tier, to, cardCopies, words: { reason } }, context),
  );
};

/** Asked of the last owner, who may belong to the tier below: any staff may add it (6.1). */
const addNote = ({ by, note }: CommandOf<'add-hand-over-note'>, context: Context): Decision =>
  isStaff(by, context.desk)
    ? happened(actOf(by, { type: 'hand-over-noted', words: { note } }, context))
    : refused({ code: 'not-allowed', needs: 'staff' });

/** The tier's channel moved, broke or was mended: the card is posted anew where it can be seen (4.5, 6.6). */
const repostCard = (ticket: Ticket, context: Context): Decision => {
  if (!isOpen(ticket)) return nothingHappened;
  const cardCopies = cardCopiesAt(context.desk, ticket.tier);
  return happened({ type: 'card-reposted', cardCopies, at: context.now, doneAt: context.now, by: null, late: false });
};

const triage = (ticket: Ticket, command: CommandOf<'triage'>, context: Context): Decision => {
  if (ticket.status === 'resolved' || ticket.status === 'closed')
    return refused({ code: 'not-open', status: ticket.status });
  const { kind, service, impact, urgency } = command;
  const before: Sorting = {
    kind: ticket.kind,
    service: ticket.service,
    impact: ticket.impact,
    urgency: ticket.urgency,
    priority: ticket.priority,
  };
  const after: Sorting = {
    kind,
    service,
    impact,
    urgency,
    priority: priorityOf(context.policy.priority, impact, urgency),
  };
  if (!ticket.guessed && isSame(before, after)) return refused({ code: 'same-as-before' });
  return happened(actOf(command.by, { type: 'triaged', before, after, words: { reason: command.reason } }, context));
};

const isSame = (a: Sorting, b: Sorting): boolean =>
  a.kind === b.kind && a.service === b.service && a.impact === b.impact && a.urgency === b.urgency;
