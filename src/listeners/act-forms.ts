import type { ModalView } from '@slack/types';
import type { Instant } from '../domain/instant.ts';
import { assignForm } from '../views/assign-form.ts';
import { escalateForm } from '../views/escalate-form.ts';
import type { FormOrigin } from '../views/form-origin.ts';
import type { Act } from '../views/ids.ts';
import { moreForm } from '../views/more-form.ts';
import { callManagers, dismiss, handBack, handOverNote, note, reopen, waitForCustomer } from '../views/reason-forms.ts';
import { resolveForm } from '../views/resolve-form.ts';
import type { Subject } from '../views/subject.ts';
import { toldForm } from '../views/told-form.ts';
import { triageForm } from '../views/triage-form.ts';
import { updateForm } from '../views/update-form.ts';

/** Acts that ask for words first. */
export const formActs = [
  'assign',
  'escalate',
  'call-managers',
  'hand-back',
  'hand-over-note',
  'update',
  'told',
  'wait',
  'resolve',
  'reopen',
  'dismiss',
  'note',
  'triage',
  'more',
] as const satisfies readonly Act[];
export type FormAct = (typeof formActs)[number];

/** @param subject `null` while the ticket is not at hand */
export const formFor = (act: FormAct, origin: FormOrigin, subject: Subject | null, now: Instant): ModalView => {
  switch (act) {
    case 'assign':
      return assignForm(origin);
    case 'escalate':
      return subject !== null && subject.ticket.tier >= subject.policy.clocks.tiers.length
        ? callManagers.form(origin)
        : escalateForm(origin, subject);
    case 'call-managers':
      return callManagers.form(origin);
    case 'hand-back':
      return handBack.form(origin);
    case 'hand-over-note':
      return handOverNote.form(origin);
    case 'update':
      return updateForm(origin);
    case 'told':
      return toldForm(origin, now);
    case 'wait':
      return waitForCustomer.form(origin);
    case 'resolve':
      return resolveForm(origin);
    case 'reopen':
      return reopen.form(origin);
    case 'dismiss':
      return dismiss.form(origin);
    case 'note':
      return note.form(origin);
    case 'triage':
      return triageForm(origin, subject);
    case 'more':
      return moreForm({ ticketId: origin.ticketId, step: origin.step ?? 0 }, origin.channel, subject);
  }
};
