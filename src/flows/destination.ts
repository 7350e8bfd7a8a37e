import type { Desk } from '../domain/desk.ts';
import { type Anchor, type Notice, receiptAnchor } from '../domain/notice.ts';
import type { Destination, TicketRecord } from './ports.ts';

/** Notices with the same place are said in the order written (14.3). */
export const placeOf = ({ to, redraws }: Notice): string =>
  redraws === null ? JSON.stringify(to) : `redraw ${redraws}`;

/** The name of the message that must stand before this can be said; `null` where none need. */
export const needs = ({ to, redraws }: Notice): string | null => {
  if (redraws !== null) return redraws;
  if (to.kind === 'under') return to.anchor;
  return to.kind === 'whisper' ? receiptAnchor : null;
};

/**
 * Where a notice goes now: today's channels, and the messages posted so far (6.6).
 *
 * @param posted messages posted in this very round, which the record does not show yet
 * @returns `null` when there is nothing to answer under or to redraw: the message was never posted
 */
export const destinationOf = (
  notice: Notice,
  record: TicketRecord,
  posted: Readonly<Record<string, Anchor>>,
  desk: Desk,
): Destination | null => {
  const anchors = { ...record.anchors, ...posted };
  if (notice.redraws !== null) {
    const drawn = anchors[notice.redraws];
    return drawn === undefined ? null : { kind: 'redraw', ...drawn };
  }
  const { to } = notice;
  switch (to.kind) {
    case 'customer':
      return toCustomer(notice, record, anchors);
    case 'tier': {
      const tier = desk.tiers[to.tier - 1];
      return tier === undefined ? null : { kind: 'channel', channel: tier.channel, threadTs: null };
    }
    case 'under': {
      const above = anchors[to.anchor];
      return above === undefined ? null : { kind: 'channel', channel: above.channel, threadTs: above.ts };
    }
    case 'person':
      return { kind: 'person', userId: to.userId };
    case 'whisper': {
      const place = toCustomer(notice, record, anchors);
      return place?.kind === 'channel' ? { ...place, kind: 'whisper', userId: to.userId } : null;
    }
  }
};

/** The customer's place (2.9): a DM thread starts with the receipt. */
const toCustomer = (
  notice: Notice,
  { ticket: { place } }: TicketRecord,
  anchors: Readonly<Record<string, Anchor>>,
): Destination | null => {
  switch (place.kind) {
    case 'thread':
      return { kind: 'channel', channel: place.channel, threadTs: place.threadTs };
    case 'dm': {
      const receipt = anchors[receiptAnchor];
      if (receipt === undefined || notice.anchor === receiptAnchor) return { kind: 'person', userId: place.userId };
      return { kind: 'channel', channel: receipt.channel, threadTs: receipt.ts };
    }
    case 'none':
      return null;
  }
};
