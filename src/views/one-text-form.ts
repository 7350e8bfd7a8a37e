import type { KnownBlock, ModalView } from '@slack/types';
import { modal, textField } from './form-fields.ts';
import { type FormOrigin, formMetadata } from './form-origin.ts';
import { type FormRead, formRead, needed, textIn } from './form-values.ts';
import type { FieldId } from './ids.ts';

/** A form that asks for one text, and its reader: many acts need no more than a reason. */
export interface OneTextForm {
  readonly form: (origin: FormOrigin) => ModalView;
  readonly read: (values: unknown) => FormRead<string>;
}

export const oneTextForm = (about: {
  readonly id: string;
  readonly title: string;
  readonly submit: string;
  readonly field: FieldId;
  readonly label: string;
  readonly hint: string;
  /** What to say under the field when it is empty. */
  readonly empty: string;
  readonly above?: readonly KnownBlock[];
}): OneTextForm => ({
  form: (origin) =>
    modal({
      id: about.id,
      title: about.title,
      submit: about.submit,
      metadata: formMetadata(origin),
      blocks: [
        ...(about.above ?? []),
        textField({ id: about.field, label: about.label, hint: about.hint, lines: 'many' }),
      ],
    }),
  read: (values) => {
    const text = textIn(values, about.field);
    return formRead({ [about.field]: needed(text, about.empty) }, () => text);
  },
});
