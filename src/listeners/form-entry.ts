import type { ModalView } from '@slack/types';
import type { Refusal } from '../domain/decision.ts';
import { mayActOn } from '../domain/permissions.ts';
import { isStaff, type Person } from '../domain/person.ts';
import type { Ports, TicketRecord } from '../flows/ports.ts';
import type { FormOrigin } from '../views/form-origin.ts';
import type { FieldId } from '../views/ids.ts';
import { type FormAct, formFor } from './act-forms.ts';
import { outcomeMessage, subjectOf } from './answers.ts';
import { textView } from './text-view.ts';

/** Acts of staff of any tier; the rest are for the ticket's own tier and higher ones (11). */
const anyStaff: ReadonlySet<FormAct> = new Set<FormAct>(['note', 'hand-over-note', 'more']);
/** Acts that a card drawn before the ticket moved on must not do (4.4). */
const stepBound: ReadonlySet<FormAct> = new Set<FormAct>([
  'escalate',
  'call-managers',
  'hand-back',
  'wait',
  'resolve',
  'reopen',
  'dismiss',
]);

/** The form as the ticket stands, or why there is none: nobody should type into a form that will be refused. */
export const formOrRefusal = (
  ports: Ports,
  act: FormAct,
  origin: FormOrigin,
  record: TicketRecord,
  by: Person,
): ModalView => {
  const refusal = refusalFor(ports, act, origin, record, by);
  if (refusal !== null) return textView(outcomeMessage(ports, { kind: 'refused', refusal, record }, by));
  return formFor(act, freshFor(act, origin, record), subjectOf(ports, record), ports.clock.now());
};

const refusalFor = (
  { desks }: Ports,
  act: FormAct,
  { step }: FormOrigin,
  { ticket }: TicketRecord,
  by: Person,
): Refusal | null => {
  const desk = desks.desk();
  if (anyStaff.has(act)) return isStaff(by, desk) ? null : { code: 'not-allowed', needs: 'staff' };
  if (!mayActOn(by, ticket, desk)) return { code: 'not-allowed', needs: 'tier' };
  return stepBound.has(act) && step !== null && step !== ticket.step ? { code: 'out-of-date' } : null;
};

/** "More…" is drawn anew, so its buttons are of now. */
const freshFor = (act: FormAct, origin: FormOrigin, { ticket }: TicketRecord): FormOrigin =>
  act === 'more' ? { ...origin, step: ticket.step } : origin;

/** A form with some words already in one of its fields. */
export const prefilled = (view: ModalView, field: FieldId, text: string): ModalView => ({
  ...view,
  blocks: view.blocks.map((block) => {
    if (text === '' || block.type !== 'input' || block.block_id !== field) return block;
    if (!('element' in block) || block.element.type !== 'plain_text_input') return block;
    const initial = text.slice(0, block.element.max_length ?? text.length);
    return { ...block, element: { ...block.element, initial_value: initial } };
  }),
});
