import { foldName, titledAnchor } from './notice.ts';
import { type Draft, draft, type Scene } from './scene.ts';

/** What managers are told of an event, each in a direct message (6.3). */
export const toManagers = (scene: Scene): readonly Draft[] => {
  if (!isForManagers(scene)) return [];
  return scene.desk.managers.map((userId) => {
    const fold = foldOf(scene, userId);
    const anchor = fold === null ? titledAnchor('manager', scene.after.tier, scene.seq, userId) : null;
    return draft(scene, 'manager', { kind: 'person', userId }, { fold, anchor });
  });
};

/** Everything done late in one message; what cannot arrive in one a minute, since an archived channel takes many with it. */
const foldOf = ({ event, after }: Scene, userId: string): string | null => {
  if (event.late) return foldName('late', userId);
  return event.type === 'notice-undeliverable' && after.priority !== 'critical' ? foldName('gone', userId) : null;
};

const isForManagers = ({ event, after, policy }: Scene): boolean => {
  const isCritical = after.priority === 'critical';
  switch (event.type) {
    case 'opened':
      return isCritical;
    case 'escalated':
      return isCritical || event.to === policy.clocks.tiers.length;
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
