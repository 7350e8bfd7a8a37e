import { type NoticeKind, receiptAnchor } from './notice.ts';
import { type Draft, draft, type Scene } from './scene.ts';
import { isReachable } from './ticket.ts';

/** What the customer is told of an event (7.1, 7.4). */
export const toCustomer = (scene: Scene): readonly Draft[] => {
  const kind = customerNotice(scene);
  if (kind === null || !isReachable(scene.after)) return [];
  return [draft(scene, kind, { kind: 'customer' }, { anchor: kind === 'receipt' ? receiptAnchor : null })];
};

const customerNotice = ({ event, after, before, policy }: Scene): NoticeKind | null => {
  switch (event.type) {
    case 'opened':
      return 'receipt';
    case 'customer-said': {
      if (event.joined) return 'joined';
      const mayReopen = after.closedAt !== null && event.at - after.closedAt <= policy.reopenWithin;
      return mayReopen && event.sense !== 'thanks' ? 'offer-reopen' : null;
    }
    case 'claimed':
      return 'taken-on';
    case 'assigned':
      return event.from === null ? 'taken-on' : null;
    case 'escalated':
      return 'escalated-customer';
    case 'updated':
      return 'staff-update';
    case 'holding-update-sent':
      return 'holding-update';
    case 'wait-started':
      return 'waiting-customer';
    case 'resolved':
      return 'resolved-customer';
    case 'confirmation-asked':
      return event.again === 'reminder' ? 'ask-again' : 'ask-after-reply';
    case 'closed':
      return event.outcome === 'dismissed' ? 'dismissed-customer' : 'closed-customer';
    case 'reopened':
      // An escalation that follows says all there is to say.
      return event.why === 'escalated' && before !== null ? null : 'reopened-customer';
    default:
      return null;
  }
};
