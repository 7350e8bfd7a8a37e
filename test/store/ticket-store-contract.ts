import type { TicketEvent } from '../../src/domain/event.ts';
import { day, hour, minute } from '../../src/domain/instant.ts';
import { entryHash, noHash, sealEvents } from '../../src/domain/timeline.ts';
import type { Cause, Saying, TicketFilter, TicketRecord, TicketStore } from '../../src/flows/ports.ts';
import { aChange, aNotice, aRecord, openingTime } from '../support/a-record.ts';

/** Two processes on the same tickets, and a way to forget all tickets between two tests. */
export interface Stores {
  readonly one: TicketStore;
  readonly two: TicketStore;
  readonly forget: () => Promise<void>;
}

/** What every keeper of tickets must hold, MongoDB and the simulator's double alike (15.4). */
export const ticketStoreContract = (makeStores: () => Promise<Stores>): void => {
  let one: TicketStore;
  let two: TicketStore;
  let forget: () => Promise<void>;

  beforeAll(async () => {
    ({ one, two, forget } = await makeStores());
  });
  afterEach(() => forget());

  const stored = async (record: TicketRecord): Promise<TicketRecord> => {
    expect(await one.insert(record)).toBe('stored');
    return record;
  };
  const read = async (record: TicketRecord): Promise<TicketRecord> => {
    const found = await one.load(record.ticket.id);
    if (found === null) throw new Error(`Loading '${record.ticket.id}' failed: it is not there`);
    return found;
  };
  const numbersOf = (records: readonly TicketRecord[]): readonly number[] =>
    records.map((record) => record.ticket.number);
  const leaseOf = (by: string, minutes = 1) => ({ by, until: openingTime + minutes * minute });
  const said = (leased: TicketRecord, overrides: Partial<Saying> = {}): Saying => ({
    ...{ said: [], withdrawn: [], postponed: [], anchors: {}, sayAt: leased.sayAt, saying: null },
    ...overrides,
  });
  const waiting = (ids: readonly string[]): TicketRecord =>
    aRecord({ notices: Object.fromEntries(ids.map((id) => [id, aNotice({ id })])), sayAt: openingTime });
  /** Leases a stored record as `by` does and gives it as it then stands. */
  const leased = async (record: TicketRecord, by: string, minutes = 1): Promise<TicketRecord> => {
    const saying = leaseOf(by, minutes);
    expect(await one.lease(record, saying)).toBe(true);
    return { ...record, saying, sayAt: saying.until };
  };

  describe('a stored ticket', () => {
    it('is read as it was written', async () => {
      const record = aRecord({
        ticket: {
          title: 'Ünïcödé 💥 \u202Eright to left <!channel> $x a.b',
          messages: [],
          openedAt: 1_772_445_600_123,
        },
        notices: { n1: aNotice() },
        anchors: { 'said:C1:170.000100': { channel: 'C1', ts: '170.000100' } },
        words: { '1:text': { salt: 's', text: '' } },
        causes: [{ id: 'press:U1:170.1', at: openingTime }],
        saying: leaseOf('a'),
        sayAt: openingTime,
      });
      await stored(record);
      expect(await read(record)).toEqual(record);
      expect(await two.byNumber('T1', 1)).toEqual(record);
    });

    it('has no deadline and nothing to say where there is none', async () => {
      const record = await stored(aRecord({ dueAt: null }));
      expect(await read(record)).toEqual(record);
      expect(await one.nextInstant()).toBeNull();
    });

    it('is stored once, however often it arrives', async () => {
      const record = aRecord();
      const outcomes = await Promise.all([one, two, one, two].map((store) => store.insert(record)));
      expect(outcomes.toSorted()).toEqual(['exists', 'exists', 'exists', 'stored']);
      expect(await one.insert(aRecord({ ticket: { number: 9, id: record.ticket.id } }))).toBe('exists');
    });

    it('never shares its number', async () => {
      await stored(aRecord());
      await expect(one.insert(aRecord({ ticket: { id: 'T1:another' } }))).rejects.toThrow();
      expect(await one.load('T1:another')).toBeNull();
    });

    it('shares its number with a ticket of another workspace', async () => {
      await stored(aRecord());
      await stored(aRecord({ ticket: { id: 'T2:another', team: 'T2' } }));
      expect((await one.byNumber('T2', 1))?.ticket.id).toBe('T2:another');
    });

    it('is null when nobody knows it', async () => {
      expect(await one.load('T1:unknown')).toBeNull();
      expect(await one.byNumber('T1', 404)).toBeNull();
      expect(await one.byThread('T1', 'C1:1.2')).toBeNull();
    });
  });

  describe('ticket numbers', () => {
    it('are distinct for two processes at once', async () => {
      const taken = await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 2 ? one : two).nextNumber('T-NUM')));
      expect(new Set(taken).size).toBe(60);
      expect(Math.min(...taken)).toBe(1);
    });

    it('begin with 1 in each workspace', async () => {
      expect(await one.nextNumber('T-OTHER')).toBe(1);
      expect(await one.nextNumber('T-OTHER')).toBe(2);
    });
  });

  describe('a guarded save', () => {
    it('writes state, entries, words, notices, causes and clocks together', async () => {
      const old = aNotice({ id: 'old' });
      const before = await stored(aRecord({ notices: { old } }));
      const ticket = { ...before.ticket, title: 'Another', threads: [...before.ticket.threads, 'C2:1.5'] };
      const { entries, words } = sealEvents(
        [
          {
            ...{ type: 'noted', words: { text: 'Looks like DNS' } },
            ...{ at: openingTime, doneAt: openingTime, by: null, late: false },
          },
        ],
        { seq: 0, hash: noHash },
        () => 'salt',
      );
      const cause = { id: 'press:U1:1.2', at: openingTime };
      const change = aChange(before, {
        ...{ ticket, entries, words, notices: [aNotice()], causes: [cause] },
        ...{ dueAt: null, sayAt: openingTime },
      });
      expect(await one.save(before, change)).toBe(true);
      expect(await read(before)).toEqual({
        ...before,
        ...{ ticket, version: 2, entries, words, notices: { old, n1: aNotice() }, causes: [cause] },
        ...{ dueAt: null, sayAt: openingTime },
      });
      expect((await one.byThread('T1', 'C2:1.5'))?.version).toBe(2);
    });

    it('is won by one of twenty at once', async () => {
      const before = await stored(aRecord());
      const attempts = Array.from({ length: 20 }, (_, i) =>
        (i % 2 ? one : two).save(before, aChange(before, { ticket: { ...before.ticket, title: `Writer ${i}` } })),
      );
      const outcomes = await Promise.all(attempts);
      expect(outcomes.filter(Boolean)).toEqual([true]);
      const after = await read(before);
      expect(after.version).toBe(2);
      expect(after.ticket.title).toBe(`Writer ${outcomes.indexOf(true)}`);
    });

    it('is lost when the ticket has moved on, and changes nothing', async () => {
      const before = await stored(aRecord());
      await two.save(before, aChange(before, { dueAt: openingTime + 2 * hour }));
      const moved = await read(before);
      expect(await one.save(before, aChange(before, { notices: [aNotice()], dueAt: null }))).toBe(false);
      expect(await read(before)).toEqual(moved);
    });

    it('is lost on a ticket that is not there', async () => {
      const nobody = aRecord();
      expect(await one.save(nobody, aChange(nobody))).toBe(false);
    });

    it('keeps a notice that is written anew', async () => {
      const before = await stored(aRecord({ notices: { n1: aNotice() } }));
      const anew = aNotice({ tries: 7 });
      expect(await one.save(before, aChange(before, { notices: [anew] }))).toBe(true);
      expect((await read(before)).notices).toEqual({ n1: anew });
    });

    it('takes any name for notices and words', async () => {
      const before = await stored(aRecord());
      const names = ['card:1', 'said:C1:170.000100', '$set', 'a.$.b', '100%', '%2E', '.', '', 'ключ', 'a b/c'];
      const notices = names.map((id) => aNotice({ id }));
      const words = Object.fromEntries(names.map((name) => [name, { salt: name, text: name }]));
      expect(await one.save(before, aChange(before, { notices, words }))).toBe(true);
      const after = await read(before);
      expect(after.notices).toEqual(Object.fromEntries(notices.map((notice) => [notice.id, notice])));
      expect(after.words).toEqual(words);
      const held = await leased(after, 'a');
      expect(await one.recordSaid(held, said(held, { said: ['unknown', ...names.slice(1)] }))).toBe(true);
      expect(Object.keys((await read(before)).notices)).toEqual(['card:1']);
    });

    it('leaves hashes that still fit after a read', async () => {
      const before = await stored(aRecord());
      const by = { userId: 'U1', name: 'Cora' };
      const files = [{ id: 'F1', name: 'a.log', size: 5_000_000_000, type: null }];
      const common = { at: 1_772_445_600_123, doneAt: openingTime, by, late: false };
      const words = { text: 'It still fails' };
      const events: readonly TicketEvent[] = [
        { type: 'customer-said', messageKey: 'C1:1.2', joined: false, sense: 'still-broken', files, words, ...common },
        { type: 'closed', outcome: 'dismissed', forCustomer: false, words: {}, ...common, by: null },
      ];
      const sealed = sealEvents(events, { seq: 0, hash: noHash }, () => 'salt');
      await one.save(before, aChange(before, sealed));
      const { entries, ...after } = await read(before);
      expect(after.words).toEqual(sealed.words);
      let hash = noHash;
      for (const entry of entries) {
        hash = entryHash({ seq: entry.seq, event: entry.event, words: entry.words }, hash);
        expect(entry.hash).toBe(hash);
      }
      expect(entries).toHaveLength(2);
    });
  });

  describe('causes', () => {
    const causes = (count: number, at: number): readonly Cause[] =>
      Array.from({ length: count }, (_, i) => ({ id: `${at}/${i}`, at }));

    it('are forgotten after 24 hours', async () => {
      const old = causes(2, openingTime);
      const recent = causes(1, openingTime + hour);
      const before = await stored(aRecord({ causes: [...old, ...recent] }));
      const fresh = causes(1, openingTime + day);
      await one.save(before, aChange(before, { causes: fresh }));
      expect((await read(before)).causes).toEqual([...recent, ...fresh]);
    });

    it('are at most 200, the newest', async () => {
      const before = await stored(aRecord({ causes: causes(199, openingTime) }));
      await one.save(before, aChange(before, { causes: causes(3, openingTime + 1) }));
      const kept = (await read(before)).causes;
      expect(kept).toEqual([...before.causes.slice(2), ...causes(3, openingTime + 1)]);
    });

    it('stay when a change brings none', async () => {
      const before = await stored(aRecord({ causes: causes(3, openingTime) }));
      await one.save(before, aChange(before));
      expect((await read(before)).causes).toEqual(before.causes);
    });
  });

  describe('saying', () => {
    it('is leased by one of many at once, and looked at again when the lease ends', async () => {
      const record = await stored(waiting(['n1']));
      const takers = Array.from({ length: 10 }, (_, i) => (i % 2 ? one : two).lease(record, leaseOf(`sayer ${i}`)));
      expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
      const after = await read(record);
      expect(after.sayAt).toBe(openingTime + minute);
      expect(after.version).toBe(record.version);
      expect(await one.unsaid(openingTime, 10)).toEqual([]);
      expect(numbersOf(await one.unsaid(openingTime + minute, 10))).toEqual([1]);
    });

    it('is not leased on what was read before another save', async () => {
      const record = await stored(waiting(['n1']));
      await two.save(record, aChange(record));
      expect(await one.lease(record, leaseOf('a'))).toBe(false);
    });

    it('is recorded without moving the version', async () => {
      const record = await leased(await stored(waiting(['n1', 'said:1.2', 'n3'])), 'a');
      const later = aNotice({ id: 'n3', tries: 1, notBefore: openingTime + hour });
      const anchors = { 'card:1': { channel: 'C1', ts: '17.5' }, 'said:C1:1.2': { channel: 'C1', ts: '17.6' } };
      const outcome = said(record, { said: ['n1', 'said:1.2'], postponed: [later], anchors });
      expect(await one.recordSaid(record, { ...outcome, sayAt: later.notBefore })).toBe(true);
      expect(await read(record)).toEqual({
        ...record,
        ...{ notices: { n3: later }, anchors, sayAt: later.notBefore, saying: null },
      });
      expect((await read(record)).version).toBe(record.version);
    });

    it('keeps what was withdrawn on record, each once', async () => {
      const record = await leased(await stored(waiting(['n1', 'n2'])), 'a');
      const withdrawn = [{ id: 'n1', kind: 'call', at: openingTime } as const];
      const { saying } = record;
      expect(await one.recordSaid(record, said(record, { said: ['n1'], withdrawn, saying }))).toBe(true);
      // As after an answer that was lost.
      expect(await one.recordSaid(record, said(record, { said: ['n1', 'n2'], withdrawn, sayAt: null }))).toBe(true);
      expect((await read(record)).withdrawn).toEqual(withdrawn);
    });

    it('leaves nothing to look at when all is said', async () => {
      const record = await leased(await stored(waiting(['n1'])), 'a');
      expect(await one.recordSaid(record, said(record, { said: ['n1'], sayAt: null }))).toBe(true);
      expect(await read(record)).toMatchObject({ notices: {}, sayAt: null, saying: null });
      expect(await one.unsaid(openingTime + day, 10)).toEqual([]);
    });

    it('is not recorded over a newer version, whose notices wait', async () => {
      const record = await leased(await stored(waiting(['n1'])), 'a');
      const fresh = aNotice({ id: 'n2' });
      expect(await two.save(record, aChange(record, { notices: [fresh], sayAt: openingTime }))).toBe(true);
      expect(await one.recordSaid(record, said(record, { said: ['n1'], sayAt: null }))).toBe(false);
      const moved = await read(record);
      expect(moved).toMatchObject({ notices: { n1: {}, n2: {} }, sayAt: openingTime, saying: record.saying });
      expect(await one.recordSaid(moved, said(moved, { said: ['n1'], sayAt: openingTime }))).toBe(true);
    });

    it('is not recorded by one whose lease another holds now', async () => {
      const first = await leased(await stored(waiting(['n1'])), 'a', 1);
      const second = await leased(first, 'b', 2);
      expect(await one.recordSaid(first, said(first, { said: ['n1'], sayAt: null }))).toBe(false);
      expect((await read(first)).sayAt).toBe(openingTime + 2 * minute);
      expect(await one.recordSaid(second, said(second, { said: ['n1'], sayAt: null }))).toBe(true);
    });

    it('is not saved by one that read the ticket before it was leased', async () => {
      const record = await stored(waiting(['n1']));
      const held = await leased(record, 'a');
      expect(await two.save(record, aChange(record, { sayAt: openingTime }))).toBe(false);
      expect((await read(record)).saying).toEqual(held.saying);
    });

    it('is not saved under a lease that came to its end since, though the same lease is asked for', async () => {
      const record = await leased(await stored(waiting(['n1'])), 'a');
      await one.recordSaid(record, said(record, { said: ['n1'], sayAt: null }));
      expect(await one.save(record, aChange(record, { saying: record.saying, sayAt: record.sayAt }))).toBe(false);
    });

    it('is leased in a save only when nobody else has leased it since', async () => {
      const record = await stored(waiting(['n1']));
      const saying = leaseOf('b');
      await leased(record, 'a');
      expect(await two.save(record, aChange(record, { saying, sayAt: saying.until }))).toBe(false);
      const now = await read(record);
      expect(await two.save(now, aChange(now, { saying, sayAt: saying.until }))).toBe(true);
      expect((await read(record)).saying).toEqual(saying);
    });

    it('is not leased in a save that read notices which are said by now', async () => {
      const record = await stored(waiting(['n1']));
      const held = await leased(record, 'a');
      await one.recordSaid(held, said(held, { said: ['n1'], sayAt: null }));
      const saying = leaseOf('b');
      expect(await two.save(record, aChange(record, { saying, sayAt: saying.until }))).toBe(false);
    });
  });

  describe('tickets that want something', () => {
    const five = async (): Promise<void> => {
      const minutes = [30, 10, 50, 20, 40];
      for (const [index, after] of minutes.entries()) {
        const at = openingTime + after * minute;
        await stored(aRecord({ ticket: { number: index + 1 }, dueAt: at, sayAt: at + hour }));
      }
      await stored(aRecord({ ticket: { number: 6 }, dueAt: null }));
    };

    it('come earliest first, no later than now, and no more than asked for', async () => {
      await five();
      expect(numbersOf(await one.due(openingTime + 9 * minute, 10))).toEqual([]);
      expect(numbersOf(await one.due(openingTime + 30 * minute, 10))).toEqual([2, 4, 1]);
      expect(numbersOf(await one.due(openingTime + day, 2))).toEqual([2, 4]);
      expect(numbersOf(await one.unsaid(openingTime + 90 * minute, 10))).toEqual([2, 4, 1]);
      expect(numbersOf(await one.unsaid(openingTime + day, 4))).toEqual([2, 4, 1, 5]);
    });

    it('tell the earliest instant of all', async () => {
      expect(await one.nextInstant()).toBeNull();
      await five();
      expect(await one.nextInstant()).toBe(openingTime + 10 * minute);
      await stored(aRecord({ ticket: { number: 7 }, dueAt: null, sayAt: openingTime + minute }));
      expect(await one.nextInstant()).toBe(openingTime + minute);
    });
  });

  describe('a thread', () => {
    it('belongs to its newest ticket', async () => {
      const threads = ['C1:1.2'];
      await stored(aRecord({ ticket: { number: 12, threads, openedAt: openingTime + hour } }));
      await stored(aRecord({ ticket: { number: 21, threads } }));
      expect((await one.byThread('T1', 'C1:1.2'))?.ticket.number).toBe(12);
      expect(await one.byThread('T2', 'C1:1.2')).toBeNull();
    });

    it('in a direct message begins with the receipt, and stays with the ticket', async () => {
      const place = { kind: 'dm', userId: 'U1' } as const;
      const waits = { notices: { n1: aNotice() }, sayAt: openingTime };
      const record = await leased(await stored(aRecord({ ticket: { place }, ...waits })), 'a');
      const anchors = { receipt: { channel: 'D1', ts: '17.5' } };
      expect(await one.recordSaid(record, said(record, { said: ['n1'], anchors, sayAt: null }))).toBe(true);
      const begun = await read(record);
      expect(await one.byThread('T1', 'D1:17.5')).toEqual(begun);
      expect(await one.save(begun, aChange(begun))).toBe(true);
      expect((await one.byThread('T1', 'D1:17.5'))?.version).toBe(begun.version + 1);
    });

    it('is begun by no receipt that stands in a channel', async () => {
      const record = await leased(await stored(waiting(['n1'])), 'a');
      const anchors = { receipt: { channel: 'C1', ts: '17.5' } };
      expect(await one.recordSaid(record, said(record, { said: ['n1'], anchors, sayAt: null }))).toBe(true);
      expect(await one.byThread('T1', 'C1:17.5')).toBeNull();
    });
  });

  describe('a customer in a channel', () => {
    const found = async (since: number, channel = 'C-INTAKE', userId = 'U-CUSTOMER') =>
      (await one.byCustomerInChannel('T1', userId, channel, since))?.ticket.number ?? null;

    it('has the newest open ticket opened since then', async () => {
      await stored(aRecord({ ticket: { number: 1 } }));
      await stored(aRecord({ ticket: { number: 2, openedAt: openingTime + minute, status: 'waiting' } }));
      await stored(aRecord({ ticket: { number: 3, openedAt: openingTime + hour, status: 'resolved' } }));
      expect(await found(openingTime)).toBe(2);
      expect(await found(openingTime + minute)).toBe(2);
      expect(await found(openingTime + minute + 1)).toBeNull();
      expect(await found(openingTime, 'C-OTHER')).toBeNull();
      expect(await found(openingTime, 'C-INTAKE', 'U-OTHER')).toBeNull();
    });
  });

  describe('a list', () => {
    const open = ['open', 'waiting'] as const;
    const every = [...open, 'resolved', 'closed'] as const;
    const ana = { userId: 'U-ANA', name: 'Ana', since: openingTime };
    const shelf = async (): Promise<void> => {
      const other = { ...aRecord().ticket.customer, userId: 'U-OTHER' };
      const at = (minutes: number) => openingTime + minutes * minute;
      await stored(aRecord({ ticket: { number: 1, tier: 1, owner: ana }, dueAt: at(50) }));
      await stored(aRecord({ ticket: { number: 2, tier: 2, owner: ana, customer: other }, dueAt: at(10) }));
      await stored(aRecord({ ticket: { number: 3, tier: 1, status: 'waiting' }, dueAt: at(50) }));
      await stored(aRecord({ ticket: { number: 4, tier: 1, status: 'closed', owner: ana }, dueAt: null }));
      await stored(aRecord({ ticket: { number: 5, tier: 2, status: 'closed', customer: other }, dueAt: null }));
      const place = { kind: 'thread', channel: 'C-SHARED', threadTs: '1.1' } as const;
      const guest = { ...other, userId: 'U-GUEST', team: 'T9' };
      await stored(aRecord({ ticket: { number: 7, team: 'T3', id: 'T3:7', customer: guest, place }, dueAt: null }));
      await stored(aRecord({ ticket: { number: 6, tier: 1, team: 'T2', id: 'T2:6' }, dueAt: at(1) }));
    };
    const list = async (filter: Omit<TicketFilter, 'team'>, page = { skip: 0, limit: 10 }) => {
      const { tickets, total } = await one.list({ team: 'T1', ...filter }, page);
      return { numbers: tickets.map(({ number }) => number), total };
    };

    it('goes by nearest deadline, then newest number; those without a deadline come last', async () => {
      await shelf();
      expect(await list({ statuses: every })).toEqual({ numbers: [2, 3, 1, 5, 4], total: 5 });
    });

    it('keeps to tier, owner, customer and status', async () => {
      await shelf();
      expect(await list({ statuses: open, tier: 1 })).toEqual({ numbers: [3, 1], total: 2 });
      expect(await list({ statuses: open, owner: 'U-ANA' })).toEqual({ numbers: [2, 1], total: 2 });
      expect(await list({ statuses: every, customer: 'U-OTHER' })).toEqual({ numbers: [2, 5], total: 2 });
      const shared = { team: 'T3', customer: 'U-COLLEAGUE', company: 'T9', statuses: every };
      expect((await one.list(shared, { skip: 0, limit: 10 })).total).toBe(1);
      expect(await list({ statuses: ['resolved'] })).toEqual({ numbers: [], total: 0 });
    });

    it('comes in pages that know how many there are', async () => {
      await shelf();
      expect(await list({ statuses: every }, { skip: 0, limit: 2 })).toEqual({ numbers: [2, 3], total: 5 });
      expect(await list({ statuses: every }, { skip: 4, limit: 2 })).toEqual({ numbers: [4], total: 5 });
      expect(await list({ statuses: every }, { skip: 6, limit: 2 })).toEqual({ numbers: [], total: 5 });
    });
  });
};
