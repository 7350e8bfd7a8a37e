import type { Deadlines } from './deadlines.ts';
import type { Growth } from './growth.ts';
import type { Idle } from './idle.ts';
import type { Limits } from './limits.ts';
import type { RoundTrips } from './round-trips.ts';
import type { Throughput } from './throughput.ts';

/** What one run found; what was not asked for is absent. */
export interface Results {
  /** The server that all shared. */
  readonly database: string;
  readonly intake?: Throughput;
  readonly claim?: Throughput;
  readonly deadlines?: Deadlines;
  readonly growth?: Growth;
  readonly idle?: Idle;
  readonly roundTrips?: RoundTrips;
  readonly limits?: Limits;
}
