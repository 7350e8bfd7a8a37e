import { collectDefaultMetrics, Registry } from 'prom-client';

let registry: Registry | null = null;

/** Memory, processor and event loop. Of the process, not of a desk: all that runs in it shares one. */
export const processMetrics = (): Registry => {
  if (registry === null) {
    registry = new Registry();
    collectDefaultMetrics({ register: registry });
  }
  return registry;
};
