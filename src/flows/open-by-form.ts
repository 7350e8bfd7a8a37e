import { isStaff, type Person } from '../domain/person.ts';
import type { Impact, Kind, Service, Urgency } from '../domain/policy.ts';
import type { Customer, Place, Reach, Source } from '../domain/ticket.ts';
import type { Outcome } from './handle-command.ts';
import { type Incoming, messageKey, rootOf, threadsFrom } from './incoming.ts';
import { ticketIdOf } from './open-from-message.ts';
import { openTicket } from './open-ticket.ts';
import type { Ports } from './ports.ts';

/** A sent "New ticket" form (2.2). */
export interface SentForm {
  readonly viewId: string;
  readonly source: Source;
  /** Staff say whose issue it is; a customer's own form is about themselves. */
  readonly for: 'customer' | 'staff';
  readonly title: string;
  readonly description: string;
  readonly kind: Kind;
  readonly service: Service;
  readonly impact: Impact;
  readonly urgency: Urgency;
  /** The Slack person staff picked. */
  readonly customer: Person | null;
  /** The name staff wrote, of someone who is not in Slack. */
  readonly name: string | null;
  readonly reach: Reach;
  readonly contact: string | null;
  /** Where the form is about a message: its key, and the message where Slack lets us read it. */
  readonly about: { readonly channel: string; readonly ts: string; readonly message: Incoming | null } | null;
}

/**
 * Opens a ticket from a form, once for each form, and once for each message that a form is about (2.1, 2.4, 14.7).
 * The customer is spoken to in the thread of their message, else in a DM; a customer who is not in Slack, nowhere (2.9).
 */
export const openByForm = async (ports: Ports, by: Person, form: SentForm): Promise<Outcome> => {
  const { team } = ports.desks.desk();
  const now = ports.clock.now();
  const customer = customerOf(by, form);
  const message = await threadMessage(ports, form, customer);
  const isOwnWords = message !== null && message.userId === customer.userId;
  const { title, description, kind, service, impact, urgency, source } = form;
  return openTicket(
    ports,
    by,
    {
      id: idOf(team, form, customer, message),
      source,
      customer,
      place: placeOf(customer, message),
      title,
      description,
      kind,
      service,
      guessed: false,
      impact,
      urgency,
      messageKey: isOwnWords ? messageKey(message.channel, message.ts) : null,
      threads: message === null ? [] : threadsFrom(message),
      files: isOwnWords ? message.files : [],
      // The clocks of a form start when it is sent, however old the message is that it is about.
      openedAt: now,
    },
    { id: `view:${form.viewId}`, at: now },
  );
};

/** One ticket for a customer's message; of a message of staff, one for each customer it is about. */
const idOf = (team: string, { viewId, about }: SentForm, { userId }: Customer, message: Incoming | null): string => {
  if (about === null) return `${team}:view:${viewId}`;
  const id = ticketIdOf(team, about.channel, about.ts);
  return message === null ? `${id}:${userId ?? viewId}` : id;
};

const customerOf = (by: Person, { for: whose, customer, name, reach, contact }: SentForm): Customer => {
  const person = whose === 'customer' ? by : customer;
  if (person === null) return { userId: null, team: null, name: name ?? '', reach, contact };
  return { userId: person.userId, team: person.team, name: person.name, reach, contact };
};

/** The message whose thread is the customer's place: never one of staff's own, which customers may not see (2.10). */
const threadMessage = async (
  { directory, desks }: Ports,
  { about, for: whose }: SentForm,
  customer: Customer,
): Promise<Incoming | null> => {
  const message = about?.message ?? null;
  if (message === null) return null;
  if (message.userId === customer.userId) return message;
  if (whose === 'staff') return null;
  const author = await directory.person(message.userId, message.team);
  return isStaff(author, desks.desk()) ? null : message;
};

const placeOf = ({ userId }: Customer, message: Incoming | null): Place => {
  if (message !== null) return { kind: 'thread', channel: message.channel, threadTs: rootOf(message) };
  return userId === null ? { kind: 'none' } : { kind: 'dm', userId };
};
