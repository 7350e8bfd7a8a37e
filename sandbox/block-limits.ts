/** What Slack refuses in blocks and views. Pure: payload in, problems out. Limits are the published ones. */
import { blocksOfSurface, type Surface } from './block-kinds.ts';
import { all, byType, flag, list, oneOf, type Problem, type Rule, repeated, shape, text, when } from './block-rules.ts';
import { plainText } from './element-limits.ts';
import { isRecord, type Json, listIn, recordIn, recordsIn } from './json.ts';

/** Above about this many characters in all blocks a message is refused, although no page says so. */
const MESSAGE_CEILING = 13_200;
const VIEW_BYTES = 250_000;

const anything: Rule = () => [];

/** Element kinds that a surface does not show though its blocks do. */
const barred: Readonly<Record<Surface, readonly string[]>> = {
  message: ['file_input', 'email_text_input', 'number_input', 'url_text_input', 'rich_text_input'],
  modal: ['workflow_button'],
  home: ['datetimepicker', 'file_input', 'email_text_input', 'number_input', 'url_text_input', 'workflow_button'],
};

/** The elements with an action id in one block. */
const elementsIn = (one: Json): readonly Json[] =>
  [one.accessory, one.element, ...listIn(one.elements), ...listIn(one.actions)].filter(isRecord);

const idProblems = (blocks: readonly Json[], at: string): readonly Problem[] => [
  ...repeated(blocks.flatMap((one) => (typeof one.block_id === 'string' ? [one.block_id] : []))).map((id) => ({
    at,
    says: `block_id "${id}" already exists`,
  })),
  ...blocks.flatMap((one, index) =>
    repeated(elementsIn(one).flatMap((inner) => (typeof inner.action_id === 'string' ? [inner.action_id] : []))).map(
      (id) => ({ at: `${at}/${index}`, says: `action_id "${id}" already exists` }),
    ),
  ),
];

const barredProblems = (blocks: readonly Json[], surface: Surface, at: string): readonly Problem[] =>
  blocks.flatMap((one, index) =>
    elementsIn(one)
      .filter((inner) => barred[surface].includes(String(inner.type)))
      .map((inner) => ({ at: `${at}/${index}`, says: `${String(inner.type)} is not available in a ${surface}` })),
  );

/** The markdown blocks of one payload share their limit. */
const markdownProblems = (blocks: readonly Json[], at: string): readonly Problem[] => {
  const markdown = blocks.filter((one) => one.type === 'markdown');
  const length = markdown.reduce((sum, one) => sum + String(one.text).length, 0);
  return markdown.length > 1 && length > 12_000
    ? [{ at, says: 'markdown blocks must be less than 12001 characters together' }]
    : [];
};

/** Everything Slack would refuse in these blocks on this surface. */
export const problemsInBlocks = (blocks: unknown, surface: Surface, at = '/blocks'): readonly Problem[] => {
  const most = surface === 'message' ? 50 : 100;
  const found = recordsIn(blocks);
  return [
    ...list(0, most, byType(blocksOfSurface[surface], 'block'))(blocks, at),
    ...idProblems(found, at),
    ...markdownProblems(found, at),
    ...barredProblems(found, surface, at),
  ];
};

/** Measured by the JSON, which is what reports of this refusal agree with best: text alone counted too little. */
export const isTooLongForMessage = (blocks: unknown): boolean => JSON.stringify(blocks).length > MESSAGE_CEILING;

export const isTooLargeForView = (view: unknown): boolean => Buffer.byteLength(JSON.stringify(view)) > VIEW_BYTES;

const common: Readonly<Record<string, Rule>> = {
  type: oneOf('modal', 'home'),
  blocks: anything,
};
const commonOptional: Readonly<Record<string, Rule>> = {
  callback_id: text(255),
  external_id: text(255, 0),
  private_metadata: text(3000, 0),
};
const modalShape = shape(
  { ...common, title: plainText(24) },
  {
    ...commonOptional,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
);
const homeShape = shape(common, commonOptional);
const submitForInputs = when(
  (view) => view.submit === undefined && recordsIn(view.blocks).some((one) => one.type === 'input'),
  'submit is required when an input block is within blocks',
);

/** Everything Slack would refuse in a modal or Home view. */
export const problemsInView = (view: unknown): readonly Problem[] => {
  const surface: Surface = recordIn(view).type === 'home' ? 'home' : 'modal';
  const rule = surface === 'home' ? homeShape : all(modalShape, submitForInputs);
  return [...rule(view, '/view'), ...problemsInBlocks(recordIn(view).blocks, surface, '/view/blocks')];
};
