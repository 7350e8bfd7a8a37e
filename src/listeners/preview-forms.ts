import type { ModalView } from '@slack/types';
import type { Command } from '../domain/command.ts';
import { decide } from '../domain/decide.ts';
import type { Instant } from '../domain/instant.ts';
import type { Person } from '../domain/person.ts';
import { loadTicket } from '../flows/find-ticket.ts';
import { handleCommand, type Outcome } from '../flows/handle-command.ts';
import type { TicketRecord } from '../flows/ports.ts';
import type { FormOrigin } from '../views/form-origin.ts';
import type { FormRead } from '../views/form-values.ts';
import { formIds } from '../views/ids.ts';
import { type ResolveFields, readResolveForm, resolvePreview } from '../views/resolve-form.ts';
import type { Subject } from '../views/subject.ts';
import { readUpdateForm, type UpdateFields, updatePreview } from '../views/update-form.ts';
import { outcomeLine, plainLine, subjectOf } from './answers.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { followedBy } from './form-answers.ts';
import { inTime } from './in-time.ts';
import { settleForm, submissionOf, submittedFrom, withFields } from './submission.ts';

interface Previewed<T> {
  readonly form: string;
  readonly preview: string;
  readonly read: (values: unknown, now: Instant) => FormRead<T>;
  readonly show: (origin: FormOrigin, value: T, subject: Subject | null) => ModalView;
  readonly command: (by: Person, value: T, origin: FormOrigin) => Command;
}

const update: Previewed<UpdateFields> = {
  form: formIds.update,
  preview: formIds.updatePreview,
  read: readUpdateForm,
  show: updatePreview,
  command: (by, fields) => ({ type: 'update', by, ...fields }),
};

const resolve: Previewed<ResolveFields> = {
  form: formIds.resolve,
  preview: formIds.resolvePreview,
  read: readResolveForm,
  show: resolvePreview,
  command: (by, fields, origin) => ({ type: 'resolve', by, ...fields, seenStep: origin.step }),
};

/** What customers read is looked at once more: the form's submit shows it, the preview's submit sends it (7.1, 8.1). */
export const registerPreviews = (listeners: ById, ports: Listening): void => {
  register(listeners, ports, update);
  register(listeners, ports, resolve);
};

const register = <T>(listeners: ById, ports: Listening, about: Previewed<T>): void => {
  listeners.view(about.form, async (args) => {
    const sent = submissionOf(ports, args);
    const origin = submittedFrom(sent);
    await withFields(sent, about.read(sent.values, ports.clock.now()), async (value) => {
      const seen = await inTime(sent, loadTicket(ports, origin.ticketId));
      const record = seen.late ? null : seen.value;
      const refused = record === null ? null : refusalOf(ports, record, about.command(sent.by, value, origin));
      if (refused !== null) return sent.object(plainLine(outcomeLine(ports, refused, sent.by)));
      const subject = record === null ? null : subjectOf(ports, record);
      await sent.answer(followedBy(about.show(origin, value, subject)));
    });
  });
  listeners.view(about.preview, async (args) => {
    const sent = submissionOf(ports, args);
    const origin = submittedFrom(sent);
    await withFields(sent, about.read(sent.values, ports.clock.now()), (value) => {
      const command = about.command(sent.by, value, origin);
      return settleForm(ports, sent, handleCommand(ports, origin.ticketId, command, sent.cause));
    });
  });
};

/** Nobody should look over words that could not be sent anyway. */
const refusalOf = ({ desks, clock }: Listening, record: TicketRecord, command: Command): Outcome | null => {
  const { ticket } = record;
  const context = { desk: desks.desk(), policy: desks.policy(ticket.policyVersion), now: clock.now() };
  const decision = decide(ticket, command, context);
  return decision.ok ? null : { kind: 'refused', refusal: decision.refusal, record };
};
