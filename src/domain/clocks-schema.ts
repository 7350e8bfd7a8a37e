import type { z } from 'zod';
import { strictly } from './known-keys.ts';
import { length, lengthOrZero, listOf, numberWithin, oneOf } from './plan-values.ts';

const target = { within: length, time: oneOf(['business', 'elapsed']) };
const ownTarget = strictly(target).exactOptional();

const priorityTarget = strictly({
  ...target,
  priorities: strictly({ critical: ownTarget, high: ownTarget, normal: ownTarget, low: ownTarget }).default({}),
});

const tierClocks = strictly({
  respond: priorityTarget,
  takeUp: length,
  handOver: priorityTarget.nullable().default(null),
});

const tiers = listOf(tierClocks).check((context) => {
  if (context.value.length === 0) complain(context, [], 'no tier has a clock');
  const last = context.value.length - 1;
  context.value.forEach((tier, index) => {
    if (index < last && tier.handOver === null) complain(context, [index], 'only the last tier has no handOver');
    if (index === last && tier.handOver !== null)
      complain(context, [index, 'handOver'], 'the last tier hands over to nobody');
  });
});

const update = strictly({
  every: length,
  actBefore: lengthOrZero,
  remindOwnerBefore: length,
  remindTierBefore: length,
  managersAfter: numberWithin('a whole number from 1', (input) => Number.isInteger(input) && input >= 1),
}).check((context) => {
  const { every, actBefore, remindOwnerBefore, remindTierBefore } = context.value;
  if (actBefore >= every) return complain(context, ['actBefore'], 'must be shorter than every');
  for (const [name, before] of Object.entries({ remindOwnerBefore, remindTierBefore })) {
    if (before >= every) complain(context, [name], 'must be shorter than every');
    if (before <= actBefore)
      complain(context, [name], 'must be longer than actBefore: a reminder comes before the bot acts');
  }
});

/** Reads the clocks of a policy (5). What one part makes impossible in another is refused at the part. */
export const clocksSchema = strictly({
  tiers,
  update,
  wait: strictly({ every: length }),
  confirm: strictly({ after: listOf(length) }),
  close: strictly({ after: length }),
  warnWhenLeft: numberWithin('a share between 0 and 1, such as 0.25', (input) => input > 0 && input < 1),
  keptWithin: lengthOrZero,
}).check((context) => {
  const { confirm, close } = context.value;
  confirm.after.forEach((after, index) => {
    const path = ['confirm', 'after', index];
    if (after >= close.after) complain(context, path, 'must come before close.after');
    if (index > 0 && after <= (confirm.after[index - 1] ?? 0))
      complain(context, path, 'must come after the one before it');
  });
});

const complain = (context: z.core.ParsePayload, path: readonly (string | number)[], message: string): void => {
  context.issues.push({ code: 'custom', path: [...path], message, input: context.value });
};
