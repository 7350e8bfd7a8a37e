import type { TicketEvent } from './event.ts';
import type { By } from './person.ts';

/** Why a command was not carried out. An expected answer, not an error; the views say it kindly (11, 4.2, 4.4). */
export type Refusal =
  | { readonly code: 'not-found' }
  | { readonly code: 'not-allowed'; readonly needs: 'tier' | 'manager' | 'staff' | 'customer' | 'admin' }
  | { readonly code: 'owned-already'; readonly owner: By; readonly since: number; readonly yours: boolean }
  | { readonly code: 'not-owned' }
  | { readonly code: 'out-of-date' }
  | { readonly code: 'not-open'; readonly status: 'waiting' | 'resolved' | 'closed' }
  | { readonly code: 'not-waiting' }
  | { readonly code: 'not-resolved' }
  | { readonly code: 'not-closed' }
  | { readonly code: 'reopen-too-late' }
  | { readonly code: 'first-tier' }
  | { readonly code: 'only-critical-skips' }
  | { readonly code: 'assignee-not-in-tier'; readonly name: string }
  | { readonly code: 'reached-in-slack' }
  | { readonly code: 'told-in-future' }
  | { readonly code: 'tell-first' }
  | { readonly code: 'unknown-message' }
  | { readonly code: 'same-as-before' };

export type Decision =
  | { readonly ok: true; readonly events: readonly TicketEvent[] }
  | { readonly ok: false; readonly refusal: Refusal };

export const refused = (refusal: Refusal): Decision => ({ ok: false, refusal });
export const happened = (...events: readonly TicketEvent[]): Decision => ({ ok: true, events });
/** The command is fine, and there is nothing to do: a late tick, a message known already. */
export const nothingHappened: Decision = { ok: true, events: [] };
