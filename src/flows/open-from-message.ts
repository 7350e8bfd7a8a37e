import { guessFromKeywords } from '../domain/keyword-guess.ts';
import type { Person } from '../domain/person.ts';
import { byOf } from '../domain/person.ts';
import type { Source } from '../domain/ticket.ts';
import { titleFrom } from '../domain/title.ts';
import type { Outcome } from './handle-command.ts';
import { type Incoming, instantOf, messageKey, rootOf, threadsFrom } from './incoming.ts';
import { openTicket } from './open-ticket.ts';
import type { Cause, Ports } from './ports.ts';

/** The id of the ticket a message opens: one message is one ticket, however often it is delivered (2.4). */
export const ticketIdOf = (team: string, channel: string, ts: string): string => `${team}:${channel}:${ts}`;

export const messageCause = (message: Incoming, now: number): Cause => ({
  id: `message:${messageKey(message.channel, message.ts)}`,
  at: now,
});

/** Opens a ticket from what a customer wrote: sorted by a guess, answered in the thread of the message (2.7, 2.9). */
export const openFromMessage = (
  ports: Ports,
  message: Incoming,
  customer: Person,
  source: Source,
  openedBy: Person = customer,
): Promise<Outcome> => {
  const { team } = ports.desks.desk();
  const { policy } = ports.desks.currentPolicy();
  const description = message.text.trim();
  const guess = guessFromKeywords(policy.keywords, description);
  const { userId, name } = byOf(customer);
  return openTicket(
    ports,
    openedBy,
    {
      id: ticketIdOf(team, message.channel, message.ts),
      source,
      customer: { userId, team: customer.team, name, reach: 'chat', contact: null },
      place: { kind: 'thread', channel: message.channel, threadTs: rootOf(message) },
      title: titleFrom(description === '' ? message.files.map((file) => file.name).join(', ') : description),
      description,
      ...guess,
      guessed: guess.kind !== null || guess.service !== null,
      // Nobody has said yet how bad it is: the middle of the matrix, until Triage.
      impact: 'person',
      urgency: 'degraded',
      messageKey: messageKey(message.channel, message.ts),
      threads: threadsFrom(message),
      files: message.files,
      openedAt: instantOf(message.ts),
    },
    messageCause(message, ports.clock.now()),
  );
};
