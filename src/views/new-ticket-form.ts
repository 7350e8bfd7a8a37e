import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { type Kind, kinds, type Service, services } from '../domain/keyword-guess.ts';
import { type Impact, impacts, type Urgency, urgencies } from '../domain/priority.ts';
import type { Reach } from '../domain/ticket.ts';
import { titleLimit } from '../domain/title.ts';
import { choiceField, inputLimit, modal, personField, textField } from './form-fields.ts';
import { jsonIn } from './form-origin.ts';
import { choiceIn, type FormRead, formRead, needed, personIn, textIn } from './form-values.ts';
import { fieldIds, formIds } from './ids.ts';
import { impactNames, kindNames, reachNames, serviceNames, urgencyNames } from './labels.ts';

/** Where the form was opened, and the message it is about (`channel:ts`), where it is about one. */
const contextSchema = z.object({
  for: z.enum(['customer', 'staff']),
  channel: z.string().nullable(),
  messageKey: z.string().nullable(),
  source: z.enum(['dm', 'message-shortcut', 'global-shortcut', 'command', 'message', 'mention']),
});
export type NewTicketContext = Readonly<z.infer<typeof contextSchema>>;

/** What may stand in the fields at first. */
export interface NewTicketPrefill {
  readonly title?: string;
  readonly description?: string;
  readonly kind?: Kind | null;
  readonly service?: Service | null;
  /** The Slack person the ticket is for. */
  readonly customer?: string;
}

export interface NewTicketFields {
  readonly title: string;
  readonly description: string;
  readonly kind: Kind;
  readonly service: Service;
  readonly impact: Impact;
  readonly urgency: Urgency;
  /** The Slack person, where one was picked; a customer's own form has none. */
  readonly customer: string | null;
  readonly name: string | null;
  readonly reach: Reach;
  readonly contact: string | null;
}

/** The form for a new ticket (2.2). Staff also say whose issue it is: a person in Slack, or a name. */
export const newTicketForm = (context: NewTicketContext, prefill: NewTicketPrefill = {}): ModalView =>
  modal({
    id: formIds.newTicket,
    title: 'New ticket',
    submit: 'Open ticket',
    metadata: JSON.stringify(context),
    blocks: [
      ...(context.for === 'staff' ? whoFields(prefill) : []),
      ...whatFields(prefill),
      ...reachFields(context, prefill),
    ],
  });

const whatFields = (prefill: NewTicketPrefill): readonly KnownBlock[] => [
  textField({ id: fieldIds.title, label: 'Title', max: titleLimit, initial: prefill.title ?? null }),
  textField({
    id: fieldIds.description,
    label: 'What happens?',
    hint: 'What you see, since when, and on which site or server. Please leave passwords out.',
    lines: 'many',
    max: inputLimit,
    initial: prefill.description ?? null,
  }),
  choiceField({ id: fieldIds.kind, label: 'Kind', names: kindNames, initial: prefill.kind ?? null }),
  choiceField({ id: fieldIds.service, label: 'Service', names: serviceNames, initial: prefill.service ?? null }),
  choiceField({ id: fieldIds.impact, label: 'Who is hit?', names: impactNames }),
  choiceField({ id: fieldIds.urgency, label: 'How bad is it?', names: urgencyNames }),
];

const whoFields = (prefill: NewTicketPrefill): readonly KnownBlock[] => [
  personField({
    id: fieldIds.customer,
    label: 'Customer in Slack',
    optional: true,
    initial: prefill.customer ?? null,
  }),
  textField({
    id: fieldIds.name,
    label: 'Customer name',
    hint: 'Only where the customer is not in Slack.',
    optional: true,
    max: 80,
  }),
];

const reachFields = (context: NewTicketContext, prefill: NewTicketPrefill): readonly KnownBlock[] => {
  const isInSlack = context.for === 'customer' || prefill.customer !== undefined;
  return [
    choiceField({
      id: fieldIds.reach,
      label: context.for === 'customer' ? 'How do we reach you?' : 'How do we reach them?',
      names: reachNames,
      initial: isInSlack ? 'chat' : null,
    }),
    textField({
      id: fieldIds.contact,
      label: 'E-mail address or phone number',
      hint: 'Needed for e-mail and phone.',
      optional: true,
      max: 200,
    }),
  ];
};

/** Reads the form's private_metadata; `null` when it is none of ours. */
export const parseNewTicketContext = (metadata: string): NewTicketContext | null => {
  const parsed = contextSchema.safeParse(jsonIn(metadata));
  return parsed.success ? parsed.data : null;
};

export const readNewTicketForm = (values: unknown, context: NewTicketContext): FormRead<NewTicketFields> => {
  const title = textIn(values, fieldIds.title);
  const description = textIn(values, fieldIds.description);
  const kind = choiceIn(values, fieldIds.kind, kinds);
  const service = choiceIn(values, fieldIds.service, services);
  const impact = choiceIn(values, fieldIds.impact, impacts);
  const urgency = choiceIn(values, fieldIds.urgency, urgencies);
  const customer = personIn(values, fieldIds.customer);
  const name = textIn(values, fieldIds.name);
  const reach = choiceIn(values, fieldIds.reach, reaches);
  const contact = textIn(values, fieldIds.contact);
  const isInSlack = context.for === 'customer' || customer !== null;
  const complaints = {
    title: needed(title, 'Please give it a title'),
    description: needed(description, 'Please say what happens'),
    kind: needed(kind, 'Please choose a kind'),
    service: needed(service, 'Please choose a service, or Other'),
    impact: needed(impact, 'Please say who is hit'),
    urgency: needed(urgency, 'Please say how bad it is'),
    name: isInSlack || name !== null ? null : 'Please pick the customer in Slack above, or write their name here',
    reach: reachComplaint(reach, isInSlack),
    contact: contactComplaint(reach, contact),
  };
  return formRead(complaints, () =>
    title && description && kind && service && impact && urgency && reach
      ? { title, description, kind, service, impact, urgency, customer, name, reach, contact }
      : null,
  );
};

const reaches = ['chat', 'e-mail', 'phone'] as const;

const reachComplaint = (reach: Reach | null, isInSlack: boolean): string | null => {
  if (reach === null) return 'Please choose a way';
  return reach === 'chat' && !isInSlack ? 'Chat reaches only people in Slack: pick the person, or another way' : null;
};

const contactComplaint = (reach: Reach | null, contact: string | null): string | null => {
  switch (reach) {
    case 'e-mail':
      return contact !== null && /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact)
        ? null
        : 'Please give an e-mail address, such as ana@example.com';
    case 'phone':
      return contact !== null && /\d{3}/.test(contact.replace(/[\s()/.-]/g, '')) ? null : 'Please give a phone number';
    case 'chat':
    case null:
      return null;
  }
};
