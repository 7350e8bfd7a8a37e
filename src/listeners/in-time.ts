import { type Duration, second } from '../domain/instant.ts';
import { within } from './within.ts';

/** When something came, on the process's own steady clock. */
export interface Arrived {
  readonly arrivedAt: number;
}

/** How long a press, form or command may take before it is acked with a sentence: Slack waits 3 s (14.1). */
const patience: Duration = 2 * second;

export type InTime<T> = { readonly late: false; readonly value: T } | { readonly late: true };

/** The work's value, or `late` when whoever waits has waited long enough since their press came. The work goes on. */
export const inTime = async <T>({ arrivedAt }: Arrived, work: Promise<T>): Promise<InTime<T>> => {
  const left = Math.max(0, arrivedAt + patience - performance.now());
  return (await within(left, work)) ? { late: false, value: await work } : { late: true };
};
