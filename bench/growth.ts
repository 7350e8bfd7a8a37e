import { z } from 'zod';
import { hour, minute, second } from '../src/domain/instant.ts';
import { usageSchema } from './answering.ts';
import type { Arguments } from './arguments.ts';
import { openedAt } from './deadlines.ts';
import { median, rounded } from './figures.ts';
import { dueCommand, explained, type FilledStore, openFilledStore } from './filled-store.ts';
import { startProcess } from './own-process.ts';
import { alike, ripeTicket } from './ripe-tickets.ts';
import type { Server } from './server.ts';

interface Size {
  readonly open: number;
  /** Of one sweep, milliseconds; the median. */
  readonly ms: number;
  readonly documentsExamined: number;
  readonly memoryMb: number;
}

export interface Growth {
  readonly due: number;
  readonly sizes: readonly Size[];
  /** Of the largest to the smallest. */
  readonly timeRatio: number;
  readonly documentsRatio: number;
  readonly memoryRatio: number;
}

/** Due in each sweep; as many as the desk carries out at once. */
const due = 200;
/** Between two sweeps: what one moves is not due again in the next. */
const apart = second;
/** Milliseconds that a server may take to come to rest after filling, for each ticket; 2 s at the most. */
const restFor = (size: number): number => Math.min(2_000, size / 10);

/** One sweep among ever more open tickets. Filling is outside the measure. */
export const measureGrowth = async (
  server: Server,
  { open, sweeps }: Arguments,
  say: (line: string) => void,
): Promise<Growth> => {
  const database = await server.fresh('growth');
  const filled = await openFilledStore(database.uri);
  try {
    const ripe = await ripeTicket(filled.store.tickets, openedAt);
    const sizes: Size[] = [];
    let held = 0;
    for (const size of open) {
      const filledAt = performance.now();
      const first = held;
      await filled.fill(Math.max(0, size - held - sweeps * due), (index) => ({
        ...alike(ripe, first + index + 1),
        dueAt: (ripe.dueAt ?? 0) + 1_000 * hour,
      }));
      held = Math.max(held, size - sweeps * due);
      // One batch for each sweep, after all that came before. The smaller sizes' own batches stay, long moved on.
      const from = (ripe.dueAt ?? 0) + sizes.length * 10 * minute;
      const next = held;
      await filled.fill(sweeps * due, (index) => ({
        ...alike(ripe, next + index + 1),
        dueAt: from + Math.floor(index / due) * apart,
      }));
      held += sweeps * due;
      say(`${size} open: filled in ${Math.round((performance.now() - filledAt) / 1000)} s`);
      await new Promise((resolve) => setTimeout(resolve, restFor(size)));
      sizes.push(await sweptAt(filled, database.uri, size, { from, sweeps }));
      say(`${size} open: ${JSON.stringify(sizes.at(-1))}`);
    }
    return { due, sizes, ...ratiosOf(sizes) };
  } finally {
    await filled.close();
    await database.drop();
  }
};

const swept = z.object({ ms: z.number(), moved: z.number() });

const sweptAt = async (
  { db }: FilledStore,
  uri: string,
  open: number,
  { from, sweeps }: { readonly from: number; readonly sweeps: number },
): Promise<Size> => {
  const { examined } = await explained(db, dueCommand(from, due));
  const own = await startProcess('sweep-process.ts', { mongodbUri: uri });
  try {
    const times: number[] = [];
    for (let round = 0; round < sweeps; round += 1) {
      const { ms, moved } = swept.parse(await own.ask('sweep', from + round * apart));
      if (moved !== due) throw new Error(`Sweeping ${open} tickets failed: ${moved} moved, not ${due}`);
      times.push(ms);
    }
    const { rss } = usageSchema.parse(await own.ask('usage', 'tidy'));
    return { open, ms: rounded(median(times)), documentsExamined: examined, memoryMb: rounded(rss / 2 ** 20) };
  } finally {
    await own.stop();
  }
};

const ratiosOf = (sizes: readonly Size[]): Pick<Growth, 'timeRatio' | 'documentsRatio' | 'memoryRatio'> => {
  const [smallest, largest] = [sizes[0], sizes.at(-1)];
  const ratio = (pick: (size: Size) => number): number =>
    smallest === undefined || largest === undefined ? Number.NaN : rounded(pick(largest) / pick(smallest));
  return {
    timeRatio: ratio(({ ms }) => ms),
    documentsRatio: ratio(({ documentsExamined }) => documentsExamined),
    memoryRatio: ratio(({ memoryMb }) => memoryMb),
  };
};
