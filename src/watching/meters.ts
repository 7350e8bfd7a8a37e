import { Registry } from 'prom-client';
import type { Log, Speaker } from '../flows/ports.ts';
import type { Watch } from '../flows/watch.ts';
import { countersIn } from './metrics.ts';

/** Where the parts of a desk have what they do counted. */
export interface Meters extends Watch {
  readonly registry: Registry;
  /** One command to MongoDB. */
  storeCommand(name: string): void;
  /** One call to Slack, and what came of it. */
  called(method: string, outcome: string): void;
  /** The same log, counted. */
  counting(log: Log): Log;
  /** The same speaker, its second tries and lost notices counted. */
  listening(speaker: Speaker): Speaker;
}

export const createMeters = (): Meters => {
  // Its own, not the library's global one: two desks in one process do not count for each other.
  const registry = new Registry();
  const counters = countersIn(registry);

  return {
    registry,
    handled: (type, outcome, refusal) => {
      counters.commands.inc({ type, outcome });
      if (refusal !== null) counters.refusals.inc({ code: refusal });
    },
    mended: (kind) => counters.mended.inc({ kind }),
    storeCommand: (command) => counters.storeCommands.inc({ command }),
    called: (method, outcome) => {
      counters.sends.inc({ method, outcome });
      if (outcome === '429') counters.tooMany.inc({ method });
    },
    counting: (log) => ({
      info: (happening, facts) => {
        counters.logLines.inc({ level: 'info' });
        log.info(happening, facts);
      },
      warn: (happening, facts) => {
        counters.logLines.inc({ level: 'warn' });
        log.warn(happening, facts);
      },
      error: (happening, facts) => {
        counters.logLines.inc({ level: 'error' });
        log.error(happening, facts);
      },
    }),
    listening: (speaker) => ({
      ...speaker,
      say: async (remarks, to) => {
        for (const { notice } of remarks) if (notice.tries > 0) counters.retries.inc({ kind: notice.kind });
        const said = await speaker.say(remarks, to);
        if (said.outcome === 'gone') {
          for (const { notice } of remarks) counters.undeliverable.inc({ kind: notice.kind });
        }
        return said;
      },
    }),
  };
};
