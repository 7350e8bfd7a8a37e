import { z } from 'zod';
import type { Call } from './desk.ts';
import type { DeskPlan, Reference, TierPlan } from './desk-plan.ts';
import { shown, strictly } from './known-keys.ts';
import { expected, listOf, oneOf, type Read, read, text, value } from './plan-values.ts';
import { policySchema } from './policy-schema.ts';

const reference = (sign: '#' | '@', id: RegExp, what: string, example: string) =>
  value((input): Read<Reference> => {
    const written = typeof input === 'string' ? input.trim() : '';
    if (id.test(written)) return read({ by: 'id', id: written });
    const name = written.startsWith(sign) ? written.slice(1).trim() : '';
    if (name !== '') return read({ by: 'name', name: sign === '#' ? name.toLowerCase() : name });
    // An unquoted # begins a comment, so that `channel: #tier-1` says nothing at all.
    const hint = input === null && sign === '#' ? ` (a name with # must stand in quotes: '${example}')` : '';
    return expected(`expected ${what} such as '${example}' or its id, got ${shown(input)}${hint}`);
  });

const channel = reference('#', /^[CG][A-Z0-9]+$/, 'a channel', '#tier-1');
const person = reference('@', /^[UW][A-Z0-9]+$/, 'a person', '@ana');
const group = reference('@', /^S[A-Z0-9]+$/, 'a user group', '@tier1-group');

const members = z.union(
  [z.literal('channel').transform(() => null), strictly({ group }).transform((given) => given.group)],
  {
    error: (issue) =>
      issue.input === undefined ? 'missing' : `expected 'channel' or a group, got ${shown(issue.input)}`,
  },
);

const call = oneOf<Call>(['group', 'here', 'channel', 'none']).exactOptional();

const tier = strictly({ name: text, channel, members, call: strictly({ arrival: call, breach: call }).default({}) })
  .check(({ value: tier, issues }) => {
    if (tier.members !== null) return;
    for (const when of ['arrival', 'breach'] as const) {
      if (tier.call[when] !== 'group') continue;
      issues.push({
        code: 'custom',
        path: ['call', when],
        message: 'a tier without a user group cannot call one',
        input: tier,
      });
    }
  })
  .transform(
    (tier): TierPlan => ({
      name: tier.name,
      channel: tier.channel,
      group: tier.members,
      callOnArrival: tier.call.arrival ?? (tier.members ? 'group' : 'here'),
      callOnBreach: tier.call.breach ?? (tier.members ? 'group' : 'channel'),
    }),
  );

const some = <Item extends z.ZodType>(item: Item, message: string) => listOf(item).min(1, { error: message });

const email = value((input) =>
  input === null || (typeof input === 'string' && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(input))
    ? read(input)
    : expected(`expected a mail address, got ${shown(input)}`),
);

const portal = value((input) =>
  input === null || (typeof input === 'string' && /^https?:\/\/\S+$/.test(input) && URL.canParse(input))
    ? read(input)
    : expected(`expected an address such as https://support.example.com, got ${shown(input)}`),
);

/** Desk and policy (13.7); the policy already completed by the standard one. */
export const deskPlanSchema: z.ZodType<DeskPlan> = strictly({
  tiers: some(tier, 'expected at least one tier'),
  managers: some(person, 'expected at least one manager'),
  admins: listOf(person).default([]),
  intake: listOf(channel).default([]),
  contact: strictly({ email: email.default(null), portal: portal.default(null) }),
  policy: policySchema,
});
