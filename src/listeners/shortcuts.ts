import type { App, GlobalShortcut, MessageShortcut } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { isStaff, type Person } from '../domain/person.ts';
import { titleFrom } from '../domain/title.ts';
import { findTicketById, findTicketByThread } from '../flows/find-ticket.ts';
import { messageKey } from '../flows/incoming.ts';
import type { TicketRecord } from '../flows/ports.ts';
import { parseButtonValue, parseMenuValue } from '../views/button-value.ts';
import { shortcutIds } from '../views/ids.ts';
import { type NewTicketPrefill, newTicketForm } from '../views/new-ticket-form.ts';
import { actorIn, arrivalIn, type Listening } from './context.ts';
import { faultSentence } from './errors.ts';
import { lookAt } from './looks.ts';
import { openedInTime, redrawView } from './open-view.ts';
import { plainTextOf } from './slack-text.ts';
import { loadingView, textView } from './text-view.ts';

/** "New ticket" from anywhere, and "Create ticket" on a message (2.1, 2.10). */
export const registerShortcuts = (app: App, ports: Listening): void => {
  app.shortcut<GlobalShortcut>(
    { callback_id: shortcutIds.newTicket, type: 'shortcut' },
    async ({ ack, shortcut, context, client }) => {
      const by = actorIn(context);
      const form = newTicketForm({
        for: isStaff(by, ports.desks.desk()) ? 'staff' : 'customer',
        channel: null,
        messageKey: null,
        source: 'global-shortcut',
      });
      const opening = client.views.open({ trigger_id: shortcut.trigger_id, view: form });
      await openedInTime(arrivalIn(context), () => ack(), opening);
      await ack();
    },
  );

  app.shortcut<MessageShortcut>(
    { callback_id: shortcutIds.createTicket, type: 'message_action' },
    async ({ ack, shortcut, context, client }) => {
      const opening = client.views.open({ trigger_id: shortcut.trigger_id, view: loadingView() });
      const opened = await openedInTime(arrivalIn(context), () => ack(), opening);
      await ack();
      const fill = async (): Promise<unknown> =>
        redrawView(client, opened, await viewFor(ports, actorIn(context), about(shortcut)));
      ports.afterwards.run(fill, (error) => {
        const said = textView(faultSentence(ports.log, error));
        return redrawView(client, opened, said).catch((again: unknown) =>
          ports.log.warn('answer not given', { error: again }),
        );
      });
    },
  );
};

const messageSchema = z.object({
  ts: z.string(),
  thread_ts: z.string().nullish(),
  user: z.string().nullish(),
  user_team: z.string().nullish(),
  team: z.string().nullish(),
  bot_id: z.string().nullish(),
  text: z.string().nullish(),
  blocks: z.array(z.object({ elements: z.array(z.unknown()).optional() })).optional(),
});

interface About {
  readonly channel: string;
  readonly message: z.infer<typeof messageSchema>;
}

const about = (shortcut: MessageShortcut): About => ({
  channel: shortcut.channel.id,
  message: messageSchema.parse(shortcut.message),
});

/** The ticket that the message belongs to, else the form to open one from it (2.10). */
const viewFor = async (ports: Listening, by: Person, place: About): Promise<ModalView> => {
  const found = await ticketOf(ports, by, place);
  return found.isThere ? textView(lookAt(ports, 'show', found.record, by)) : formAbout(ports, by, place);
};

/** @returns `isThere` without a record: there is one, and this person may not know of it (11) */
const ticketOf = async (
  ports: Listening,
  by: Person,
  { channel, message }: About,
): Promise<{ readonly isThere: boolean; readonly record: TicketRecord | null }> => {
  const shown = message.bot_id ? ticketIdIn(message.blocks ?? []) : null;
  if (shown !== null) return { isThere: true, record: await findTicketById(ports, by, shown) };
  const byRoot = await findTicketByThread(ports, by, messageKey(channel, message.thread_ts ?? message.ts));
  return byRoot.isThere ? byRoot : findTicketByThread(ports, by, messageKey(channel, message.ts));
};

const element = z.object({
  value: z.string().optional(),
  options: z.array(z.object({ value: z.string() })).optional(),
});

/** A card has no thread of a customer, but its buttons name the ticket. */
const ticketIdIn = (blocks: readonly { readonly elements?: readonly unknown[] | undefined }[]): string | null => {
  const found = blocks.flatMap(({ elements = [] }) =>
    elements.flatMap((each) => {
      const { value = '', options = [] } = element.safeParse(each).data ?? {};
      return [parseButtonValue(value), ...options.map((option) => parseMenuValue(option.value))];
    }),
  );
  return found.find((value) => value !== null)?.ticketId ?? null;
};

const formAbout = async (ports: Listening, by: Person, { channel, message }: About): Promise<ModalView> => {
  const desk = ports.desks.desk();
  const nameOf = async (userId: string): Promise<string> => (await ports.directory.person(userId, null)).name;
  const text = (await plainTextOf(message.text ?? '', nameOf)).trim();
  const author =
    message.user && !message.bot_id
      ? await ports.directory.person(message.user, message.user_team ?? message.team ?? null)
      : null;
  const isCustomers = author !== null && !isStaff(author, desk);
  const prefill: NewTicketPrefill = {
    ...(text === '' ? {} : { title: titleFrom(text), description: text }),
    ...(isCustomers ? { customer: author.userId } : {}),
  };
  const whose = isStaff(by, desk) ? 'staff' : 'customer';
  const key = messageKey(channel, message.ts);
  return newTicketForm({ for: whose, channel, messageKey: key, source: 'message-shortcut' }, prefill);
};
