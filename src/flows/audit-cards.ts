import { day, type Instant } from '../domain/instant.ts';
import type { Notice } from '../domain/notice.ts';
import type { AuditState, AuditStore, ShowsTicket, SlackArchive, StoredMessage } from './audit-ports.ts';
import type { Deliverer } from './deliver-notices.ts';
import { leaseFor } from './handle-command.ts';
import type { Ports, TicketRecord } from './ports.ts';

export interface CardParts {
  readonly ports: Ports;
  readonly deliverer: Deliverer;
  readonly archive: SlackArchive;
  readonly audits: Pick<AuditStore, 'ticketsOf' | 'remember'>;
  readonly shows: ShowsTicket;
  /** The version of a ticket at which a card was redrawn already: to do so once more would be of no use. */
  readonly redrawn: Map<string, number>;
}

/** Older cards are drawn again when their ticket changes. */
const farthestBack = 30 * day;

/**
 * Looks at one page of one tier's channel, the newest first, then older ones, then the next tier's: a card that does not show
 * its ticket is drawn again. A ticket of which something is being said, or has just changed, is left alone.
 *
 * @returns how many were redrawn, and whether Slack let us look
 */
export const auditCards = async (
  parts: CardParts,
  { cards }: AuditState,
  upTo: Instant,
): Promise<{ readonly mended: number; readonly finished: boolean }> => {
  const { ports, archive, audits } = parts;
  const { team, tiers } = ports.desks.desk();
  const tier = tiers[cards.tier - 1] === undefined ? 1 : cards.tier;
  const channel = tiers[tier - 1]?.channel ?? '';
  const page = await archive.channel(channel, { from: upTo - farthestBack, to: cards.until ?? upTo }, null);
  if (page.kind === 'later') return { mended: 0, finished: false };
  if (page.kind === 'refused') ports.log.warn('audit may not read', { channel, why: page.why });
  const messages = page.kind === 'page' ? page.items : [];
  const oldest = page.kind === 'page' && page.next !== null ? messages.at(-1) : undefined;
  const next =
    oldest === undefined ? { tier: tier + 1, until: null } : { tier, until: Math.floor(Number(oldest.ts) * 1000) };
  await audits.remember(team, { cards: next });
  return { mended: await redrawStale(parts, channel, messages, upTo), finished: true };
};

const redrawStale = async (
  parts: CardParts,
  channel: string,
  messages: readonly StoredMessage[],
  upTo: Instant,
): Promise<number> => {
  const ids = new Set(messages.flatMap(({ ticketId }) => ticketId ?? []));
  if (ids.size === 0) return 0;
  let redrawn = 0;
  for (const record of await parts.audits.ticketsOf([...ids])) {
    await parts.ports.desks.know(record.ticket.policyVersion);
    const stale = messages.flatMap((message) => {
      const anchor = cardAt(record, channel, message.ts);
      return anchor !== null && isQuiet(record, upTo) && isStale(parts, record, anchor, message) ? [anchor] : [];
    });
    if (stale.length === 0 || !(await redraw(parts, record, stale))) continue;
    redrawn += 1;
    parts.deliverer.kick(record.ticket.id);
  }
  return redrawn;
};

const cardAt = ({ anchors }: TicketRecord, channel: string, ts: string): string | null =>
  Object.entries(anchors).find(
    ([name, at]) => name.startsWith('card:') && at.channel === channel && at.ts === ts,
  )?.[0] ?? null;

/** Nothing of it is being said, and what changed last is shown by now. */
const isQuiet = ({ notices, saying, entries }: TicketRecord, upTo: Instant): boolean => {
  const last = entries.at(-1)?.event;
  const doneAt = last !== undefined && 'doneAt' in last ? Number(last.doneAt) : 0;
  return Object.keys(notices).length === 0 && saying === null && doneAt <= upTo;
};

const isStale = (
  { ports, shows, redrawn }: CardParts,
  record: TicketRecord,
  anchor: string,
  { raw }: StoredMessage,
): boolean =>
  redrawn.get(`${record.ticket.id} ${anchor}`) !== record.version && !shows(raw, record, anchor, ports.desks.desk());

/** Written down as if the ticket had changed, so that it is said as any redraw is. */
const redraw = async (
  { ports, redrawn }: CardParts,
  record: TicketRecord,
  anchors: readonly string[],
): Promise<boolean> => {
  const now = ports.clock.now();
  const change = {
    ticket: record.ticket,
    entries: [],
    words: {},
    hash: record.hash,
    notices: anchors.map((anchor, index) => redrawNotice(record, anchor, index, now)),
    causes: [],
    dueAt: record.dueAt,
    ...leaseFor(ports, record, true, now),
  };
  if (!(await ports.tickets.save(record, change))) return false;
  for (const anchor of anchors) redrawn.set(`${record.ticket.id} ${anchor}`, record.version + 1);
  ports.log.warn('audit redraws a card', { ticket: record.ticket.number, anchors });
  return true;
};

/** Its order comes after all that was written with the last entry, and before all that the next one writes. */
const redrawNotice = (record: TicketRecord, anchor: string, index: number, now: Instant): Notice => {
  const { ticket, entries } = record;
  return {
    id: `redraw:${anchor}`,
    kind: 'card',
    to: { kind: 'under', anchor },
    seq: entries.length,
    about: 'card-reposted',
    clock: null,
    order: entries.length * 1000 - 1 - index,
    writtenAt: now,
    critical: false,
    step: ticket.step,
    tier: ticket.tier,
    late: false,
    fold: null,
    anchor: null,
    redraws: anchor,
    notBefore: now,
    tries: 0,
  };
};
