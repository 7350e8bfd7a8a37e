/** Forms: filled by a person, checked by Slack, sent to the app, and what the ack does to the stack of modals. */
import { ApiError } from './api-error.ts';
import { complaintsOfSlack, filled } from './field-state.ts';
import { isRecord, textIn } from './json.ts';
import { findElement } from './slack-elements.ts';
import type { Exchange } from './slack-exchange.ts';
import type { Modals } from './slack-modals.ts';
import type { FieldValue, FormValues, Outcome, Refusal, Submission } from './slack-records.ts';
import type { OpenView, Person } from './slack-world.ts';

export type Forms = {
  submitted(person: Person, slot: OpenView): Promise<Submission>;
  viewClosed(person: Person, slot: OpenView): Promise<Outcome>;
};

/** Puts values into a form as a person would; unknown fields are a mistake of the caller. */
export const fill = (slot: OpenView, values: FormValues): void => {
  for (const [blockId, given] of Object.entries(values)) {
    const block = slot.view.blocks.find((one) => one.block_id === blockId);
    const fields = slot.typed[blockId];
    if (!block || !fields) {
      throw new Error(`Cannot fill "${blockId}": the form has ${Object.keys(slot.typed).join(', ')}`);
    }
    const byAction = isRecord(given) ? Object.entries(given) : [[Object.keys(fields)[0] ?? '', given] as const];
    for (const [actionId, value] of byAction) {
      const { element } = findElement([block], actionId);
      fields[actionId] = filled(element, value as FieldValue);
    }
  }
};

const refusedForm = (errors: Record<string, string>): Submission => ({
  acked: false,
  afterMs: 0,
  body: {},
  error: null,
  replies: [],
  errors,
  refusedBySlack: true,
  updated: false,
  pushed: false,
  closed: false,
});

export const createForms = (
  { aboutView, interact }: Exchange,
  modals: Modals,
  refuse: (refusal: Omit<Refusal, 'at'>) => void,
): Forms => {
  const plain = (outcome: Outcome): Submission => ({
    ...outcome,
    errors: null,
    refusedBySlack: false,
    updated: false,
    pushed: false,
    closed: false,
  });

  const inputIds = (slot: OpenView): readonly string[] =>
    slot.view.blocks.filter((block) => block.type === 'input').map((block) => textIn(block.block_id));

  const fieldErrors = (slot: OpenView, given: unknown): Record<string, string> => {
    const errors = isRecord(given) ? given : {};
    const entries = Object.entries(errors).map(([id, says]) => [id, textIn(says)] as const);
    const stray = entries.find(([id, says]) => !inputIds(slot).includes(id) || says === '');
    if (entries.length === 0 || stray) {
      throw new ApiError(
        'invalid_response_action',
        `errors for "${stray?.[0] ?? ''}": no such input block, or no words`,
      );
    }
    return Object.fromEntries(entries);
  };

  /** Does what the ack asks for; throws ApiError where Slack would show "trouble connecting". */
  const obey = (person: Person, slot: OpenView, outcome: Outcome): Submission => {
    const { response_action: asked, errors, view } = outcome.body;
    const none = plain(outcome);
    if (asked === 'errors') return { ...none, errors: fieldErrors(slot, errors) };
    if (asked === 'update') {
      modals.answerUpdate(person.id, view);
      return { ...none, updated: true };
    }
    if (asked === 'push') {
      modals.answerPush(person.id, view);
      return { ...none, pushed: true };
    }
    if (asked !== undefined && asked !== 'clear') throw new ApiError('invalid_response_action', String(asked));
    if (modals.top(person.id) === slot || asked === 'clear') modals.close(person.id, asked === 'clear');
    return { ...none, closed: true };
  };

  const submitted: Forms['submitted'] = async (person, slot) => {
    const complaints = complaintsOfSlack(slot.view.blocks, slot.typed);
    if (Object.keys(complaints).length > 0) return refusedForm(complaints);
    const outcome = await interact({
      type: 'view_submission',
      ...aboutView(person, slot),
      trigger_id: modals.mintTrigger(person.id, true),
      response_urls: [],
    });
    if (!outcome.acked) return plain(outcome);
    try {
      return obey(person, slot, outcome);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refuse({ method: 'view_submission', error: error.code, args: outcome.body, detail: error.message });
      return { ...plain(outcome), error: error.code };
    }
  };

  const viewClosed: Forms['viewClosed'] = (person, slot) => {
    modals.close(person.id, false);
    if (slot.view.notify_on_close !== true) {
      return Promise.resolve({ acked: true, afterMs: 0, body: {}, error: null, replies: [] });
    }
    return interact({ type: 'view_closed', ...aboutView(person, slot), is_cleared: false });
  };

  return { submitted, viewClosed };
};
