import { hour, minute } from '../../src/domain/instant.ts';
import { connectStore, type Store } from '../../src/store/connection.ts';
import { aNotice, aRecord, aTicket, openingTime } from '../support/a-record.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aSilentLog } from './a-silent-log.ts';

let database: FreshDatabase;
let one: Store;
let two: Store;

beforeAll(async () => {
  database = await freshDatabase();
  [one, two] = await Promise.all([connectStore(database.uri, aSilentLog), connectStore(database.uri, aSilentLog)]);
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await database.drop();
});

const now = openingTime;
const turnOf = (store: Store, team: string, by: string, at: number) => store.audits.takeTurn(team, by, at, at + minute);
const stateOf = async (team: string) => {
  const state = await turnOf(one, team, 'looker', now + 1_000 * hour);
  if (state === null) throw new Error('Looking at the audit failed: another has the turn');
  return state;
};

describe('the turn to read', () => {
  it('is one process’s at a time, though all ask at once', async () => {
    const asked = await Promise.all(
      Array.from({ length: 8 }, (_, each) => turnOf(each % 2 ? one : two, 'T1', `p${each}`, now)),
    );
    expect(asked.filter((state) => state !== null)).toHaveLength(1);
  });

  it('is its own again at once, and another’s when its time is over', async () => {
    expect(await turnOf(one, 'T2', 'a', now)).not.toBeNull();
    expect(await turnOf(two, 'T2', 'b', now + minute - 1)).toBeNull();
    expect(await turnOf(one, 'T2', 'a', now + 1)).not.toBeNull();
    expect(await turnOf(two, 'T2', 'b', now + minute + 1)).not.toBeNull();
    expect(await turnOf(one, 'T2', 'a', now + minute + 2)).toBeNull();
  });
});

describe('a silence', () => {
  it('is none while anybody hears, whoever it is', async () => {
    for (let at = now; at < now + 10 * minute; at += minute) await (at % 2 ? one : two).audits.beat('T3', at);
    expect((await stateOf('T3')).outage).toBeNull();
  });

  it('is noted once, from when somebody last heard', async () => {
    await one.audits.beat('T4', now);
    await Promise.all([one, two, one, two].map(({ audits }) => audits.beat('T4', now + hour)));
    const fresh = { tickets: { dueAt: 0, ids: [] }, directs: '', failed: false };
    expect((await stateOf('T4')).outage).toEqual({ since: now, seenAt: now + hour, ...fresh });
  });

  it('that comes before the last is searched for does not end its search', async () => {
    await one.audits.beat('T5', now);
    await one.audits.beat('T5', now + hour);
    const { outage } = await stateOf('T5');
    if (outage === null) throw new Error('No outage was noted');
    await two.audits.beat('T5', now + 3 * hour);
    await one.audits.searched('T5', { ...outage, tickets: null, directs: null });
    expect((await stateOf('T5')).outage).toMatchObject({ since: now, seenAt: now + 3 * hour, directs: '' });
    const again = (await stateOf('T5')).outage;
    if (again !== null) await one.audits.searched('T5', { ...again, tickets: null, directs: null });
    expect((await stateOf('T5')).outage).toBeNull();
  });
});

describe('what is known', () => {
  it('never goes back, whoever writes last', async () => {
    await stateOf('T6');
    await one.audits.knowUpTo('T6', { C1: now + 5, C2: now });
    await two.audits.knowUpTo('T6', { C1: now });
    expect((await stateOf('T6')).known).toEqual({ C1: now + 5, C2: now });
  });

  it('are the messages of all tickets of a thread, and the threads themselves', async () => {
    const message = { key: 'C1:2.1', at: now, by: { userId: 'U1', name: 'Kim' }, side: 'customer' } as const;
    const messages = [{ ...message, text: 'x', editedAt: null, removedAt: null, files: [] }];
    await one.tickets.insert(aRecord({ ticket: { number: 1, threads: ['C1:1.1'], messages, status: 'closed' } }));
    await one.tickets.insert(aRecord({ ticket: { number: 2, threads: ['C1:1.1', 'C1:3.1'] } }));
    expect([...(await two.audits.messagesIn('T1', ['C1:1.1']))].toSorted()).toEqual(
      expect.arrayContaining(['C1:1.1', 'C1:2.1', 'C1:3.1']),
    );
    expect((await two.audits.messagesIn('T2', ['C1:1.1'])).size).toBe(0);
  });
});

describe('tickets in turn', () => {
  const seen = async (size: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let place = { dueAt: 0, ids: [] as readonly string[] }; ; ) {
      const page = await one.audits.runningAfter('T7', place, now, size);
      for (const { dueAt, id } of page) {
        ids.push(id);
        place = dueAt === place.dueAt ? { dueAt, ids: [...place.ids, id] } : { dueAt, ids: [id] };
      }
      if (page.length < size) return ids.filter((id) => id.startsWith('T7:'));
    }
  };

  const numbered = (team: string, count: number) =>
    Promise.all(Array.from({ length: count }, () => one.tickets.nextNumber(team)));

  it('come each once, also when many are due at one instant', async () => {
    const wanted: string[] = [];
    await numbered('T7', 12);
    for (let number = 1; number <= 12; number += 1) {
      const ticket = aTicket({ number, team: 'T7', id: `T7:C1:${number}` });
      await one.tickets.insert(
        aRecord({ ticket, dueAt: now + (number > 3 && number < 10 ? 0 : number * number * hour + 1) }),
      );
      wanted.push(ticket.id);
    }
    expect((await seen(4)).toSorted()).toEqual(wanted.toSorted());
    const pages = [];
    for (let last = 0; ; ) {
      const page = await two.audits.ticketsAfter('T7', last, 5);
      pages.push(...page.tickets.map(({ ticket }) => ticket.id));
      last = page.next;
      if (last === 0) break;
    }
    expect(pages).toEqual(wanted);
  });

  it('leave out those that are closed and have nothing to say any more', async () => {
    const closed = { status: 'closed', closedAt: now } as const;
    await numbered('T8', 70);
    for (const number of [1, 2, 3, 70])
      await one.tickets.insert(
        aRecord({
          ticket: aTicket({ number, team: 'T8', id: `T8:C1:${number}`, ...(number === 3 ? {} : closed) }),
          notices: number === 70 ? { '1-0': aNotice({ id: '1-0' }) } : {},
        }),
      );
    const page = await one.audits.ticketsAfter('T8', 0, 5);
    expect(page.tickets.map(({ ticket }) => ticket.number)).toEqual([3]);
    const rest = await one.audits.ticketsAfter('T8', page.next, 5);
    expect([page.next, rest.tickets.map(({ ticket }) => ticket.number), rest.next]).toEqual([50, [70], 0]);
  });

  it('have their deadline mended only as they were read', async () => {
    const [record] = (await one.audits.ticketsAfter('T7', 0, 1)).tickets;
    if (record === undefined) throw new Error('There is no ticket');
    expect(await one.audits.mendDueAt(record, now + hour)).toBe(true);
    expect(await two.audits.mendDueAt(record, now + 2 * hour)).toBe(false);
    expect((await two.tickets.load(record.ticket.id))?.dueAt).toBe(now + hour);
    const mended = await one.tickets.load(record.ticket.id);
    if (mended !== null) expect(await one.audits.mendDueAt(mended, null)).toBe(true);
    expect((await one.tickets.load(record.ticket.id))?.dueAt).toBeNull();
  });
});
