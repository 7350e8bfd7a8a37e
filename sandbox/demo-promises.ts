/** What the policy promises about time (§6) and about being told, each judged by what Slack received and when. */
import {
  type Case,
  type CaseName,
  type Deed,
  dmOf,
  type Evidence,
  hadButton,
  isAbout,
  postedIn,
  saidInPlace,
  wordsOf,
} from './demo-case.ts';
import type { TierCast } from './demo-cast.ts';
import { afterBusiness, hour, minute, promised, tolerance } from './demo-policy.ts';
import { clockFace } from './demo-tale.ts';
import type { Finding, Pledge } from './demo-verdict.ts';
import { isRecord, listIn } from './json.ts';
import type { Message } from './slack-records.ts';

export const caseOf = ({ cases }: Evidence, name: CaseName): Case => {
  const found = cases.get(name);
  if (found === undefined) throw new Error('the story did not come that far');
  return found;
};

export const face = ({ cast }: Evidence, at: number | null): string =>
  at === null ? 'never' : clockFace(at, cast.zone);

export const actAt = ({ acts }: Case, deed: Deed, nth = 0): number => {
  const found = acts.filter((act) => act.deed === deed)[nth];
  if (found === undefined) throw new Error('the story did not come that far');
  return found.at;
};

/** When the ticket was first shown in a tier's channel; null when never. */
const arrivalAt = (evidence: Evidence, one: Case, tier: TierCast | undefined): number | null =>
  tier === undefined ? null : (postedIn(evidence, tier.room.id, one)[0]?.at ?? null);

const byThen = (evidence: Evidence, dueAt: number, at: number | null, what = ''): Finding => ({
  kept: at !== null && at <= dueAt + tolerance,
  expected: `${what}by ${face(evidence, dueAt)}`,
  seen: `${what}${face(evidence, at)}`,
});

/** One finding for several: the first that is not kept, else all of them. */
const allOf = (findings: readonly Finding[]): Finding => {
  const broken = findings.find(({ kept }) => !kept);
  const list = (key: 'expected' | 'seen'): string => findings.map((each) => each[key]).join('; ');
  return broken ?? { kept: findings.length > 0, expected: list('expected'), seen: list('seen') };
};

const dms = (evidence: Evidence, one: Case): readonly (readonly Message[])[] =>
  evidence.cast.managers.map((manager) =>
    evidence.slack
      .messages()
      .filter((each) => each.channel === dmOf(manager) && each.botId !== null && isAbout(each, one)),
  );

/** When the last of the managers had a direct message about it, sent at `from` or later; null when one had none. */
const managersToldAt = (evidence: Evidence, one: Case, from: number): number | null => {
  const first = dms(evidence, one).map((each) => each.find(({ at }) => at >= from)?.at ?? null);
  return first.includes(null) ? null : Math.max(...first.map((at) => at ?? 0));
};

/** When a person of Tier 1 was named to the customer. */
const personNamedAt = (evidence: Evidence, one: Case): number | null => {
  const names = evidence.cast.tiers[0].people.map(({ name }) => name);
  const words = saidInPlace(evidence, one)
    .filter(({ botId }) => botId !== null)
    .slice(1);
  return words.find((each) => names.some((name) => wordsOf(each).includes(name)))?.at ?? null;
};

const answeredInTime: Pledge = {
  promise: 'Tier 1 answers within 1 business hour',
  source: '§6',
  judge: (evidence) =>
    allOf(
      (['ladder', 'broken', 'silent', 'foreign'] as const).map((name) => {
        const one = caseOf(evidence, name);
        const dueAt = afterBusiness(one.openedAt, promised.tier1Response, evidence.calendar);
        return byThen(evidence, dueAt, personNamedAt(evidence, one), `${one.number} `);
      }),
    ),
};

/** Calls of the tier about the ticket, after the first one. */
const callsAgain = (evidence: Evidence, one: Case): readonly Message[] =>
  postedIn(evidence, evidence.cast.tiers[0].room.id, one)
    .filter(({ blocks }) => !blocks.some(({ type }) => type === 'actions'))
    .filter(({ at }) => at > one.openedAt + 2 * minute);

const missedAnswer: Pledge = {
  promise: 'An answer not given within 1 business hour is called out just then',
  source: '§4.1, §6',
  judge: (evidence) => {
    const one = caseOf(evidence, 'friday');
    const dueAt = afterBusiness(one.openedAt, promised.tier1Response, evidence.calendar);
    const calledAt = callsAgain(evidence, one)[0]?.at ?? null;
    const told = managersToldAt(evidence, one, dueAt - minute);
    const isJustThen = (at: number | null): boolean => at !== null && at >= dueAt && at <= dueAt + tolerance;
    return {
      kept: isJustThen(calledAt) && isJustThen(told),
      expected: `opened ${face(evidence, one.openedAt)}, tier and managers called at ${face(evidence, dueAt)}`,
      seen: `opened ${face(evidence, one.openedAt)}, tier called ${face(evidence, calledAt)}, managers ${face(evidence, told)}`,
    };
  },
};

/** Every instant that a message shows as a date. */
const datesIn = (value: unknown): readonly number[] => {
  if (Array.isArray(value)) return value.flatMap(datesIn);
  if (!isRecord(value)) return [];
  const own = value.type === 'date' ? [Number(value.timestamp) * 1000] : [];
  return [...own, ...listIn(Object.values(value)).flatMap(datesIn)];
};

