import { isRecord, type Json, listIn, recordIn, textIn } from './json.ts';

const TOKEN = /<(?:@([A-Z0-9]+)|!subteam\^([A-Z0-9]+)|!(here|channel|everyone))(?:\|[^<>]*)?>/g;

/** Whom the tokens in a piece of mrkdwn name. */
export const tokensIn = (markup: string): readonly string[] =>
  [...markup.matchAll(TOKEN)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []);

/** rich_text pings through elements of their own; its text elements never do. */
const inRichText = (element: unknown): readonly string[] => {
  const one = recordIn(element);
  if (one.type === 'user') return [textIn(one.user_id)];
  if (one.type === 'usergroup') return [textIn(one.usergroup_id)];
  if (one.type === 'broadcast') return [textIn(one.range)];
  return listIn(one.elements).flatMap(inRichText);
};

const inBlock = (block: unknown): readonly string[] => {
  if (Array.isArray(block)) return block.flatMap(inBlock);
  if (!isRecord(block)) return [];
  if (block.type === 'rich_text') return inRichText(block);
  if (block.type === 'mrkdwn' || block.type === 'markdown') return tokensIn(textIn(block.text));
  return Object.values(block).flatMap(inBlock);
};

/**
 * Whom a message pings: user ids, group ids, `here`, `channel`, `everyone`. Where there are blocks, only they
 * are shown and only they ping; escaped tokens and plain_text never do.
 */
export const pingsOf = (message: {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
}): readonly string[] => {
  const shown = message.blocks.length > 0 ? inBlock(message.blocks) : tokensIn(message.text);
  const attached = message.attachments.flatMap((one) => [...tokensIn(textIn(one.text)), ...inBlock(one.blocks)]);
  return [...new Set([...shown, ...attached])];
};

/** What Slack makes of what a person types: markup characters are escaped. */
export const escaped = (typed: string): string =>
  typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

export const unescaped = (wire: string): string =>
  wire.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** What `link_names` and `parse: full` make of words in a text: bare @here and @handle ping after all. */
export const looseTokensIn = (text: string, handles: ReadonlyMap<string, string>): readonly string[] =>
  [...text.matchAll(/(?:^|\s)@([a-z0-9._-]+)/gi)].flatMap(([, word = '']) => {
    const name = word.toLowerCase();
    if (['here', 'channel', 'everyone'].includes(name)) return [name];
    return handles.get(name) ?? [];
  });
