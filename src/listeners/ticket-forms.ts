import type { Command } from '../domain/command.ts';
import type { Instant } from '../domain/instant.ts';
import type { Person } from '../domain/person.ts';
import { handleCommand, type Outcome } from '../flows/handle-command.ts';
import { readAssignForm } from '../views/assign-form.ts';
import { readEscalateForm } from '../views/escalate-form.ts';
import type { FormOrigin } from '../views/form-origin.ts';
import type { FormRead } from '../views/form-values.ts';
import { formIds } from '../views/ids.ts';
import {
  addDetails,
  callManagers,
  dismiss,
  handBack,
  handOverNote,
  note,
  reopen,
  waitForCustomer,
} from '../views/reason-forms.ts';
import { readToldForm } from '../views/told-form.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { settleForm, submissionOf, submittedFrom, withFields } from './submission.ts';

interface Sent {
  readonly by: Person;
  readonly viewId: string;
  readonly origin: FormOrigin;
  readonly now: Instant;
}

/** Every form about a ticket: its own reader gives a command or a sentence under each wrong field. */
export const registerTicketForms = (listeners: ById, ports: Listening): void => {
  const on = <T>(
    id: string,
    read: (values: unknown, now: Instant) => FormRead<T>,
    commandFrom: (value: T, sent: Sent) => Command | Promise<Command>,
  ): void => {
    listeners.view(id, async (args) => {
      const sent = submissionOf(ports, args);
      const origin = submittedFrom(sent);
      const now = ports.clock.now();
      await withFields(sent, read(sent.values, now), (value) => {
        const work = async (): Promise<Outcome> => {
          const command = await commandFrom(value, { by: sent.by, viewId: sent.viewId, origin, now });
          return handleCommand(ports, origin.ticketId, command, sent.cause);
        };
        return settleForm(ports, sent, work());
      });
    });
  };

  on(formIds.addDetails, addDetails.read, (text, { by, viewId, now }) => ({
    type: 'customer-say',
    by,
    messageKey: `view:${viewId}`,
    text,
    files: [],
    at: now,
    joined: false,
    via: 'form',
  }));
  on(formIds.note, note.read, (text, { by }) => ({ type: 'note', by, text }));
  on(formIds.handOverNote, handOverNote.read, (text, { by }) => ({ type: 'add-hand-over-note', by, note: text }));
  on(formIds.wait, waitForCustomer.read, (need, { by, origin }) => ({ type: 'wait', by, need, seenStep: origin.step }));
  on(formIds.told, readToldForm, (fields, { by }) => ({ type: 'told', by, ...fields }));
  on(formIds.dismiss, dismiss.read, (reason, { by, origin }) => ({
    type: 'dismiss',
    by,
    reason,
    seenStep: origin.step,
  }));
  on(formIds.reopen, reopen.read, (reason, { by, origin }) => ({
    type: 'reopen',
    by,
    as: 'staff',
    reason,
    seenStep: origin.step,
  }));
  on(formIds.handBack, handBack.read, (reason, { by, origin }) => ({
    type: 'hand-back',
    by,
    reason,
    seenStep: origin.step,
  }));
  on(formIds.escalate, readEscalateForm, (fields, { by, origin }) => ({
    type: 'escalate',
    by,
    ...fields,
    seenStep: origin.step,
  }));
  on(formIds.callManagers, callManagers.read, (reason, { by, origin }) => ({
    type: 'escalate',
    by,
    toTier: null,
    reason,
    note: '',
    seenStep: origin.step,
  }));
  on(formIds.assign, readAssignForm, async ({ userId, note: words }, { by }) => ({
    type: 'assign',
    handOver: false,
    by,
    to: await ports.directory.person(userId, null),
    note: words,
  }));
};
