import { type Duration, day, hour, minute, second } from '../src/domain/instant.ts';
import type { Person } from '../src/domain/person.ts';
import { type Incoming, instantOf } from '../src/flows/incoming.ts';
import type { Breakage } from './breakages.ts';
import type { RunningDesk } from './desk.ts';
import type { Faults } from './faults.ts';
import type { Furniture } from './furniture.ts';
import { type Act, dismissal, nextAct } from './habits.ts';
import { createPostman } from './postman.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import type { SlackModel } from './slack-model.ts';
import type { WatchedTickets } from './watched-tickets.ts';
import type { Witness } from './witness.ts';

export interface PeopleParts {
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly random: Random;
  readonly tickets: WatchedTickets;
  readonly slack: SlackModel;
  readonly desk: RunningDesk;
  readonly furniture: Furniture;
  readonly witness: Witness;
  readonly broken: ReadonlySet<Breakage>;
  readonly trace: (line: string) => void;
}

export interface People {
  /** Nobody does anything any more. */
  rest(): void;
  /** A manager dismisses every ticket that is still open. */
  closeAll(): void;
  /** Whether somebody may still do something about a ticket. */
  isBusyWith(ticketId: string): boolean;
}

/** How soon somebody looks at a ticket again. */
const tempers: readonly [Duration, ...Duration[]] = [5 * minute, 20 * minute, 40 * minute, 3 * hour, 14 * hour];
const mostActs = 14;
const texts = [
  'The shop is down',
  'My vps answers nothing',
  'The invoice is wrong <!channel>',
  'Please transfer my domain',
  'Help',
] as const;

/** Customers who write and staff who act, each in their own manner; nobody here knows how the desk works. */
export const createPeople = (parts: PeopleParts): People => {
  const { scheduler, faults, random, tickets, slack, desk, furniture, witness, trace } = parts;
  const postman = createPostman(parts);
  const busy = new Map<string, number>();
  let isResting = false;
  let presses = 0;

  const arrive = (): void => {
    if (isResting) return;
    for (let left = random.pick([1, 1, 2, 4, 8]); left > 0; left -= 1) {
      scheduler.in(Math.floor(random.waiting(40 * minute)), writeSome);
    }
    scheduler.in(Math.floor(random.waiting(day * furniture.daysBetween)), arrive);
  };

  const writeSome = (): void => {
    const customer = random.pickAny(furniture.customers);
    if (customer === null) return;
    writeAtTop(customer);
    if (random.chance(0.1)) scheduler.in(random.whole(1, 400) * second, () => writeAtTop(customer));
  };

  const writeAtTop = (customer: Person): void => {
    if (isResting) return;
    const channel = random.pickAny(furniture.desk.intake)?.channel ?? '';
    const message = write(customer, channel, null, random.pick([...texts, ...texts]));
    const temper = random.pick(tempers);
    const end = random.whole(3, mostActs);
    const id = `${furniture.desk.team}:${channel}:${message.ts}`;
    busy.set(id, (busy.get(id) ?? 0) + 1);
    const goOn = (left: number): void => {
      scheduler.in(second + Math.floor(random.waiting(temper)), () => {
        if (isResting) return;
        const ticket = tickets.load(id)?.ticket ?? null;
        if (left <= 0 || (ticket === null && left < end - 5)) {
          busy.delete(id);
          if (ticket !== null && ticket.status !== 'closed') act(id, dismissal(furniture));
          return;
        }
        if (ticket !== null) act(id, nextAct({ ticket, random, furniture, now: scheduler.now() }));
        goOn(left - 1);
      });
    };
    goOn(end);
  };

  const write = (by: Person, channel: string, threadTs: string | null, text: string): Incoming => {
    const message = slack.write({
      ...{ channel, threadTs, userId: by.userId, team: by.team, text },
      ...{ files: [], mentionsBot: false },
    });
    trace(`${by.userId} writes ${channel}:${message.ts}`);
    const isCustomer = furniture.customers.includes(by);
    postman.send({ kind: 'posted', message }, isCustomer ? { key: `${channel}:${message.ts}`, change: null } : null);
    return message;
  };

  const act = (ticketId: string, what: Act): void => {
    const ticket = tickets.load(ticketId)?.ticket;
    if (ticket === undefined) return;
    const { place } = ticket;
    switch (what.kind) {
      case 'nothing':
        return;
      case 'press':
        press(ticketId, what);
        return;
      case 'write':
        if (place.kind !== 'thread') return;
        write(what.by, place.channel, place.threadTs, what.text);
        if (!furniture.customers.includes(what.by)) witness.wroteToCustomer(ticketId);
        return;
      case 'edit':
      case 'remove':
        change(what.kind, random.pickAny(ticket.messages)?.key ?? '');
        return;
    }
  };

  const change = (how: 'edit' | 'remove', key: string): void => {
    const [channel = '', ts = ''] = key.split(':');
    const changed =
      how === 'edit' ? slack.edit(channel, ts, `${random.whole(1, 9)} times now`) : slack.remove(channel, ts);
    if (changed === null) return;
    const { message } = changed;
    trace(`${how} ${key}`);
    postman.send(
      how === 'edit'
        ? { kind: 'edited', edit: { message, editedTs: changed.ts } }
        : { kind: 'removed', removal: { message, removedTs: changed.ts } },
      { key, change: { text: how === 'edit' ? message.text : null, at: instantOf(changed.ts) } },
    );
  };

  const press = (ticketId: string, { userId, commandFrom }: Extract<Act, { readonly kind: 'press' }>): void => {
    presses += 1;
    const cause = `press:${userId}:${presses}`;
    const go = (): void => desk.someone(random)?.press(ticketId, userId, commandFrom, cause);
    go();
    if (faults.happens('press twice', 0.1)) scheduler.in(random.whole(0, 4000), go);
    if (faults.happens('press at once', 0.1)) {
      const other = random.pickAny(furniture.staff)?.userId ?? userId;
      desk.someone(random)?.press(ticketId, other, commandFrom, `press:${other}:${presses}b`);
    }
  };

  /** Whatever nobody comes back to is put aside by a manager. */
  const putAside = (): void => {
    for (const { ticket } of [...tickets.every()]) {
      if (!isResting && ticket.status !== 'closed' && !busy.has(ticket.id)) act(ticket.id, dismissal(furniture));
    }
    scheduler.in(day, putAside);
  };

  scheduler.in(minute, arrive);
  scheduler.in(day, putAside);
  return {
    rest: () => {
      isResting = true;
    },
    closeAll: () => {
      for (const { ticket } of [...tickets.every()]) {
        if (ticket.status !== 'closed') act(ticket.id, dismissal(furniture));
      }
    },
    isBusyWith: (ticketId) => busy.has(ticketId),
  };
};
