import { type Json, recordIn, textIn } from '../sandbox/json.ts';
import { plainTextOf } from '../sandbox/plain-text.ts';
import type { Slack } from '../sandbox/slack.ts';
import type { Message } from '../sandbox/slack-records.ts';

/** Which notice of which ticket a message says; `order` rises as things happened. */
export interface Mark {
  readonly ticket: string;
  readonly notice: string;
  readonly order: number;
}

/** A message of the bot that Slack lets be found again. */
export interface Saying {
  readonly message: Message;
  readonly mark: Mark;
  /** Several tickets' notices folded into one. */
  readonly others: readonly string[];
  readonly text: string;
  /** Everything it ever said. */
  readonly ever: string;
}

export const isReply = ({ threadTs, ts }: Message): boolean => threadTs !== null && threadTs !== ts;

/** Everything the bot said that bears a mark, oldest first; deleted messages too. */
export const sayingsIn = (slack: Slack): readonly Saying[] => slack.messages().flatMap(sayingOf);

const zone = { tz: 'Etc/UTC' };

/** What a message says, by its mark; null where it bears none, or is for one person only. */
export const markOf = ({ botId, onlyFor, metadata }: Message): Mark | null => {
  if (botId === null || onlyFor !== null || metadata === null) return null;
  const payload = payloadOf(metadata);
  const notice = textIn(payload.notice);
  const [seq = '', index = ''] = notice.split('-');
  const mark = { ticket: textIn(payload.ticket), notice, order: Number(seq) * 1_000 + Number(index) };
  return mark.ticket === '' || !Number.isFinite(mark.order) ? null : mark;
};

const payloadOf = (metadata: Json): Json => recordIn(metadata.event_payload);

const sayingOf = (message: Message): readonly Saying[] => {
  const mark = markOf(message);
  if (mark === null) return [];
  const others = textIn(payloadOf(message.metadata ?? {}).others)
    .split(' ')
    .filter((each) => each !== '');
  const said = [message, ...message.revisions].map((each) => `${plainTextOf(each, zone)}\n${each.text}`);
  return [{ message, mark, others, text: said[0] ?? '', ever: said.join('\n') }];
};
