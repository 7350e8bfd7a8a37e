import { recordIn } from '../sandbox/json.ts';
import type { Affair, Wrote } from './deeds.ts';
import type { Evidence, Obstacle, Spoken } from './evidence.ts';
import type { Saying } from './sayings.ts';
import { lateAfter } from './scale.ts';
import { handOverWithin, respondWithin } from './town.ts';
import type { Finding } from './verdict.ts';
import { couldActFrom } from './windows.ts';

/** What was done more than a minute, on the scaled clock, after somebody could have done it. */
export const findLate = (spoken: Spoken, evidence: Evidence): readonly Finding[] => {
  const { affair, inTiers, name, toCustomer } = spoken;
  const obstacles = evidence.obstacles.filter(({ concerns }) => concerns(affair));
  const check: Check = (what, cause, saying) => {
    if (saying === undefined) return [];
    const { at: seen, channel } = saying.message;
    const waited = seen - couldActFrom(cause, seen, [...obstacles, ...turnsIn(channel, seen, evidence)]);
    if (waited <= lateAfter) return [];
    return [
      {
        kind: 'late',
        what: `${what} of ${name} came ${(waited / 1_000).toFixed(1)} s after somebody could have seen to it`,
      },
    ];
  };
  const arrivedAt = deliveredAt(affair.first, evidence);
  const opened = affair.first.at;
  const climb = respondWithin + handOverWithin;
  return [
    ...check('the receipt', arrivedAt, toCustomer[0]),
    ...check('the first card', arrivedAt, inTiers[0]?.cards[0]),
    ...check('the card in tier 2', Math.max(arrivedAt, opened + climb), inTiers[1]?.cards[0]),
    ...check('the card in tier 3', Math.max(arrivedAt, opened + 2 * climb), inTiers[2]?.cards[0]),
    ...replies(spoken, evidence, check),
    ...forms(affair, spoken, check),
  ];
};

/**
 * Slack's own limits run on no scale (14.4): one message a second and channel, and some fifty look-ups a minute for the whole
 * workspace. Whoever is served before is in the way, but for those few that no limit holds back.
 */
const turnsIn = (channel: string, before: number, { slack }: Evidence): readonly Stretch[] => {
  const posted = slack.messages().filter((one) => one.channel === channel && one.botId !== null);
  const looked = slack.calls.filter(({ method }) => lookUps.has(method));
  return [...crowded(posted, 2, 4_000), ...crowded(looked, 9, 12_000)]
    .filter((at) => at < before)
    .map((at) => ({ from: at, to: at + turn }));
};

/** Those with which there were so many within so long. */
const crowded = (calls: readonly { readonly at: number }[], many: number, within: number): readonly number[] =>
  calls.map(({ at }) => at).filter((at) => calls.filter((one) => one.at <= at && one.at > at - within).length >= many);

type Stretch = Omit<Obstacle, 'concerns'>;

const lookUps: ReadonlySet<string> = new Set(['conversations.replies', 'conversations.history']);

/** A second, and what the call itself takes. */
const turn = 1_500;

type Check = (what: string, cause: number, saying: Saying | undefined) => readonly Finding[];

const replies = ({ affair, inTiers }: Spoken, evidence: Evidence, check: Check): readonly Finding[] =>
  affair.replies.flatMap((reply) => {
    const seen = inTiers.flatMap(({ below }) => below).find(({ ever }) => ever.includes(reply.words));
    // What was said first and bettered later has two causes.
    if (reply.editedAt !== null || reply.removedAt !== null || affair.first.editedAt !== null) return [];
    return check(`the reply "${reply.words}"`, deliveredAt(reply, evidence), seen);
  });

const forms = ({ forms: sent }: Affair, { toCustomer }: Spoken, check: Check): readonly Finding[] =>
  sent
    .filter(({ what, end }) => what !== 'escalate' && end === 'kept')
    .flatMap(({ words, endedAt, what }) => {
      const seen = toCustomer.find(({ ever }) => ever.includes(words));
      return check(`the ${what} "${words}"`, endedAt, seen);
    });

/** When the bot was first given a message, and took it. Before that nobody could have acted. */
const deliveredAt = ({ channel, ts, at }: Wrote, { slack }: Evidence): number => {
  const taken = slack.deliveries.filter(({ payload, ack }) => {
    const event = recordIn(payload.event);
    return ack?.acked === true && event.channel === channel && event.ts === ts;
  });
  return Math.min(...taken.map((each) => each.at), Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY
    ? at
    : Math.min(...taken.map((each) => each.at));
};
