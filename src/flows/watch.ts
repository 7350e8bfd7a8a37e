import type { Command } from '../domain/command.ts';
import type { Refusal } from '../domain/decision.ts';
import type { Outcome } from './handle-command.ts';

/** Hears what the flows do, and counts it (13.3). Never throws. */
export interface Watch {
  handled(command: Command['type'], outcome: Outcome['kind'] | 'failed', refusal: Refusal['code'] | null): void;
  /** The auditor had to put something right. */
  mended(kind: string): void;
}

/** Tells who watches, if anybody does, what came of a command. @throws what the handling throws */
export const watched = async (
  { watch }: { readonly watch?: Watch },
  command: Command['type'],
  handling: Promise<Outcome>,
): Promise<Outcome> => {
  try {
    const outcome = await handling;
    watch?.handled(command, outcome.kind, outcome.kind === 'refused' ? outcome.refusal.code : null);
    return outcome;
  } catch (error) {
    watch?.handled(command, 'failed', null);
    throw error;
  }
};
