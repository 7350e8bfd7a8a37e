import type { RichTextElement } from '@slack/types';
import type { Call } from '../domain/desk.ts';
import type { Instant } from '../domain/instant.ts';
import { escapeText } from './escape.ts';
import { moment, momentElement } from './moment.ts';

/**
 * A part of a line. A string is shown exactly as it is, whoever wrote it: nothing typed becomes markup (14.6). So a
 * line is written once, and read as rich text by eyes and as plain `text` by notifications and screen readers.
 */
export type Piece =
  | string
  | { readonly bold: string }
  | { readonly at: Instant }
  | { readonly url: string; readonly label: string }
  | { readonly user: string }
  | { readonly channel: string }
  | { readonly call: Call; readonly group: string | null };

export type Line = readonly Piece[];

export const bold = (text: string): Piece => ({ bold: text });
export const at = (instant: Instant): Piece => ({ at: instant });

/** The line as mrkdwn, for a message's `text` and for sections that mention somebody. */
export const lineText = (line: Line, emphasis: 'plain' | 'marked' = 'plain'): string =>
  line.map((piece) => pieceText(piece, emphasis)).join('');

const pieceText = (piece: Piece, emphasis: 'plain' | 'marked'): string => {
  if (typeof piece === 'string') return escapeText(piece);
  if ('bold' in piece) return emphasis === 'marked' ? `*${escapeText(piece.bold)}*` : escapeText(piece.bold);
  if ('at' in piece) return moment(piece.at);
  if ('url' in piece) return `<${linkTarget(piece.url)}|${escapeText(piece.label)}>`;
  if ('user' in piece) return `<@${piece.user}>`;
  if ('channel' in piece) return `<#${piece.channel}>`;
  return callText(piece.call, piece.group);
};

const callText = (call: Call, group: string | null): string => {
  switch (call) {
    case 'none':
      return '';
    case 'group':
      return group === null ? '<!here>' : `<!subteam^${group}>`;
    case 'here':
    case 'channel':
      return `<!${call}>`;
  }
};

/** The elements of the line in rich text; a call is a matter for mrkdwn, where it surely rings. */
export const lineElements = (line: Line): RichTextElement[] => line.flatMap(pieceElements);

const pieceElements = (piece: Piece): RichTextElement[] => {
  if (typeof piece === 'string') return piece === '' ? [] : [{ type: 'text', text: piece }];
  if ('bold' in piece) return piece.bold === '' ? [] : [{ type: 'text', text: piece.bold, style: { bold: true } }];
  if ('at' in piece) return [momentElement(piece.at)];
  if ('url' in piece) return [{ type: 'link', url: piece.url, text: piece.label }];
  if ('user' in piece) return [{ type: 'user', user_id: piece.user }];
  if ('channel' in piece) return [{ type: 'channel', channel_id: piece.channel }];
  return [];
};

const linkTarget = (url: string): string => escapeText(url).replaceAll('|', '%7C');
