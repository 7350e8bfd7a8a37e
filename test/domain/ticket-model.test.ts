import fc from 'fast-check';
import { dueAtOf } from '../../src/domain/clocks.ts';
import type { Command } from '../../src/domain/command.ts';
import { decide } from '../../src/domain/decide.ts';
import type { TicketEvent } from '../../src/domain/event.ts';
import { evolveAll } from '../../src/domain/evolve.ts';
import { hour, minute } from '../../src/domain/instant.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { isOpen, type Ticket } from '../../src/domain/ticket.ts';
import { eventsOf, noHash, sealEvents } from '../../src/domain/timeline.ts';
import { opening } from '../support/a-command.ts';
import { aDesk, aPerson, aPolicy } from '../support/a-policy.ts';
import { look, type NaiveTicket, naiveActs, naiveTiers, newNaiveTicket, tick } from './naive-ticket.ts';

const elapsed = (within: number, critical: number) =>
  ({ within, time: 'elapsed', priorities: { critical: { within: critical, time: 'elapsed' } } }) as const;

const policy: Policy = aPolicy({
  clocks: {
    ...aPolicy().clocks,
    tiers: [
      { respond: elapsed(hour, 40 * minute), takeUp: hour, handOver: elapsed(4 * hour, 2 * hour) },
      { respond: elapsed(hour, hour), takeUp: hour, handOver: elapsed(12 * hour, 12 * hour) },
      { respond: elapsed(hour, hour), takeUp: hour, handOver: null },
    ],
  },
});
const desk = aDesk();
const start = Date.UTC(2026, 0, 5, 9);
const at = (minutes: number): number => start + minutes * minute;

const commandFor = (act: string, who: string, now: number, ticket: Ticket, nth: number): Command => {
  const by = aPerson(who);
  const staff = { by, seenStep: null };
  const customer = { by: aPerson('KIM'), seenStep: null };
  const said = { messageKey: `C_HELP:${nth}`, files: [], at: now };
  switch (act) {
    case 'claim':
    case 'take-over':
    case 'release':
    case 'resume':
      return { type: act, ...staff };
    case 'staff-say':
      return { type: 'staff-say', by, text: 'On it', ...said };
    case 'customer-say':
    case 'customer-say-broken': {
      const text = act === 'customer-say' ? 'It is about the shop' : 'It is still broken';
      return { type: 'customer-say', by: aPerson('KIM'), text, joined: false, via: 'message', ...said };
    }
    case 'update':
      return { type: 'update', by, text: 'We look', expectedAt: null };
    case 'wait':
      return { type: 'wait', need: 'A log', ...staff };
    case 'resolve':
      return { type: 'resolve', cause: 'disk', fix: 'new disk', message: 'Fixed', ...staff };
    case 'confirm':
    case 'reopen':
      return act === 'confirm'
        ? { type: 'confirm', as: 'customer', ...customer }
        : { type: 'reopen', as: 'customer', reason: null, ...customer };
    case 'still-broken':
      return { type: 'still-broken', ...customer };
    case 'dismiss':
      return { type: 'dismiss', reason: 'chatter', ...staff };
    case 'escalate':
      return { type: 'escalate', toTier: null, reason: 'hard', note: 'tried all', ...staff };
    case 'hand-back':
      return { type: 'hand-back', reason: 'easy', ...staff };
    default: {
      const critical = ticket.priority === 'critical';
      const sorting = { impact: critical ? 'site' : 'many', urgency: critical ? 'degraded' : 'down' } as const;
      return { type: 'triage', by, kind: null, service: null, reason: 'seen', ...sorting };
    }
  }
};

interface Act {
  readonly after: number;
  readonly act: string;
  readonly who: string;
}

const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.record({
    after: fc.oneof(
      { arbitrary: fc.integer({ min: 0, max: 30 }), weight: 4 },
      { arbitrary: fc.integer({ min: 0, max: 300 }), weight: 4 },
      { arbitrary: fc.integer({ min: 0, max: 5000 }), weight: 1 },
    ),
    act: fc.constantFrom(...Object.keys(naiveActs)),
    who: fc.constantFrom(...Object.keys(naiveTiers)),
  }),
  { maxLength: 14 },
);

/** The product, told of the time at each instant it asked for, and of each act when it is done. */
class Driven {
  readonly events: TicketEvent[] = [];
  ticket: Ticket;

  constructor() {
    this.ticket = this.take(null, opening(start), start);
  }

  take(ticket: Ticket | null, command: Command, now: number): Ticket {
    const decision = decide(ticket, command, { policy, desk, now });
    const events = decision.ok ? decision.events : [];
    this.events.push(...events);
    const after = evolveAll(ticket, events);
    if (after === null) throw new Error('no ticket');
    return after;
  }

