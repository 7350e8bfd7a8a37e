import type { CommandOf } from './command.ts';
import { actOf, type Context, cardCopiesAt } from './context.ts';
import { type Decision, happened } from './decision.ts';
import { priorityOf } from './priority.ts';

/** A customer's issue becomes a ticket, dated to when they wrote (1, 2). */
export const decideOpening = ({ by, ticket }: CommandOf<'open'>, context: Context): Decision => {
  const { customer } = ticket;
  const { userId, team, reach } = customer;
  const contact = customer.contact === null ? {} : { contact: customer.contact };
  const opened = actOf(
    by,
    {
      type: 'opened',
      ticketId: ticket.id,
      team: context.desk.team,
      number: ticket.number,
      policyVersion: ticket.policyVersion,
      source: ticket.source,
      customer: { userId, team, reach },
      place: ticket.place,
      threads: ticket.threads,
      guessed: ticket.guessed,
      cardCopies: cardCopiesAt(context.desk, 1),
      messageKey: ticket.messageKey,
      files: ticket.files,
      kind: ticket.kind,
      service: ticket.service,
      impact: ticket.impact,
      urgency: ticket.urgency,
      priority: priorityOf(context.policy.priority, ticket.impact, ticket.urgency),
      words: { title: ticket.title, description: ticket.description, name: customer.name, ...contact },
    },
    context,
    Math.min(ticket.openedAt, context.now),
  );
  return happened(opened);
};
