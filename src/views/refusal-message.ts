import type { Refusal } from '../domain/decision.ts';
import { nameOf } from './labels.ts';
import { at, type Line } from './line.ts';
import { type Message, saying } from './message.ts';

/**
 * A refusal in one kind sentence, for the asker alone (11). Whoever is not staff gets the same sentence for a ticket
 * that is not theirs and for one that does not exist.
 */
export const refusalMessage = (refusal: Refusal, asker: { readonly isStaff: boolean }): Message =>
  saying(refusalLine(refusal, asker));

export const refusalLine = (refusal: Refusal, asker: { readonly isStaff: boolean }): Line => {
  switch (refusal.code) {
    case 'not-found':
      return asker.isStaff ? ['There is no ticket of that number.'] : notYours;
    case 'not-allowed':
      return asker.isStaff ? [needsText[refusal.needs]] : notYours;
    case 'owned-already':
      return refusal.yours
        ? ['It is yours already, since ', at(refusal.since), '.']
        : [`${nameOf(refusal.owner)} has it already, since `, at(refusal.since), '.'];
    case 'not-owned':
      return ['Nobody has it at the moment, so there is nothing to release.'];
    case 'out-of-date':
      return ['It has moved on since this was drawn. Nothing was changed; please look at how it stands now.'];
    case 'not-open':
      return [`It is ${statusWords[refusal.status]} at the moment, so this cannot be done to it.`];
    case 'not-waiting':
      return ['It is not waiting for the customer, so there is nothing to resume.'];
    case 'not-resolved':
      return ['It is not resolved at the moment, so there is nothing to confirm.'];
    case 'not-closed':
      return ['It is open already.'];
    case 'reopen-too-late':
      return ['It was closed too long ago to open it again. Please open a new ticket; we look at both.'];
    case 'first-tier':
      return ['It is at the first tier already, so there is no tier to hand it back to.'];
    case 'only-critical-skips':
      return ['Only a critical ticket may skip a tier. Please escalate it to the next one.'];
    case 'assignee-not-in-tier':
      return [`${nameOf(refusal)} is not in this tier or a higher one, so it cannot be theirs.`];
    case 'reached-in-slack':
      return ['This customer is reached in Slack: they read our words there and press Solved themselves.'];
    case 'told-in-future':
      return ['That time has not come yet. Please say when you told them.'];
    case 'tell-first':
      return ['Please tell the customer first and press Told them; then this can be done.'];
    case 'unknown-message':
      return ['That message is not part of this ticket.'];
    case 'same-as-before':
      return ['It is so already; nothing was changed.'];
  }
};

const notYours: Line = ['That did not work: there is no such ticket among yours, or only our staff can do this.'];

const needsText: Readonly<Record<Extract<Refusal, { code: 'not-allowed' }>['needs'], string>> = {
  tier: "Only members of the ticket's tier or a higher one, and managers, can do this.",
  manager: 'Only managers can do this.',
  staff: 'Only staff can do this.',
  customer: 'Only the customer of this ticket can do this.',
  admin: 'Only an admin of this workspace can do this.',
};

const statusWords: Readonly<Record<'waiting' | 'resolved' | 'closed', string>> = {
  waiting: 'waiting for the customer',
  resolved: 'resolved',
  closed: 'closed',
};
