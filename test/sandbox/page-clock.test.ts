import { mongo } from 'mongoose';
import type { Ask, PageClock, PageHappening, ToPage } from '../../sandbox/page/protocol.ts';
import { targetOf } from '../../sandbox/page-instants.ts';
import { type APage, aPage, mondayInBerlin, type PageWindow } from '../support/a-page.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const moving = (minutes: number): Ask => ({ do: 'clock', move: { by: 'minutes', minutes } });
const nextDeadline: Ask = { do: 'clock', move: { by: 'next-deadline' } };

const write = (window: PageWindow, text: string) =>
  window.ask({ do: 'post', channel: window.channel('help'), text, threadTs: null, alsoToChannel: false, files: [] });

const clockOf = (window: PageWindow): PageClock => window.last('clock').clock;

const dueKnown = (window: PageWindow, ticket: string) =>
  window.until(
    (each): each is Extract<ToPage, { type: 'clock' }> =>
      each.type === 'clock' && (each.clock.due ?? []).some((due) => due.ticket === ticket && due.card !== null),
    `what ${ticket} is due for`,
  );

/** Of windows other than the one that asked, each with a line of its own: they may hear of it later. */
const heardOfMoveTo = (window: PageWindow, at: number) =>
  window.until(
    (each): each is Extract<ToPage, { type: 'clock' }> =>
      each.type === 'clock' && each.clock.now === at && !each.clock.isMoving,
    'the end of the move',
  );

