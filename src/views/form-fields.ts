import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { cut } from './cut.ts';
import { actionIds, type FieldId } from './ids.ts';
import type { Line } from './line.ts';
import { plain, section } from './message.ts';

/** What Slack lets people type into one field. */
export const inputLimit = 3_000;

interface Field {
  readonly id: FieldId;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

const input = ({ id, label, hint, optional }: Field, element: InputBlock['element']): InputBlock => ({
  type: 'input',
  block_id: id,
  label: plain(label),
  element,
  optional: optional ?? false,
  ...(hint === undefined ? {} : { hint: plain(hint) }),
});

export const textField = (
  field: Field & { readonly lines?: 'one' | 'many'; readonly max?: number; readonly initial?: string | null },
): InputBlock => {
  const max = field.max ?? inputLimit;
  const initial = field.initial ?? '';
  return input(field, {
    type: 'plain_text_input',
    action_id: actionIds.input,
    multiline: field.lines === 'many',
    max_length: max,
    ...(initial.trim() === '' ? {} : { initial_value: cut(initial, max) }),
  });
};

/** A choice among names; `initial` is the value that stands there at first. */
export const choiceField = <T extends string>(
  field: Field & { readonly names: Readonly<Record<T, string>>; readonly initial?: NoInfer<T> | null },
): InputBlock => {
  const options: PlainTextOption[] = Object.entries<string>(field.names).map(([value, name]) => ({
    text: plain(name),
    value,
  }));
  const initial = options.find(({ value }) => value === field.initial);
  return input(field, {
    type: 'static_select',
    action_id: actionIds.input,
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  });
};

export const personField = (field: Field & { readonly initial?: string | null }): InputBlock => {
  const initial = field.initial ?? null;
  return input(field, {
    type: 'users_select',
    action_id: actionIds.input,
    ...(initial === null ? {} : { initial_user: initial }),
  });
};

/** A day and a time of the reader's own zone. `initial` in epoch milliseconds. */
export const momentField = (field: Field & { readonly initial?: number | null }): InputBlock => {
  const initial = field.initial ?? null;
  return input(field, {
    type: 'datetimepicker',
    action_id: actionIds.input,
    ...(initial === null ? {} : { initial_date_time: Math.floor(initial / 1000) }),
  });
};

/** A paragraph between fields. */
export const saysField = (...line: Line): KnownBlock => section(line);

/** A modal; without `submit` it is only for reading. Titles and buttons have at most 24 characters. */
export const modal = (view: {
  readonly id: string;
  readonly title: string;
  readonly submit: string | null;
  readonly close?: string;
  readonly metadata?: string;
  readonly blocks: readonly KnownBlock[];
}): ModalView => ({
  type: 'modal',
  callback_id: view.id,
  title: plain(view.title),
  close: plain(view.close ?? (view.submit === null ? 'Close' : 'Cancel')),
  ...(view.submit === null ? {} : { submit: plain(view.submit) }),
  ...(view.metadata === undefined ? {} : { private_metadata: view.metadata }),
  blocks: [...view.blocks],
});
