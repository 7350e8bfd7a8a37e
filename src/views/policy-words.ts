import type { Calendar, Weekday, Window } from '../domain/calendar.ts';
import type { Desk } from '../domain/desk.ts';
import { durationText } from '../domain/duration.ts';
import type { Policy, PriorityTarget, Target } from '../domain/policy.ts';
import { type Priority, priorities } from '../domain/priority.ts';
import { priorityNames, tierInWords, tierName } from './labels.ts';
import type { Line } from './line.ts';

/** "within 1 hour of business time; critical: within 1 hour, day and night". */
const targetText = (target: PriorityTarget): string => {
  const own = priorities.flatMap((priority) => ownTarget(priority, target.priorities[priority]));
  return [oneTarget(target), ...own].join('; ');
};

const ownTarget = (priority: Priority, target: Target | undefined): readonly string[] =>
  target === undefined ? [] : [`${priorityNames[priority].toLowerCase()}: ${oneTarget(target)}`];

const oneTarget = ({ within, time }: Target): string =>
  `within ${durationText(within)}${time === 'business' ? ' of business time' : ', day and night'}`;

/** The stages an issue goes through and their times, worded as aims (2.3, §5, §6). */
export const stageLines = (policy: Policy, desk: Desk): readonly Line[] =>
  policy.clocks.tiers.flatMap((clocks, index): readonly Line[] => {
    const tier = index + 1;
    const answer = `${tierName(desk, tier)}: we aim to answer ${targetText(clocks.respond)}.`;
    const next =
      clocks.handOver === null
        ? ' Here it stays until it is solved.'
        : ` From then on, what is not solved ${targetText(clocks.handOver)}, goes to ${tierInWords(desk, tier + 1)}.`;
    return [[`${answer}${next}`]];
  });

/** What customers hear meanwhile, and at the end (§5, §6). */
export const updateLines = ({ clocks, reopenWithin }: Policy): readonly Line[] => [
  [`While your issue is open we aim to write to you at least every ${durationText(clocks.update.every)}.`],
  [
    'When we think it is solved, we ask you. Without an answer we ask again, and close it after ',
    `${durationText(clocks.close.after)}. You can reopen it for ${durationText(reopenWithin)}.`,
  ],
];

/** How to reach people outside Slack (§9). */
export const contactLines = ({ contact }: Desk): readonly Line[] => [
  ...(contact.email === null ? [] : [[`E-mail: ${contact.email}`]]),
  ...(contact.portal === null ? [] : [['Support portal: ', portalPiece(contact.portal)]]),
];

const portalPiece = (portal: string) => (/^https?:\/\//.test(portal) ? { url: portal, label: portal } : portal);

const weekdayNames: readonly (readonly [Weekday, string])[] = [
  ['mon', 'Mon'],
  ['tue', 'Tue'],
  ['wed', 'Wed'],
  ['thu', 'Thu'],
  ['fri', 'Fri'],
  ['sat', 'Sat'],
  ['sun', 'Sun'],
];

/** "Mon–Fri 09:00–17:00 (Europe/Berlin)". */
export const hoursText = ({ week, zone }: Calendar): string => {
  const runs: { from: string; to: string; text: string }[] = [];
  for (const [weekday, name] of weekdayNames) {
    const text = week[weekday].map(windowText).join(', ');
    const last = runs.at(-1);
    if (last?.text === text) last.to = name;
    else runs.push({ from: name, to: name, text });
  }
  const open = runs.filter(({ text }) => text !== '');
  return `${open.map(({ from, to, text }) => `${from === to ? from : `${from}–${to}`} ${text}`).join('; ')} (${zone})`;
};

const windowText = ({ from, to }: Window): string => `${clockText(from)}–${clockText(to)}`;

const clockText = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
