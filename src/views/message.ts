import type {
  ActionsBlock,
  ActionsBlockElement,
  Button,
  KnownBlock,
  PlainTextElement,
  RichTextBlock,
  RichTextBlockElement,
  SectionBlock,
} from '@slack/types';
import { cut, cutMarkup } from './cut.ts';
import { type Line, lineElements, lineText } from './line.ts';

/** What is said in Slack. `text` is a whole sentence: notifications and screen readers see nothing else. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack refuses to redraw a message whose `text` is longer than 4,000 characters. */
const textLimit = 3_500;
const sectionLimit = 3_000;

export const message = (text: string, blocks: readonly KnownBlock[]): Message => ({
  text: cutMarkup(text, textLimit),
  blocks: [...blocks],
});

/** The message with buttons below. */
export const withBlocks = (said: Message, ...more: readonly KnownBlock[]): Message =>
  message(said.text, [...said.blocks, ...more]);

export const plain = (text: string): PlainTextElement => ({ type: 'plain_text', text, emoji: true });

/** Lines of rich text, one below the other. */
export const lines = (...all: readonly Line[]): RichTextBlock => rich(...all.map(paragraph));

export const rich = (...elements: readonly RichTextBlockElement[]): RichTextBlock => ({
  type: 'rich_text',
  elements: elements.length === 0 ? [paragraph([' '])] : [...elements],
});

export const paragraph = (line: Line): RichTextBlockElement => ({
  type: 'rich_text_section',
  elements: lineElements(line),
});

/** Somebody's words, set apart; shown as typed. */
export const quote = (text: string): RichTextBlockElement => ({
  type: 'rich_text_quote',
  elements: [{ type: 'text', text: text.trim() === '' ? '(no text)' : text }],
});

export const bullets = (all: readonly Line[]): RichTextBlockElement => ({
  type: 'rich_text_list',
  style: 'bullet',
  elements: all.map((line) => ({ type: 'rich_text_section', elements: lineElements(line) })),
});

/** A paragraph in mrkdwn, for lines that call or mention. Verbatim: Slack looks for no names in it by itself. */
export const section = (line: Line): SectionBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text: cutMarkup(lineText(line, 'marked'), sectionLimit), verbatim: true },
});

export const actions = (elements: readonly ActionsBlockElement[], blockId: string | null = null): ActionsBlock => ({
  type: 'actions',
  ...(blockId === null ? {} : { block_id: blockId }),
  elements: [...elements],
});

export const button = (
  label: string,
  actionId: string,
  value: string | null = null,
  style: 'primary' | 'danger' | null = null,
): Button => ({
  type: 'button',
  text: plain(label),
  action_id: actionId,
  ...(value === null ? {} : { value }),
  ...(style === null ? {} : { style }),
});

/** A message of lines only. */
export const saying = (...all: readonly Line[]): Message =>
  message(all.map((line) => lineText(line)).join(' '), [lines(...all)]);

/** Somebody's words inside a message's `text`, set apart for the ear as a quote is for the eye. */
export const spoken = (words: string): string => `“${lineText([cut(words, 1_000)])}”`;