describe('the clock of the page', () => {
  let page: APage;
  let kim: PageWindow;
  let ana: PageWindow;

  beforeEach(async () => {
    page = await aPage({ flows: false });
    [kim, ana] = await Promise.all([page.window('UKIM'), page.window('UANA')]);
  });

  afterEach(() => page.stop());

  it("says what is due next, in the product's own words, and goes there", async () => {
    await write(kim, 'My shop is down');
    await dueKnown(ana, 'ESC-1');
    const [first] = clockOf(ana).due ?? [];
    expect(first).toMatchObject({
      at: mondayInBerlin + 45 * minute,
      title: 'My shop is down',
      what: 'Tier 1 (Support) is reminded.',
      card: { channel: ana.channel('tier-1') },
    });
    expect(await ana.ask(nextDeadline)).toMatchObject({ type: 'done' });
    expect(clockOf(ana)).toMatchObject({ now: first?.at, isMoving: false });
    await heardOfMoveTo(kim, first?.at ?? 0);
    expect(
      ana
        .last('happenings')
        .list.map(({ text }) => text)
        .join(),
    ).toContain('an answer is due');
    expect(kim.last('happenings').list).toEqual([]);
  });

  it('lists what happened on the way, each at its instant, for each what they may see', async () => {
    await write(kim, 'My shop is down');
    await dueKnown(ana, 'ESC-1');
    await ana.ask(moving(6 * 60));
    await heardOfMoveTo(kim, mondayInBerlin + 6 * hour);
    const { from, to, list } = ana.last('happenings');
    expect([from, to]).toEqual([mondayInBerlin, mondayInBerlin + 6 * hour]);
    const at = (words: string, all: readonly PageHappening[]) => all.find(({ text }) => text.includes(words))?.at;
    expect(at('no answer in time', list)).toBe(mondayInBerlin + hour);
    expect(at('moved to Tier 2', list)).toBe(mondayInBerlin + 5 * hour);
    const customers = kim.last('happenings').list;
    expect(at('it is now with Tier 2', customers)).toBe(mondayInBerlin + 5 * hour);
    expect(new Set(customers.map(({ channel }) => channel))).toEqual(new Set([kim.channel('help')]));
    const message = page.server.stage()?.slack.message(customers[0]?.channel ?? '', customers[0]?.ts ?? '');
    expect(message?.botId).not.toBeNull();
  });

  it('tells what is due to people of the desk alone: it is about the tickets of other customers', async () => {
    await write(kim, 'My shop is down');
    await dueKnown(ana, 'ESC-1');
    const [max, lou, fay] = await Promise.all([page.window('UMAX'), page.window('ULOU'), page.window('UFAY')]);
    await ana.ask(moving(15));
    await Promise.all([max, kim, lou, fay].map((each) => heardOfMoveTo(each, mondayInBerlin + 15 * minute)));
    expect(clockOf(max).due).toMatchObject([{ ticket: 'ESC-1' }]);
    for (const customer of [kim, lou, fay]) {
      expect(clockOf(customer).due).toBeNull();
      expect(customer.hello.clock.due).toBeNull();
    }
    for (const other of [lou, fay]) {
      const told = other.got.filter(({ type }) => ['hello', 'clock', 'happenings'].includes(type));
      expect(JSON.stringify(told)).not.toContain('My shop is down');
    }
  });

  it('goes to Monday at nine, and never back', async () => {
    await ana.ask({ do: 'clock', move: { by: 'next-monday' } });
    expect(clockOf(ana).now).toBe(Date.UTC(2027, 0, 18, 8));
    const back: Ask = { do: 'clock', move: { by: 'instant', local: '2027-01-12T09:00' } };
    expect(await ana.ask(back)).toMatchObject({ why: expect.stringContaining('only goes forward') });
    expect(await ana.ask({ do: 'clock', move: { by: 'instant', local: 'tomorrow' } })).toMatchObject({
      type: 'refused',
    });
    expect(await ana.ask(nextDeadline)).toMatchObject({ why: 'Nothing is due: no clock is running.' });
    expect(clockOf(ana).now).toBe(Date.UTC(2027, 0, 18, 8));
  });

  it('moves for one after the other, and tells the second', async () => {
    await write(kim, 'My shop is down');
    await dueKnown(ana, 'ESC-1');
    const first = ana.ask(moving(24 * 60));
    await ana.until(
      (each): each is Extract<ToPage, { type: 'clock' }> => each.type === 'clock' && each.clock.isMoving,
      'the move',
    );
    const second = kim.ask(moving(60));
    await Promise.all([first, second]);
    expect(kim.last('notice').text).toContain('right after it');
    expect(clockOf(kim).now).toBe(mondayInBerlin + 25 * hour);
  });

  it('says how much longer a long move takes, once that can be told', async () => {
    await write(kim, 'My shop is down');
    await dueKnown(ana, 'ESC-1');
    const move = ana.ask(moving(365 * 24 * 60));
    const told = await ana.until(
      (each): each is Extract<ToPage, { type: 'clock' }> => each.type === 'clock' && each.clock.secondsLeft !== null,
      'how much longer it takes',
    );
    expect(told.clock).toMatchObject({ isMoving: true, secondsLeft: expect.any(Number) });
    expect(told.clock.secondsLeft).toBeGreaterThan(0);
    await ana.ask({ do: 'clock-stop' });
    await move;
    expect(clockOf(ana)).toMatchObject({ isMoving: false, secondsLeft: null });
  });

  it('stops on its way when it is asked to', async () => {
    await write(kim, 'My shop is down');
    await dueKnown(ana, 'ESC-1');
    const move = ana.ask(moving(7 * 24 * 60));
    await kim.until(
      (each): each is Extract<ToPage, { type: 'clock' }> =>
        each.type === 'clock' && each.clock.isMoving && each.clock.now > mondayInBerlin + hour,
      'progress',
    );
    await kim.ask({ do: 'clock-stop' });
    expect(await move).toMatchObject({ type: 'done' });
    expect(clockOf(ana).isMoving).toBe(false);
    expect(clockOf(ana).now).toBeLessThan(mondayInBerlin + 7 * day);
  });
});

describe('a move of the clock', () => {
  const zone = 'Europe/Berlin';
  const at = (local: string, now: number) => targetOf({ by: 'instant', local }, now, zone, null);

  it('finds Monday at nine on both sides of a change of the offset', () => {
    const monday = (now: number) => targetOf({ by: 'next-monday' }, now, zone, null);
    expect(monday(Date.UTC(2026, 2, 27, 12))).toEqual({ ok: true, at: Date.UTC(2026, 2, 30, 7) });
    expect(monday(Date.UTC(2026, 9, 23, 12))).toEqual({ ok: true, at: Date.UTC(2026, 9, 26, 8) });
    expect(monday(Date.UTC(2026, 9, 26, 7, 59))).toEqual({ ok: true, at: Date.UTC(2026, 9, 26, 8) });
    expect(monday(Date.UTC(2026, 9, 26, 8))).toEqual({ ok: true, at: Date.UTC(2026, 10, 2, 8) });
  });

  it('goes past an hour that is left out, and to an hour that comes twice while it is still to come', () => {
    expect(at('2026-03-29T02:30', Date.UTC(2026, 2, 28))).toEqual({ ok: true, at: Date.UTC(2026, 2, 29, 1, 30) });
    expect(at('2026-10-25T02:30', Date.UTC(2026, 9, 24))).toEqual({ ok: true, at: Date.UTC(2026, 9, 25, 0, 30) });
    expect(at('2026-10-25T02:30', Date.UTC(2026, 9, 25, 1))).toEqual({ ok: true, at: Date.UTC(2026, 9, 25, 1, 30) });
    expect(at('2028-01-01T00:00', Date.UTC(2026, 9, 25))).toMatchObject({ why: expect.stringContaining('a year') });
  });
});

