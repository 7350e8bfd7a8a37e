import { describe, expect, it } from '@jest/globals';
import type { Surface } from '../../sandbox/block-kinds.ts';
import {
  isTooLargeForView,
  isTooLongForMessage,
  problemsInBlocks,
  problemsInView,
} from '../../sandbox/block-limits.ts';

type Block = Record<string, unknown>;
const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const x = (count: number) => 'x'.repeat(count);
const option = (text = 'A', value = 'a') => ({ text: plain(text), value });
const options = (count: number) => Array.from({ length: count }, (_one, index) => option(`o${index}`, `v${index}`));
const section = (more: Block = {}) => ({ type: 'section', text: mrkdwn('x'), ...more });
const button = (more: Block = {}) => ({ type: 'button', action_id: 'a', text: plain('Go'), ...more });
const actions = (...elements: Block[]) => ({ type: 'actions', elements });
const input = (element: Block, more: Block = {}) => ({ type: 'input', label: plain('L'), element, ...more });
const says = (blocks: unknown, surface: Surface = 'message') =>
  problemsInBlocks(blocks, surface).map((one) => `${one.at} ${one.says}`);

const good: readonly [string, Surface, Block][] = [
  ['section with fields', 'message', { type: 'section', fields: Array(10).fill(mrkdwn(x(2000))) }],
  ['section of 3000', 'message', section({ text: mrkdwn(x(3000)), expand: true })],
  ['header', 'message', { type: 'header', text: plain(x(150)) }],
  [
    'context',
    'message',
    { type: 'context', elements: [mrkdwn('x'), { type: 'image', image_url: 'https://a.test/a.png', alt_text: 'a' }] },
  ],
  ['divider', 'home', { type: 'divider' }],
  ['date token', 'message', section({ text: mrkdwn('<!date^1795176000^{date} {time}|then>') })],
  [
    'full button',
    'message',
    actions(
      button({
        value: x(2000),
        url: 'https://a.test',
        style: 'danger',
        accessibility_label: x(75),
        confirm: { title: plain('T'), text: mrkdwn('Sure?'), confirm: plain('Yes'), deny: plain('No') },
      }),
    ),
  ],
  ['overflow of one', 'message', section({ accessory: { type: 'overflow', action_id: 'a', options: options(1) } })],
  ['overflow of five', 'message', actions({ type: 'overflow', action_id: 'a', options: options(5) })],
  [
    'select of 100',
    'modal',
    input({ type: 'static_select', action_id: 'a', options: options(100), initial_option: option('o1', 'v1') }),
  ],
  [
    'select of groups',
    'modal',
    input({ type: 'static_select', action_id: 'a', option_groups: [{ label: plain('G'), options: options(100) }] }),
  ],
  [
    'text input',
    'modal',
    input(
      { type: 'plain_text_input', action_id: 'a', multiline: true, max_length: 3000, initial_value: '' },
      { optional: true, hint: plain('h') },
    ),
  ],
  [
    'rich text',
    'message',
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] },
  ],
  ['table', 'message', { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] }],
  ['markdown', 'message', { type: 'markdown', text: '**x**' }],
  ['card', 'home', { type: 'card', title: mrkdwn('t') }],
  ['alert', 'modal', { type: 'alert', text: mrkdwn('x'), level: 'warning' }],
];

