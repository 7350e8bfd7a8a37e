import { z } from 'zod';
import { calendarSchema } from './calendar-schema.ts';
import { durationText } from './duration.ts';
import { type Kind, kinds, type Service, services } from './keyword-guess.ts';
import { strictly } from './known-keys.ts';
import { date, length, lengthOrZero, listOf, numberWithin, oneOf, text } from './plan-values.ts';
import type { Policy, TierClocks } from './policy.ts';
import { priorities } from './priority.ts';
import { wordsOf } from './words.ts';

const target = strictly({ within: length, time: oneOf(['business', 'elapsed']) });

const priorityTarget = target.extend({
  priorities: strictly({
    critical: target.exactOptional(),
    high: target.exactOptional(),
    normal: target.exactOptional(),
    low: target.exactOptional(),
  }).default({}),
});
