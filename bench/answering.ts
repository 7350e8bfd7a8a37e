import { z } from 'zod';

type Answers = Readonly<Record<string, (detail: unknown) => unknown>>;

const question = z.object({ id: z.number(), what: z.string(), detail: z.unknown() });

/** In a process of its own: what it was started with. */
export const settingsAs = <T>(schema: z.ZodType<T>): T => schema.parse(JSON.parse(process.env.BENCH_SETTINGS ?? '{}'));

/** In a process of its own: answers what its parent asks, once what it is to be is ready. `stop` also ends it. */
export const answerTo = (ready: Promise<Answers>): void => {
  const answer = async (what: string, detail: unknown): Promise<unknown> => {
    const answers: Answers = { start: () => null, usage, ...(await ready) };
    const result = await answers[what]?.(detail);
    return result ?? null;
  };
  process.on('message', async (message) => {
    const { id, what, detail } = question.parse(message);
    const settled = await answer(what, detail).then(
      (result) => ({ id, result, error: null }),
      (error: unknown) => ({ id, result: null, error: String(error) }),
    );
    // Ended by itself, so that a profile is written.
    process.send?.(settled, () => what === 'stop' && process.exit(0));
  });
  process.on('disconnect', () => process.exit(1));
};

/** Processor time in milliseconds, memory in bytes, of this process alone. */
const usage = (detail: unknown): z.infer<typeof usageSchema> => {
  if (detail === 'tidy') global.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return { cpuMs: (user + system) / 1000, rss, heapUsed };
};

export const usageSchema = z.object({ cpuMs: z.number(), rss: z.number(), heapUsed: z.number() });
