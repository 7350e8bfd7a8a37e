import type { Instant } from '../src/domain/instant.ts';
import { cardAnchor } from '../src/domain/notice.ts';
import { handleCommand, type Outcome } from '../src/flows/handle-command.ts';
import type { Incoming } from '../src/flows/incoming.ts';
import { openFromMessage } from '../src/flows/open-from-message.ts';
import type { TicketRecord, TicketStore } from '../src/flows/ports.ts';
import { afterSaying } from '../src/flows/ticket-after.ts';
import { quietPorts } from './quiet-ports.ts';
import { customers, intakeChannels, team, tierChannels } from './workplace.ts';

/**
 * A ticket just before Tier 1 must hand it over: opened at an instant, claimed by nobody, everything before done and said.
 * The very flows do it that do so for the desk; only the writing is left out. Its `dueAt` is when it goes to Tier 2.
 */
export const ripeTicket = async (store: TicketStore, openedAt: Instant): Promise<TicketRecord> => {
  let now = openedAt;
  const ports = unwritingPorts(store, () => now);
  let record = await freshTicket(store, openedAt);
  while (record.dueAt !== null) {
    now = record.dueAt;
    const cause = { id: `clock:${now}`, at: now };
    const next = done(await handleCommand(ports, record.ticket.id, { type: 'pass-time' }, cause, record));
    if (next.ticket.tier > 1) return record;
    record = said(next);
  }
  throw new Error('Making a ticket failed: nothing is due of it any more, and it was never handed over');
};

/** A ticket just opened, everything said. Its `dueAt` is when Tier 1 is reminded. */
export const freshTicket = async (store: TicketStore, openedAt: Instant): Promise<TicketRecord> => {
  const ports = unwritingPorts(store, () => openedAt);
  const customer = { userId: customers[0] ?? '', team, name: 'Customer', isFullMember: true, isWorkspaceAdmin: false };
  return said(done(await openFromMessage(ports, messageAt(openedAt), customer, 'message')));
};

const unwritingPorts = (store: TicketStore, now: () => Instant) => {
  const unwritten = { insert: async () => 'stored' as const, save: async () => true, nextNumber: async () => 1 };
  return quietPorts({ ...store, ...unwritten, recall: () => null }, now);
};

const messageAt = (at: Instant): Incoming => ({
  channel: intakeChannels[0] ?? '',
  ts: tsAt(at, 1),
  threadTs: null,
  userId: customers[0] ?? '',
  team,
  text: 'Our shop shows an error since noon, and customers cannot order',
  files: [],
  mentionsBot: false,
});

const tsAt = (at: Instant, number: number): string =>
  `${Math.floor(at / 1000) + Math.floor(number / 1e6)}.${String(number % 1e6).padStart(6, '0')}`;

const done = (outcome: Outcome): TicketRecord => {
  if (outcome.kind !== 'done') throw new Error(`Making a ticket failed: ${JSON.stringify(outcome)}`);
  return outcome.record;
};

/** All that was to be said stands in Slack. */
const said = (record: TicketRecord): TicketRecord => {
  const { ticket, notices } = record;
  const card = { channel: tierChannels[0], ts: ticket.messages[0]?.key.split(':')[1] ?? '' };
  return afterSaying(record, {
    said: Object.keys(notices),
    postponed: [],
    anchors: { [cardAnchor(ticket.posting, null)]: card },
    withdrawn: [],
    sayAt: null,
    saying: null,
  });
};

/** Another ticket like it: of another number, customer and thread, else the same. */
export const alike = (record: TicketRecord, number: number): TicketRecord => {
  const channel = intakeChannels[number % intakeChannels.length] ?? '';
  const ts = tsAt(record.ticket.openedAt, number);
  const key = `${channel}:${ts}`;
  const userId = customers[number % customers.length] ?? '';
  const ticket = {
    ...record.ticket,
    id: `${team}:${key}`,
    number,
    threads: [key],
    place: { kind: 'thread' as const, channel, threadTs: ts },
    customer: { ...record.ticket.customer, userId },
  };
  return { ...record, ticket };
};
