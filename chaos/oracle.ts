import { type Evidence, spokenOf } from './evidence.ts';
import { findDoubled } from './find-doubled.ts';
import { findLate } from './find-late.ts';
import { findLost } from './find-lost.ts';
import { findMisordered } from './find-misordered.ts';
import { findMissing } from './find-missing.ts';
import type { Finding } from './verdict.ts';

/** Judges from outside: what people did against what Slack received. Knows nothing of the bot or its database. */
export const judge = (evidence: Evidence): readonly Finding[] => {
  const spoken = spokenOf(evidence);
  return [
    ...spoken.flatMap((each) => findLost(each, evidence)),
    ...spoken.flatMap(findDoubled),
    ...spoken.flatMap(findMissing),
    ...spoken.flatMap(findMisordered),
    ...spoken.flatMap((each) => findLate(each, evidence)),
  ];
};
