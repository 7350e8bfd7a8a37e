import type { Desk } from './desk.ts';
import type { EventType, TicketEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { Instant } from './instant.ts';
import { type Address, cardAnchor, type Notice, type NoticeKind, receiptAnchor } from './notice.ts';
import type { Policy } from './policy.ts';
import { isReachable, type Ticket } from './ticket.ts';

/** What the planner looks at: the ticket before, what happened, and which messages stand posted. */
export interface Happened {
  readonly before: Ticket | null;
  readonly events: readonly TicketEvent[];
  /** The number of timeline entries before these events. */
  readonly seq: number;
  /** Names of the messages posted so far that can be redrawn. */
  readonly anchors: readonly string[];
  readonly desk: Desk;
  readonly policy: Policy;
  readonly now: Instant;
}

/** Everything that must be said because of what happened, in the order it is to be said (1, 6.2, 6.3, 7.4). */
export const planNotices = (happened: Happened): readonly Notice[] => {
  const scenes = scenesOf(happened);
  const final = scenes.at(-1)?.after;
  if (final === undefined) return [];
  const drafts = scenes.flatMap((scene) => [...toCustomer(scene), ...toTier(scene, final), ...toManagers(scene)]);
  const wanted = newestReminders(drafts);
  const posted = new Set(wanted.map((draft) => draft.anchor));
  const redraws = redrawsOf(scenes, happened.anchors, final).filter((draft) => !posted.has(draft.redraws));
  return [...wanted, ...redraws].map((draft, index) => finished(draft, index, happened, final));
};

/** One event with the ticket on either side of it. */
interface Scene {
  readonly event: TicketEvent;
  readonly seq: number;
  readonly before: Ticket | null;
  readonly after: Ticket;
  readonly desk: Desk;
  readonly policy: Policy;
}

interface Draft {
  readonly scene: Scene;
  readonly kind: NoticeKind;
  readonly to: Address;
  readonly anchor: string | null;
  readonly redraws: string | null;
  readonly fold: string | null;
}

const scenesOf = ({ before, events, seq, desk, policy }: Happened): readonly Scene[] => {
  const scenes: Scene[] = [];
  let current = before;
  for (const [index, event] of events.entries()) {
    const after = evolve(current, event);
    scenes.push({ event, seq: seq + index + 1, before: current, after, desk, policy });
    current = after;
  }
  return scenes;
};

const draft = (scene: Scene, kind: NoticeKind, to: Address, more: Partial<Draft> = {}): Draft => ({
  scene,
  kind,
  to,
  anchor: null,
  redraws: null,
  fold: null,
  ...more,
});

// ---- the customer (7.1, 7.4) ----

const toCustomer = (scene: Scene): readonly Draft[] => {
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

// ---- the tiers (6.2) ----

/** Events that bring the ticket's card into a channel anew. */
const arrivals: ReadonlySet<EventType> = new Set(['opened', 'escalated', 'handed-back', 'card-reposted']);

/** Events of which the tier's thread is told in one line. */
const told: ReadonlySet<EventType> = new Set([
  'customer-said',
  'staff-said',
  'message-separated',
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

const toTier = (scene: Scene, final: Ticket): readonly Draft[] => {
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

const copiesOf = (ticket: Ticket): readonly (string | null)[] =>
  ticket.cardCopies.length === 0 ? [null] : ticket.cardCopies;

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

const saidAnchor = (messageKey: string): string => `said:${messageKey}:`;

const calls = (scene: Scene, final: Ticket): readonly Draft[] => {
  if (!isCall(scene) || scene.after.cardCopies.length > 0) return [];
  const { tier, priority } = final;
  const fold = priority === 'critical' ? null : `call:${tier}`;
  return [draft(scene, 'call', { kind: 'tier', tier }, { fold })];
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

// ---- the managers (6.3) ----

const toManagers = (scene: Scene): readonly Draft[] => {
  if (!isForManagers(scene)) return [];
  return scene.desk.managers.map((userId) =>
    draft(scene, 'manager', { kind: 'person', userId }, { fold: scene.event.late ? `late:${userId}` : null }),
  );
};

const isForManagers = ({ event, after, desk, policy }: Scene): boolean => {
  const isCritical = after.priority === 'critical';
  switch (event.type) {
    case 'opened':
      return isCritical;
    case 'escalated':
      return isCritical || event.to === desk.tiers.length;
    case 'response-missed':
      return !event.nobodysBreach;
    case 'take-up-missed':
      return after.acknowledged?.step !== after.step;
    case 'update-missed':
    case 'managers-called':
    case 'notice-undeliverable':
      return true;
    case 'holding-update-sent':
      return after.holdingUpdates === policy.clocks.update.managersAfter;
    case 'triaged':
      return isCritical && event.before.priority !== 'critical';
    default:
      return false;
  }
};

// ---- redrawing (2.5, 4.2, 6.2) ----

/** Events that change nothing a card shows. */
const unseen: ReadonlySet<EventType> = new Set(['customer-said', 'noted', 'warned', 'confirmation-asked']);

const redrawsOf = (scenes: readonly Scene[], anchors: readonly string[], final: Ticket): readonly Draft[] => {
  const names = new Set<string>();
  for (const { event, before, after } of scenes) {
    const moved = before !== null && before.posting !== after.posting;
    if (moved) for (const copy of copiesOf(before)) names.add(cardAnchor(before.posting, copy));
    if (event.type === 'message-edited' || event.type === 'message-removed' || event.type === 'message-separated') {
      for (const name of anchors) if (quotes(name, event.messageKey)) names.add(name);
    }
    if (event.type === 'hand-over-noted')
      for (const name of anchors) if (name.startsWith('background:')) names.add(name);
  }
  if (scenes.some(({ event }) => !unseen.has(event.type))) {
    for (const copy of copiesOf(final)) names.add(cardAnchor(final.posting, copy));
  }
  const last = scenes.at(-1);
  if (last === undefined) return [];
  return [...names].map((redraws) =>
    draft(
      last,
      kindOf(redraws),
      { kind: 'under', anchor: redraws },
      { redraws, scene: sceneFor(redraws, scenes, last) },
    ),
  );
};

/** Whether a posted message shows the text of a customer's message: its own line, every background and card. */
const quotes = (anchor: string, messageKey: string): boolean =>
  anchor.startsWith(saidAnchor(messageKey)) || anchor.startsWith('background:') || anchor.startsWith('card:');

const kindOf = (anchor: string): NoticeKind => {
  if (anchor.startsWith('card:')) return 'card';
  return anchor.startsWith('background:') ? 'background' : 'line';
};

/** A redrawn line is about the edit, from which its message is known. */
const sceneFor = (anchor: string, scenes: readonly Scene[], last: Scene): Scene =>
  scenes.find(({ event }) => 'messageKey' in event && event.messageKey !== null && quotes(anchor, event.messageKey)) ??
  last;

// ---- together ----

/** Of the same reminder or call several times in one decision only the newest is said (14.5). */
const newestReminders = (drafts: readonly Draft[]): readonly Draft[] => {
  const keyOf = ({ kind, to }: Draft): string | null =>
    kind === 'call' ||
    kind === 'remind' ||
    kind === 'ask-again' ||
    kind === 'holding-update' ||
    kind === 'escalated-customer'
      ? `${kind} ${JSON.stringify(to)}`
      : null;
  const newest = new Map(drafts.map((each) => [keyOf(each), each]));
  return drafts.filter((each) => keyOf(each) === null || newest.get(keyOf(each)) === each);
};

const finished = (each: Draft, index: number, { seq, now }: Happened, final: Ticket): Notice => ({
  id: each.redraws === null ? `${each.scene.seq}-${index}` : `redraw:${each.redraws}`,
  kind: each.kind,
  to: each.to,
  seq: each.scene.seq,
  about: each.scene.event.type,
  order: seq * 1000 + index,
  writtenAt: now,
  critical: final.priority === 'critical',
  step: each.scene.after.step,
  tier: each.scene.after.tier,
  late: each.scene.event.late,
  fold: each.fold,
  anchor: each.anchor,
  redraws: each.redraws,
  notBefore: now,
  tries: 0,
});
