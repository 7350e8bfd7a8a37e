/** Limits of Block Kit elements and composition objects, from the published reference. */
import {
  all,
  byType,
  type Fields,
  flag,
  list,
  matching,
  oneOf,
  type Rule,
  shape,
  text,
  when,
  whole,
} from './block-rules.ts';
import { listIn, recordIn, textIn } from './json.ts';

const anything: Rule = () => [];

export const plainText = (max: number): Rule => shape({ type: oneOf('plain_text'), text: text(max) }, { emoji: flag });

const mrkdwn = (max: number): Rule => shape({ type: oneOf('mrkdwn'), text: text(max) }, { verbatim: flag });

export const anyText = (max: number): Rule => byType({ plain_text: plainText(max), mrkdwn: mrkdwn(max) }, 'text');

const confirm = shape(
  { text: anyText(300) },
  { title: plainText(100), confirm: plainText(30), deny: plainText(30), style: oneOf('primary', 'danger') },
);

const option = (label: Rule, url: boolean): Rule =>
  shape({ text: label, value: text(75) }, { description: anyText(75), ...(url ? { url: text(3000) } : {}) });

const options = (max: number, label: Rule = plainText(75), min = 1): Rule => list(min, max, option(label, false));

const groups = list(1, 100, shape({ label: plainText(75), options: options(100) }));

const acting: Fields = { action_id: text(255), confirm };
const picking: Fields = { ...acting, focus_on_load: flag, placeholder: plainText(150) };
const typing: Fields = {
  action_id: text(255),
  focus_on_load: flag,
  placeholder: plainText(150),
  dispatch_action_config: shape({
    trigger_actions_on: list(1, 2, oneOf('on_enter_pressed', 'on_character_entered')),
  }),
};
const several: Fields = { max_selected_items: whole(1, 1000) };

const element = (type: string, required: Fields, optional: Fields): Rule =>
  shape({ type: oneOf(type), ...required }, optional);

const oneSourceOfOptions = when(
  (value) => (value.options === undefined) === (value.option_groups === undefined),
  'must have either options or option_groups',
);

const valuesOf = (choices: unknown): readonly string[] =>
  listIn(choices).map((choice) =>
    JSON.stringify([recordIn(choice).value, textIn(recordIn(recordIn(choice).text).text)]),
  );

const initialAmongOptions = when((value) => {
  const offered = [
    ...valuesOf(value.options),
    ...listIn(value.option_groups).flatMap((group) => valuesOf(recordIn(group).options)),
  ];
  const initial =
    value.initial_option === undefined ? valuesOf(value.initial_options) : valuesOf([value.initial_option]);
  return initial.some((one) => !offered.includes(one));
}, 'initial option must match one of the options');

const loose = (optional: Fields): Fields => ({
  ...optional,
  initial_option: anything,
  initial_options: list(1, 100, anything),
});

const staticSelect = (type: string, more: Fields): Rule =>
  all(
    element(type, {}, loose({ ...picking, ...more, options: options(100), option_groups: groups })),
    oneSourceOfOptions,
    initialAmongOptions,
  );

const day = matching(/^\d{4}-\d{2}-\d{2}$/, 'a date YYYY-MM-DD');
const conversationFilter = shape(
  {},
  {
    include: list(1, 4, oneOf('im', 'mpim', 'private', 'public')),
    exclude_external_shared_channels: flag,
    exclude_bot_users: flag,
  },
);
const button = element(
  'button',
  { text: plainText(75) },
  { ...acting, value: text(2000), url: text(3000), style: oneOf('primary', 'danger'), accessibility_label: text(75) },
);
export const imageElement = all(
  element('image', { alt_text: text(2000) }, { image_url: text(3000), slack_file: anything }),
  when(
    (value) => (value.image_url === undefined) === (value.slack_file === undefined),
    'must have image_url or slack_file',
  ),
);

