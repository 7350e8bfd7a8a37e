/** What is promised about how it is done: confirmation, and people who are hard to reach. */
import {
  type Case,
  type CaseName,
  dmOf,
  type Evidence,
  hadButton,
  isReply,
  postedIn,
  saidInPlace,
  wordsOf,
} from './demo-case.ts';
import { minute, tolerance } from './demo-policy.ts';
import { actAt, caseOf, face } from './demo-promises.ts';
import type { Pledge } from './demo-verdict.ts';
import type { Message } from './slack-records.ts';

const isClosing = (message: Message): boolean => message.botId !== null && /is closed/.test(wordsOf(message));

const closedAt = (evidence: Evidence, one: Case): number | null =>
  saidInPlace(evidence, one).find(isClosing)?.at ?? null;

const confirmed: Pledge = {
  promise: 'The customer confirms the fix before it is closed',
  source: '§5',
  judge: (evidence) => {
    const names: readonly CaseName[] = ['ladder', 'critical', 'broken', 'friday', 'nobody', 'foreign'];
    const cases = names.flatMap((name) => evidence.cases.get(name) ?? []);
    const wrong = cases.filter((one) => {
      const at = closedAt(evidence, one);
      const saidSo = one.acts.findLast(({ deed }) => deed === 'solved')?.at ?? null;
      return at === null || saidSo === null || at < saidSo || at > saidSo + tolerance;
    });
    return {
      kept: cases.length > 0 && wrong.length === 0,
      expected: 'each closed when its customer pressed Solved, not before',
      seen:
        wrong.length === 0
          ? `${cases.map(({ number }) => number).join(', ')} closed when their customers pressed Solved`
          : wrong.map((one) => `${one.number} closed: ${face(evidence, closedAt(evidence, one))}`).join('; '),
    };
  },
};

const silence: Pledge = {
  promise: 'A silent customer is asked again before it is closed, and told so',
  source: '§5',
  judge: (evidence) => {
    const one = caseOf(evidence, 'silent');
    const said = saidInPlace(evidence, one);
    const asked = said.filter((each) => hadButton(each, 'Solved')).map(({ at }) => at);
    const at = closedAt(evidence, one);
    return {
      kept: asked.length >= 2 && at !== null && asked.every((each) => each < at),
      expected: 'asked at the resolution, asked again, then closed',
      seen: `asked ${asked.map((each) => face(evidence, each)).join(', ') || 'never'}; closed ${face(evidence, at)}`,
    };
  },
};

const broken: Pledge = {
  promise: 'Still broken brings it back to those who solved it',
  source: null,
  judge: (evidence) => {
    const one = caseOf(evidence, 'broken');
    const from = actAt(one, 'still-broken');
    const [tier1] = evidence.cast.tiers;
    const told = saidInPlace(evidence, one).find((each) => each.at >= from && each.botId !== null);
    const card = postedIn(evidence, tier1.room.id, one)[0];
    const shown = (card?.revisions ?? []).filter(({ at }) => at >= from).map((each) => JSON.stringify(each.blocks));
    const former = one.acts.find(({ deed }) => deed === 'resolved')?.by.name ?? '';
    const names = shown.some((blocks) => blocks.includes(former) && blocks.includes('Claim'));
    const again = told !== undefined && told.at <= from + tolerance && wordsOf(told).includes('Tier 1');
    return {
      kept: again && names,
      expected: `open again at once in Tier 1, the card naming ${former}`,
      seen: `customer told: ${told === undefined ? 'nothing' : told.text}; the card ${names ? 'names' : 'does not name'} ${former}`,
    };
  },
};

