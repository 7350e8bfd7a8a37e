import { type Notice, titledBy } from '../domain/notice.ts';
import { backgroundMessage } from './background-message.ts';
import { callMessage } from './call-message.ts';
import {
  askAfterReplyMessage,
  askAgainMessage,
  closedMessage,
  dismissedMessage,
  offerReopenMessage,
  reopenedMessage,
  resolvedMessage,
} from './closing-message.ts';
import { holdingUpdateMessage, staffUpdateMessage } from './customer-update-message.ts';
import { lineMessage } from './line-message.ts';
import { managerMessage } from './manager-message.ts';
import type { Message } from './message.ts';
import {
  escalatedMessage,
  filesNotCarriedMessage,
  joinedMessage,
  takenOnMessage,
  waitingMessage,
} from './milestone-message.ts';
import { receiptMessage } from './receipt-message.ts';
import { claimOfferMessage, remindMessage } from './remind-message.ts';
import { eventAt, mustBe, type Subject } from './subject.ts';
import { postingOf, ticketCard } from './ticket-card.ts';

/**
 * What a notice says, made from the ticket as it is now; `null` when its reason is gone, and it is withdrawn (14.3).
 *
 * @throws when notice and timeline do not belong together: a fault, not a state
 */
export const noticeMessage = (notice: Notice, subject: Subject): Message | null => {
  const event = eventAt(subject, notice.seq);
  switch (notice.kind) {
    case 'receipt':
      return receiptMessage(subject);
    case 'joined':
      return joinedMessage(subject, mustBe(event, 'customer-said'));
    case 'taken-on':
      return takenOnMessage(subject, event);
    case 'escalated-customer':
      return escalatedMessage(subject, mustBe(event, 'escalated'));
    case 'waiting-customer':
      return waitingMessage(subject, mustBe(event, 'wait-started'));
    case 'staff-update':
      return staffUpdateMessage(subject, mustBe(event, 'updated'));
    case 'holding-update':
      return holdingUpdateMessage(subject, event);
    case 'resolved-customer':
      return resolvedMessage(subject, mustBe(event, 'resolved'));
    case 'ask-again':
      return askAgainMessage(subject);
    case 'ask-after-reply':
      return askAfterReplyMessage(subject);
    case 'closed-customer':
      return closedMessage(subject, mustBe(event, 'closed'));
    case 'dismissed-customer':
      return dismissedMessage(subject);
    case 'reopened-customer':
      return reopenedMessage(subject, event);
    case 'offer-reopen':
      return offerReopenMessage(subject);
    case 'files-not-carried':
      return filesNotCarriedMessage(subject, event);
    case 'card':
      return ticketCard(subject, postingOf(notice) ?? subject.ticket.posting);
    case 'background':
      return backgroundMessage(subject);
    case 'line':
      return lineMessage(subject, event);
    case 'call':
      return callMessage(asFirstSaid(notice, subject), subject);
    case 'remind':
      return remindMessage(notice, subject);
    case 'claim-offer':
      return claimOfferMessage(subject);
    case 'manager':
      return managerMessage(asFirstSaid(notice, subject), subject);
  }
};

/** What is drawn again because the title changed is still about what it was about. */
const asFirstSaid = (notice: Notice, subject: Subject): Notice => {
  const first = titledBy(notice.redraws);
  if (first === null) return notice;
  return { ...notice, seq: first.seq, tier: first.tier, about: eventAt(subject, first.seq).type };
};
