import { ticketName } from '../domain/ticket.ts';
import type { Outcome } from '../flows/handle-command.ts';
import { openByForm, type SentForm } from '../flows/open-by-form.ts';
import { formIds } from '../views/ids.ts';
import { shortTitle } from '../views/labels.ts';
import { bold } from '../views/line.ts';
import { saying } from '../views/message.ts';
import { type NewTicketContext, parseNewTicketContext, readNewTicketForm } from '../views/new-ticket-form.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { closed, type FormAnswer, replacedBy } from './form-answers.ts';
import { messageFromSlack } from './read-from-slack.ts';
import { type SubmitArgs, settleForm, submissionOf, withFields } from './submission.ts';
import { textView } from './text-view.ts';

/** "New ticket", sent (2.1, 2.2). Customers get their receipt; staff are told the number, for the one on the phone. */
export const registerNewTicket = (listeners: ById, ports: Listening): void => {
  listeners.view(formIds.newTicket, async (args) => {
    const sent = submissionOf(ports, args);
    const context = parseNewTicketContext(sent.metadata);
    if (context === null) throw new Error(`Reading form '${sent.viewId}' failed: it does not say where it came from`);
    await withFields(sent, readNewTicketForm(sent.values, context), ({ customer: picked, ...fields }) => {
      const work = async (): Promise<Outcome> => {
        const customer = picked === null ? null : await ports.directory.person(picked, null);
        const about = await aboutMessage(ports, args, context);
        const origin = { viewId: sent.viewId, source: context.source, for: context.for };
        return openByForm(ports, sent.by, { ...fields, ...origin, customer, about });
      };
      return settleForm(ports, sent, work(), context.for === 'staff' ? numberTold : () => closed);
    });
  });
};

const numberTold = ({ record }: Outcome): FormAnswer => {
  if (record === null) return closed;
  const { ticket } = record;
  return replacedBy(textView(saying([bold(ticketName(ticket)), ` is open: ${shortTitle(ticket)}`])));
};

/** The message that the form is about, read again: its newest text and its files go with it. */
const aboutMessage = async (
  ports: Listening,
  { client, context }: SubmitArgs,
  { messageKey }: NewTicketContext,
): Promise<SentForm['about']> => {
  if (messageKey === null) return null;
  const colon = messageKey.indexOf(':');
  const channel = messageKey.slice(0, colon);
  const ts = messageKey.slice(colon + 1);
  const message = await messageFromSlack(ports, client, context.botUserId ?? '', channel, ts);
  return { channel, ts, message };
};
