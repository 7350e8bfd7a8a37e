/**
 * What staff can do to a ticket from its card. The name is the button's action_id, and in the card's menu the first
 * part of the option's value.
 */
export const acts = [
  'claim',
  'take-over',
  'release',
  'assign',
  'escalate',
  'call-managers',
  'hand-back',
  'hand-over-note',
  'update',
  'told',
  'wait',
  'resume',
  'resolve',
  'confirm-for-customer',
  'reopen',
  'dismiss',
  'note',
  'triage',
  'acknowledge',
  'show',
  'why',
  'history',
  'more',
] as const;
export type Act = (typeof acts)[number];

/** Other buttons and menus: action_id by what they are for. */
export const actionIds = {
  /** The overflow menu of a card. */
  menu: 'card-menu',
  /** The customer's own buttons. */
  addDetails: 'add-details',
  howItWorks: 'how-escalation-works',
  myTickets: 'my-tickets',
  separate: 'separate-issue',
  solved: 'solved',
  stillBroken: 'still-broken',
  customerReopen: 'customer-reopen',
  isAnIssue: 'is-an-issue',
  /** Prompts (2.1, 2.10). */
  openTicket: 'open-ticket',
  addToTicket: 'add-to-ticket',
  newTicket: 'new-ticket-after-all',
  /** Pages of a list or a history; their block_id says of what. */
  listBack: 'list-back',
  listOn: 'list-on',
  historyBack: 'history-back',
  historyOn: 'history-on',
  /** The one input of every field. */
  input: 'input',
} as const;

/** callback_id of each form. */
export const formIds = {
  newTicket: 'form-new-ticket',
  addDetails: 'form-add-details',
  update: 'form-update',
  updatePreview: 'form-update-preview',
  resolve: 'form-resolve',
  resolvePreview: 'form-resolve-preview',
  escalate: 'form-escalate',
  callManagers: 'form-call-managers',
  handBack: 'form-hand-back',
  handOverNote: 'form-hand-over-note',
  assign: 'form-assign',
  note: 'form-note',
  triage: 'form-triage',
  wait: 'form-wait',
  told: 'form-told',
  dismiss: 'form-dismiss',
  reopen: 'form-reopen',
  more: 'form-more',
  text: 'form-text',
} as const;

/** callback_id of each shortcut, as the manifest names them. */
export const shortcutIds = { createTicket: 'create-ticket', newTicket: 'new-ticket' } as const;

/** Slash commands, as the manifest names them. */
export const commandNames = { ticket: '/ticket', escalate: '/escalate', policy: '/policy', desk: '/desk' } as const;

/** block_id of each field; the key under which its error is shown. */
export const fieldIds = {
  title: 'title',
  description: 'description',
  kind: 'kind',
  service: 'service',
  impact: 'impact',
  urgency: 'urgency',
  customer: 'customer',
  name: 'name',
  reach: 'reach',
  contact: 'contact',
  text: 'text',
  expected: 'expected',
  cause: 'cause',
  fix: 'fix',
  message: 'message',
  reason: 'reason',
  note: 'note',
  tier: 'tier',
  person: 'person',
  need: 'need',
  who: 'who',
  how: 'how',
  when: 'when',
} as const;
export type FieldId = (typeof fieldIds)[keyof typeof fieldIds];

/** block_id of a row of buttons about one message (`channel:ts`): the buttons themselves carry ticket and step only. */
export const messageBlockId = (messageKey: string): string => `about-message|${messageKey}`;

/** The message a row of buttons is about; `null` when its block_id names none. */
export const messageKeyIn = (blockId: string): string | null => /^about-message\|(.+)$/.exec(blockId)?.[1] ?? null;

/** block_id of the buttons below a page: which list it is of, and the page (from 0) that is shown. */
export const pageBlockId = (of: string, page: number): string => `page|${page}|${of}`;

export const pageIn = (blockId: string): { readonly of: string; readonly page: number } | null => {
  const [, page, of] = /^page\|(\d{1,6})\|(.+)$/s.exec(blockId) ?? [];
  return page === undefined || of === undefined ? null : { of, page: Number(page) };
};
