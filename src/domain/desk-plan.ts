import type { Call } from './desk.ts';
import { planComplaints } from './desk-plan-complaints.ts';
import { deskPlanSchema } from './desk-plan-schema.ts';
import { type PlanIssue, planIssues } from './plan-issues.ts';
import type { Policy } from './policy.ts';
import { completedPolicy } from './policy-defaults.ts';

/** A channel, person or user group as somebody wrote it: by name, without its `#` or `@`, or by Slack's id. */
export type Reference = { readonly by: 'name'; readonly name: string } | { readonly by: 'id'; readonly id: string };

export interface TierPlan {
  readonly name: string;
  readonly channel: Reference;
  /** A user group, or null: the members of the tier's channel (4.1). */
  readonly group: Reference | null;
  readonly callOnArrival: Call;
  readonly callOnBreach: Call;
}

interface Contact {
  readonly email: string | null;
  readonly portal: string | null;
}

/** The desk and its policy as written, names not looked up in Slack yet (13.7). Plain data. */
export interface DeskPlan {
  /** Ordered: the first is Tier 1. As many as the policy's `clocks.tiers`. */
  readonly tiers: readonly TierPlan[];
  readonly managers: readonly Reference[];
  readonly admins: readonly Reference[];
  readonly intake: readonly Reference[];
  readonly contact: Contact;
  readonly policy: Policy;
}

export type DeskPlanReading =
  | { readonly ok: true; readonly plan: DeskPlan }
  | { readonly ok: false; readonly issues: readonly PlanIssue[] };

/**
 * Reads desk and policy from plain data, or names every complaint at once (13.5, 13.7). What is not given comes from
 * `standard`, the shipped `contact` and `policy`.
 */
export const parseDeskPlan = (given: unknown, standard: unknown): DeskPlanReading => {
  if (!isSettings(given))
    return { ok: false, issues: [{ path: [], message: 'expected settings such as tiers and managers' }] };
  const own = isSettings(standard) ? standard : {};
  const contact = given.contact === undefined ? own.contact : given.contact;
  const whole = { ...given, contact, policy: completedPolicy(given.policy ?? {}, own.policy) };
  const parsed = deskPlanSchema.safeParse(whole);
  const issues = [...(parsed.success ? [] : planIssues(parsed.error)), ...planComplaints(whole)];
  return parsed.success && issues.length === 0 ? { ok: true, plan: parsed.data } : { ok: false, issues };
};

const isSettings = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