/**
 * `PAGE_DAYS=7 PAGE_TICKETS=50 npm test -- test/sandbox/page-clock -t 'one long move'` moves as far as people do, in minutes.
 * With `PAGE_WAITING=49` so many of the tickets wait for their customer; one is claimed, and nobody has the others.
 */
describe('one long move', () => {
  const days = Number(process.env.PAGE_DAYS ?? 1);
  const count = Number(process.env.PAGE_TICKETS ?? 3);
  const waiting = Number(process.env.PAGE_WAITING ?? 1);

  /** A ticket by its form: two messages of one person within minutes would be one ticket. */
  const open = async (page: APage, window: PageWindow, title: string): Promise<void> => {
    const stage = page.server.stage();
    const hands = stage?.slack.as('UKIM');
    await hands?.command('/ticket new', { channel: window.channel('lounge') });
    await stage?.calm();
    const description = 'Since this morning.';
    const sort = { kind: 'technical', service: 'vps', impact: 'site', urgency: 'can-wait' };
    await hands?.submit({ title, description, ...sort });
    await stage?.calm();
  };

  /** What is kept of a life of some tickets: every entry of every timeline, and every message as it stands. */
  const livedBy = async (apart: number, step: number): Promise<{ timelines: unknown[][]; messages: unknown[][] }> => {
    const page = await aPage({ flows: false });
    const client = new mongo.MongoClient(page.database.uri);
    try {
      const [kim, ana, ben] = await Promise.all(['UKIM', 'UANA', 'UBEN'].map(page.window));
      if (kim === undefined || ana === undefined || ben === undefined) throw new Error('There is nobody');
      for (let number = 1; number <= count; number += 1) {
        await open(page, kim, `Trouble number ${number}`);
        if (apart > 0) await kim.ask(moving(apart));
      }
      const lounge = ana.channel('lounge');
      await ana.ask({ do: 'command', channel: lounge, line: '/ticket claim ESC-1' });
      for (let number = 2; number < waiting + 2; number += 1) {
        await ben.ask({ do: 'command', channel: lounge, line: `/ticket claim ESC-${number}` });
        await ben.ask({ do: 'command', channel: lounge, line: `/ticket wait ESC-${number} the log file` });
      }
      await page.server.stage()?.calm();
      const since = performance.now();
      for (let left = days * 24 * 60; left > 0; left -= step) await ana.ask(moving(step));
      const took = (performance.now() - since) / 1_000;
      const tickets = await client.db().collection('tickets').find().sort({ 'ticket.number': 1 }).toArray();
      const timelines = tickets.map(({ entries }) => (entries as { event: unknown }[]).map(({ event }) => event));
      const messages = page.server.stage()?.slack.messages() ?? [];
      process.stdout.write(
        `${days} days, ${count} tickets ${apart} min apart, ${waiting} waiting, ${step} min at a time: ${took.toFixed(1)} s ` +
          `(${timelines.flat().length} events, ${messages.length} messages)\n`,
      );
      return {
        timelines,
        messages: messages
          .map(({ channel, threadTs, user, text, blocks, at, deleted }) => [
            ...[channel, user, at, text, deleted, threadTs],
            // Which of several messages at one instant was first has no meaning, and Slack numbers their blocks by it.
            JSON.stringify(blocks, (key, value) => (key === 'block_id' ? undefined : value)),
          ])
          .sort(),
      };
    } finally {
      await client.close();
      await page.stop();
    }
  };

  it.each([
    ['opened one after the other', 5],
    ['opened at one instant', 0],
  ])(
    'leaves the same record as many of 15 minutes, with tickets %s',
    async (_, apart) => {
      const whole = await livedBy(apart, days * 24 * 60);
      expect(whole.timelines.map((events) => events.length > 5)).toEqual(Array.from({ length: count }, () => true));
      expect(whole.messages.length).toBeGreaterThan(20);
      expect(await livedBy(apart, 15)).toEqual(whole);
    },
    days * 300_000,
  );
});
