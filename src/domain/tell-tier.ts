import type { EventType } from './event.ts';
import { type Address, cardAnchor, foldName, type NoticeKind, titledAnchor } from './notice.ts';
import { copiesOf, type Draft, draft, type Scene, saidAnchor } from './scene.ts';
import { isReachable, type Ticket } from './ticket.ts';

/** Events that bring the ticket's card into a channel anew. */
const arrivals: ReadonlySet<EventType> = new Set(['opened', 'escalated', 'handed-back', 'card-reposted']);

/** Events of which the tier's thread is told in one line. A message that leaves is told by its own line, redrawn. */
const told: ReadonlySet<EventType> = new Set([
  'customer-said',
  'staff-said',
  'noted',
  'triaged',
  'claimed',
  'taken-over',
  'assigned',
  'released',
  'response-missed',
  'managers-called',
  'hand-over-noted',
  'updated',
  'holding-update-sent',
  'told',
  'wait-started',
  'resumed',
  'resolved',
  'confirmation-asked',
  'closed',
  'reopened',
  'acknowledged',
  'notice-undeliverable',
]);

/** What a tier is shown and told of an event, and when it is called (6.2). */
export const toTier = (scene: Scene, final: Ticket): readonly Draft[] => {
  const { event, after } = scene;
  const isPassedThrough = after.posting !== final.posting;
  const cards = arrivals.has(event.type) ? cardsOf(scene) : [];
  // A tier passed through gets a card already marked moved, and no call (5.8).
  if (isPassedThrough) return cards;
  const backgrounds = arrivals.has(event.type) ? underCards(scene, 'background', `background:${after.posting}`) : [];
  const isLine = told.has(event.type) || (event.type === 'message-removed' && event.first);
  const lines = isLine ? underCards(scene, 'line', lineAnchor(scene)) : [];
  return [...cards, ...backgrounds, ...lines, ...calls(scene, final), ...reminders(scene)];
};

const cardsOf = (scene: Scene): readonly Draft[] =>
  copiesOf(scene.after).map((copy) => {
    const to: Address = copy === null ? { kind: 'tier', tier: scene.after.tier } : { kind: 'person', userId: copy };
    return draft(scene, 'card', to, { anchor: cardAnchor(scene.after.posting, copy) });
  });

const underCards = (scene: Scene, kind: NoticeKind, anchor: string | null): readonly Draft[] =>
  copiesOf(scene.after).map((copy) => {
    const to: Address = { kind: 'under', anchor: cardAnchor(scene.after.posting, copy) };
    return draft(scene, kind, to, { anchor: anchor === null || copy === null ? anchor : `${anchor}:${copy}` });
  });

/** Lines that quote a message can be found again, to be redrawn when it is edited or removed (2.5). */
const lineAnchor = ({ event, after }: Scene): string | null =>
  event.type === 'customer-said' || event.type === 'staff-said'
    ? `${saidAnchor(event.messageKey)}${after.posting}`
    : null;

const calls = (scene: Scene, final: Ticket): readonly Draft[] => {
  if (!isCall(scene) || scene.after.cardCopies.length > 0) return [];
  const { tier, priority } = final;
  const fold = priority === 'critical' ? null : foldName('call', tier);
  // One that folds shows no titles: it is about many tickets, and could not be drawn again.
  const anchor = fold === null ? titledAnchor('call', tier, scene.seq, '') : null;
  return [draft(scene, 'call', { kind: 'tier', tier }, { fold, anchor })];
};

const isCall = ({ event }: Scene): boolean => {
  switch (event.type) {
    case 'opened':
    case 'escalated':
    case 'handed-back':
    case 'response-missed':
    case 'take-up-missed':
    case 'update-missed':
      return true;
    case 'reopened':
      return event.why !== 'escalated';
    default:
      return false;
  }
};

const reminders = (scene: Scene): readonly Draft[] => {
  const { event, before, after } = scene;
  switch (event.type) {
    case 'warned':
    case 'wait-reminded':
      return underCards(scene, 'remind', null);
    case 'confirmation-asked':
      return isReachable(after) ? [] : underCards(scene, 'remind', null);
    case 'escalated':
      return event.why === 'deadline' && before?.owner
        ? [draft(scene, 'remind', { kind: 'person', userId: before.owner.userId })]
        : [];
    case 'staff-said':
      return event.engages && after.owner === null && after.status === 'open' && event.by !== null && isReachable(after)
        ? [draft(scene, 'claim-offer', { kind: 'whisper', userId: event.by.userId })]
        : [];
    default:
      return [];
  }
};
