import type { z } from 'zod';

/** A complaint about a value, with its place in the file. */
export interface PlanIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What zod found, one issue for each wrong value and for each unknown key. */
export const planIssues = (error: z.ZodError): readonly PlanIssue[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
    if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
    // `strictly` writes one line for each unknown key, in their order.
    const lines = issue.message.split('\n');
    return issue.keys.map((key, index) => ({ path: [...path, key], message: lines[index] ?? issue.message }));
  });
