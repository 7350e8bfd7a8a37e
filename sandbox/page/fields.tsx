/** The fields of a form: what each holds so far, and the sentence under one that is wrong. */
import { useId, useState } from 'preact/hooks';
import { type Json, jsonOf, listOf, textOf } from './json.ts';
import { instantOf, localText } from './moment.ts';
import type { FormState } from './protocol.ts';
import { useTabStop } from './tab-stop.ts';

export type Held = string | number | readonly string[] | null;

/** A form being filled in. */
export interface Filling {
  readonly state: FormState;
  readonly errors: Readonly<Record<string, string>>;
  readonly zone: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly fill: (blockId: string, actionId: string, value: Held) => void;
}

interface FieldProps {
  readonly element: Json;
  readonly blockId: string;
  readonly label: string;
  readonly hint?: string;
  readonly isOptional?: boolean;
  readonly filling: Filling | null;
  /** Where picking is an act of its own. */
  readonly onPick: ((value: string) => Promise<void>) | null;
}

/** What an element holds before anybody touches it. */
const initialOf = (element: Json): Held => {
  const option = jsonOf(element.initial_option);
  for (const each of [
    option.value,
    element.initial_value,
    element.initial_user,
    element.initial_channel,
    element.initial_conversation,
    element.initial_date,
    element.initial_time,
    element.initial_date_time,
  ])
    if (typeof each === 'string' || typeof each === 'number') return each;
  if (Array.isArray(element.initial_options)) return listOf(element.initial_options).map(({ value }) => textOf(value));
  return null;
};

/** Every field of a form with what it holds: what was typed, or else what it began with. */
export const stateOf = (blocks: readonly Json[], typed: FormState): FormState => {
  const fields = blocks.flatMap((block) => {
    const elements =
      block.type === 'input' ? [jsonOf(block.element)] : [...listOf(block.elements), jsonOf(block.accessory)];
    return elements
      .filter((each) => holds(each))
      .map((each) => ({ blockId: textOf(block.block_id), actionId: textOf(each.action_id), held: initialOf(each) }));
  });
  const state: Record<string, Record<string, Held>> = {};
  for (const { blockId, actionId, held } of fields) {
    const kept = typed[blockId]?.[actionId];
    state[blockId] = { ...state[blockId], [actionId]: kept === undefined ? held : kept };
  }
  return state;
};

const holds = ({ type }: Json): boolean =>
  typeof type === 'string' &&
  (/_select$|picker$|_input$/.test(type) || type === 'checkboxes' || type === 'radio_buttons');

