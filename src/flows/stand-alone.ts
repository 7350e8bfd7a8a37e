import { second } from '../domain/instant.ts';
import type { Person } from '../domain/person.ts';
import { handleCommand } from './handle-command.ts';
import { type Incoming, instantOf, messageKey } from './incoming.ts';
import type { Ports, TicketRecord } from './ports.ts';

/** Slack brings a message again after 3 seconds at the earliest; until then nobody else can have been at it. */
const aloneFor = 2 * second;

/** Whether this may not be the first time that the message comes. A mention comes twice at once: as message, as mention. */
const mayComeAgain = ({ clock }: Ports, { ts, mentionsBot }: Incoming): boolean =>
  mentionsBot || clock.now() - instantOf(ts) >= aloneFor;

/**
 * The ticket that a message which may have come before stands on already, open or not (2.4).
 *
 * @param ownId its own ticket, where that is to be looked for in any case
 */
export const alreadyOn = async (
  ports: Ports,
  message: Incoming,
  ownId: string | null,
): Promise<TicketRecord | null> => {
  if (!mayComeAgain(ports, message)) return ownId === null ? null : ports.tickets.load(ownId);
  const key = messageKey(message.channel, message.ts);
  const record = await ports.tickets.byThread(ports.desks.desk().team, key);
  return record?.ticket.messages.some((each) => each.key === key) ? record : null;
};

/**
 * A message that has a ticket of its own leaves every ticket it has joined (2.4). Two processes that take in one message
 * at once may find different neighbours, and one join what the other opens: each looks after its own write, so at
 * least one of them sees both. Costs one read, and only for what was not taken in at once.
 */
export const standAlone = async (ports: Ports, message: Incoming, author: Person): Promise<void> => {
  if (!mayComeAgain(ports, message)) return;
  const { team } = ports.desks.desk();
  const key = messageKey(message.channel, message.ts);
  const filter = { team, customer: author.userId, statuses: ['open', 'waiting', 'resolved'] } as const;
  const { tickets } = await ports.tickets.list(filter, { skip: 0, limit: 50 });
  const joined = tickets.filter(({ messages }) => messages.some((each, index) => each.key === key && index > 0));
  for (const { id } of joined) {
    const command = { type: 'separate-message', by: author, messageKey: key } as const;
    await handleCommand(ports, id, command, { id: `alone:${key}`, at: ports.clock.now() });
  }
};
