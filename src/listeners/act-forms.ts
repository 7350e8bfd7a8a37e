import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Instant } from '../domain/instant.ts';
import { findTicketById } from '../flows/find-ticket.ts';
import type { TicketRecord } from '../flows/ports.ts';
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
import { subjectOf } from './answers.ts';
import type { Listening } from './context.ts';
import { answerAfterwards, originOf, type Press } from './press.ts';

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

/** Forms that look different once the ticket is at hand. */
const ticketShapes: ReadonlySet<Act> = new Set<Act>(['escalate', 'triage', 'more']);

/** Opens the form at once, for its trigger lives three seconds; the ticket's own facts follow (14.1). */
export const openActForm = async (ports: Listening, press: Press, act: FormAct, client: WebClient): Promise<void> => {
  const origin = originOf(press);
  const viewId = await press.open(formFor(act, origin, null, ports.clock.now()));
  await press.ack();
  if (!ticketShapes.has(act)) return;
  answerAfterwards(ports, press, async () => {
    const record = await findTicketById(ports, press.by, origin.ticketId);
    if (record !== null) await refine(ports, act, origin, record, client, viewId);
  });
};

const refine = (
  ports: Listening,
  act: FormAct,
  origin: FormOrigin,
  record: TicketRecord,
  client: WebClient,
  viewId: string,
): Promise<unknown> => {
  const view = formFor(act, origin, subjectOf(ports, record), ports.clock.now());
  return client.views.update({ view_id: viewId, view });
};
