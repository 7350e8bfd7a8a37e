import type { Desk } from './domain/desk.ts';
import type { DeskSource, PolicyVersion } from './flows/ports.ts';

/** The desk and its policies in memory, renewed by whoever reads them; every read in between costs nothing. */
export interface HeldDesk extends DeskSource {
  hold(desk: Desk): void;
  /** Reads the policies again. */
  renew(): Promise<void>;
  /** The most tiers that any known policy has; 0 before the first. */
  mostTiers(): number;
}

/** @param readPolicies all published versions, oldest first */
export const createHeldDesk = (readPolicies: () => Promise<readonly PolicyVersion[]>): HeldDesk => {
  let held: Desk | null = null;
  let versions: ReadonlyMap<number, PolicyVersion> = new Map();

  const renew = async (): Promise<void> => {
    versions = new Map((await readPolicies()).map((each) => [each.version, each]));
  };
  const version = (wanted: number): PolicyVersion => {
    const found = versions.get(wanted);
    if (found === undefined) throw new Error(`Finding policy version ${wanted} failed: ${versions.size} are known`);
    return found;
  };
  return {
    desk: () => {
      if (held === null) throw new Error('Reading the desk failed: it has not been read from Slack yet');
      return held;
    },
    hold: (desk) => {
      held = desk;
    },
    policy: (wanted) => version(wanted).policy,
    know: async (wanted) => {
      if (!versions.has(wanted)) await renew();
    },
    currentPolicy: () => version(Math.max(...versions.keys())),
    renew,
    mostTiers: () => Math.max(0, ...[...versions.values()].map(({ policy }) => policy.clocks.tiers.length)),
  };
};
