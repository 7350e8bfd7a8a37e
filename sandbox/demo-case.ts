/** What the people of the demo did on one ticket: the other half of what its promises are judged by. */
import type { Actor, Cast } from './demo-cast.ts';
import type { DeskPlan } from './demo-policy.ts';
import { plainTextOf } from './plain-text.ts';
import type { Slack } from './slack.ts';
import type { Message } from './slack-records.ts';

export type CaseName = 'ladder' | 'critical' | 'broken' | 'silent' | 'friday' | 'nobody' | 'foreign' | 'phone';
export type Deed = 'opened' | 'replied' | 'claimed' | 'escalated' | 'resolved' | 'solved' | 'still-broken' | 'told';
type Act = { readonly at: number; readonly by: Actor; readonly deed: Deed };

export type Case = {
  readonly name: CaseName;
  /** `ESC-1`, as people read it. */
  readonly number: string;
  readonly openedAt: number;
  /** The thread in which the customer is spoken to; null where a person has to (7.5). */
  readonly place: { readonly channel: string; readonly threadTs: string } | null;
  readonly acts: Act[];
  /** What staff wrote for each other alone: causes, fixes, reasons, notes. */
  readonly inside: string[];
};

/** Everything a promise is judged by: what Slack received, who played, and what people did when. */
export type Evidence = {
  readonly slack: Slack;
  readonly cast: Cast;
  readonly calendar: DeskPlan['policy']['calendar'];
  readonly cases: ReadonlyMap<CaseName, Case>;
  /** When a tier was left without people, and when it had some again. */
  readonly emptied: { readonly from: number; readonly to: number } | null;
  /** What kept the story from going on, in words. */
  readonly accidents: readonly string[];
};

/** Everything the message ever said, as people read it. */
export const wordsOf = ({ text, blocks, revisions }: Message): string =>
  [{ text, blocks }, ...revisions]
    .map((each) => `${plainTextOf({ text: each.text })}\n${plainTextOf(each)}`)
    .join('\n');

export const isAbout = (message: Message, { number }: Pick<Case, 'number'>): boolean =>
  new RegExp(`${number}(?!\\d)`).test(wordsOf(message));

export const isReply = ({ threadTs, ts }: Message): boolean => threadTs !== null && threadTs !== ts;

/** The bot's messages about the ticket in a channel, oldest first, not those in threads. */
export const postedIn = (
  { slack }: Pick<Evidence, 'slack'>,
  channel: string,
  about: Pick<Case, 'number'>,
): readonly Message[] =>
  slack
    .messages()
    .filter((one) => one.channel === channel && one.botId !== null && !isReply(one) && one.onlyFor === null)
    .filter((one) => isAbout(one, about));

/** What was said in the customer's place, oldest first, whoever said it. */
export const saidInPlace = ({ slack }: Pick<Evidence, 'slack'>, { place }: Pick<Case, 'place'>): readonly Message[] =>
  place === null
    ? []
    : slack
        .messages()
        .filter((one) => one.channel === place.channel && one.onlyFor === null)
        .filter((one) => one.ts === place.threadTs || one.threadTs === place.threadTs);

/** Whether a button of this name was ever on the message. */
export const hadButton = ({ blocks, revisions }: Message, label: string): boolean =>
  [{ blocks }, ...revisions].some((each) =>
    each.blocks.some(
      (block) =>
        block.type === 'actions' &&
        plainTextOf({ blocks: [block] })
          .split('\n')
          .includes(label),
    ),
  );

/** The bot's direct messages with a person. */
export const dmOf = (actor: Actor): string => `D${actor.id}`;
