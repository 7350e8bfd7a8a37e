import { cardAnchor, type Notice } from '../domain/notice.ts';
import { handleCommand } from './handle-command.ts';
import type { Ports } from './ports.ts';

/**
 * What follows when a notice can never arrive: it ends on the ticket's record, and people are told (6.3, 7.3). A card that
 * somebody deleted is posted anew, once. What was done before is not done again.
 */
export const giveUpNotice = async (ports: Ports, ticketId: string, notice: Notice, why: string): Promise<void> => {
  ports.log.warn('notice can never arrive', { ticketId, notice: notice.id, kind: notice.kind, why });
  if (notice.redraws !== null) {
    if (why === deleted) await postCardAnew(ports, ticketId, notice.redraws);
    return;
  }
  if (notice.to.kind === 'whisper' || notice.about === 'notice-undeliverable') return;
  const command = {
    type: 'undeliverable',
    about: notice.kind,
    toCustomer: notice.to.kind === 'customer',
    reason: why,
  } as const;
  const cause = { id: `gone:${notice.id}`, at: ports.clock.now() };
  await handleCommand(ports, ticketId, command, cause);
};

const deleted = 'message_not_found';

/** Only the living card: those of tiers it has left are of the past. */
const postCardAnew = async (ports: Ports, ticketId: string, anchor: string): Promise<void> => {
  const record = await ports.tickets.load(ticketId);
  if (record === null || anchor !== cardAnchor(record.ticket.posting, null)) return;
  const cause = { id: `deleted:${anchor}`, at: ports.clock.now() };
  await handleCommand(ports, ticketId, { type: 'repost-card' }, cause, record);
};