const bad: readonly [string, Surface, Block, string][] = [
  ['empty text', 'message', section({ text: mrkdwn('') }), 'more than 0 characters'],
  ['section over 3000', 'message', section({ text: mrkdwn(x(3001)) }), 'less than 3001'],
  ['section of nothing', 'message', { type: 'section' }, 'must have text or fields'],
  ['eleven fields', 'message', { type: 'section', fields: Array(11).fill(mrkdwn('x')) }, 'no more than 10'],
  ['field over 2000', 'message', { type: 'section', fields: [mrkdwn(x(2001))] }, 'less than 2001'],
  ['header over 150', 'message', { type: 'header', text: plain(x(151)) }, 'less than 151'],
  ['header in mrkdwn', 'message', { type: 'header', text: mrkdwn('x') }, 'must be one of plain_text'],
  [
    'emoji flag on mrkdwn',
    'message',
    section({ text: { ...mrkdwn('x'), emoji: true } }),
    'invalid additional property: emoji',
  ],
  ['context of eleven', 'message', { type: 'context', elements: Array(11).fill(mrkdwn('x')) }, 'no more than 10'],
  [
    'context with a button',
    'message',
    { type: 'context', elements: [button()] },
    'unsupported type of element: button',
  ],
  [
    'actions of 26',
    'message',
    actions(...Array.from({ length: 26 }, (_one, n) => button({ action_id: `a${n}` }))),
    'no more than 25',
  ],
  ['actions of none', 'message', actions(), 'no fewer than 1'],
  ['button text over 75', 'message', actions(button({ text: plain(x(76)) })), 'less than 76'],
  ['button value over 2000', 'message', actions(button({ value: x(2001) })), 'less than 2001'],
  ['button style', 'message', actions(button({ style: 'default' })), 'one of primary, danger'],
  ['button without text', 'message', actions({ type: 'button', action_id: 'a' }), 'missing required field: text'],
  ['action_id over 255', 'message', actions(button({ action_id: x(256) })), 'less than 256'],
  ['confirm text over 300', 'message', actions(button({ confirm: { text: plain(x(301)) } })), 'less than 301'],
  [
    'confirm button over 30',
    'message',
    actions(button({ confirm: { text: plain('x'), deny: plain(x(31)) } })),
    'less than 31',
  ],
  ['overflow of six', 'message', actions({ type: 'overflow', action_id: 'a', options: options(6) }), 'no more than 5'],
  [
    'option value over 75',
    'message',
    actions({ type: 'overflow', action_id: 'a', options: [option('A', x(76))] }),
    'less than 76',
  ],
  [
    'select of 101',
    'message',
    actions({ type: 'static_select', action_id: 'a', options: options(101) }),
    'no more than 100',
  ],
  [
    'select of nothing',
    'message',
    actions({ type: 'static_select', action_id: 'a' }),
    'either options or option_groups',
  ],
  [
    'initial option not offered',
    'message',
    actions({ type: 'static_select', action_id: 'a', options: options(2), initial_option: option('z', 'z') }),
    'initial option',
  ],
  [
    'checkboxes of 11',
    'message',
    actions({ type: 'checkboxes', action_id: 'a', options: options(11) }),
    'no more than 10',
  ],
  [
    'placeholder over 150',
    'message',
    actions({ type: 'users_select', action_id: 'a', placeholder: plain(x(151)) }),
    'less than 151',
  ],
  ['date', 'message', actions({ type: 'datepicker', action_id: 'a', initial_date: '1.2.2026' }), 'a date YYYY-MM-DD'],
  [
    'text input in actions',
    'message',
    actions({ type: 'plain_text_input', action_id: 'a' }),
    'unsupported type of element',
  ],
  [
    'label over 2000',
    'modal',
    input({ type: 'plain_text_input', action_id: 'a' }, { label: plain(x(2001)) }),
    'less than 2001',
  ],
  [
    'max_length over 3000',
    'modal',
    input({ type: 'plain_text_input', action_id: 'a', max_length: 3001 }),
    'from 1 to 3000',
  ],
  [
    'image without alt text',
    'message',
    { type: 'image', image_url: 'https://a.test/a.png' },
    'missing required field: alt_text',
  ],
  ['image without source', 'message', { type: 'image', alt_text: 'a' }, 'must have image_url or slack_file'],
  ['unknown block', 'message', { type: 'banner' }, 'unsupported type of block: banner'],
  ['alert in a message', 'message', { type: 'alert', text: mrkdwn('x') }, 'unsupported type of block'],
  [
    'table in a modal',
    'modal',
    { type: 'table', rows: [[{ type: 'raw_text', text: 'x' }]] },
    'unsupported type of block',
  ],
  ['markdown on Home', 'home', { type: 'markdown', text: 'x' }, 'unsupported type of block'],
  [
    'table of 21 columns',
    'message',
    { type: 'table', rows: [Array(21).fill({ type: 'raw_text', text: 'x' })] },
    'no more than 20',
  ],
  ['markdown over 12000', 'message', { type: 'markdown', text: x(12_001) }, 'less than 12001'],
  [
    'email input in a message',
    'message',
    input({ type: 'email_text_input', action_id: 'a' }),
    'not available in a message',
  ],
  ['datetimepicker on Home', 'home', actions({ type: 'datetimepicker', action_id: 'a' }), 'not available in a home'],
  ['same action_id twice', 'message', actions(button(), button()), 'action_id "a" already exists'],
  ['stray field', 'message', section({ colour: 'red' }), 'invalid additional property: colour'],
];

