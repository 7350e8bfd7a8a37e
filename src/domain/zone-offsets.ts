import { IANAZone } from 'luxon';
import { type Duration, day, type Instant, minute, second } from './instant.ts';

/** A stretch of time in which a zone keeps one offset: local time is the instant plus `offset`. */
export interface OffsetStretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly offset: Duration;
}

// Two changes of a zone's clock were never closer than this (the shortest on record are four weeks around Ramadan).
const probe = 7 * day;

// Asking a zone is slow beside all else, and calendars of one zone come and go with the tickets that are read.
const known = new Map<string, readonly OffsetStretch[]>();
const mostKnown = 10_000;

/** Cuts the time between two instants at the zone's changes of offset; in order, without gaps. */
export const offsetStretches = (zoneName: string, from: Instant, to: Instant): readonly OffsetStretch[] => {
  const name = `${zoneName} ${from} ${to}`;
  const stretches = known.get(name) ?? stretchesOf(zoneName, from, to);
  if (known.size >= mostKnown) known.clear();
  known.set(name, stretches);
  return stretches;
};

const stretchesOf = (zoneName: string, from: Instant, to: Instant): readonly OffsetStretch[] => {
  const zone = IANAZone.create(zoneName);
  const offsetAt = (at: Instant): Duration => zone.offset(at) * minute;
  const stretches: OffsetStretch[] = [];
  let start = from;
  for (let at = from; at < to; at += probe) {
    const end = Math.min(at + probe, to);
    if (offsetAt(at) === offsetAt(end)) continue;
    const change = changeBetween(offsetAt, at, end);
    stretches.push({ from: start, to: change, offset: offsetAt(at) });
    start = change;
  }
  return start < to ? [...stretches, { from: start, to, offset: offsetAt(start) }] : stretches;
};

// Zones change on whole seconds, so the search may stop there.
const changeBetween = (offsetAt: (at: Instant) => Duration, before: Instant, after: Instant): Instant => {
  const old = offsetAt(before);
  let low = before / second;
  let high = after / second;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * second) === old) low = middle;
    else high = middle;
  }
  return high * second;
};
