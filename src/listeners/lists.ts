import { type Person, tiersOf } from '../domain/person.ts';
import { type Listing, listTickets, perPage } from '../flows/list-tickets.ts';
import type { Ports } from '../flows/ports.ts';
import { tierName } from '../views/labels.ts';
import { type Message, withBlocks } from '../views/message.ts';
import { refusalMessage } from '../views/refusal-message.ts';
import { ticketList } from '../views/ticket-list.ts';
import { readerOf } from './answers.ts';

type Reading = Pick<Ports, 'desks' | 'tickets'>;

/** A page of a list, or a refusal where only staff may see it (11, 12). */
export const listPage = async (ports: Reading, reader: Person, listing: Listing, page: number): Promise<Message> => {
  const listed = await listTickets(ports, reader, listing, page);
  if (listed === null) return refusalMessage({ code: 'not-allowed', needs: 'staff' }, { isStaff: false });
  const desk = ports.desks.desk();
  const role = listing.of === 'customer' ? 'customer' : 'staff';
  const of = listing.of === 'tier' ? `tier-${listing.tier}` : listing.of;
  return ticketList({ ...listed, page, perPage, of, heading: headingOf(ports, listing), reader: role }, desk);
};

const headingOf = ({ desks }: Pick<Ports, 'desks'>, listing: Listing): string => {
  switch (listing.of) {
    case 'mine':
      return 'Your open tickets';
    case 'tier':
      return `${tierName(desks.desk(), listing.tier)}: open tickets`;
    case 'all':
      return 'All open tickets';
    case 'customer':
      return 'Your tickets';
  }
};

/** The list a page's buttons are of; `null` when it is none. */
export const listingNamed = (name: string): Listing | null => {
  const tier = /^(?:tier-)?([1-9]\d?)$/.exec(name)?.[1];
  if (tier !== undefined) return { of: 'tier', tier: Number(tier) };
  return name === 'mine' || name === 'all' || name === 'customer' ? { of: name } : null;
};

/** Slack takes a little more than this in one message. */
const longest = 12_000;

/** Staff get their own work, then the queues of their tiers as far as one message goes; customers what is theirs (12). */
export const workList = async (ports: Reading, reader: Person): Promise<Message> => {
  if (readerOf(ports, reader) === 'customer') return listPage(ports, reader, { of: 'customer' }, 0);
  const own = await listPage(ports, reader, { of: 'mine' }, 0);
  const tiers = tiersOf(reader, ports.desks.desk());
  const queues: readonly Listing[] = tiers.length === 0 ? [{ of: 'all' }] : tiers.map((tier) => ({ of: 'tier', tier }));
  const pages = await Promise.all(queues.map((listing) => listPage(ports, reader, listing, 0)));
  let all = own;
  for (const page of pages) {
    const isTooLong = JSON.stringify([...all.blocks, ...page.blocks]).length > longest;
    if (!isTooLong) all = withBlocks({ blocks: all.blocks, text: `${all.text} ${page.text}` }, ...page.blocks);
  }
  return all;
};
