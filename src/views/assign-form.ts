import type { ModalView } from '@slack/types';
import { modal, personField, textField } from './form-fields.ts';
import { type FormOrigin, formMetadata } from './form-origin.ts';
import { type FormRead, formRead, needed, personIn, textIn } from './form-values.ts';
import { fieldIds, formIds } from './ids.ts';

export interface AssignFields {
  readonly userId: string;
  readonly note: string | null;
}

/** Assign to somebody (4.3). */
export const assignForm = (origin: FormOrigin): ModalView =>
  modal({
    id: formIds.assign,
    title: 'Assign',
    submit: 'Assign',
    metadata: formMetadata(origin),
    blocks: [
      personField({ id: fieldIds.person, label: 'To whom?', hint: 'Somebody of this tier or a higher one.' }),
      textField({ id: fieldIds.note, label: 'Note', hint: 'Stays inside.', lines: 'many', optional: true }),
    ],
  });

export const readAssignForm = (values: unknown): FormRead<AssignFields> => {
  const userId = personIn(values, fieldIds.person);
  return formRead({ person: needed(userId, 'Please pick somebody') }, () =>
    userId === null ? null : { userId, note: textIn(values, fieldIds.note) },
  );
};
