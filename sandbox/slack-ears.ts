/** Who wants to know of changes to the workspace as they happen: the page. The bot hears through Slack's events alone. */
import type { Message } from './slack-records.ts';

export type WorldChange =
  /** New, changed, deleted, or with another reaction. */
  | { readonly kind: 'message'; readonly message: Message; readonly how: 'posted' | 'edited' | 'deleted' | 'reacted' }
  /** Another form lies on top for this person, or none. */
  | { readonly kind: 'view'; readonly user: string }
  | { readonly kind: 'home'; readonly user: string }
  /** Channels, members or groups. */
  | { readonly kind: 'channels' }
  | { readonly kind: 'people' };

export type Ears = {
  /** Called while the change is made: read what there is to read in a later turn. */
  tell(change: WorldChange): void;
  /** @returns ends the listening */
  listen(hear: (change: WorldChange) => void): () => void;
};

export const createEars = (): Ears => {
  const hearers = new Set<(change: WorldChange) => void>();
  return {
    tell: (change) => {
      for (const hear of hearers) hear(change);
    },
    listen: (hear) => {
      hearers.add(hear);
      return () => void hearers.delete(hear);
    },
  };
};