export const Field = (given: FieldProps) => {
  const { element, blockId, label, hint = '', isOptional = false, filling, onPick } = given;
  const id = useId();
  const tabIndex = useTabStop();
  const [isBusy, setBusy] = useState(false);
  const pick = async (value: string): Promise<void> => {
    setBusy(true);
    await onPick?.(value);
    setBusy(false);
  };
  const props: FieldProps = { ...given, onPick: onPick === null ? null : pick };
  const error = filling?.errors[blockId] ?? '';
  const described = [hint === '' ? '' : `${id}-hint`, error === '' ? '' : `${id}-error`].filter(Boolean).join(' ');
  const isGroup = element.type === 'checkboxes' || element.type === 'radio_buttons';
  const common = {
    id,
    tabIndex,
    'aria-invalid': error !== '',
    'aria-required': !isOptional,
    ...(described === '' ? {} : { 'aria-describedby': described }),
  };
  const words = (
    <>
      {label}
      {isOptional && <span class="optional"> (optional)</span>}
    </>
  );
  const below = (
    <>
      {error !== '' && (
        <p class="error" id={`${id}-error`}>
          {error}
        </p>
      )}
      {hint !== '' && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </>
  );
  if (isGroup)
    return (
      <fieldset class="field" aria-busy={isBusy} aria-describedby={described || undefined}>
        <legend>{words}</legend>
        <Choices {...props} name={id} />
        {below}
      </fieldset>
    );
  return (
    <div class="field" aria-busy={isBusy}>
      <label for={id}>{words}</label>
      <Control {...props} common={common} />
      {below}
    </div>
  );
};

type Common = Readonly<Record<string, string | boolean | number>> & { readonly id: string };

const heldOf = ({ element, blockId, filling }: FieldProps): Held =>
  filling?.state[blockId]?.[textOf(element.action_id)] ?? (filling === null ? initialOf(element) : null);

const setterOf =
  ({ element, blockId, filling, onPick }: FieldProps) =>
  (value: Held): void => {
    filling?.fill(blockId, textOf(element.action_id), value);
    if (onPick !== null && typeof value === 'string') void onPick(value);
  };

const Control = (props: FieldProps & { readonly common: Common }) => {
  const { element, filling, common } = props;
  const held = heldOf(props);
  const set = setterOf(props);
  const typed = (event: { readonly currentTarget: { readonly value: string } }): void =>
    set(event.currentTarget.value === '' ? null : event.currentTarget.value);
  const placeholder = textOf(jsonOf(element.placeholder).text);
  const options = optionsOf(props);
  if (options !== null)
    return (
      <select {...common} value={String(held ?? '')} onChange={typed}>
        <option value="">{placeholder || 'Choose…'}</option>
        {options.map((option) => (
          <ChoiceOption option={option} held={held} />
        ))}
        {groupsOf(element).map(({ label, options: inGroup }) => (
          <optgroup label={label}>
            {inGroup.map((option) => (
              <ChoiceOption option={option} held={held} />
            ))}
          </optgroup>
        ))}
      </select>
    );
  switch (element.type) {
    case 'datepicker':
      return <input {...common} type="date" value={String(held ?? '')} onInput={typed} />;
    case 'timepicker':
      return <input {...common} type="time" value={String(held ?? '')} onInput={typed} />;
    case 'datetimepicker': {
      const zone = filling?.zone ?? 'UTC';
      return (
        <input
          {...common}
          type="datetime-local"
          value={typeof held === 'number' ? localText(held * 1_000, zone) : ''}
          onInput={({ currentTarget: { value } }) => {
            const at = instantOf(value, zone);
            set(at === null ? null : Math.floor(at / 1_000));
          }}
        />
      );
    }
    default: {
      const most = typeof element.max_length === 'number' ? { maxLength: element.max_length } : {};
      return element.multiline === true ? (
        <textarea
          {...common}
          {...most}
          rows={5}
          dir="auto"
          placeholder={placeholder}
          value={String(held ?? '')}
          onInput={typed}
        />
      ) : (
        <input
          {...common}
          {...most}
          type="text"
          dir="auto"
          placeholder={placeholder}
          value={String(held ?? '')}
          onInput={typed}
        />
      );
    }
  }
};

interface Option {
  readonly value: string;
  readonly label: string;
}

const optionOf = (option: Json): Option => ({ value: textOf(option.value), label: textOf(jsonOf(option.text).text) });

const ChoiceOption = ({ option: { value, label }, held }: { readonly option: Option; readonly held: Held }) => (
  <option value={value} selected={value === held}>
    {label}
  </option>
);

const groupsOf = (element: Json): readonly { readonly label: string; readonly options: readonly Option[] }[] =>
  listOf(element.option_groups).map(({ label, options }) => ({
    label: textOf(jsonOf(label).text),
    options: listOf(options).map(optionOf),
  }));

const optionsOf = ({ element, filling }: FieldProps): readonly Option[] | null => {
  switch (element.type) {
    case 'static_select':
      return listOf(element.options).map(optionOf);
    case 'users_select':
      return (filling?.people ?? []).map(({ id, name }) => ({ value: id, label: name }));
    case 'channels_select':
    case 'conversations_select':
      return (filling?.channels ?? []).map(({ id, name }) => ({ value: id, label: `#${name}` }));
    default:
      return null;
  }
};

const Choices = (props: FieldProps & { readonly name: string }) => {
  const { element, name } = props;
  const held = heldOf(props);
  const set = setterOf(props);
  const tabIndex = useTabStop();
  const isRadio = element.type === 'radio_buttons';
  const chosen = Array.isArray(held) ? held : held === null ? [] : [String(held)];
  return (
    <>
      {listOf(element.options)
        .map(optionOf)
        .map(({ value, label }) => (
          <label class="choice">
            <input
              type={isRadio ? 'radio' : 'checkbox'}
              name={name}
              tabIndex={tabIndex}
              checked={chosen.includes(value)}
              onChange={() =>
                set(
                  isRadio
                    ? value
                    : chosen.includes(value)
                      ? chosen.filter((each) => each !== value)
                      : [...chosen, value],
                )
              }
            />
            {label}
          </label>
        ))}
    </>
  );
};
