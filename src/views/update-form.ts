import type { KnownBlock, ModalView } from '@slack/types';
import type { Instant } from '../domain/instant.ts';
import { isReachable, ticketName } from '../domain/ticket.ts';
import { standingLine } from './customer-update-message.ts';
import { modal, momentField, saysField, textField } from './form-fields.ts';
import { type FormOrigin, formMetadata } from './form-origin.ts';
import { type FormRead, formRead, momentIn, needed, textIn } from './form-values.ts';
import { fieldIds, formIds } from './ids.ts';
import { customerName } from './labels.ts';
import { bold, type Line } from './line.ts';
import type { Subject } from './subject.ts';

export interface UpdateFields {
  readonly text: string;
  /** `null`: not known yet (7.2). */
  readonly expectedAt: Instant | null;
}

/** "Update customer" (7.1, 7.2). Its submit shows {@link updatePreview}; nothing is sent yet. */
export const updateForm = (origin: FormOrigin): ModalView =>
  modal({
    id: formIds.update,
    title: 'Update customer',
    submit: 'Preview',
    metadata: formMetadata(origin),
    blocks: fields({ text: '', expectedAt: null }),
  });

/**
 * The update as the customer will read it. Its words stay editable: what stands there when Send is pressed is what
 * goes, so nothing has to be carried along behind the form.
 *
 * @param subject `null` where the ticket is not at hand
 */
export const updatePreview = (origin: FormOrigin, update: UpdateFields, subject: Subject | null): ModalView =>
  modal({
    id: formIds.updatePreview,
    title: 'Look once more',
    submit: 'Send',
    close: 'Back',
    metadata: formMetadata(origin),
    blocks: [saysField(...readerLine(subject)), ...fields(update), saysField(...endingLine(subject))],
  });

/** Whom the words go to; where Tierline cannot reach them, that a person has to say them (7.5). */
export const readerLine = (subject: Subject | null): Line => {
  if (subject === null) return [bold('The customer reads this, word for word.')];
  const name = customerName(subject.ticket);
  return isReachable(subject.ticket)
    ? [bold(`${name} reads this on ${ticketName(subject.ticket)}, word for word.`)]
    : [
        bold(`Tierline cannot reach ${name}.`),
        ' Please tell them this yourself, then press ',
        bold('Told them'),
        ' on the card.',
      ];
};

const endingLine = (subject: Subject | null): Line => [
  'Below it stands: ',
  ...(subject === null ? ['how the ticket stands and its tier.'] : standingLine(subject)),
  ' Then the expected time, or by when we aim to write again.',
];

const fields = ({ text, expectedAt }: UpdateFields): readonly KnownBlock[] => [
  textField({ id: fieldIds.text, label: 'What the customer reads', lines: 'many', initial: text }),
  momentField({
    id: fieldIds.expected,
    label: 'Expected to be solved by',
    hint: 'Leave it empty for "not known yet".',
    optional: true,
    initial: expectedAt,
  }),
];

/** Reads both the form and its preview. @param now a time already past would help nobody */
export const readUpdateForm = (values: unknown, now: Instant): FormRead<UpdateFields> => {
  const text = textIn(values, fieldIds.text);
  const expectedAt = momentIn(values, fieldIds.expected);
  const isPast = expectedAt !== null && expectedAt <= now;
  return formRead(
    {
      text: needed(text, 'Please write what the customer shall read'),
      expected: isPast ? 'Please choose a time to come, or leave it empty' : null,
    },
    () => (text === null ? null : { text, expectedAt }),
  );
};
