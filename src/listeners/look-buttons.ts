import { findTicketById } from '../flows/find-ticket.ts';
import { actionIds, pageIn } from '../views/ids.ts';
import type { Message } from '../views/message.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { listingNamed, listPage, workList } from './lists.ts';
import { type Look, lookAt } from './looks.ts';
import { carriedBy, type Press, pressOf, show } from './press.ts';

/** Open, Why and History, shown only to who pressed. */
export const showForAct = (ports: Listening, press: Press, look: Look): Promise<void> =>
  show(ports, press, lookedAt(ports, press, look, 0));

const lookedAt = async (ports: Listening, press: Press, look: Look, page: number): Promise<Message> =>
  lookAt(ports, look, await findTicketById(ports, press.by, carriedBy(press).ticketId), press.by, page);

/** Turning the pages of lists and histories, in place. */
export const registerPages = (listeners: ById, ports: Listening): void => {
  const turn = (id: string, by: -1 | 1, page: (press: Press, wanted: number, of: string) => Promise<Message>): void => {
    listeners.action(id, async (args) => {
      const press = pressOf(ports, args);
      const shown = pageIn(press.blockId);
      const wanted = Math.max(0, (shown?.page ?? 0) + by);
      await show(ports, press, page(press, wanted, shown?.of ?? ''), 'instead');
    });
  };

  turn(actionIds.listBack, -1, (press, page, of) => pageOf(ports, press, page, of));
  turn(actionIds.listOn, 1, (press, page, of) => pageOf(ports, press, page, of));
  // The newest page of a history is its first: back in time is the next page.
  turn(actionIds.historyBack, 1, (press, page) => lookedAt(ports, press, 'history', page));
  turn(actionIds.historyOn, -1, (press, page) => lookedAt(ports, press, 'history', page));
};

const pageOf = (ports: Listening, press: Press, page: number, of: string): Promise<Message> => {
  const listing = listingNamed(of);
  return listing === null ? workList(ports, press.by) : listPage(ports, press.by, listing, page);
};
