import type { Log } from '../../src/flows/ports.ts';

/** For stores whose words are not what a test is about. */
export const aSilentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
