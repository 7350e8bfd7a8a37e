/** Finding and operating the elements a person can press or pick. */

import { filled, optionsOf } from './field-state.ts';
import { isRecord, type Json, listIn, recordIn, recordsIn, textIn } from './json.ts';
import type { Message } from './slack-records.ts';

export type Found = { readonly block: Json; readonly element: Json; readonly value: string | null };

type Candidate = { readonly block: Json; readonly element: Json };

const elementsOf = (block: Json): readonly Json[] => {
  const children = listIn(block.child_blocks).filter(isRecord).flatMap(elementsOf);
  return [block.accessory, block.element, ...listIn(block.elements), ...listIn(block.actions)]
    .filter(isRecord)
    .filter((one) => typeof one.action_id === 'string')
    .concat(children);
};

const labelOf = (element: Json): string => textIn(recordIn(element.text).text);

const optionFor = (element: Json, wanted: string): Json | undefined =>
  optionsOf(element).find((option) => option.value === wanted || recordIn(option.text).text === wanted);

const isMatch = (element: Json, what: string, value: string | undefined): boolean =>
  (element.action_id === what || labelOf(element) === what) &&
  (value === undefined || element.type !== 'button' || element.value === value);

/**
 * The element that `what` means: by action id, by what a button says, or by what an option of a menu says.
 * `value` chooses among buttons of one action id, or the option of a menu.
 */
export const findElement = (blocks: readonly Json[], what: string, value?: string): Found => {
  const all: readonly Candidate[] = blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const direct = all.find(({ element }) => isMatch(element, what, value));
  if (direct) return { ...direct, value: value ?? null };
  const menu = all.find(({ element }) => element.type !== 'button' && optionFor(element, what));
  if (menu) return { ...menu, value: what };
  const offered = all.map(({ element }) =>
    [labelOf(element) || element.action_id, ...optionsOf(element).map((one) => recordIn(one.text).text)].join(' / '),
  );
  throw new Error(`Cannot press "${what}": there is ${offered.length > 0 ? offered.join(', ') : 'nothing to press'}`);
};

/** The entry of `actions` for a press or a choice. */
export const actionJson = ({ block, element, value }: Found, actionTs: string): Json => {
  const common = { action_id: element.action_id, block_id: block.block_id, action_ts: actionTs };
  if (element.type === 'button') {
    return {
      type: 'button',
      ...common,
      text: element.text,
      ...(element.value === undefined ? {} : { value: element.value }),
      ...(element.style === undefined ? {} : { style: element.style }),
      ...(element.url === undefined ? {} : { url: element.url }),
    };
  }
  if (value === null) throw new Error(`Cannot choose in "${textIn(element.action_id)}": no value was given`);
  return { ...common, ...filled(element, value) };
};

/** The blocks of a message, those in attachments too. */
export const blocksOf = (message: Pick<Message, 'blocks' | 'attachments'>): readonly Json[] => [
  ...message.blocks,
  ...message.attachments.flatMap((one) => recordsIn(one.blocks)),
];
