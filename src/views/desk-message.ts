import type { Desk, TierTrouble } from '../domain/desk.ts';
import { tierName } from './labels.ts';
import type { Line } from './line.ts';
import { lineText } from './line.ts';
import { bullets, type Message, message, paragraph, rich } from './message.ts';

interface Trouble {
  readonly channel: string;
  /** From 1; `null` for an intake channel. */
  readonly tier: number | null;
  readonly trouble: TierTrouble;
}

const listed = 12;

/** What managers read when a channel of the desk stops working, or works again (4.5). */
export const deskMessage = (desk: Desk, broken: readonly Trouble[], mended: readonly Trouble[]): Message => {
  const news: readonly Line[] = [
    ...broken
      .slice(0, listed)
      .map(
        (each): Line => [
          `${nameOf(desk, each)}, `,
          { channel: each.channel },
          `: ${words[each.trouble]}. ${meanwhile(each)}`,
        ],
      ),
    ...more(broken),
    ...mended
      .slice(0, listed)
      .map((each): Line => [`${nameOf(desk, each)}, `, { channel: each.channel }, ', works again.']),
    ...more(mended),
  ];
  const opening = broken.length > 0 ? 'The desk needs your help:' : 'Good news from the desk:';
  return message(`${opening} ${news.map((line) => lineText(line)).join(' ')}`, [
    rich(paragraph([opening]), bullets(news)),
  ]);
};

const more = ({ length }: readonly Trouble[]): readonly Line[] =>
  length > listed ? [[`… and ${length - listed} more`]] : [];

const words: Readonly<Record<TierTrouble, string>> = {
  'no-members': 'nobody is in it who could take a ticket. Please add members',
  archived: 'the channel is archived. Please unarchive it, or name another channel in the desk file',
  'not-in-channel': 'Tierline is not in the channel. Please invite it there',
  'not-found': 'the channel is not there, or Tierline may not see it. Please name another channel in the desk file',
};

const meanwhile = ({ tier, trouble }: Trouble): string => {
  if (tier === null) return 'Until then, messages there do not become tickets.';
  return trouble === 'no-members'
    ? 'Until then, its tickets come to you, the managers, here.'
    : 'Until then, its cards come to you, the managers, here.';
};

const nameOf = (desk: Desk, { tier }: Trouble): string => (tier === null ? 'An intake channel' : tierName(desk, tier));
