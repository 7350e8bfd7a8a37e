import { z } from 'zod';
import { calendarSchema } from './calendar-schema.ts';
import { clocksSchema } from './clocks-schema.ts';
import { shown, strictly } from './known-keys.ts';
import { date, expected, length, lengthOrZero, listOf, oneOf, read, text, value } from './plan-values.ts';
import type { Policy } from './policy.ts';
import { priorities } from './priority.ts';
import { wordsOf } from './words.ts';

const phrase = value((input) =>
  typeof input === 'string' && wordsOf(input).length > 0
    ? read(input)
    : expected(`expected a word or a phrase, got ${shown(input)}`),
);
const phrases = listOf(phrase);

const priority = oneOf(priorities);
const byUrgency = strictly({ 'can-wait': priority, degraded: priority, down: priority });

const words = strictly({
  company: text,
  purpose: text,
  scope: text,
  ourPart: listOf(text),
  customersPart: listOf(text),
  limits: listOf(text),
});

/** Reads a whole policy (5, 13.7). Lengths of time come as text and leave in milliseconds. */
export const policySchema: z.ZodType<Policy> = strictly({
  title: text,
  words,
  review: strictly({
    effective: date,
    next: z.union([z.null(), date], { error: 'expected a day such as 2025-12-24, or null' }),
  }),
  calendar: calendarSchema,
  priority: strictly({ person: byUrgency, site: byUrgency, many: byUrgency }),
  clocks: clocksSchema,
  joinWithin: lengthOrZero,
  reopenWithin: length,
  keywords: strictly({
    kind: strictly({ technical: phrases, billing: phrases, service: phrases }),
    service: strictly({
      'shared-hosting': phrases,
      vps: phrases,
      'dedicated-server': phrases,
      domain: phrases,
      other: phrases,
    }),
  }),
  replies: strictly({ thanks: phrases, stillBroken: phrases, doubt: phrases }),
});
