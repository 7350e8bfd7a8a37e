import { isRecord, type Json, listIn, recordIn, textIn } from './json.ts';
import { unescaped } from './slack-pings.ts';

/** How tokens are shown to the reader; without a zone, date tokens show their fallback text. */
export type Reader = {
  readonly tz?: string;
  /** Shows a user, group or channel id by name; the id itself when left out. */
  readonly nameOf?: (id: string) => string;
};

type Part = Intl.DateTimeFormatOptions;
const dateParts: Readonly<Record<string, Part>> = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  date_pretty: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short_pretty: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long_pretty: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Making one takes longer than all else that is done to a card. */
const formatterOf = (name: string, part: Part, timeZone: string): Intl.DateTimeFormat => {
  const key = `${name} ${timeZone}`;
  const made = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...part, timeZone });
  formatters.set(key, made);
  return made;
};

const dated = (seconds: number, format: string, tz: string): string =>
  format.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const part = dateParts[name];
    return part ? formatterOf(name, part, tz).format(seconds * 1000) : whole;
  });

/** mrkdwn as a person reads it: tokens resolved, entities undone, emphasis marks kept. */
const readableMarkup = (markup: string, reader: Reader = {}): string => {
  const name = reader.nameOf ?? ((id: string) => id);
  const shown = markup.replace(/<([^<>]*)>/g, (_whole, token: string) => {
    const [head = '', label] = token.split('|');
    const date = /^!date\^(\d+)\^([^^]*)/.exec(head);
    if (date) return reader.tz ? dated(Number(date[1]), date[2] ?? '', reader.tz) : (label ?? '');
    if (head.startsWith('@') || head.startsWith('#')) return head.charAt(0) + (label || name(head.slice(1)));
    if (head.startsWith('!subteam^')) return `@${label || name(head.slice('!subteam^'.length))}`;
    if (head.startsWith('!')) return `@${head.slice(1)}`;
    return label ?? head;
  });
  return unescaped(shown);
};

const richText = (value: unknown, reader: Reader): string => {
  const one = recordIn(value);
  const name = reader.nameOf ?? ((id: string) => id);
  if (one.type === 'text') return textIn(one.text);
  if (one.type === 'link') return textIn(one.text) || textIn(one.url);
  if (one.type === 'user') return `@${name(textIn(one.user_id))}`;
  if (one.type === 'usergroup') return `@${name(textIn(one.usergroup_id))}`;
  if (one.type === 'broadcast') return `@${textIn(one.range)}`;
  if (one.type === 'channel') return `#${name(textIn(one.channel_id))}`;
  if (one.type === 'emoji') return `:${textIn(one.name)}:`;
  if (one.type === 'date')
    return reader.tz ? dated(Number(one.timestamp), textIn(one.format), reader.tz) : textIn(one.fallback);
  return listIn(one.elements)
    .map((inner) => richText(inner, reader))
    .join(one.type === 'rich_text' || one.type === 'rich_text_list' ? '\n' : '');
};

const HIDDEN = new Set([
  'type',
  'block_id',
  'action_id',
  'value',
  'url',
  'image_url',
  'style',
  'confirm',
  'initial_option',
  'initial_options',
]);

/** Everything a person reads in blocks, one line per piece, button and option labels included. */
const linesOf = (value: unknown, reader: Reader): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => linesOf(one, reader));
  if (!isRecord(value)) return [];
  if (value.type === 'mrkdwn') return [readableMarkup(textIn(value.text), reader)];
  if (value.type === 'plain_text' || value.type === 'markdown' || value.type === 'raw_text')
    return [textIn(value.text)];
  if (value.type === 'rich_text') return [richText(value, reader)];
  const alt = value.type === 'image' ? [textIn(value.alt_text)] : [];
  return [
    ...Object.entries(value).flatMap(([name, inner]) => (HIDDEN.has(name) ? [] : linesOf(inner, reader))),
    ...alt,
  ];
};

/** Everything a person reads in a message or view. Where there are blocks, `text` is only the notification and is left out. */
export const plainTextOf = (
  shown:
    | { readonly text?: unknown; readonly title?: unknown; readonly blocks?: unknown; readonly files?: unknown }
    | Json,
  reader: Reader = {},
): string => {
  const blocks = linesOf(listIn(shown.blocks), reader);
  const own = blocks.length > 0 ? blocks : [readableMarkup(textIn(shown.text), reader)];
  const files = listIn(shown.files).map((file) => textIn(recordIn(file).name));
  return [...linesOf(shown.title, reader), ...own, ...files].filter((line) => line !== '').join('\n');
};
