import { hour } from '../../src/domain/instant.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { noHash } from '../../src/domain/timeline.ts';
import type { Change, TicketRecord } from '../../src/flows/ports.ts';

/** Monday 2 March 2026, 10:00 UTC: the instant at which tickets of tests are opened. */
export const openingTime = Date.UTC(2026, 2, 2, 10);

/** A ticket just opened by a message of a customer: Tier 1, nobody's, a normal priority. */
export const aTicket = (overrides: Partial<Ticket> = {}): Ticket => {
  const number = overrides.number ?? 1;
  const thread = `C-INTAKE:${openingTime / 1000 + number}.000100`;
  return {
    id: `T1:${thread}`,
    team: 'T1',
    number,
    policyVersion: 1,
    source: 'message',
    openedAt: openingTime,
    openedBy: { userId: 'U-CUSTOMER', name: 'Cora Customer' },
    customer: { userId: 'U-CUSTOMER', team: 'T1', name: 'Cora Customer', reach: 'chat', contact: null },
    place: { kind: 'thread', channel: 'C-INTAKE', threadTs: thread.slice('C-INTAKE:'.length) },
    placeLost: null,
    title: 'The shop is down',
    description: 'The shop is down since this morning.',
    kind: null,
    service: null,
    guessed: true,
    impact: 'site',
    urgency: 'degraded',
    priority: 'normal',
    status: 'open',
    outcome: null,
    tier: 1,
    owner: null,
    formerOwner: null,
    step: 1,
    posting: 1,
    cardCopies: [],
    arrivedAt: openingTime,
    engagedAt: null,
    unownedSince: null,
    respondWarned: false,
    handOverWarned: false,
    takeUps: 0,
    pauses: [],
    retimedAt: null,
    toldAt: openingTime,
    updateWarnings: 0,
    updatesMissed: 0,
    updateOwedAt: null,
    holdingUpdates: 0,
    owed: [],
    expectedAt: null,
    waitingSince: null,
    waitingFor: null,
    waitReminders: 0,
    resolvedAt: null,
    resolvedBy: null,
    resolution: null,
    askedAt: null,
    confirmations: 0,
    closedAt: null,
    handOverNote: null,
    noteMissing: false,
    acknowledged: null,
    messages: [],
    notes: [],
    threads: [thread],
    ...overrides,
  };
};

/** The record of such a ticket at its first version: one clock runs, nothing waits to be said. */
export const aRecord = (
  overrides: Partial<Omit<TicketRecord, 'ticket'>> & { readonly ticket?: Partial<Ticket> } = {},
): TicketRecord => ({
  version: 1,
  entries: [],
  words: {},
  hash: noHash,
  notices: {},
  anchors: {},
  withdrawn: [],
  causes: [],
  dueAt: openingTime + hour,
  sayAt: null,
  saying: null,
  ...overrides,
  ticket: aTicket(overrides.ticket),
});

/** A change that moves nothing: clocks, notices and lease stay as the record has them. */
export const aChange = (before: TicketRecord, overrides: Partial<Change> = {}): Change => ({
  ticket: before.ticket,
  entries: [],
  words: {},
  hash: before.hash,
  notices: [],
  causes: [],
  dueAt: before.dueAt,
  sayAt: before.sayAt,
  saying: before.saying,
  ...overrides,
});

/** A notice to Tier 1 that waits to be said. */
export const aNotice = (overrides: Partial<Notice> = {}): Notice => ({
  id: 'n1',
  kind: 'line',
  to: { kind: 'tier', tier: 1 },
  seq: 1,
  about: 'opened',
  clock: null,
  order: 1,
  writtenAt: openingTime,
  critical: false,
  step: 1,
  tier: 1,
  late: false,
  fold: null,
  anchor: null,
  redraws: null,
  notBefore: openingTime,
  tries: 0,
  ...overrides,
});
