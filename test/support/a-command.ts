import type { CommandOf, NewTicket } from '../../src/domain/command.ts';
import type { Instant } from '../../src/domain/instant.ts';
import { aPerson } from './a-policy.ts';

export const aNewTicket = (openedAt: Instant, change: Partial<NewTicket> = {}): NewTicket => ({
  id: 'T1:C_HELP:100.000100',
  number: 12,
  policyVersion: 1,
  source: 'message',
  customer: { userId: 'KIM', team: 'T1', name: 'kim', reach: 'chat', contact: null },
  place: { kind: 'thread', channel: 'C_HELP', threadTs: '100.000100' },
  title: 'The shop is down',
  description: 'The shop is down since noon',
  kind: null,
  service: null,
  guessed: false,
  impact: 'site',
  urgency: 'degraded',
  messageKey: 'C_HELP:100.000100',
  threads: ['C_HELP:100.000100'],
  files: [],
  openedAt,
  ...change,
});

export const opening = (openedAt: Instant, change: Partial<NewTicket> = {}): CommandOf<'open'> => ({
  type: 'open',
  by: aPerson('KIM'),
  ticket: aNewTicket(openedAt, change),
});
