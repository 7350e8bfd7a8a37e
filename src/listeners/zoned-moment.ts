import { DateTime } from 'luxon';
import type { Instant } from '../domain/instant.ts';

/**
 * Words for moments inside a sentence, in the reader's own zone: "Mon 2 Mar, 10:00".
 *
 * @param zone an IANA name; `null` where Slack does not show it: then UTC, and it is said so
 */
export const momentIn =
  (zone: string | null) =>
  (at: Instant): string => {
    const known = zone !== null && DateTime.fromMillis(at, { zone }).isValid;
    const local = DateTime.fromMillis(at, { zone: known ? zone : 'utc', locale: 'en' });
    return local.toFormat(known ? 'ccc d LLL, HH:mm' : "ccc d LLL, HH:mm 'UTC'");
  };