const elements: Readonly<Record<string, Rule>> = {
  button,
  image: imageElement,
  overflow: element('overflow', { options: list(1, 5, option(plainText(75), true)) }, acting),
  static_select: staticSelect('static_select', {}),
  multi_static_select: staticSelect('multi_static_select', several),
  external_select: element(
    'external_select',
    {},
    { ...picking, initial_option: anything, min_query_length: whole(0, 1000) },
  ),
  multi_external_select: element(
    'multi_external_select',
    {},
    { ...picking, ...several, initial_options: anything, min_query_length: whole(0, 1000) },
  ),
  users_select: element('users_select', {}, { ...picking, initial_user: text(255) }),
  multi_users_select: element(
    'multi_users_select',
    {},
    { ...picking, ...several, initial_users: list(0, 1000, text(255)) },
  ),
  channels_select: element(
    'channels_select',
    {},
    { ...picking, initial_channel: text(255), response_url_enabled: flag },
  ),
  multi_channels_select: element(
    'multi_channels_select',
    {},
    { ...picking, ...several, initial_channels: list(0, 1000, text(255)) },
  ),
  conversations_select: element(
    'conversations_select',
    {},
    {
      ...picking,
      initial_conversation: text(255),
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter: conversationFilter,
    },
  ),
  multi_conversations_select: element(
    'multi_conversations_select',
    {},
    {
      ...picking,
      ...several,
      initial_conversations: list(0, 1000, text(255)),
      default_to_current_conversation: flag,
      filter: conversationFilter,
    },
  ),
  checkboxes: all(
    element(
      'checkboxes',
      { options: options(10, anyText(75)) },
      { ...acting, focus_on_load: flag, initial_options: list(1, 10, anything) },
    ),
    initialAmongOptions,
  ),
  radio_buttons: all(
    element(
      'radio_buttons',
      { options: options(10, anyText(75)) },
      { ...acting, focus_on_load: flag, initial_option: anything },
    ),
    initialAmongOptions,
  ),
  datepicker: element('datepicker', {}, { ...picking, initial_date: day }),
  timepicker: element(
    'timepicker',
    {},
    { ...picking, initial_time: matching(/^\d{2}:\d{2}$/, 'a time HH:mm'), timezone: text(100) },
  ),
  datetimepicker: element(
    'datetimepicker',
    {},
    { ...acting, focus_on_load: flag, initial_date_time: whole(1e9, 9_999_999_999) },
  ),
  plain_text_input: element(
    'plain_text_input',
    {},
    {
      ...typing,
      initial_value: text(3000, 0),
      multiline: flag,
      min_length: whole(0, 3000),
      max_length: whole(1, 3000),
    },
  ),
  email_text_input: element('email_text_input', {}, { ...typing, initial_value: text(3000, 0) }),
  url_text_input: element('url_text_input', {}, { ...typing, initial_value: text(3000, 0) }),
  number_input: element(
    'number_input',
    { is_decimal_allowed: flag },
    { ...typing, initial_value: text(100, 0), min_value: text(100), max_value: text(100) },
  ),
  rich_text_input: element('rich_text_input', {}, { ...typing, initial_value: anything }),
  file_input: element(
    'file_input',
    {},
    { action_id: text(255), filetypes: list(1, 100, text(100)), max_files: whole(1, 10) },
  ),
  workflow_button: element(
    'workflow_button',
    { text: plainText(75), workflow: anything },
    { action_id: text(255), style: oneOf('primary', 'danger'), accessibility_label: text(75) },
  ),
  feedback_buttons: element(
    'feedback_buttons',
    { positive_button: anything, negative_button: anything },
    { action_id: text(255) },
  ),
  icon_button: element(
    'icon_button',
    { icon: oneOf('trash'), text: plainText(75) },
    { ...acting, value: text(2000), accessibility_label: text(75), visible_to_user_ids: list(0, 100, text(255)) },
  ),
};

/** A rule that admits exactly the named kinds of element. */
export const elementsOf = (...kinds: readonly string[]): Rule =>
  byType(Object.fromEntries(kinds.flatMap((kind) => (elements[kind] ? [[kind, elements[kind]]] : []))), 'element');

const selects = ['static', 'external', 'users', 'channels', 'conversations'].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
]);
const pickers = ['checkboxes', 'radio_buttons', 'datepicker', 'timepicker'];

export const accessory = elementsOf('button', 'image', 'overflow', 'workflow_button', ...selects, ...pickers);
export const actionElement = elementsOf(
  'button',
  'overflow',
  'workflow_button',
  'datetimepicker',
  'rich_text_input',
  ...selects,
  ...pickers,
);
export const inputElement = elementsOf(
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
  'datetimepicker',
  ...selects,
  ...pickers,
);
export const cardButtons = list(1, 25, button);
