import { mayActOn } from '../domain/permissions.ts';
import { loadTicket } from '../flows/find-ticket.ts';
import { handleCommand, type Outcome } from '../flows/handle-command.ts';
import type { TicketRecord } from '../flows/ports.ts';
import { formIds } from '../views/ids.ts';
import { readTriageForm, type TriageFields, triageForm, triageWarning, wasWarned } from '../views/triage-form.ts';
import { subjectOf } from './answers.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { replacedBy } from './form-answers.ts';
import { type Interlude, type Submission, settleForm, submissionOf, submittedFrom, withFields } from './submission.ts';

/** Triage: a change that escalates at once is said before it is done, and needs a second submit (3.3). */
export const registerTriage = (listeners: ById, ports: Listening): void => {
  listeners.view(formIds.triage, async (args) => {
    const sent = submissionOf(ports, args);
    const origin = submittedFrom(sent);
    await withFields(sent, readTriageForm(sent.values), (fields) => {
      const work = async (): Promise<Outcome | Interlude> => {
        const record = await loadTicket(ports, origin.ticketId);
        const warning = record === null || wasWarned(sent.metadata) ? null : warningOf(ports, sent, record, fields);
        if (warning !== null) return warning;
        const command = { type: 'triage', by: sent.by, ...fields } as const;
        return handleCommand(ports, origin.ticketId, command, sent.cause, record);
      };
      return settleForm(ports, sent, work());
    });
  });
};

/** Who may not do it is refused, not warned. */
const warningOf = (
  ports: Listening,
  sent: Submission,
  record: TicketRecord,
  fields: TriageFields,
): Interlude | null => {
  if (!mayActOn(sent.by, record.ticket, ports.desks.desk())) return null;
  const subject = subjectOf(ports, record);
  const warning = triageWarning(subject, fields, ports.clock.now());
  if (warning === null) return null;
  return { kind: 'first', answer: replacedBy(triageForm(submittedFrom(sent), subject, fields, warning)) };
};
