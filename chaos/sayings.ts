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

const sayingOf = (message: Message): readonly Saying[] => {
  if (message.botId === null || message.onlyFor !== null || message.metadata === null) return [];
  const payload: Json = recordIn(message.metadata.event_payload);
  const notice = textIn(payload.notice);
  const [seq = '', index = ''] = notice.split('-');
  const mark = { ticket: textIn(payload.ticket), notice, order: Number(seq) * 1_000 + Number(index) };
  if (mark.ticket === '' || !Number.isFinite(mark.order)) return [];
  const others = textIn(payload.others)
    .split(' ')
    .filter((each) => each !== '');
  const said = [message, ...message.revisions].map((each) => `${plainTextOf(each, zone)}\n${each.text}`);
  return [{ message, mark, others, text: said[0] ?? '', ever: said.join('\n') }];
};
