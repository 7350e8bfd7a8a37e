import { type FaultKind, faultKinds } from './faults.ts';
import { runWorld, type WorldOptions, type WorldResult } from './world.ts';

/** The least that still breaks the same promise, as far as some tries find it. */
export interface Shortened {
  readonly options: WorldOptions;
  readonly result: WorldResult;
  readonly tries: number;
}

const mostTries = 40;

/** Fewer days, customers, processes and kinds of faults, each kept where the same promise breaks again. */
export const shorten = async (failing: WorldOptions, failed: WorldResult): Promise<Shortened> => {
  let best = { options: failing, result: failed };
  let tries = 0;
  const attempt = async (smaller: Partial<WorldOptions>): Promise<boolean> => {
    if (tries >= mostTries) return false;
    tries += 1;
    const options = { ...best.options, ...smaller };
    const result = await runWorld(options);
    const isSame = result.violation !== null && result.violation.invariant === failed.violation?.invariant;
    if (isSame) best = { options, result };
    return isSame;
  };
  const lastDay = async (): Promise<void> => {
    const day = best.result.violation?.day ?? best.options.days;
    if (day < best.options.days) await attempt({ days: day });
  };

  await lastDay();
  for (const replicas of [1, 2]) if (replicas < failing.replicas && (await attempt({ replicas }))) break;
  for (const customers of [1, 2, 3]) if (await attempt({ customers })) break;
  await lastDay();
  if (!(await attempt({ faults: new Set<FaultKind>() }))) {
    for (const kind of faultKinds) {
      const faults = new Set([...best.options.faults].filter((each) => each !== kind));
      if (best.result.faults[kind] > 0) await attempt({ faults });
    }
  }
  await lastDay();
  return { ...best, tries };
};
