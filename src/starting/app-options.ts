import type { Connection } from '../config.ts';
import type { DeskPlan } from '../domain/desk-plan.ts';
import type { Instant } from '../domain/instant.ts';
import type { AuditCounts } from '../flows/audit-ports.ts';
import type { NextDue } from '../flows/due-next.ts';
import type { Clock, Log } from '../flows/ports.ts';
import type { Wanted } from '../flows/wanted-instants.ts';

/** What the desk is started with. */
export interface AppOptions {
  readonly botToken: string;
  readonly connection: Connection;
  readonly slackApiUrl: string | null;
  readonly port: number;
  /** Which of this machine's addresses `port` is on; all of them when left out. */
  readonly host?: string;
  readonly mongodbUri: string;
  readonly leaseSeconds: number;
  readonly drainSeconds: number;
  readonly deskPlan: DeskPlan;
  /** The text the plan was read from: complaints point at its lines. */
  readonly deskFileText: string;
  /** When to look for passed deadlines; `null` when whoever starts the app calls `tick` (moved time). */
  readonly sweepCron: string | null;
  /** When to look for what should not be; never by itself when left out, for those who call `audit`. */
  readonly auditCron?: string;
  /** `none`: nothing is held back to keep within Slack's limits, for those who measure throughput. */
  readonly pacing?: 'none';
  readonly clock: Clock;
  readonly log: Log;
  /** Hears the name of each command sent to MongoDB, for those who count round trips. */
  readonly onStoreCommand?: (name: string) => void;
}

/** The desk, running. */
export interface Tierline {
  /** Carries out what is due, and says what is unsaid. */
  tick(): Promise<void>;
  /** Reads the desk from Slack again, and acts on what changed. */
  keepDesk(): Promise<void>;
  /** Looks for what should not be, and mends it. @returns how much of each kind was mended */
  audit(): Promise<AuditCounts>;
  /** Resolves when nothing that was begun is in hand any more. */
  idle(): Promise<void>;
  /** When something next wants to be done or said; `null` when nothing does. */
  nextInstant(): Promise<Instant | null>;
  /** The same from what this process knows, for whoever moves time: right only while no other writes to the database. */
  wanted(): Promise<Wanted>;
  /** What the tickets' clocks do next, earliest first, at most so many; each in a sentence of its `why` (5.7). */
  dueNext(limit: number): Promise<readonly NextDue[]>;
  /** Where `/healthz`, `/readyz` and `/metrics` are answered. */
  port(): number;
  /** Stops taking, finishes what is in hand, closes (13.4). Tells `at` what it waits for, each time it goes on. */
  stop(at?: (stage: string) => void): Promise<void>;
}
