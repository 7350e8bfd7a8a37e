import type { Desk } from '../domain/desk.ts';
import type { Kind, Service } from '../domain/keyword-guess.ts';
import type { Impact, Priority, Urgency } from '../domain/priority.ts';
import type { Owed, Reach, Ticket } from '../domain/ticket.ts';
import { cutLine } from './cut.ts';

export const priorityNames: Readonly<Record<Priority, string>> = {
  critical: 'Critical',
  high: 'High',
  normal: 'Normal',
  low: 'Low',
};

export const kindNames: Readonly<Record<Kind, string>> = {
  technical: 'Technical',
  billing: 'Billing',
  service: 'Service',
};

export const serviceNames: Readonly<Record<Service, string>> = {
  'shared-hosting': 'Shared hosting',
  vps: 'VPS',
  'dedicated-server': 'Dedicated server',
  domain: 'Domain',
  other: 'Other',
};

export const impactNames: Readonly<Record<Impact, string>> = {
  person: 'One person',
  site: 'One site or server',
  many: 'Many customers',
};

export const urgencyNames: Readonly<Record<Urgency, string>> = {
  'can-wait': 'It can wait',
  degraded: 'It works badly',
  down: 'It is down',
};

export const reachNames: Readonly<Record<Reach, string>> = { chat: 'Chat', 'e-mail': 'E-mail', phone: 'Phone' };

/** What the customer is owed by a person (7.5). */
export const owedNames: Readonly<Record<Owed, string>> = {
  receipt: 'that we have their issue',
  escalation: 'that it was escalated',
  waiting: 'what we need from them',
  update: 'how it stands',
  'solved?': 'the solution, and the question whether it is solved',
  closing: 'that it is closed',
  reopening: 'that it is open again',
};

/** "Tier 2 · Advanced", for staff. */
export const tierName = (desk: Desk, tier: number): string => named(desk, tier, (name) => `Tier ${tier} · ${name}`);

/** "Tier 2 (Advanced)", inside a sentence. */
export const tierInWords = (desk: Desk, tier: number): string => named(desk, tier, (name) => `Tier ${tier} (${name})`);

const named = (desk: Desk, tier: number, full: (name: string) => string): string => {
  const name = cutLine(desk.tiers[tier - 1]?.name ?? '', 40);
  if (name === '') return `Tier ${tier}`;
  return name.toLowerCase().startsWith(`tier ${tier}`) ? name : full(name);
};

/** "Technical, VPS (a guess)", or "not sorted" (2.7). */
export const sortingText = ({ kind, service, guessed }: Pick<Ticket, 'kind' | 'service' | 'guessed'>): string => {
  const known = [kind === null ? null : kindNames[kind], service === null ? null : serviceNames[service]];
  const names = known.filter((name) => name !== null);
  if (names.length === 0) return 'not sorted';
  return `${names.join(', ')}${guessed ? ' (a guess)' : ''}`;
};

/** How the ticket stands, for staff. */
export const statusText = (ticket: Ticket): string => {
  switch (ticket.status) {
    case 'open':
      return ticket.owner === null ? 'Open, nobody has it' : 'Open, in work';
    case 'waiting':
      return 'Waiting for the customer';
    case 'resolved':
      return 'Resolved, waiting for the customer to confirm';
    case 'closed':
      return closedText(ticket);
  }
};

const closedText = ({ outcome }: Ticket): string => {
  switch (outcome) {
    case 'confirmed':
      return 'Closed, confirmed';
    case 'unconfirmed':
      return 'Closed, unconfirmed';
    case 'dismissed':
      return 'Dismissed';
    case null:
      return 'Closed';
  }
};

/** How the ticket stands, for its customer. */
export const customerStatusText = ({ status, owner }: Ticket): string => {
  switch (status) {
    case 'open':
      return owner === null ? 'with our team' : 'being worked on';
    case 'waiting':
      return 'waiting for your answer';
    case 'resolved':
      return 'solved as far as we can tell; please confirm';
    case 'closed':
      return 'closed';
  }
};

/** The title for one line; a removed or erased one still has to be called something. */
export const shortTitle = ({ title }: Pick<Ticket, 'title'>, limit = 150): string =>
  title.trim() === '' ? 'No title' : cutLine(title, limit);

/** A person's plain display name (7.1); Tierline itself where nobody did it. */
export const nameOf = (by: { readonly name: string } | null): string => {
  if (by === null) return 'Tierline';
  return by.name.trim() === '' ? 'Somebody' : cutLine(by.name, 80);
};

export const customerName = ({ customer }: Ticket): string =>
  customer.name.trim() === '' ? 'A customer' : cutLine(customer.name, 80);
