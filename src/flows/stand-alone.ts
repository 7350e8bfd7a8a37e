import { second } from '../domain/instant.ts';
import type { Person } from '../domain/person.ts';
import { handleCommand } from './handle-command.ts';
import { type Incoming, instantOf, messageKey } from './incoming.ts';
import type { Ports } from './ports.ts';

/** Slack brings a message again after 3 seconds at the earliest; until then nobody else can be at it. */
const aloneFor = 2 * second;

/**
 * A message that has a ticket of its own leaves every ticket it has joined (2.4). Two processes that take in one message
 * at once may find different neighbours, and one join what the other opens: each looks after its own write, so at
 * least one of them sees both. Costs one read, and only for what was not taken in at once.
 */
export const standAlone = async (ports: Ports, message: Incoming, author: Person): Promise<void> => {
  const now = ports.clock.now();
  if (now - instantOf(message.ts) < aloneFor && !message.mentionsBot) return;
  const { team } = ports.desks.desk();
  const key = messageKey(message.channel, message.ts);
  const filter = { team, customer: author.userId, statuses: ['open', 'waiting', 'resolved', 'closed'] } as const;
  const { tickets } = await ports.tickets.list(filter, { skip: 0, limit: 50 });
  const joined = tickets.filter(({ messages }) => messages.some((each, index) => each.key === key && index > 0));
  for (const { id } of joined) {
    const command = { type: 'separate-message', by: author, messageKey: key } as const;
    await handleCommand(ports, id, command, { id: `alone:${key}`, at: now });
  }
};
