import type { ModalView } from '@slack/types';
import type { Refusal } from '../../src/domain/decision.ts';
import type { Desk, TierTrouble } from '../../src/domain/desk.ts';
import type { Policy } from '../../src/domain/policy.ts';
import { perPage } from '../../src/flows/list-tickets.ts';
import { assignForm } from '../../src/views/assign-form.ts';
import { deskMessage } from '../../src/views/desk-message.ts';
import { faultMessage, takesLonger, tryAgain } from '../../src/views/error-sentences.ts';
import { escalateForm } from '../../src/views/escalate-form.ts';
import { handedOverMessage } from '../../src/views/handed-over-message.ts';
import { helpMessage, unknownCommandMessage } from '../../src/views/help-message.ts';
import { historyMessage } from '../../src/views/history.ts';
import { howEscalationWorks } from '../../src/views/how-escalation-works.ts';
import type { Message } from '../../src/views/message.ts';
import { moreForm } from '../../src/views/more-form.ts';
import { newTicketForm } from '../../src/views/new-ticket-form.ts';
import { policyMessage } from '../../src/views/policy-message.ts';
import {
  addOrNewPrompt,
  belongsAlready,
  openedFromPrompt,
  openTicketPrompt,
  promptGone,
} from '../../src/views/prompts.ts';
import * as reasonForms from '../../src/views/reason-forms.ts';
import { refusalMessage } from '../../src/views/refusal-message.ts';
import { claimOfferMessage } from '../../src/views/remind-message.ts';
import { resolveForm, resolvePreview } from '../../src/views/resolve-form.ts';
import { carried, type Subject } from '../../src/views/subject.ts';
import { customerTicketDetails, ticketDetails } from '../../src/views/ticket-details.ts';
import { ticketList } from '../../src/views/ticket-list.ts';
import { toldForm } from '../../src/views/told-form.ts';
import { triageForm, triageWarning } from '../../src/views/triage-form.ts';
import { updateForm, updatePreview } from '../../src/views/update-form.ts';
import { whyMessage, whyWording } from '../../src/views/why-message.ts';
import { openingTime } from './a-record.ts';

const notSaid = (['call', 'receipt'] as const).map((kind) => ({ kind, at: openingTime }));

/** Every answer and every prompt about a ticket, each in each of its shapes; the notices are in {@link whatIsSaid}. */
export const everyAnswer = (subject: Subject): readonly Message[] => {
  const { ticket, desk, policy } = subject;
  const free = { ...subject, ticket: { ...ticket, owner: null, status: 'open' as const } };
  const offer = claimOfferMessage(free);
  if (offer === null) throw new Error('Nobody is offered a ticket that nobody has');
  return [
    ticketDetails(subject),
    customerTicketDetails(subject),
    ...(['customer', 'staff', 'manager'] as const).flatMap((reader) =>
      [0, 1, 9].map((page) => historyMessage(subject, reader, page, notSaid)),
    ),
    ...(['staff', 'customer'] as const).flatMap((reader) => everyList(subject, reader)),
    offer,
    addOrNewPrompt(ticket, 'C1:1.1'),
    openTicketPrompt('C1:1.1'),
    openedFromPrompt(999_999),
    belongsAlready(999_999),
    promptGone,
    unknownCommandMessage(ticket.description, 'list'),
    unknownCommandMessage(ticket.description, null),
    ...[0, 1, 300].flatMap((count) => handedOver(ticket.customer, count)),
    whyMessage({ ticket }, [{ clock: 'update', sentences: Array.from({ length: 60 }, () => ticket.description) }]),
    whyMessage({ ticket }, []),
    ...everyRefusal(ticket.customer.name).flatMap((refusal) =>
      [true, false].map((isStaff) => refusalMessage(refusal, { isStaff })),
    ),
    ...everyWordOfTheDesk(policy, desk, { by: ticket.customer.name, why: ticket.description }),
    takesLonger,
    tryAgain('7F3K2Q'),
    faultMessage('7F3K2Q'),
  ];
};

/** What is said about desk and policy alone. */
export const everyWordOfTheDesk = (
  policy: Policy,
  desk: Desk,
  version: { readonly by: string; readonly why: string },
): readonly Message[] => [
  helpMessage('customer', policy, desk),
  helpMessage('staff', policy, desk),
  policyMessage({ version: 1, policy, publishedAt: openingTime, ...version }, desk),
  deskMessage(desk, everyTrouble(desk), []),
  deskMessage(desk, [], everyTrouble(desk)),
  deskMessage(desk, everyTrouble(desk), everyTrouble(desk)),
];

