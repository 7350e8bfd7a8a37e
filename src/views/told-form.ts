import type { ModalView } from '@slack/types';
import type { Instant } from '../domain/instant.ts';
import { modal, momentField, saysField, textField } from './form-fields.ts';
import { type FormOrigin, formMetadata } from './form-origin.ts';
import { type FormRead, formRead, momentIn, needed, textIn } from './form-values.ts';
import { fieldIds, formIds } from './ids.ts';

export interface ToldFields {
  readonly who: string;
  readonly how: string;
  readonly toldAt: Instant;
}

/** "Told them": who was told, how and when (7.5). */
export const toldForm = (origin: FormOrigin, now: Instant): ModalView =>
  modal({
    id: formIds.told,
    title: 'Told them',
    submit: 'Save',
    metadata: formMetadata(origin),
    blocks: [
      saysField('Tierline cannot reach this customer. What you told them counts as an update.'),
      textField({ id: fieldIds.who, label: 'Whom did you tell?', max: 200 }),
      textField({ id: fieldIds.how, label: 'How?', hint: 'By phone, by mail, in person …', max: 200 }),
      momentField({ id: fieldIds.when, label: 'When?', initial: now }),
    ],
  });

/** @param now what lies after it has not been told yet */
export const readToldForm = (values: unknown, now: Instant): FormRead<ToldFields> => {
  const who = textIn(values, fieldIds.who);
  const how = textIn(values, fieldIds.how);
  const picked = momentIn(values, fieldIds.when);
  const isAhead = picked !== null && picked > now;
  return formRead(
    {
      who: needed(who, 'Please say whom you told'),
      how: needed(how, 'Please say how you told them'),
      when: isAhead ? 'Please choose a time that has been' : needed(picked, 'Please say when you told them'),
    },
    () => (who && how && picked !== null ? { who, how, toldAt: picked } : null),
  );
};