const emptyTier: Pledge = {
  promise: 'A tier without people is made known, and loses no ticket',
  source: '§4.1',
  judge: (evidence) => {
    const { cast, emptied, slack } = evidence;
    const tier2 = cast.tiers[1];
    const one = evidence.cases.get('nobody');
    if (tier2 === undefined) return { kept: true, expected: '', seen: 'the desk has no Tier 2' };
    if (emptied === null || one === undefined) throw new Error('the story did not come that far');
    const escalatedAt = actAt(one, 'escalated');
    const perManager = cast.managers.map((manager) => {
      const got = slack.messages().filter((each) => each.channel === dmOf(manager) && each.botId !== null);
      const warnedAt =
        got.find((each) => each.at >= emptied.from && JSON.stringify(each).includes(tier2.room.id))?.at ?? null;
      const card = postedIn(evidence, dmOf(manager), one).find(
        (each) => each.at >= escalatedAt && hadButton(each, 'Claim'),
      );
      return { warnedAt, cardAt: card?.at ?? null };
    });
    const backAt = postedIn(evidence, tier2.room.id, one)[0]?.at ?? null;
    const isFine = ({ warnedAt, cardAt }: (typeof perManager)[number]): boolean =>
      warnedAt !== null && warnedAt < escalatedAt && cardAt !== null && cardAt <= escalatedAt + tolerance;
    const [first] = perManager;
    return {
      kept:
        perManager.every(isFine) &&
        backAt !== null &&
        backAt >= emptied.to - minute &&
        backAt <= emptied.to + tolerance,
      expected: `managers told before ${face(evidence, escalatedAt)}, the card theirs then, and in Tier 2 by ${face(evidence, emptied.to)}`,
      seen: `managers told ${face(evidence, first?.warnedAt ?? null)}, card theirs ${face(evidence, first?.cardAt ?? null)}, in Tier 2 ${face(evidence, backAt)}`,
    };
  },
};

const foreign: Pledge = {
  promise: "Another company's people are served in their own thread",
  source: '§2',
  judge: (evidence) => {
    const one = caseOf(evidence, 'foreign');
    const [tier1] = evidence.cast.tiers;
    const [, colleague] = evidence.cast.foreign;
    const inTier = evidence.slack.messages().filter((each) => each.channel === tier1.room.id && isReply(each));
    const heard = inTier.some((each) => wordsOf(each).includes('since the last deploy'));
    const at = closedAt(evidence, one);
    const kept = heard && at !== null && at >= actAt(one, 'solved');
    const whether = heard ? 'reached' : 'did not reach';
    return {
      kept,
      expected: `${colleague.name}'s words reach Tier 1, and ${colleague.name} may confirm`,
      seen: `${colleague.name}'s words ${whether} Tier 1; closed by ${colleague.name} ${face(evidence, at)}`,
    };
  },
};

const phone: Pledge = {
  promise: 'A customer on the phone is owed a word, and the card says so until it is said',
  source: '§5',
  judge: (evidence) => {
    const one = caseOf(evidence, 'phone');
    const [tier1] = evidence.cast.tiers;
    const card = postedIn(evidence, tier1.room.id, one)[0];
    if (card === undefined) throw new Error('there is no card');
    const states = [...card.revisions.map(({ blocks }) => JSON.stringify(blocks)), JSON.stringify(card.blocks)];
    const owes = (state: string | undefined): boolean => state?.includes('Tell the customer by') === true;
    const owed = states.findIndex(owes);
    const rid = states.findIndex((state, index) => index > owed && !owes(state));
    const closed = states.at(-1)?.includes('Closed, confirmed') === true;
    const staff = new Set(evidence.cast.tiers.map(({ room }) => room.id));
    const strays = evidence.slack
      .messages()
      .filter((each) => each.botId !== null && !staff.has(each.channel) && wordsOf(each).includes(one.number))
      .filter(
        (each) =>
          each.onlyFor === null &&
          !evidence.cast.tiers.some(({ people }) => people.some((who) => dmOf(who) === each.channel)),
      );
    return {
      kept: owed >= 0 && rid > owed && closed && strays.length === 0,
      expected: 'the card says what to tell and by when, no longer once told, and closed at last',
      seen: `owed: ${owed >= 0 ? 'on the card' : 'not on the card'}; after the call: ${rid > owed ? 'gone' : 'still there'}; ${closed ? 'closed, confirmed' : 'not closed'}`,
    };
  },
};

export const mannerPledges: readonly Pledge[] = [confirmed, silence, broken, emptyTier, foreign, phone];
