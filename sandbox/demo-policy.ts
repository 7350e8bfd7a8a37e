/**
 * What escalation-policy.txt promises (§5, §6), written down here once more: the demo judges a desk by the policy, never
 * by the desk's own numbers. Only what the policy leaves open, which hours are business hours, is taken from the desk.
 */
import { DateTime } from 'luxon';
import type { DeskFileReading } from '../src/desk-file.ts';

export type DeskPlan = Extract<DeskFileReading, { readonly ok: true }>['plan'];
export type Calendar = DeskPlan['policy']['calendar'];

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** §6, in milliseconds. */
export const promised = {
  tier1Response: hour,
  tier2AfterTier1: 4 * hour,
  tier3AfterTier2: 12 * hour,
  updateEvery: 24 * hour,
} as const;

/** A thing is done in time when it is done at most this long after its instant. */
export const tolerance = 60_000;

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Whether business time runs at this instant (epoch ms). Plainly looked up; minutes are the smallest unit. */
export const isBusiness = (at: number, { zone, week, holidays }: Calendar): boolean => {
  const local = DateTime.fromMillis(at, { zone });
  if (holidays.some(({ date }) => date === local.toISODate())) return false;
  const windows = week[weekdays[local.weekday - 1] ?? 'mon'];
  const minuteOfDay = local.hour * 60 + local.minute;
  return windows.some(({ from, to }) => from <= minuteOfDay && minuteOfDay < to);
};

/** The instant at which so much business time has passed, counted minute by minute. */
export const afterBusiness = (from: number, amount: number, calendar: Calendar): number => {
  let at = from;
  for (let left = amount; left > 0; at += minute) if (isBusiness(at, calendar)) left -= minute;
  return at;
};

const mostDays = 60;

/** The first instant on the half hour, from `from` on, for which the condition holds; null when none is near. */
export const firstHalfHour = (from: number, holds: (at: number) => boolean): number | null => {
  const start = Math.ceil(from / (30 * minute)) * 30 * minute;
  for (let at = start; at < start + mostDays * day; at += 30 * minute) if (holds(at)) return at;
  return null;
};
