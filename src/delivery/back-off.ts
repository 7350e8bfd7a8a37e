import { type Duration, minute, second } from '../domain/instant.ts';
import { callLimit } from './slack-client.ts';
import type { Failure } from './slack-error.ts';

const longest: Duration = 5 * minute;

/** After this an unclear call can no longer land (14.3). */
const landed: Duration = callLimit + 10 * second;

/** How long to wait before the next try: 1 s, 2 s, 4 s … up to 5 minutes; what Slack asks for where it asks. */
export const waitBefore = (failure: Failure, tries: number): Duration => {
  const grown = Math.min(longest, second * 2 ** tries);
  if (failure.kind === 'too-many') return failure.after ?? grown;
  return failure.kind === 'unclear' ? Math.max(landed, grown) : grown;
};
