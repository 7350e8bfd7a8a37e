import type { KnownBlock, ModalView } from '@slack/types';
import { choiceField, modal, textField } from './form-fields.ts';
import { type FormOrigin, formMetadata } from './form-origin.ts';
import { choiceIn, type FormRead, formRead, needed, textIn } from './form-values.ts';
import { fieldIds, formIds } from './ids.ts';
import { tierName } from './labels.ts';
import type { Subject } from './subject.ts';

export interface EscalateFields {
  readonly reason: string;
  readonly note: string;
  /** `null`: the next one. */
  readonly toTier: number | null;
}

/**
 * Escalate by hand: reason and hand-over note (6.1). Only a critical ticket may skip to the last tier, so that choice
 * is there only when the ticket is known.
 *
 * @param subject `null` where the ticket is not at hand yet
 */
export const escalateForm = (origin: FormOrigin, subject: Subject | null): ModalView =>
  modal({
    id: formIds.escalate,
    title: 'Escalate',
    submit: 'Escalate',
    metadata: formMetadata(origin),
    blocks: [
      ...(subject === null ? [] : skipFields(subject)),
      textField({
        id: fieldIds.reason,
        label: 'Why?',
        hint: 'Stays inside: the customer does not see it.',
        lines: 'many',
      }),
      textField({
        id: fieldIds.note,
        label: 'What was tried, and what is needed?',
        hint: 'Stays inside.',
        lines: 'many',
      }),
    ],
  });

const skipFields = ({ ticket, desk, policy }: Subject): readonly KnownBlock[] => {
  const next = ticket.tier + 1;
  const last = policy.clocks.tiers.length;
  if (ticket.priority !== 'critical' || next >= last) return [];
  const names = { [String(next)]: tierName(desk, next), [String(last)]: tierName(desk, last) };
  return [choiceField({ id: fieldIds.tier, label: 'To', names, initial: String(next) })];
};

const tierNumbers = Array.from({ length: 20 }, (_, index) => String(index + 1));

export const readEscalateForm = (values: unknown): FormRead<EscalateFields> => {
  const reason = textIn(values, fieldIds.reason);
  const note = textIn(values, fieldIds.note);
  const tier = choiceIn(values, fieldIds.tier, tierNumbers);
  return formRead(
    {
      reason: needed(reason, 'Please say why it goes up'),
      note: needed(note, 'Please write what was tried and what is needed'),
    },
    () => (reason && note ? { reason, note, toTier: tier === null ? null : Number(tier) } : null),
  );
};