/** Every form in each of its shapes. */
export const everyForm = (subject: Subject): readonly ModalView[] => {
  const { ticket } = subject;
  const origin = { ticketId: ticket.id, step: ticket.step, channel: 'C1' };
  const chosen = { kind: null, service: null, impact: 'many', urgency: 'down', reason: ticket.description } as const;
  const context = { channel: 'C1', messageKey: 'C1:1.1', source: 'command' } as const;
  const prefill = { title: ticket.title, description: ticket.description, customer: 'U1' };
  const critical = { ...subject, ticket: { ...ticket, tier: 1, priority: 'critical' as const } };
  const fix = { cause: ticket.description, fix: ticket.description, message: ticket.description };
  return [
    newTicketForm({ ...context, for: 'customer' }),
    newTicketForm({ ...context, for: 'staff' }, prefill),
    ...Object.values(reasonForms).map(({ form }) => form(origin)),
    updateForm(origin),
    updatePreview(origin, { text: ticket.description || 'x', expectedAt: openingTime }, subject),
    updatePreview(origin, { text: 'x', expectedAt: null }, null),
    resolveForm(origin),
    resolvePreview(origin, fix, subject),
    resolvePreview(origin, fix, null),
    escalateForm(origin, null),
    escalateForm(origin, critical),
    assignForm(origin),
    toldForm(origin, openingTime),
    triageForm(origin, null),
    triageForm(origin, subject),
    triageForm(origin, subject, chosen, triageWarning(subject, chosen, openingTime) ?? ['Now']),
    moreForm(carried(subject), 'C1', null),
    moreForm(carried(subject), null, subject),
    howEscalationWorks(subject.policy, subject.desk),
  ];
};

const everyList = ({ ticket, desk }: Subject, reader: 'staff' | 'customer'): readonly Message[] => {
  const heading = `Open tickets at ${whyWording(desk, 'staff').tier(1)}`;
  const tickets = Array.from({ length: perPage }, () => ticket);
  const page = { tickets, total: 5_000, perPage, of: 'mine', heading, reader };
  return [
    ...[0, 1, 499].map((at) => ticketList({ ...page, page: at }, desk)),
    ticketList({ ...page, page: 0, tickets: [], total: 0 }, desk),
    ticketList({ ...page, page: 700, tickets: [] }, desk),
  ];
};

const handedOver = (to: { readonly name: string }, count: number): readonly Message[] => {
  const names = Array.from({ length: count }, (_, index) => `ESC-${100_000 + index}`);
  return [handedOverMessage(to, names, names), handedOverMessage(to, [], names), handedOverMessage(to, names, [])];
};

const everyTrouble = ({ tiers }: Desk) => {
  const troubles = Object.keys({
    'no-members': 0,
    archived: 0,
    'not-in-channel': 0,
    'not-found': 0,
  } satisfies Record<TierTrouble, 0>) as TierTrouble[];
  const places = [null, ...tiers.map((_, index) => index + 1)];
  return places.flatMap((tier) => troubles.map((trouble) => ({ channel: 'C0123456789', tier, trouble })));
};

/** One of each code; a new code does not compile until it is here. */
const everyRefusal = (name: string): readonly Refusal[] => {
  const owner = { userId: 'U1', name };
  const one: { readonly [Code in Refusal['code']]: Extract<Refusal, { code: Code }> } = {
    'not-found': { code: 'not-found' },
    'not-allowed': { code: 'not-allowed', needs: 'tier' },
    'owned-already': { code: 'owned-already', owner, since: openingTime, yours: false },
    'not-owned': { code: 'not-owned' },
    'out-of-date': { code: 'out-of-date' },
    'not-open': { code: 'not-open', status: 'waiting' },
    'not-waiting': { code: 'not-waiting' },
    'not-resolved': { code: 'not-resolved' },
    'not-closed': { code: 'not-closed' },
    'reopen-too-late': { code: 'reopen-too-late' },
    'first-tier': { code: 'first-tier' },
    'only-critical-skips': { code: 'only-critical-skips' },
    'assignee-not-in-tier': { code: 'assignee-not-in-tier', name },
    'reached-in-slack': { code: 'reached-in-slack' },
    'told-in-future': { code: 'told-in-future' },
    'tell-first': { code: 'tell-first' },
    'unknown-message': { code: 'unknown-message' },
    'same-as-before': { code: 'same-as-before' },
  };
  return Object.values(one);
};
