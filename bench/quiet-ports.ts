import { randomBytes } from 'node:crypto';
import { type Instant, second } from '../src/domain/instant.ts';
import type { Ports, RememberedTickets } from '../src/flows/ports.ts';
import { desk, deskPlan } from './workplace.ts';

/** What the flows need beside a store. Nobody is asked, and nothing is said. */
export const quietPorts = (tickets: RememberedTickets, now: () => Instant): Ports => {
  const held = { version: 1, policy: deskPlan().policy, publishedAt: 0, by: 'bench', why: 'bench' };
  const nobody = (): Promise<never> => Promise.reject(new Error('Asking Slack failed: there is none here'));
  return {
    clock: { now },
    tickets,
    desks: { desk: () => desk, policy: () => held.policy, know: async () => {}, currentPolicy: () => held },
    directory: { person: nobody, zoneOf: nobody },
    speaker: { say: nobody },
    log: { info: () => {}, warn: () => {}, error: complain },
    processId: 'bench',
    leaseFor: 30 * second,
    salt: () => randomBytes(16).toString('base64'),
  };
};

const complain = (happening: string, facts: unknown): void => {
  process.stderr.write(`  complaint: ${happening} ${String(facts)}\n`);
};
