/** Every kind of block with its published limits, and the surfaces that take it. */
import { all, byType, flag, list, oneOf, type Rule, shape, text, when, whole } from './block-rules.ts';
import {
  accessory,
  actionElement,
  anyText,
  cardButtons,
  elementsOf,
  imageElement,
  inputElement,
  plainText,
} from './element-limits.ts';

export type Surface = 'message' | 'modal' | 'home';

const anything: Rule = () => [];
const block = (
  type: string,
  required: Readonly<Record<string, Rule>>,
  optional: Readonly<Record<string, Rule>> = {},
): Rule => shape({ type: oneOf(type), ...required }, { block_id: text(255), ...optional });

const section = all(
  block('section', {}, { text: anyText(3000), fields: list(1, 10, anyText(2000)), accessory, expand: flag }),
  when((value) => value.text === undefined && value.fields === undefined, 'must have text or fields'),
);
const image = all(
  block('image', { alt_text: text(2000) }, { title: plainText(2000), image_url: text(3000), slack_file: anything }),
  when(
    (value) => (value.image_url === undefined) === (value.slack_file === undefined),
    'must have image_url or slack_file',
  ),
);
const richText = block('rich_text', {
  elements: list(
    1,
    1000,
    byType(
      {
        rich_text_section: anything,
        rich_text_list: anything,
        rich_text_quote: anything,
        rich_text_preformatted: anything,
      },
      'rich text',
    ),
  ),
});
const cell = byType({ raw_text: anything, raw_number: anything, rich_text: richText }, 'cell');
const card = all(
  block(
    'card',
    {},
    {
      hero_image: imageElement,
      icon: imageElement,
      title: anyText(150),
      subtitle: anyText(150),
      body: anyText(200),
      actions: cardButtons,
    },
  ),
  when(
    (value) => [value.hero_image, value.title, value.actions, value.body].every((part) => part === undefined),
    'must have hero_image, title, actions or body',
  ),
);
const taskCard = block(
  'task_card',
  { task_id: text(255), title: text(3000), status: oneOf('pending', 'in_progress', 'complete', 'error') },
  { details: richText, output: richText, sources: list(0, 100, anything) },
);

const classic: Readonly<Record<string, Rule>> = {
  section,
  divider: block('divider', {}),
  header: block('header', { text: plainText(150) }, { level: whole(1, 4) }),
  context: block('context', {
    elements: list(1, 10, byType({ image: imageElement, plain_text: anyText(3000), mrkdwn: anyText(3000) }, 'element')),
  }),
  actions: block('actions', { elements: list(1, 25, actionElement) }),
  image,
  input: block(
    'input',
    { label: plainText(2000), element: inputElement },
    { hint: plainText(2000), optional: flag, dispatch_action: flag },
  ),
  rich_text: richText,
  video: block(
    'video',
    { video_url: text(3000), thumbnail_url: text(3000), alt_text: text(2000), title: plainText(199) },
    {
      title_url: text(3000),
      author_name: text(49),
      provider_name: text(255),
      provider_icon_url: text(3000),
      description: plainText(3000),
    },
  ),
};
const container = block(
  'container',
  { child_blocks: list(1, 10, byType(classic, 'block')) },
  {
    title: plainText(150),
    rich_text_title: richText,
    subtitle: anyText(150),
    width: oneOf('narrow', 'standard', 'wide', 'full'),
    icon: imageElement,
    is_collapsible: flag,
    default_collapsed: flag,
    has_header_divider: flag,
  },
);
const alert = block(
  'alert',
  { text: anyText(3000) },
  { level: oneOf('default', 'info', 'warning', 'error', 'success') },
);
const carousel = block('carousel', { elements: list(1, 10, card) });

/** Which blocks a surface takes, and what each must look like. */
export const blocksOfSurface: Readonly<Record<Surface, Readonly<Record<string, Rule>>>> = {
  message: {
    ...classic,
    markdown: block('markdown', { text: text(12_000) }),
    table: block('table', { rows: list(1, 100, list(1, 20, cell)) }, { column_settings: list(0, 20, anything) }),
    data_table: block(
      'data_table',
      { rows: list(1, 1000, list(1, 20, cell)), caption: text(3000) },
      { page_size: whole(1, 100), row_header_column_index: whole(0, 19) },
    ),
    context_actions: block('context_actions', { elements: list(1, 5, elementsOf('feedback_buttons', 'icon_button')) }),
    task_card: taskCard,
    plan: block('plan', { title: text(3000) }, { tasks: list(0, 50, anything) }),
    container,
    card,
    carousel,
  },
  modal: { ...classic, alert },
  home: { ...classic, container, card, carousel },
};
