import type { TicketEvent } from './event.ts';
import { type Notice, reminderKey } from './notice.ts';
import { redrawsOf } from './redraws.ts';
import { type Draft, type Happened, scenesOf } from './scene.ts';
import { toCustomer } from './tell-customer.ts';
import { toManagers } from './tell-managers.ts';
import { toTier } from './tell-tier.ts';
import type { Ticket } from './ticket.ts';

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

/** Of the same reminder or call several times in one decision only the newest is said (14.5). */
const newestReminders = (drafts: readonly Draft[]): readonly Draft[] => {
  const keyOf = ({ kind, to, scene: { event, after } }: Draft): string | null =>
    kind === 'escalated-customer'
      ? kind
      : reminderKey({ kind, to, about: event.type, clock: clockOf(event), tier: after.tier });
  const newest = new Map(drafts.map((each) => [keyOf(each), each]));
  return drafts.filter((each) => keyOf(each) === null || newest.get(keyOf(each)) === each);
};

const clockOf = (event: TicketEvent): Notice['clock'] => (event.type === 'warned' ? event.clock : null);

const finished = (each: Draft, index: number, { seq, now }: Happened, final: Ticket): Notice => ({
  id: each.redraws === null ? `${each.scene.seq}-${index}` : `redraw:${each.redraws}`,
  kind: each.kind,
  to: each.to,
  seq: each.scene.seq,
  about: each.scene.event.type,
  clock: clockOf(each.scene.event),
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
