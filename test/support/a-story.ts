import type { Command } from '../../src/domain/command.ts';
import { hour, minute } from '../../src/domain/instant.ts';
import type { Person } from '../../src/domain/person.ts';
import { opening } from './a-command.ts';
import { aPerson } from './a-policy.ts';
import { openingTime } from './a-record.ts';
import type { Step } from './a-subject.ts';

/** What the people of the story write; one text for all of what stays inside. */
export interface StoryWords {
  readonly title: string;
  readonly description: string;
  readonly said: string;
  readonly toCustomer: string;
  readonly inside: string;
  readonly name: string;
}

export const plainStory: StoryWords = {
  title: 'The shop is down',
  description: 'The shop is down since noon',
  said: 'And the mail is slow',
  toCustomer: 'We are restarting the server',
  inside: 'INSIDE',
  name: 'Ana',
};

const after = (minutes: number): number => openingTime + minutes * minute;

/** Everything that can happen to one ticket, in an order that is allowed; ends closed and confirmed. */
export const fullStory = (words: StoryWords): readonly Step[] => {
  const ana = aPerson('ANA', { name: words.name });
  const dora = aPerson('DORA', { name: words.name });
  const max = aPerson('MAX', { name: words.name });
  const kim = aPerson('KIM', { name: words.name });
  const customer = { userId: 'KIM', team: 'T1', name: words.name, reach: 'chat', contact: words.inside } as const;
  const opened = opening(openingTime, { title: words.title, description: words.description, customer });
  const commands: readonly Command[] = [
    { ...opened, by: kim },
    said(kim, 'C_HELP:101.000100', words.said, true, after(1)),
    said(kim, 'C_HELP:102.000100', words.said, false, after(2)),
    { type: 'edit-message', by: kim, messageKey: 'C_HELP:102.000100', text: `${words.said}!`, at: after(3) },
    { type: 'note', by: ana, text: words.inside },
    { type: 'claim', by: ana, seenStep: null },
    { type: 'staff-say', by: ana, messageKey: 'C_HELP:103.000100', text: words.toCustomer, files: [], at: after(6) },
    {
      type: 'triage',
      by: ana,
      kind: 'technical',
      service: 'vps',
      impact: 'site',
      urgency: 'down',
      reason: words.inside,
    },
    { type: 'update', by: ana, text: words.toCustomer, expectedAt: after(60) },
    { type: 'wait', by: ana, need: words.toCustomer, seenStep: null },
    { type: 'remove-message', by: kim, messageKey: 'C_HELP:101.000100', at: after(10) },
    { type: 'resume', by: ana, seenStep: null },
    { type: 'release', by: ana, seenStep: null },
    { type: 'take-over', by: aPerson('BEN', { name: words.name }), seenStep: null },
    { type: 'take-over', by: ana, seenStep: null },
    { type: 'assign', by: ana, to: aPerson('BEN', { name: words.name }), note: words.inside, handOver: false },
    { type: 'escalate', by: ana, toTier: null, reason: words.inside, note: words.inside, seenStep: null },
    { type: 'hand-back', by: aPerson('CLEO', { name: words.name }), reason: words.inside, seenStep: null },
    { type: 'escalate', by: ana, toTier: null, reason: words.inside, note: words.inside, seenStep: null },
    { type: 'escalate', by: dora, toTier: null, reason: words.inside, note: words.inside, seenStep: null },
    { type: 'escalate', by: dora, toTier: null, reason: words.inside, note: words.inside, seenStep: null },
    { type: 'add-hand-over-note', by: ana, note: words.inside },
    { type: 'acknowledge', by: max, seenStep: null },
    { type: 'claim', by: dora, seenStep: null },
    { type: 'resolve', by: dora, cause: words.inside, fix: words.inside, message: words.toCustomer, seenStep: null },
    { type: 'still-broken', by: kim, seenStep: null },
    { type: 'dismiss', by: dora, reason: words.inside, seenStep: null },
    { type: 'reopen', by: dora, as: 'staff', reason: words.inside, seenStep: null },
    { type: 'resolve', by: dora, cause: words.inside, fix: words.inside, message: words.toCustomer, seenStep: null },
    said(kim, 'C_HELP:104.000100', words.said, false, after(29)),
    { type: 'confirm', by: kim, as: 'customer', seenStep: null },
  ];
  return commands.map((command, index) => ({ at: after(index), command }));
};

/**
 * Everything that happens by itself: warnings, missed deadlines, holding updates, reminders while waiting, questions after
 * the resolution, the closing; and at last a word from the customer, who was reached all the time.
 */
export const slowStory = (words: StoryWords): readonly Step[] => {
  const kim = aPerson('KIM', { name: words.name });
  const dora = aPerson('DORA', { name: words.name });
  const customer = { userId: 'KIM', team: 'T1', name: words.name, reach: 'chat', contact: words.inside } as const;
  const files = [{ id: 'F1', name: words.title, type: null, size: null, link: null }];
  const opened = opening(openingTime, { title: words.title, description: words.description, customer, files });
  const at = (hours: number): number => openingTime + hours * hour;
  const passes = (...hours: readonly number[]): readonly Step[] =>
    hours.map((each) => ({ at: at(each), command: { type: 'pass-time' } }));
  return [
    { at: openingTime, command: { ...opened, by: kim } },
    ...passes(0.8, 1.1, 4.2, 5.1, 14.5, 17.2, 20.1, 23.2, 23.8, 43.9, 47, 47.6, 71.4),
    { at: at(72), command: { type: 'claim', by: dora, seenStep: null } },
    { at: at(73), command: { type: 'wait', by: dora, need: words.toCustomer, seenStep: null } },
    ...passes(93.5, 96.5, 97, 146, 217.5),
    { at: at(220), command: { type: 'resume', by: dora, seenStep: null } },
    {
      at: at(221),
      command: {
        type: 'resolve',
        by: dora,
        cause: words.inside,
        fix: words.inside,
        message: words.toCustomer,
        seenStep: null,
      },
    },
    ...passes(245.5, 269.5, 294),
    { at: at(295), command: said(kim, 'C_HELP:105.000100', words.said, false, at(295)) },
  ];
};

/** Opened, and then left alone by everybody for so many hours. */
export const neglected = (hours: number): readonly Step[] => [
  { at: openingTime, command: opening(openingTime) },
  { at: openingTime + hours * hour, command: { type: 'pass-time' } },
];

const said = (by: Person, messageKey: string, text: string, joined: boolean, at: number): Command => ({
  type: 'customer-say',
  via: 'message',
  by,
  messageKey,
  text,
  files: [],
  at,
  joined,
});
