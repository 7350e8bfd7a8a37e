import type { KnownBlock, ModalView } from '@slack/types';
import { modal, saysField, textField } from './form-fields.ts';
import { type FormOrigin, formMetadata } from './form-origin.ts';
import { type FormRead, formRead, needed, textIn } from './form-values.ts';
import { fieldIds, formIds } from './ids.ts';
import { bold } from './line.ts';
import type { Subject } from './subject.ts';
import { readerLine } from './update-form.ts';

export interface ResolveFields {
  readonly cause: string;
  readonly fix: string;
  readonly message: string;
}

/** Resolve: cause and fix for us, and what the customer reads (8.1). Its submit shows {@link resolvePreview}. */
export const resolveForm = (origin: FormOrigin): ModalView =>
  modal({
    id: formIds.resolve,
    title: 'Resolve',
    submit: 'Preview',
    metadata: formMetadata(origin),
    blocks: [causeField(''), fixField(''), messageField('')],
  });

/**
 * The solution as the customer will read it; the words stay editable, as in the update's preview.
 *
 * @param subject `null` where the ticket is not at hand
 */
export const resolvePreview = (origin: FormOrigin, fields: ResolveFields, subject: Subject | null): ModalView =>
  modal({
    id: formIds.resolvePreview,
    title: 'Look once more',
    submit: 'Send and resolve',
    close: 'Back',
    metadata: formMetadata(origin),
    blocks: [
      saysField(...readerLine(subject)),
      messageField(fields.message),
      saysField('Below it stands: Is it solved for you? With the buttons Solved and Still broken.'),
      { type: 'divider' },
      saysField(bold('Only we read this.')),
      causeField(fields.cause),
      fixField(fields.fix),
    ],
  });

const causeField = (initial: string): KnownBlock =>
  textField({ id: fieldIds.cause, label: 'Cause', hint: 'Stays inside.', lines: 'many', initial });
const fixField = (initial: string): KnownBlock =>
  textField({ id: fieldIds.fix, label: 'Fix', hint: 'Stays inside.', lines: 'many', initial });
const messageField = (initial: string): KnownBlock =>
  textField({ id: fieldIds.message, label: 'What the customer reads', lines: 'many', initial });

/** Reads both the form and its preview. */
export const readResolveForm = (values: unknown): FormRead<ResolveFields> => {
  const cause = textIn(values, fieldIds.cause);
  const fix = textIn(values, fieldIds.fix);
  const message = textIn(values, fieldIds.message);
  return formRead(
    {
      cause: needed(cause, 'Please write what the cause was, or that it is not known'),
      fix: needed(fix, 'Please write what solved it'),
      message: needed(message, 'Please write what the customer shall read'),
    },
    () => (cause && fix && message ? { cause, fix, message } : null),
  );
};
