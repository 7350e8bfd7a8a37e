import { createHash } from 'node:crypto';
import { type Duration, day, hour, type Instant, minute, second } from '../src/domain/instant.ts';
import { eventsOf } from '../src/domain/timeline.ts';
import type { TicketRecord } from '../src/flows/ports.ts';
import type { Breakage } from './breakages.ts';
import { createClosures } from './closures.ts';
import { createDesk } from './desk.ts';
import { createFaults, type FaultKind, faultKinds } from './faults.ts';
import { furnish } from './furniture.ts';
import { createPeople } from './people.ts';
import { randomFrom } from './random.ts';
import { createScheduler } from './scheduler.ts';
import { createSlackModel } from './slack-model.ts';
import { Violation } from './violation.ts';
import { watchedTickets } from './watched-tickets.ts';
import { createWitness, forgottenAfter } from './witness.ts';

export interface WorldOptions {
  readonly seed: string;
  readonly days: number;
  readonly broken: ReadonlySet<Breakage>;
  /** Kinds of faults that may happen; all, but in a shortened run. */
  readonly faults: ReadonlySet<FaultKind>;
  /** At most so many customers; all of the desk's, but in a shortened run. */
  readonly customers: number;
  readonly replicas: number;
  /** Hears each thing that happens, one line each. */
  readonly hear?: (line: string) => void;
}

export interface WorldResult {
  readonly seed: string;
  readonly hash: string;
  readonly days: number;
  readonly tickets: number;
  readonly steps: number;
  readonly posts: number;
  readonly faults: Readonly<Record<FaultKind, number>>;
  readonly withdrawn: Readonly<Record<string, number>>;
  readonly violation: {
    readonly invariant: string;
    readonly message: string;
    readonly day: number;
    /** What had happened to the ticket it is about, and the last things that happened at all. */
    readonly story: readonly string[];
  } | null;
}

export const everything = (seed: string, days: number): WorldOptions => ({
  ...{ seed, days, broken: new Set<Breakage>(), faults: new Set(faultKinds) },
  ...{ customers: Number.POSITIVE_INFINITY, replicas: 3 },
});

/** A year of a seed is a world of its own: a desk, its people, its faults. */
export const yearOf = (seed: string, broken: ReadonlySet<Breakage>, year: number): WorldOptions => ({
  ...everything(`${seed}/${year}`, 365),
  broken,
});

/** Monday 5 January 2026. */
const start: Instant = Date.UTC(2026, 0, 5);
const mostSkew: Duration = 5 * second;
const lookEvery: Duration = 20 * minute;
const mostRecent = 30;

/** One desk for some days, with everything that can go wrong; then peace, until all is said. */
export const runWorld = async (options: WorldOptions): Promise<WorldResult> => {
  const random = randomFrom(options.seed);
  const scheduler = createScheduler(start);
  const severity = random.pick([0, 0.5, 1, 1, 1, 2]);
  const faults = createFaults(random.fork('faults'), severity, options.faults);
  const drawn = furnish(random.fork('furniture'), start);
  const furniture = { ...drawn, customers: drawn.customers.slice(0, options.customers) };
  const hash = createHash('sha256');
  const counts = { tickets: 0, posts: 0 };
  const recent: { readonly at: Instant; readonly line: string }[] = [];
  const trace = (line: string): void => {
    const at = scheduler.now();
    hash.update(`${at} ${line}\n`);
    if (line.startsWith('insert') && line.endsWith('stored')) counts.tickets += 1;
    if (line.startsWith('posted')) counts.posts += 1;
    recent.push({ at, line });
    if (recent.length > 2 * mostRecent) recent.splice(0, mostRecent);
    options.hear?.(told({ at, line }));
  };
  const policies = [{ version: 1, policy: furniture.policy, publishedAt: start, by: 'DESK_FILE', why: 'first' }];
  const policy = () => furniture.policy;
  const slack = createSlackModel(scheduler.now);
  const closures = createClosures(scheduler.now);
  const witness = createWitness({
    now: scheduler.now,
    policy,
    desk: furniture.desk,
    soundSince: () => desk.soundSince(),
    severity,
    mostAhead: mostSkew,
  });
  const tickets = watchedTickets({ witness, policy, broken: options.broken, trace, wanted: (at) => desk.wake(at) });
  const desk = createDesk({
    ...{
      scheduler,
      faults,
      random: random.fork('desk'),
      tickets,
      slack,
      closures,
      witness,
      furniture,
      trace,
      mostSkew,
    },
    ...{ policies: () => policies, broken: options.broken, most: options.replicas },
  });
  const people = createPeople({
    ...{ scheduler, faults, random: random.fork('people'), tickets, slack, desk, furniture, witness, trace },
    broken: options.broken,
  });

  const look = (): void => {
    witness.lookAround(tickets.every());
    for (const record of [...tickets.every()]) {
      const { closedAt } = record.ticket;
      if (closedAt === null || scheduler.now() - closedAt < forgottenAfter) continue;
      if (people.isBusyWith(record.ticket.id)) continue;
      witness.finish(record);
      tickets.forget(record.ticket.id);
    }
    scheduler.in(lookEvery, look);
  };
  const afterEach = (): void => {
    const violation = witness.violation();
    if (violation !== null) throw violation;
  };

  const storyOf = ({ message }: Violation): readonly string[] => {
    const about = [...tickets.every()].find(({ ticket }) => message.includes(ticket.id));
    return [...(about === undefined ? [] : timelineOf(about)), ...recent.slice(-mostRecent).map(told)];
  };
  const result = (violation: Violation | null): WorldResult => ({
    ...{ seed: options.seed, hash: hash.digest('hex'), days: options.days, ...counts, steps: scheduler.steps() },
    faults: { ...faults.counts },
    withdrawn: Object.fromEntries(witness.withdrawn),
    violation:
      violation === null
        ? null
        : {
            ...{ invariant: violation.invariant, message: violation.message, story: storyOf(violation) },
            day: Math.ceil((violation.at - start) / day),
          },
  });

  try {
    scheduler.in(lookEvery, look);
    const tidy = (): void => {
      slack.forgetBefore(scheduler.now() - 20 * day);
      scheduler.in(10 * day, tidy);
    };
    scheduler.in(10 * day, tidy);
    const end = start + options.days * day;
    await scheduler.runUntil(end, afterEach);
    people.rest();
    faults.quiet();
    desk.mend();
    trace('peace');
    await scheduler.runUntil(end + 6 * hour, afterEach);
    people.closeAll();
    await scheduler.runUntil(end + 12 * hour, afterEach);
    if (tickets.nextInstant() !== null) throw new Violation('14.3 quiet', 'something is still wanted', scheduler.now());
    for (const record of tickets.every()) witness.finish(record);
    afterEach();
    return result(null);
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    return result(error);
  }
};

const timelineOf = ({ entries, words, dueAt, notices }: TicketRecord): readonly string[] => [
  ...eventsOf(entries, words).map(
    ({ type, at, doneAt, by }, index) =>
      `  ${index + 1} ${type} at ${timeOf(at)}, done ${timeOf(doneAt)} by ${by?.userId ?? 'the clock'}`,
  ),
  `  due ${dueAt === null ? 'never' : timeOf(dueAt)}, unsaid: ${Object.keys(notices).join(' ')}`,
];

const told = ({ at, line }: { readonly at: Instant; readonly line: string }): string => `${timeOf(at)} ${line}`;

const timeOf = (instant: Instant): string => new Date(instant).toISOString();
