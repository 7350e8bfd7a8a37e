import type { ViewOutput } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { type Message, plain } from '../views/message.ts';

/** What a sent form is answered with. */
export type FormAnswer =
  | { readonly response_action: 'clear' }
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update' | 'push'; readonly view: ModalView };

/** Everything is stored: the form goes, and those below it. */
export const closed: FormAnswer = { response_action: 'clear' };

/** The form shows a sentence under each of these fields, and stays as typed. */
export const fieldErrors = (errors: Readonly<Record<string, string>>): FormAnswer => ({
  response_action: 'errors',
  errors: { ...errors },
});

/** The same for a sentence about the whole: it stands under the first field. */
export const errorsOn = (view: Pick<ViewOutput, 'blocks'>, sentence: string): FormAnswer =>
  fieldErrors({ [firstField(view)]: sentence });

const firstField = ({ blocks }: Pick<ViewOutput, 'blocks'>): string =>
  blocks.find(({ type, block_id }) => type === 'input' && block_id !== undefined)?.block_id ?? '';

const movedOnId = 'moved-on';

/**
 * The form as typed, below a sentence about how the ticket stands by now; its next submit is meant for that (4.4). Slack
 * keeps what stands in fields that keep their ids.
 */
export const reconsidered = (view: ViewOutput, metadata: string, how: Message): FormAnswer =>
  replacedBy({
    type: 'modal',
    callback_id: view.callback_id,
    title: plain(view.title.text),
    submit: plain(view.submit?.text ?? 'Send'),
    close: plain(view.close?.text ?? 'Cancel'),
    private_metadata: metadata,
    blocks: [
      ...how.blocks.map((block) => ({ ...block, block_id: movedOnId })),
      ...view.blocks.filter(({ block_id }) => block_id !== movedOnId),
    ],
  });

export const replacedBy = (view: ModalView): FormAnswer => ({ response_action: 'update', view });
export const followedBy = (view: ModalView): FormAnswer => ({ response_action: 'push', view });