const modal = (more: Block = {}) => ({ type: 'modal', title: plain('T'), blocks: [section()], ...more });
const viewSays = (view: unknown) =>
  problemsInView(view)
    .map((one) => one.says)
    .join('; ');

describe('block limits', () => {
  it.each(good)('lets pass: %s (%s)', (_name, surface, block) => {
    expect(says([block], surface)).toEqual([]);
  });

  it.each(bad)('refuses: %s (%s)', (_name, surface, block, words) => {
    expect(says([block], surface).join('; ')).toContain(words);
  });

  it('counts blocks per surface', () => {
    expect(says(Array(50).fill(section()))).toEqual([]);
    expect(says(Array(51).fill(section()))).toEqual(['/blocks no more than 50 items allowed']);
    expect(says(Array(100).fill(section()), 'home')).toEqual([]);
    expect(says(Array(101).fill(section()), 'modal')).toHaveLength(1);
  });

  it('wants each block_id once', () => {
    expect(says([section({ block_id: 'b' }), section({ block_id: 'b' })])).toEqual([
      '/blocks block_id "b" already exists',
    ]);
  });

  it('adds up markdown blocks', () => {
    expect(
      says([
        { type: 'markdown', text: x(6_000) },
        { type: 'markdown', text: x(6_001) },
      ]),
    ).toHaveLength(1);
  });

  it('holds all blocks of a message under 13,200 characters', () => {
    expect(isTooLongForMessage(Array(4).fill(section({ text: mrkdwn(x(3000)) })))).toBe(false);
    expect(isTooLongForMessage(Array(5).fill(section({ text: mrkdwn(x(2700)) })))).toBe(true);
  });
});

describe('view limits', () => {
  it('let a modest modal and Home tab pass', () => {
    expect(
      viewSays(modal({ submit: plain('Send'), close: plain('No'), private_metadata: x(3000), callback_id: 'c' })),
    ).toBe('');
    expect(viewSays({ type: 'home', blocks: [section()] })).toBe('');
  });

  it('refuse what is too long, missing or stray', () => {
    expect(viewSays(modal({ title: plain(x(25)) }))).toContain('less than 25');
    expect(viewSays(modal({ submit: plain(x(25)) }))).toContain('less than 25');
    expect(viewSays(modal({ private_metadata: x(3001) }))).toContain('less than 3001');
    expect(viewSays(modal({ title: undefined }))).toContain('missing required field: title');
    expect(viewSays({ type: 'modal', title: plain('T') })).toContain('missing required field: blocks');
    expect(viewSays({ type: 'home', blocks: [], title: plain('T') })).toContain('invalid additional property: title');
    expect(viewSays(modal({ blocks: [input({ type: 'plain_text_input', action_id: 'a' })] }))).toContain(
      'submit is required',
    );
  });

  it('know the size of 250 kB', () => {
    expect(isTooLargeForView(modal({ private_metadata: x(3000) }))).toBe(false);
    expect(isTooLargeForView(modal({ blocks: Array(100).fill(section({ text: mrkdwn(x(3000)) })) }))).toBe(true);
  });
});
