import type { Desk } from '../domain/desk.ts';
import { durationText } from '../domain/duration.ts';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import { impacts, urgencies } from '../domain/priority.ts';
import { cut, cutLine } from './cut.ts';
import { impactNames, priorityNames, urgencyNames } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { bullets, type Message, message, paragraph, rich } from './message.ts';
import { contactLines, hoursText, stageLines, updateLines } from './policy-words.ts';

/** A policy in force: which version, since when, by whom and why. */
export interface PolicyInForce {
  readonly version: number;
  readonly policy: Policy;
  readonly publishedAt: Instant;
  readonly by: string;
  readonly why: string;
}

// Their sum keeps the whole under Slack's ceiling, however long a policy somebody writes.
const stagesListed = 8;
const stageLimit = 300;
const listed = 6;
const sentenceLimit = 160;
const chapterLimit = 400;

/** `/policy show`: the policy in force as people read it (10.1). */
export const policyMessage = ({ policy, ...version }: PolicyInForce, desk: Desk): Message => {
  const { words, review } = policy;
  const head: Line = [bold(cutLine(`${policy.title} · ${words.company}`, 200))];
  const stages = [...stageLines(policy, desk).slice(0, stagesListed).map(shortened), ...updateLines(policy)];
  const since = `In force since ${review.effective}`;
  return message(`${lineText(head)}. ${since}. ${stages.map((line) => lineText(line)).join(' ')}`, [
    rich(
      paragraph(head),
      paragraph([
        `${since}, next review ${review.next ?? 'not planned yet'}. Version ${version.version}, published `,
        at(version.publishedAt),
        ` by ${cutLine(version.by, 80)}: ${cutLine(version.why, 200)}`,
      ]),
      ...titled('Purpose', [[cut(words.purpose, chapterLimit)]], words.purpose),
      ...titled('Scope', [[cut(words.scope, chapterLimit)]], words.scope),
      ...titled('Stages and times, as aims', stages),
      ...titled('Priority', priorityLines(policy)),
      ...titled('Business time', hoursLines(policy)),
      ...titled('Our part', sentences(words.ourPart)),
      ...titled("The customer's part", sentences(words.customersPart)),
      ...titled('Limits', sentences(words.limits)),
      ...titled('Contact', contactLines(desk)),
    ),
  ]);
};

const titled = (title: string, rows: readonly Line[], unless: string | null = null) =>
  rows.length === 0 || unless === '' ? [] : [paragraph(['\n', bold(title)]), bullets(rows)];

const shortened = (line: Line): Line =>
  line.map((piece) => (typeof piece === 'string' ? cutLine(piece, stageLimit) : piece));

const sentences = (all: readonly string[]): readonly Line[] =>
  all.slice(0, listed).map((sentence) => [cutLine(sentence, sentenceLimit)]);

/** By whom it hits, then how badly. */
const priorityLines = ({ priority }: Policy): readonly Line[] =>
  impacts.map((impact) => [
    `${impactNames[impact]}: `,
    urgencies
      .map(
        (urgency) =>
          `${urgencyNames[urgency].toLowerCase()} – ${priorityNames[priority[impact][urgency]].toLowerCase()}`,
      )
      .join(', '),
  ]);

const hoursLines = ({ calendar, clocks }: Policy): readonly Line[] => [
  [cutLine(hoursText(calendar), 300)],
  ...(calendar.holidays.length === 0
    ? []
    : [[`Not on: ${cutLine(calendar.holidays.map(({ date, name }) => `${date} ${name}`).join(', '), 400)}`]]),
  [`A promise is kept when the thing is done at most ${durationText(clocks.keptWithin)} after its time.`],
];
