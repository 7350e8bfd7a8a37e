import type { ModalView } from '@slack/types';
import type { ButtonValue } from './button-value.ts';
import { actButton, offersOf } from './card-buttons.ts';
import { modal, saysField } from './form-fields.ts';
import { formMetadata } from './form-origin.ts';
import { type Act, formIds } from './ids.ts';
import { actions } from './message.ts';
import type { Subject } from './subject.ts';

const groups: readonly { readonly name: string; readonly acts: readonly Act[] }[] = [
  { name: 'Who has it', acts: ['claim', 'take-over', 'release', 'assign'] },
  { name: 'The customer', acts: ['update', 'told', 'wait', 'resume', 'resolve', 'confirm-for-customer'] },
  { name: 'Where it goes', acts: ['escalate', 'call-managers', 'hand-back', 'hand-over-note', 'dismiss', 'reopen'] },
  { name: 'What is known', acts: ['note', 'triage', 'show', 'why', 'history'] },
];

/**
 * Everything that can be done to a ticket, as buttons (12).
 *
 * @param subject `null` where the ticket is not at hand yet: then every act is shown, and a refusal says what does not fit
 */
export const moreForm = (value: ButtonValue, channel: string | null, subject: Subject | null): ModalView => {
  const offered = subject === null ? null : [...offersOf(subject), 'show' as const];
  return modal({
    id: formIds.more,
    title: 'More',
    submit: null,
    metadata: formMetadata({ ...value, channel }),
    blocks: groups.flatMap(({ name, acts }) => {
      const shown = acts.filter((act) => offered === null || offered.includes(act));
      return shown.length === 0 ? [] : [saysField(name), actions(shown.map((act) => actButton(act, value)))];
    }),
  });
};
