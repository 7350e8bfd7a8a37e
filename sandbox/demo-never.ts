/** What must never happen, whatever the story: leaks, rings, repetition, refusals. */
import { dmOf, wordsOf } from './demo-case.ts';
import { minute } from './demo-policy.ts';
import type { Pledge } from './demo-verdict.ts';
import type { Message, Refusal } from './slack-records.ts';

const inside: Pledge = {
  promise: 'What staff write for each other stays inside',
  source: null,
  judge: ({ cast, slack, cases }) => {
    const words = [...cases.values()].flatMap((one) => one.inside);
    const rooms = new Set(cast.tiers.map(({ room }) => room.id));
    const staff = [...cast.managers, ...cast.tiers.flatMap(({ people }) => people)];
    for (const person of staff) rooms.add(dmOf(person));
    const shows = (each: Message): boolean => words.some((word) => wordsOf(each).includes(word));
    const leaks = slack.messages().filter((each) => !rooms.has(each.channel) && shows(each));
    const seen = slack.messages().filter((each) => rooms.has(each.channel) && shows(each));
    return {
      kept: words.length > 0 && seen.length > 0 && leaks.length === 0,
      expected: 'causes, fixes, reasons and notes in the tiers only',
      seen:
        leaks.length > 0
          ? `customers read: ${leaks[0]?.text.slice(0, 100)}`
          : `${words.length} causes, fixes, reasons and notes, read in the tiers only`,
    };
  },
};

const noPings: Pledge = {
  promise: 'Nothing typed by a user pings anyone',
  source: null,
  judge: ({ cast, slack }) => {
    const staff = new Set(cast.tiers.flatMap(({ people }) => people).map(({ id }) => id));
    const calls = new Map(
      cast.tiers.map(({ room, group }) => [room.id, new Set([group?.id ?? 'here', 'here', 'channel'])] as const),
    );
    const pinged = slack.messages().flatMap((each) => {
      if (each.botId === null) return [];
      const allowed = calls.get(each.channel);
      const bad = [...each.pings, ...each.textPings].filter(
        (who) => !(allowed?.has(who) || (allowed && staff.has(who))),
      );
      return bad.map((who) => `${who} in “${each.text.slice(0, 60)}”`);
    });
    return {
      kept: pinged.length === 0,
      expected: 'only tiers are called, and owners reminded, in their own channels',
      seen: pinged[0] ?? 'a customer typed @everyone, @here and a manager’s name: nobody was rung',
    };
  },
};

const once: Pledge = {
  promise: 'Everything is said once',
  source: null,
  judge: ({ slack }) => {
    const said = slack.messages().filter(({ botId, onlyFor }) => botId !== null && onlyFor === null);
    const seen = new Map<string, number>();
    const twice = said.filter((each) => {
      const key = `${each.channel} ${each.threadTs} ${wordsOf({ ...each, revisions: each.revisions.slice(0, 1) })}`;
      const before = seen.get(key);
      seen.set(key, each.at);
      return before !== undefined && each.at - before < 5 * minute;
    });
    return {
      kept: said.length > 0 && twice.length === 0,
      expected: 'no message twice in a place',
      seen: twice.length === 0 ? `${said.length} messages, none twice` : `twice: “${twice[0]?.text.slice(0, 80)}”`,
    };
  },
};

const refusedNothing: Pledge = {
  promise: 'Slack refused nothing that the bot sent',
  source: null,
  judge: ({ slack }) => {
    // Being asked to wait is no refusal: the bot comes again, and nothing is lost.
    const put = slack.refusals.filter(({ error }) => error === 'ratelimited');
    const refused = slack.refusals.filter((each) => !put.includes(each));
    const named = ({ method, error, detail }: Refusal): string => `${method}: ${error} (${detail})`;
    return {
      kept: refused.length === 0,
      expected: 'no refusal',
      seen:
        refused.length === 0
          ? `${slack.callCount()} calls, none refused, ${put.length} asked to wait a moment`
          : refused.slice(0, 3).map(named).join('; '),
    };
  },
};

const toTheEnd: Pledge = {
  promise: 'The story can be played to its end',
  source: null,
  judge: ({ accidents, cases }) => ({
    kept: accidents.length === 0,
    expected: 'every chapter played',
    seen: accidents.length === 0 ? `${cases.size} tickets, from opening to close` : accidents.join('; '),
  }),
};

export const neverPledges: readonly Pledge[] = [inside, noPings, once, refusedNothing, toTheEnd];
