/** The body of a message as the app gives it: read, or refused in Slack's words. */
import { ApiError } from './api-error.ts';
import { isTooLongForMessage, problemsInBlocks } from './block-limits.ts';
import { isRecord, type Json, listIn, recordsIn, textIn } from './json.ts';

export const LONGEST_TEXT = 40_000;
/** Slack names no number; this is the cautious side of what is reported. */
const LARGEST_METADATA = 8_000;

type Body = { readonly text: string; readonly blocks: readonly Json[]; readonly attachments: readonly Json[] };

const blockErrors = (blocks: unknown): void => {
  if (!Array.isArray(blocks)) throw new ApiError('invalid_blocks_format', 'blocks is not an array');
  const problems = problemsInBlocks(blocks, 'message');
  if (problems.length > 0) {
    const messages = problems.map((one) => `[ERROR] ${one.says} [json-pointer:${one.at}]`);
    throw new ApiError('invalid_blocks', messages.join('; '), { errors: messages, response_metadata: { messages } });
  }
  if (isTooLongForMessage(blocks)) throw new ApiError('msg_blocks_too_long');
};

/** Text, blocks and attachments of a message, or the refusal they meet. */
export const bodyIn = (args: Json): Body => {
  const attachments = listIn(args.attachments);
  if (args.blocks !== undefined && args.blocks !== null) blockErrors(args.blocks);
  if (attachments.length > 100) throw new ApiError('too_many_attachments');
  for (const one of recordsIn(attachments)) if (one.blocks !== undefined) blockErrors(one.blocks);
  const text = textIn(args.text) || textIn(args.markdown_text);
  const blocks = recordsIn(args.blocks);
  if (text.trim() === '' && blocks.length === 0 && attachments.length === 0) throw new ApiError('no_text');
  return { text: text.slice(0, LONGEST_TEXT), blocks, attachments: recordsIn(attachments) };
};

export const metadataIn = (args: Json): Json | null => {
  if (args.metadata === undefined || args.metadata === null) return null;
  const { metadata } = args;
  if (!isRecord(metadata)) throw new ApiError('invalid_metadata_format');
  if (textIn(metadata.event_type) === '' || !isRecord(metadata.event_payload))
    throw new ApiError('invalid_metadata_schema');
  if (JSON.stringify(metadata).length > LARGEST_METADATA) throw new ApiError('metadata_too_large');
  return metadata;
};