  passTo(now: number): void {
    for (let due = dueAtOf(this.ticket, policy); due !== null && due <= now; due = dueAtOf(this.ticket, policy)) {
      const after = this.take(this.ticket, { type: 'pass-time' }, due);
      if (after === this.ticket) throw new Error(`due at ${due}, and nothing happened`);
      this.ticket = after;
    }
  }

  act(command: Command, now: number): void {
    this.ticket = this.take(this.ticket, command, now);
  }
}

const steps = new Set([
  'response-missed',
  'take-up-missed',
  'holding-update-sent',
  'wait-reminded',
  'warned',
  'escalated',
  'confirmation-asked',
  'closed',
]);

const stepsOf = (events: readonly TicketEvent[]): readonly string[] =>
  events
    .filter((event) => event.by === null && steps.has(event.type))
    .map((event) => `${(event.at - start) / minute} ${event.type}${event.type === 'warned' ? ` ${event.clock}` : ''}`);

const play = (sequence: readonly Act[]): { readonly product: Driven; readonly naive: NaiveTicket } => {
  const product = new Driven();
  const naive = newNaiveTicket();
  let minutes = 0;
  for (const [nth, { after, act, who }] of sequence.entries()) {
    minutes += after;
    while (naive.now < minutes) tick(naive);
    const now = at(minutes);
    product.passTo(now);
    const owner = product.ticket.owner?.userId ?? null;
    const before = product.ticket;
    product.act(commandFor(act, who, now, product.ticket, nth), now);
    naiveActs[act]?.(naive, who);
    look(naive);
    expect(stateOf(product.ticket)).toEqual(naiveState(naive));
    // Ownership changes only by an explicit act, or ends as the policy says (4.3).
    if ((product.ticket.owner?.userId ?? null) !== owner && !ownerMovers.has(act)) {
      expect(product.ticket.tier !== before.tier || product.ticket.status !== before.status).toBe(true);
    }
  }
  return { product, naive };
};

const ownerMovers = new Set(['claim', 'take-over', 'release', 'escalate', 'hand-back']);

const stateOf = ({ status, outcome, tier, owner, step, priority }: Ticket) => ({
  status,
  outcome,
  tier,
  owner: owner?.userId ?? null,
  step,
  priority,
});

const naiveState = ({ status, outcome, tier, owner, step, priority }: NaiveTicket) => ({
  status,
  outcome,
  tier,
  owner,
  step,
  priority,
});

describe('a ticket, against a model that counts minutes (5, 4.3, 8)', () => {
  it('does each step at its minute, once, and in order, whatever people do: 5,000 random lives', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const { product, naive } = play(sequence);
        expect(stepsOf(product.events)).toEqual(naive.happened);
      }),
      { numRuns: 5_000 },
    );
  });

  it('names as due the very minute at which something happens next', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const { product, naive } = play(sequence);
        const seen = naive.happened.length;
        const dueAt = dueAtOf(product.ticket, policy);
        for (let left = 73 * 60; left > 0 && naive.happened.length === seen; left -= 1) tick(naive);
        const next = naive.happened.length === seen ? null : at(naive.now);
        expect(dueAt).toBe(next);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same ticket when its stored timeline is replayed', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const { product } = play(sequence);
        const sealed = sealEvents(product.events, { seq: 0, hash: noHash }, () => 'salt');
        expect(evolveAll(null, eventsOf(sealed.entries, sealed.words))).toEqual(product.ticket);
      }),
      { numRuns: 500 },
    );
  });

  it('adds up its pauses: none overlaps another, and none is left open on an open ticket (5.4)', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const { pauses, status } = play(sequence).product.ticket;
        for (const [index, pause] of pauses.entries()) {
          const next = pauses[index + 1];
          if (next !== undefined) expect(pause.to).not.toBeNull();
          if (next !== undefined && pause.to !== null) expect(next.from).toBeGreaterThanOrEqual(pause.to);
        }
        expect(pauses.some(({ to }) => to === null)).toBe(status !== 'open');
      }),
      { numRuns: 1_000 },
    );
  });

  it('looked at late, climbs the same tiers at the same instants, once each (5.2, 5.8)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 8 }), (looks) => {
        const punctual = new Driven();
        const late = new Driven();
        let now = 0;
        for (const each of looks) {
          now += each;
          late.act({ type: 'pass-time' }, at(now));
        }
        punctual.passTo(at(now));
        const climbed = ({ events }: Driven) =>
          events
            .filter(({ type }) => type === 'escalated' || type === 'response-missed')
            .map(({ type, at: instant }) => `${type} ${instant}`);
        expect(climbed(late)).toEqual(climbed(punctual));
        expect(isOpen(late.ticket)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
