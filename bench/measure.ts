import type { Database } from '../sandbox/database.ts';
import type { Arguments, Part } from './arguments.ts';
import { measureDeadlines } from './deadlines.ts';
import { measureGrowth } from './growth.ts';
import { measureIdle } from './idle.ts';
import { measureLimits } from './limits.ts';
import type { Results } from './results.ts';
import { measureRoundTrips } from './round-trips.ts';
import { described, serverAt } from './server.ts';
import { measureThroughput } from './throughput.ts';

/** Measures what is asked for, one part after the other: nothing else may be running. */
export const measure = async (
  database: Database,
  options: Arguments,
  say: (line: string) => void,
): Promise<Results> => {
  const server = serverAt(database.uri);
  const about = (part: string) => (line: string) => say(`  ${part}: ${line}`);
  const has = (part: Part): boolean => options.only.has(part);
  return {
    database: described(database),
    ...(has('intake') || has('claim') ? await measureThroughput(server, options, about('throughput')) : {}),
    ...(has('deadlines') ? { deadlines: await measureDeadlines(server, options, about('deadlines')) } : {}),
    ...(has('growth') ? { growth: await measureGrowth(server, options, about('growth')) } : {}),
    ...(has('idle') ? { idle: await measureIdle(server, options, about('idle')) } : {}),
    ...(has('roundTrips') ? { roundTrips: await measureRoundTrips(server, options.actions) } : {}),
    ...(has('limits') ? { limits: await measureLimits(server, about('limits')) } : {}),
  };
};
