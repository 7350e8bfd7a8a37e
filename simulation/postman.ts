import { hour, minute, second } from '../src/domain/instant.ts';
import type { Breakage } from './breakages.ts';
import type { PeopleParts } from './people.ts';
import type { Envelope } from './replica.ts';
import type { Kept } from './witness-messages.ts';

/** Brings events to the desk as Slack does: late, twice, in any order, again while nobody acks, and then not any more. */
export interface Postman {
  /** @param kept must be on a ticket once it is acked */
  send(envelope: Envelope, kept: Kept | null): void;
}

/** Slack waits so long for an ack, and tries again after so long each time; afterwards somebody does it by hand. */
const ackWithin = 3 * second;
const againAfter = [second, minute, 5 * minute];
const byHandAfter = hour / 2;

type PostmanParts = Pick<PeopleParts, 'scheduler' | 'faults' | 'random' | 'desk' | 'witness'> & {
  readonly broken: ReadonlySet<Breakage>;
};

export const createPostman = ({ scheduler, faults, random, desk, witness, broken }: PostmanParts): Postman => {
  const send = (envelope: Envelope, kept: Kept | null): void => {
    let isAcked = false;
    const ack = (): void => {
      if (isAcked) return;
      isAcked = true;
      witness.acked(kept);
    };
    const bring = (): void => {
      const replica = desk.someone(random);
      if (replica === null) return;
      if (broken.has('ack-before-write')) ack();
      // A failed one is not acked, and so comes again.
      replica.hear(envelope).then(ack, (error: unknown) => {
        if (!(error instanceof Error && 'code' in error)) witness.faulted('hearing failed', error);
      });
    };
    const attempt = (nth: number): void => {
      if (isAcked) return;
      bring();
      scheduler.in(ackWithin + (againAfter[nth] ?? byHandAfter), () => attempt(nth + 1));
    };
    const isLate = faults.happens('event late', 0.03);
    scheduler.in(isLate ? Math.floor(random.waiting(3 * minute)) : random.whole(50, 900), () => attempt(0));
    if (faults.happens('event twice', 0.1))
      scheduler.in(Math.floor(random.waiting(random.pick([second, hour]))), bring);
  };
  return { send };
};
