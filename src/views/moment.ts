import type { RichTextDate } from '@slack/types';
import { DateTime } from 'luxon';
import type { Instant } from '../domain/instant.ts';

const format = '{date_short_pretty} {time}';

/** A moment in mrkdwn: each reader sees it in their own zone; where Slack cannot, in UTC with the zone named. */
export const moment = (at: Instant): string => `<!date^${epochSeconds(at)}^${format}|${inUtc(at)}>`;

/** The same for rich text. */
export const momentElement = (at: Instant): RichTextDate => ({
  type: 'date',
  timestamp: epochSeconds(at),
  format,
  fallback: inUtc(at),
});

/** For plain text, which knows no zones of readers: "23 Nov 2026, 14:05 UTC". */
export const inUtc = (at: Instant): string =>
  DateTime.fromMillis(at, { zone: 'utc', locale: 'en' }).toFormat("d LLL yyyy, HH:mm 'UTC'");

const epochSeconds = (at: Instant): number => Math.floor(at / 1000);