const receiptSaysWhen: Pledge = {
  promise: 'The receipt tells the customer by when we aim to answer',
  source: '§4.1',
  judge: (evidence) => {
    const one = caseOf(evidence, 'friday');
    const dueAt = afterBusiness(one.openedAt, hour, evidence.calendar);
    const receipt = saidInPlace(evidence, one).find(({ botId }) => botId !== null);
    const dates = receipt === undefined ? [] : datesIn(receipt.blocks);
    return {
      kept: dates.includes(dueAt),
      expected: face(evidence, dueAt),
      seen: dates.length === 0 ? 'no time' : dates.map((at) => face(evidence, at)).join(', '),
    };
  },
};

const receiptCounts: Pledge = {
  promise: 'The time in the receipt is the time that counts, by day and by night',
  source: '§4.1',
  judge: (evidence) =>
    allOf(
      (['critical', 'friday'] as const).map((name) => {
        const one = caseOf(evidence, name);
        const aims = datesIn(saidInPlace(evidence, one).find(({ botId }) => botId !== null)?.blocks);
        const missedAt = callsAgain(evidence, one)[0]?.at ?? null;
        const takenAt = actAt(one, 'claimed');
        // Nobody answered: either the tier was called at the time that was named, or that time had not come yet.
        const kept = missedAt === null ? aims.some((at) => at >= takenAt) : aims.includes(missedAt);
        const aim = aims.map((at) => face(evidence, at)).join(', ') || 'no time';
        return {
          kept,
          expected: `${one.number} called out at ${aim}`,
          seen: `${one.number} named ${aim}, called out ${face(evidence, missedAt)}`,
        };
      }),
    ),
};

const tier2InTime: Pledge = {
  promise: "Tier 2 within 4 hours of Tier 1's engagement",
  source: '§6',
  judge: (evidence) => {
    const one = caseOf(evidence, 'ladder');
    const dueAt = actAt(one, 'claimed') + promised.tier2AfterTier1;
    return byThen(evidence, dueAt, arrivalAt(evidence, one, evidence.cast.tiers[1]), 'in Tier 2 ');
  },
};

const tier3InTime: Pledge = {
  promise: "Tier 3 / management within 12 hours of Tier 2's engagement",
  source: '§6',
  judge: (evidence) => {
    const one = caseOf(evidence, 'ladder');
    const engagedAt = actAt(one, 'claimed', 1);
    const dueAt = engagedAt + promised.tier3AfterTier2;
    const there = byThen(evidence, dueAt, arrivalAt(evidence, one, evidence.cast.tiers[2]), 'in Tier 3 ');
    // The policy says "Tier 3 / management": only a desk with more tiers may tell the managers later.
    if (evidence.cast.tiers.length > 3) return there;
    return allOf([there, byThen(evidence, dueAt, managersToldAt(evidence, one, engagedAt + minute), 'managers told ')]);
  },
};

const toldOfEscalations: Pledge = {
  promise: 'The customer hears of every escalation',
  source: '§5',
  judge: (evidence) => {
    const one = caseOf(evidence, 'ladder');
    const arrivals = evidence.cast.tiers.slice(1, 3).map((tier) => arrivalAt(evidence, one, tier));
    return allOf(
      arrivals.map((at, index) => {
        const tier = index + 2;
        const words = saidInPlace(evidence, one).filter((each) => each.botId !== null && at !== null && each.at >= at);
        const told = words.find((each) => wordsOf(each).includes(`Tier ${tier}`))?.at ?? null;
        return byThen(evidence, at ?? 0, told, `told of Tier ${tier} `);
      }),
    );
  },
};

/** The longest silence in a customer's place until the issue is resolved. */
const longestSilence = (evidence: Evidence, one: Case): number => {
  const said = saidInPlace(evidence, one).filter((each) => each.botId !== null);
  const times = said.map((each) => ({ at: each.at, isAsking: hadButton(each, 'Solved') }));
  const gaps = times.flatMap(({ at, isAsking }, index) => {
    const next = times[index + 1]?.at;
    return isAsking || next === undefined ? [] : [next - at];
  });
  return Math.max((times[0]?.at ?? Number.POSITIVE_INFINITY) - one.openedAt, ...gaps);
};

const heardDaily: Pledge = {
  promise: 'The customer hears at least every 24 hours',
  source: '§6',
  judge: (evidence) => {
    const cases = [...evidence.cases.values()].filter(({ place }) => place !== null);
    const silences = cases.map((one) => ({ one, silence: longestSilence(evidence, one) }));
    const worst = silences.toSorted((a, b) => b.silence - a.silence)[0];
    if (worst === undefined) throw new Error('nobody wrote');
    const { one, silence } = worst;
    const hours = silence === Number.POSITIVE_INFINITY ? 'for ever' : `${(silence / hour).toFixed(1)} hours`;
    return {
      kept: silence <= promised.updateEvery + tolerance,
      expected: 'no longer silence than 24 hours',
      seen: `the longest silence was ${hours}, on ${one.number}`,
    };
  },
};

const criticalAtOnce: Pledge = {
  promise: 'Management hears of a critical issue at once',
  source: '§5',
  judge: (evidence) => {
    const one = caseOf(evidence, 'critical');
    return byThen(evidence, one.openedAt, managersToldAt(evidence, one, one.openedAt), 'managers told ');
  },
};

/** In the order of the policy. */
export const timePledges: readonly Pledge[] = [
  answeredInTime,
  missedAnswer,
  receiptSaysWhen,
  receiptCounts,
  tier2InTime,
  tier3InTime,
  toldOfEscalations,
  heardDaily,
  criticalAtOnce,
];
