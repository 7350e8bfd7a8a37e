import { cardShows } from '../src/delivery/shown-card.ts';
import type { Desk } from '../src/domain/desk.ts';
import { cardAnchor } from '../src/domain/notice.ts';
import type { Policy } from '../src/domain/policy.ts';
import type { TicketRecord } from '../src/flows/ports.ts';
import type { Drawing } from './simulated-client.ts';
import type { Broken } from './violation.ts';

/** To draw a card only to compare it is dear. */
const oneIn = 4;

/** Looks after cards: what Slack was last given of each shows its ticket as it is (4.2). */
export interface CardWitness {
  shown(channel: string, ts: string, drawing: Drawing): void;
  /** Its last redraw could not be done there: it may show what was. */
  notRedrawn(channel: string, ts: string): void;
  /** While nothing is being said of it; at some of its states, once each. */
  lookAt(record: TicketRecord): void;
  finish(record: TicketRecord): void;
}

export const createCardWitness = (desk: Desk, policy: (version: number) => Policy, broken: Broken): CardWitness => {
  /** By channel and ts; of threads nothing is a card. */
  const last = new Map<string, Drawing>();
  const looked = new Map<string, number>();
  const shows = cardShows({ policy });

  const look = (record: TicketRecord, anchor: string): void => {
    const at = record.anchors[anchor];
    const drawing = at && last.get(`${at.channel}:${at.ts}`);
    if (drawing !== undefined && !shows(drawing, record, anchor, desk))
      broken('4.2 card', `${anchor} of ${record.ticket.id} does not show how it stands`);
  };

  const shown = (channel: string, ts: string, drawing: Drawing): void => {
    const key = `${channel}:${ts}`;
    // A redraw that was given up and lands after the next one is the auditor's to mend, who is not here.
    if ((last.get(key)?.begunAt ?? 0) > drawing.begunAt) last.delete(key);
    else last.set(key, drawing);
  };

  const lookAt = (record: TicketRecord): void => {
    const { ticket, version, notices, saying } = record;
    if (version % oneIn !== 0 || looked.get(ticket.id) === version) return;
    if (saying !== null || Object.keys(notices).length > 0) return;
    looked.set(ticket.id, version);
    look(record, cardAnchor(ticket.posting, null));
  };

  const finish = (record: TicketRecord): void => {
    for (const [anchor, { channel, ts }] of Object.entries(record.anchors)) {
      if (anchor.startsWith('card:')) look(record, anchor);
      last.delete(`${channel}:${ts}`);
    }
    looked.delete(record.ticket.id);
  };

  return {
    shown,
    lookAt,
    notRedrawn: (channel, ts) => void last.delete(`${channel}:${ts}`),
    finish,
  };
};
