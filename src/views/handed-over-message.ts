import { nameOf } from './labels.ts';
import { type Message, saying } from './message.ts';

const named = 20;

/** The answer to `/ticket handover`: how many went, and which the receiver may not have (4.3). */
export const handedOverMessage = (
  to: { readonly name: string },
  went: readonly string[],
  refused: readonly string[],
): Message => {
  if (went.length + refused.length === 0) return saying(['There was nothing to hand over.']);
  const how = went.length === 0 ? 'No ticket went' : `${went.length} ${went.length === 1 ? 'ticket' : 'tickets'} went`;
  const list = went.length === 0 ? '' : ` (${listed(went)})`;
  const rest =
    refused.length === 0 ? '' : ` ${nameOf(to)} may not have ${listed(refused)}: not in that tier or a higher one.`;
  return saying([`${how} to ${nameOf(to)}${list}.${rest}`]);
};

const listed = (names: readonly string[]): string =>
  names.length <= named ? names.join(', ') : `${names.slice(0, named).join(', ')} and ${names.length - named} more`;
