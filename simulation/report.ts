import { createHash } from 'node:crypto';
import { type Duration, second } from '../src/domain/instant.ts';
import { faultKinds } from './faults.ts';
import type { WorldResult } from './world.ts';

/** Prints what came of some years: how much happened, every fault that was injected, one hash over all, what was broken. */
export const report = (
  results: readonly WorldResult[],
  time: { readonly took: Duration; readonly worked: Duration } | null = null,
): void => {
  const sum = (of: (result: WorldResult) => number): number => results.reduce((total, each) => total + of(each), 0);
  const hash = createHash('sha256');
  for (const result of results) hash.update(result.hash);
  const faults = sum((each) => faultKinds.reduce((total, kind) => total + each.faults[kind], 0));
  const shown = (count: number): string => count.toLocaleString('en');
  if (time !== null) {
    const [took, worked] = [time.took, time.worked].map((ms) => (ms / second).toFixed(1));
    console.log(`${results.length} years in ${took} s, ${worked} s of processor time`);
  }
  console.log(`tickets ${shown(sum((each) => each.tickets))}, steps ${shown(sum((each) => each.steps))}`);
  console.log(`messages in Slack ${shown(sum((each) => each.posts))}, faults injected ${shown(faults)}:`);
  for (const kind of faultKinds) console.log(`  ${kind}: ${shown(sum((each) => each.faults[kind]))}`);
  console.log(`hash ${hash.digest('hex')}`);
  const failed = results.filter(({ violation }) => violation !== null);
  console.log(`violations ${failed.length}`);
  for (const { seed, violation } of failed) console.log(`  ${seed}, day ${violation?.day}: ${violation?.message}`);
};
