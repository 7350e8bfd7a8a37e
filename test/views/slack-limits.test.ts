import { isTooLongForMessage, problemsInBlocks, problemsInView } from '../../sandbox/block-limits.ts';
import { pingsOf } from '../../sandbox/slack-pings.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { foldedMessage } from '../../src/views/folded-message.ts';
import { howEscalationWorks } from '../../src/views/how-escalation-works.ts';
import type { Message } from '../../src/views/message.ts';
import { aDesk, aPolicy } from '../support/a-policy.ts';
import { fullStory, neglected, type StoryWords, slowStory } from '../support/a-story.ts';
import { type Step, subjectAfter } from '../support/a-subject.ts';
import { everyAnswer, everyForm, everyWordOfTheDesk } from '../support/every-view.ts';
import { longestDesk, longestPolicy } from '../support/the-longest.ts';
import { type Said, whatIsSaid } from '../support/what-is-said.ts';

const nasty =
  '<!channel> <@U1> <!subteam^S1> <https://evil.example|you> &amp; ``` *_~ \u202Eab😀 <!here> @here #general\n';
const fill = (length: number): string => nasty.repeat(Math.ceil(length / nasty.length)).slice(0, length);
type Fill = (length: number) => string;
const wordsOf = (text: Fill): StoryWords => ({
  title: text(150),
  description: text(12_000),
  said: text(12_000),
  toCustomer: text(3_000),
  inside: text(3_000),
  name: text(200),
});
const storyOf = (text: Fill): readonly Step[] => fullStory(wordsOf(text));

const fills: Readonly<Record<string, Fill>> = {
  'the longest nasty input': fill,
  'nothing but ampersands': (length) => '&'.repeat(length),
  'nothing but emoji': (length) => '😀'.repeat(Math.floor(length / 2)),
  'nothing but white space': (length) => ' \n'.repeat(Math.floor(length / 2)),
  'empty text': () => '',
  'right-to-left text': (length) => 'האתר נפל '.repeat(length).slice(0, length),
};

const weightOf = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + weightOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + (name === 'text' && typeof inner === 'string' ? inner.length : weightOf(inner)),
    0,
  );
};

const mustBeAccepted = (message: Message): void => {
  expect(problemsInBlocks(message.blocks, 'message')).toEqual([]);
  expect(isTooLongForMessage(message.blocks)).toBe(false);
  expect(weightOf(message.blocks)).toBeLessThan(10_000);
  expect(message.text.trim()).not.toBe('');
  expect(message.text.length).toBeLessThan(4_000);
};

const pings = (message: Message): readonly string[] =>
  pingsOf({ text: message.text, blocks: JSON.parse(JSON.stringify(message.blocks)), attachments: [] });

const mayPing = ({ notice, subject }: Said): readonly string[] => {
  const owner = subject.ticket.owner?.userId;
  if (notice.kind === 'call') return ['here', 'channel'];
  return (notice.kind === 'remind' || notice.kind === 'line') && owner !== undefined ? [owner] : [];
};

describe.each(Object.entries(fills))('with %s', (_, text) => {
  const story = storyOf(text);

  it('every notice is accepted by Slack, and pings nobody it should not', () => {
    const said = [...whatIsSaid(story), ...whatIsSaid(slowStory(wordsOf(text)))];
    expect(said.length).toBeGreaterThan(80);
    for (const each of said) {
      mustBeAccepted(each.message);
      const allowed = mayPing(each);
      expect(pings(each.message).filter((id) => !allowed.includes(id))).toEqual([]);
      expect(each.message.text).not.toMatch(/<(?!!date\^|!here>|!channel>|@ANA>|@BEN>|@DORA>)/);
    }
  });

  it('every answer to a command is accepted by Slack and pings nobody', () => {
    for (const message of everyAnswer(subjectAfter(story))) {
      mustBeAccepted(message);
      expect(pings(message)).toEqual([]);
    }
  });

  it('every form is accepted by Slack', () => {
    for (const view of everyForm(subjectAfter(story))) expect(problemsInView(view)).toEqual([]);
  });
});

describe('the longest desk and policy that can be written down', () => {
  const policy = longestPolicy(fill);
  const desk = longestDesk(fill);

  it('are read out within the limits', () => {
    for (const message of everyWordOfTheDesk(policy, desk, { by: fill(200), why: fill(12_000) }))
      mustBeAccepted(message);
    expect(problemsInView(howEscalationWorks(policy, desk))).toEqual([]);
  });

  it('leave every answer and every form about the longest ticket within them', () => {
    const subject = { ...subjectAfter(storyOf(fill)), desk, policy };
    for (const message of everyAnswer(subject)) mustBeAccepted(message);
    for (const view of everyForm(subject)) expect(problemsInView(view)).toEqual([]);
  });

  it('leave every notice within them', () => {
    for (const { message } of whatIsSaid(storyOf(fill), { desk, policy })) mustBeAccepted(message);
    for (const { message } of whatIsSaid(slowStory(wordsOf(fill)), { policy: aPolicy(), desk }))
      mustBeAccepted(message);
  });
});

describe('many notices in one message', () => {
  const subject = subjectAfter(storyOf(fill).slice(0, 1));
  const notice = (kind: 'call' | 'manager'): Notice => {
    const found = whatIsSaid(neglected(6)).find((said) => said.notice.kind === kind)?.notice;
    if (found === undefined) throw new Error(`The story has no ${kind}`);
    return { ...found, seq: 1, about: 'opened', tier: 1 };
  };

  it.each(['call', 'manager'] as const)('stay within the limits: 200 of kind %s', (kind) => {
    const link = 'https://example.slack.com/archives/C1/p1?thread_ts=1.1&cid=C1';
    const message = foldedMessage(Array.from({ length: 200 }, () => ({ notice: notice(kind), subject, link })));
    mustBeAccepted(message);
    expect(pings(message)).toEqual(kind === 'call' ? ['here'] : []);
  });
});

describe('stories of neglect', () => {
  it.each([2, 6, 20, 60, 200])('say only what Slack accepts after %i hours', (hours) => {
    for (const { message } of whatIsSaid(neglected(hours), { desk: aDesk(), policy: aPolicy() }))
      mustBeAccepted(message);
  });
});
