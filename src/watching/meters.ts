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
  /**
   * The same work, heard when it made the call it was for: a notice that only waited for its turn was not tried.
   *
   * @param key the ticket's id and the notice's, with a space between
   */
  sending<T extends { readonly called: boolean }>(key: string, work: () => Promise<T>): () => Promise<T>;
  /** The same speaker, counted what is tried again and what is lost. Tries are known from `sending`. */
  listening(speaker: Speaker): Speaker;
}

export const createMeters = (): Meters => {
  // Its own, not the library's global one: two desks in one process do not count for each other.
  const registry = new Registry();
  const counters = countersIn(registry);
  /** Notices that Slack was just called for. */
  const sent = new Set<string>();

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
    sending: (key, work) => async () => {
      const done = await work();
      if (done.called) sent.add(key);
      return done;
    },
    listening: (speaker) => ({
      ...speaker,
      say: async (remarks, to, until) => {
        const said = await speaker.say(remarks, to, until);
        const [{ subject, notice: first }] = remarks;
        const wasSent = sent.delete(`${subject.ticket.id} ${first.id}`);
        for (const { notice } of remarks) {
          if (said.outcome === 'gone') counters.undeliverable.inc({ kind: notice.kind });
          if (said.outcome === 'later' && wasSent) counters.retries.inc({ kind: notice.kind });
        }
        return said;
      },
    }),
  };
};
