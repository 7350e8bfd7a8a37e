import { Counter, Gauge, type Registry } from 'prom-client';
import { type Duration, second } from '../domain/instant.ts';
import type { Ages } from './oldest.ts';
import type { Parts } from './readiness.ts';

/** What is counted as it happens. No label names a ticket, a channel or a person: there would be ever more of them. */
export const countersIn = (registry: Registry) => {
  const counter = <T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> =>
    new Counter({ name, help, labelNames, registers: [registry] });
  return {
    commands: counter('commands_total', 'Commands decided, by type and what came of them', ['type', 'outcome']),
    refusals: counter('refusals_total', 'Commands refused, by reason', ['code']),
    sends: counter('sends_total', 'Calls to Slack, by method and what came of them', ['method', 'outcome']),
    tooMany: counter('slack_429_total', 'Calls to Slack that it answered 429, by method', ['method']),
    retries: counter('retries_total', 'Notices tried again, by kind', ['kind']),
    undeliverable: counter('undeliverable_total', 'Notices that can never arrive, by kind', ['kind']),
    mended: counter('mended_total', 'What the auditor had to mend, by kind; above zero is an alarm', ['kind']),
    logLines: counter('log_lines_total', 'Lines of the log, by level', ['level']),
    storeCommands: counter('mongodb_commands_total', 'Commands sent to MongoDB, by name', ['command']),
  };
};

/** What a scrape has to look up first. */
export interface Look {
  readonly sweepLag: Duration;
  /** `null` while the database cannot be asked. */
  readonly ages: Ages | null;
  readonly parts: Parts;
}

/** What is looked up for each scrape: once, for all of them. */
export const gaugesIn = (registry: Registry): { set(look: Look): void } => {
  const gauge = <T extends string>(name: string, help: string, labelNames: readonly T[]): Gauge<T> =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const sweepLag = gauge('sweep_lag_seconds', 'Since passed deadlines were last looked for', []);
  const overdue = gauge('oldest_overdue_seconds', 'Since the oldest deadline passed that is not carried out', []);
  const unsaid = gauge('oldest_unsaid_seconds', 'Since the oldest notice was written that is not said', []);
  const ready = gauge('ready', 'Whether a part is as it must be: 1 or 0', ['part']);

  return {
    set: ({ sweepLag: lag, ages, parts }) => {
      sweepLag.set(lag / second);
      // "Not a number" is unknown; the last figure would be taken for the present one.
      overdue.set(ages === null ? Number.NaN : ages.overdue / second);
      unsaid.set(ages === null ? Number.NaN : ages.unsaid / second);
      for (const [part, { ready: isReady }] of Object.entries(parts)) ready.set({ part }, isReady ? 1 : 0);
    },
  };
};
