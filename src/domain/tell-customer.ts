import { type NoticeKind, receiptAnchor } from './notice.ts';
import { type Draft, draft, type Scene } from './scene.ts';
import { isReachable } from './ticket.ts';

/** What the customer is told of an event (7.1, 7.4). */
export const toCustomer = (scene: Scene): readonly Draft[] => {
  if (!isReachable(scene.after)) return [];
  const kinds = [customerNotice(scene), filesNotice(scene)].filter((kind) => kind !== null);
  return kinds.map((kind) =>
    draft(scene, kind, { kind: 'customer' }, { anchor: kind === 'receipt' ? receiptAnchor : null }),
  );
};

/** A file of which Slack shows us nothing, not even what it is, cannot be carried (2.5). */
const filesNotice = ({ event }: Scene): NoticeKind | null => {
  if (event.type !== 'opened' && event.type !== 'customer-said') return null;
  return event.files.some(({ type }) => type === null) ? 'files-not-carried' : null;
};

const customerNotice = ({ event, after, policy }: Scene): NoticeKind | null => {
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
      // An escalation that follows says all there is to say; at the last tier none follows.
      return event.why === 'escalated' && after.tier < policy.clocks.tiers.length ? null : 'reopened-customer';
    default:
      return null;
  }
};
