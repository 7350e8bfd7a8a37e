/** What an interactive element holds: at first, and when a person fills it. Shapes of `state.values` and `actions`. */
import { isRecord, type Json, listIn, recordIn, recordsIn, textIn } from './json.ts';
import type { FieldValue } from './slack-records.ts';

type State = Record<string, Record<string, Json>>;

const INPUTS = /_input$|_select$|checkboxes|radio_buttons|picker$/;

/** The elements of a block that hold something. */
const fieldsOf = (block: Json): readonly Json[] =>
  [block.element, block.accessory, ...(block.type === 'actions' ? listIn(block.elements) : [])]
    .filter(isRecord)
    .filter((one) => INPUTS.test(textIn(one.type)));

/** All options of an element, groups flattened. */
export const optionsOf = (element: Json): readonly Json[] => [
  ...recordsIn(element.options),
  ...recordsIn(element.option_groups).flatMap((group) => recordsIn(group.options)),
];

const optionBy = (element: Json, wanted: string): Json => {
  const found = optionsOf(element).find((option) => option.value === wanted || recordIn(option.text).text === wanted);
  if (found) return found;
  if (textIn(element.type).includes('external')) return { text: { type: 'plain_text', text: wanted }, value: wanted };
  const offered = optionsOf(element).map((option) => String(option.value));
  throw new Error(`Cannot choose "${wanted}" in ${String(element.action_id)}: it offers ${offered.join(', ')}`);
};

/** The field of an element's state that carries its value, per kind. */
const slotOf = (type: string): string => {
  if (type === 'checkboxes' || type === 'multi_static_select' || type === 'multi_external_select')
    return 'selected_options';
  if (type.startsWith('multi_')) return `selected_${type.slice('multi_'.length).replace('_select', '')}`;
  if (['static_select', 'external_select', 'radio_buttons', 'overflow'].includes(type)) return 'selected_option';
  if (type.endsWith('_select')) return `selected_${type.replace('s_select', '')}`;
  if (type === 'datepicker') return 'selected_date';
  if (type === 'timepicker') return 'selected_time';
  if (type === 'datetimepicker') return 'selected_date_time';
  if (type === 'rich_text_input') return 'rich_text_value';
  if (type === 'file_input') return 'files';
  return 'value';
};

const isMany = (type: string): boolean => type === 'checkboxes' || type.startsWith('multi_');

const written = (value: FieldValue): string => (value === null ? '' : String(value));

const richTextOf = (text: string): Json => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }],
});

/** The state of an element after a person put this in; null or empty text clears it. */
export const filled = (element: Json, value: FieldValue): Json => {
  const type = textIn(element.type);
  const slot = slotOf(type);
  const empty = value === null || value === '';
  if (isMany(type)) {
    const chosen = empty ? [] : Array.isArray(value) ? value.map(String) : [written(value)];
    return { type, [slot]: slot === 'selected_options' ? chosen.map((one) => optionBy(element, one)) : chosen };
  }
  if (empty) return { type, [slot]: null };
  if (slot === 'selected_option') return { type, [slot]: optionBy(element, written(value)) };
  if (slot === 'selected_date_time') return { type, [slot]: Number(value) };
  if (slot === 'rich_text_value') return { type, [slot]: richTextOf(written(value)) };
  return { type, [slot]: written(value) };
};

/** What a person put into an element, told from its state: the way back from `filled`. */
export const heldIn = (state: Json): FieldValue => {
  const held = state[slotOf(textIn(state.type))];
  if (Array.isArray(held)) return held.map((one) => (isRecord(one) ? textIn(one.value) : String(one)));
  if (isRecord(held)) return textIn(held.value) || null;
  return typeof held === 'string' || typeof held === 'number' ? held : null;
};

const initialOf = (element: Json): Json => {
  const type = textIn(element.type);
  const slot = slotOf(type);
  const initial =
    element[slot.replace(/^selected_|^rich_text_(?=value)/, 'initial_').replace(/^value$/, 'initial_value')];
  return { type, [slot]: initial ?? (isMany(type) ? [] : null) };
};

/** The state of freshly shown blocks, by block id and action id. */
export const initialState = (blocks: readonly Json[]): State =>
  Object.fromEntries(
    blocks
      .filter((block) => fieldsOf(block).length > 0)
      .map((block) => [
        textIn(block.block_id),
        Object.fromEntries(fieldsOf(block).map((one) => [textIn(one.action_id), initialOf(one)])),
      ]),
  );

const isEmpty = (state: Json | undefined): boolean => {
  const { type, ...rest } = state ?? {};
  const value = Object.values(rest)[0];
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
};

/** What Slack itself complains about before it sends a form: required fields, lengths, addresses. By block id. */
export const complaintsOfSlack = (blocks: readonly Json[], state: State): Record<string, string> => {
  const complaints: Record<string, string> = {};
  for (const block of blocks.filter((one) => one.type === 'input')) {
    const element = recordIn(block.element);
    const held = state[textIn(block.block_id)]?.[textIn(element.action_id)];
    const says = complaintOf(block, element, held);
    if (says !== null) complaints[textIn(block.block_id)] = says;
  }
  return complaints;
};

const complaintOf = (block: Json, element: Json, held: Json | undefined): string | null => {
  if (isEmpty(held)) return block.optional === true ? null : 'Please complete this required field.';
  const value = textIn(held?.value);
  const type = element.type;
  if (type === 'plain_text_input') {
    if (value.length > Number(element.max_length ?? 3000)) return 'This field is too long.';
    return value.length < Number(element.min_length ?? 0) ? 'This field is too short.' : null;
  }
  if (type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return 'Enter a valid email address.';
  if (type === 'url_text_input' && !/^https?:\/\//.test(value)) return 'Enter a valid URL.';
  if (type === 'number_input' && Number.isNaN(Number(value))) return 'Enter a number.';
  return null;
};
