import { type Duration, second } from '../domain/instant.ts';
import { within } from './within.ts';

/** How long a press, form or command may take before it is acked with a sentence: Slack waits 3 s (14.1). */
const patience: Duration = 2 * second;

export type InTime<T> = { readonly late: false; readonly value: T } | { readonly late: true };

/** The work's value, or `late` when it takes longer than people are kept waiting. The work goes on. */
export const inTime = async <T>(work: Promise<T>): Promise<InTime<T>> =>
  (await within(patience, work)) ? { late: false, value: await work } : { late: true };
