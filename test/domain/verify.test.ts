import { decide } from '../../src/domain/decide.ts';
import type { TicketEvent } from '../../src/domain/event.ts';
import { evolveAll } from '../../src/domain/evolve.ts';
import { hour } from '../../src/domain/instant.ts';
import { noHash, sealEvents } from '../../src/domain/timeline.ts';
import { firstBreak, type Stored } from '../../src/domain/verify.ts';
import { opening } from '../support/a-command.ts';
import { aDesk, aPerson, aPolicy } from '../support/a-policy.ts';

const start = Date.UTC(2026, 0, 5, 9);
const context = (now: number) => ({ policy: aPolicy(), desk: aDesk(), now });

const stored = (): Stored => {
  const events: TicketEvent[] = [];
  const opened = decide(null, opening(start), context(start));
  if (opened.ok) events.push(...opened.events);
  const noted = decide(
    evolveAll(null, events),
    { type: 'note', by: aPerson('ANA'), text: 'Disk full' },
    context(start + hour / 2),
  );
  if (noted.ok) events.push(...noted.events);
  let salts = 0;
  const sealed = sealEvents(events, { seq: 0, hash: noHash }, () => `salt ${salts++}`);
  const ticket = evolveAll(null, events);
  if (ticket === null) throw new Error('no ticket');
  return { ticket, ...sealed };
};

/** As a database gives it back: a copy, key order and all undefined gone. */
const copy = (value: Stored): Stored => JSON.parse(JSON.stringify(value)) as Stored;

describe('the record of a ticket (9.1)', () => {
  it('holds together as it was written, also after a round trip through a database', () => {
    expect(firstBreak(stored())).toBeNull();
    expect(firstBreak(copy(stored()))).toBeNull();
  });

  it('shows an entry that was changed', () => {
    const record = stored();
    const entries = record.entries.map((entry) => ({ ...entry, event: { ...entry.event, at: start + 1 } }));
    expect(firstBreak({ ...record, entries })).toBe('ESC-12: entry 1 is not what was written');
  });

  it('shows an entry that was taken out, and one that was put in again with a new hash', () => {
    const record = stored();
    expect(firstBreak({ ...record, entries: record.entries.slice(1) })).toBe('ESC-12: entry 1 is missing');
    expect(firstBreak({ ...record, entries: record.entries.slice(0, -1) })).toMatch(
      /is not the newest that was written$/,
    );
    expect(firstBreak({ ...record, entries: [] })).toBe('ESC-12: it has no timeline');
  });

  it('shows words that were changed, and takes erased words for what they are', () => {
    const record = stored();
    const [first = '', ...others] = Object.keys(record.words);
    const { [first]: _erased, ...left } = record.words;
    const changed = { ...record.words, [others[0] ?? '']: { salt: 'salt 0', text: 'Nothing happened' } };
    expect(firstBreak({ ...record, words: changed })).toMatch(/was changed$/);
    expect(firstBreak({ ...record, words: left })).toBeNull();
  });

  it('shows a ticket that is not what its entries make', () => {
    const record = stored();
    expect(firstBreak({ ...record, ticket: { ...record.ticket, tier: 2 } })).toBe(
      'ESC-12: the ticket is not what its entries make',
    );
  });
});
