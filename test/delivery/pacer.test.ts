import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createScheduler } from '../../simulation/scheduler.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import { slackLimits } from '../../src/delivery/slack-rates.ts';
import { hour, type Instant, second } from '../../src/domain/instant.ts';

interface Arrival {
  readonly at: Instant;
  readonly place: string;
  readonly critical: boolean;
  readonly folds: boolean;
}

interface Begun extends Arrival {
  readonly name: number;
  readonly begunAt: Instant;
  readonly putOff: number;
}

const burst = 3;
const start = Date.UTC(2027, 0, 11);

/** Lets posts arrive, each coming back when it was told to, until all are made. */
const played = async (arrivals: readonly Arrival[], patience: number, takes: number): Promise<readonly Begun[]> => {
  const scheduler = createScheduler(start);
  const pacer = createPacer({
    clock: scheduler,
    limits: slackLimits,
    patience,
    wait: (ms) => new Promise((resolve) => scheduler.in(ms, resolve)),
  });
  const begun: Begun[] = [];
  const come = (arrival: Arrival, name: number, putOff: number): void => {
    const { place, critical, folds } = arrival;
    const call = {
      ...({ method: 'chat.postMessage', place, critical, folds, key: `${name}`, isBack: putOff > 0 } as const),
      until: Number.POSITIVE_INFINITY,
    };
    const work = async () => {
      begun.push({ ...arrival, name, begunAt: scheduler.now(), putOff });
      await new Promise<void>((resolve) => scheduler.in(takes, resolve));
      return { called: true, value: null };
    };
    void pacer.run(call, work).then((paced) => {
      if (paced.kind === 'later') scheduler.in(paced.after, () => come(arrival, name, putOff + 1));
    });
  };
  for (const [name, arrival] of arrivals.entries()) scheduler.at(start + arrival.at, () => come(arrival, name, 0));
  await scheduler.runUntil(start + hour, () => {});
  return begun;
};

const arrivals = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 20 * second }),
    place: fc.constantFrom('C1', 'C2'),
    critical: fc.boolean(),
    folds: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);
const patience = fc.constantFrom(0, 6 * second);
const takes = fc.constantFrom(0, 150);

const check = (property: fc.IAsyncProperty<[Arrival[], number, number]>): Promise<void> =>
  fc.assert(property, { numRuns: 60 });

const inPlace = (begun: readonly Begun[], place: string): readonly Begun[] =>
  begun.filter((each) => each.place === place);

describe('pacing (14.4)', () => {
  it('never lets more through than a short burst and one a second and channel, in any window', async () => {
    await check(
      fc.asyncProperty(arrivals, patience, takes, async (all, willing, lasts) => {
        const begun = await played(all, willing, lasts);
        for (const place of ['C1', 'C2']) {
          const at = inPlace(begun, place).map(({ begunAt }) => begunAt);
          for (const [first, from] of at.entries()) {
            for (const [index, to] of at.entries()) {
              if (index >= first) expect(index - first + 1).toBeLessThanOrEqual(burst + (to - from) / second);
            }
          }
        }
      }),
    );
  });

  it('lets everyone through, once, and wastes little of what is allowed', async () => {
    await check(
      fc.asyncProperty(arrivals, patience, takes, async (all, willing, lasts) => {
        const begun = await played(all, willing, lasts);
        expect(begun.map(({ name }) => name).toSorted((a, b) => a - b)).toEqual(all.map((_, index) => index));
        for (const place of ['C1', 'C2']) {
          const mine = inPlace(begun, place);
          const last = Math.max(start, ...mine.map(({ begunAt }) => begunAt));
          const arrived = Math.max(0, ...mine.map(({ at }) => at));
          // What came is worked off in its time from the last arrival, but for what was over before.
          expect(last - start - arrived).toBeLessThanOrEqual((mine.length + burst + 2) * second);
        }
      }),
    );
  });

  it('lets the critical ones, and what says many things at once, go before all others', async () => {
    await check(
      fc.asyncProperty(arrivals, patience, takes, async (all, willing, lasts) => {
        const begun = await played(all, willing, lasts);
        for (const place of ['C1', 'C2']) {
          const mine = inPlace(begun, place);
          for (const { at, begunAt, critical, folds } of mine) {
            if (!critical && !folds) continue;
            const before = mine.filter(
              (each) => (each.critical || each.folds) && each.begunAt <= begunAt && each.begunAt >= start + at,
            );
            // One that had begun may still be on its way.
            expect(begunAt - start - at).toBeLessThanOrEqual((before.length + 1) * second + 2 * lasts);
          }
        }
      }),
    );
  });

  it.each([0, 6 * second])(
    'works off 500 at the allowed rate, putting each off twice at most (patience %d)',
    async (willing) => {
      const all = Array.from({ length: 500 }, (_, index) => ({
        at: index * 20,
        place: 'C1',
        critical: false,
        folds: false,
      }));
      const begun = await played(all, willing, 100);
      expect(begun).toHaveLength(500);
      expect((begun.at(-1)?.begunAt ?? 0) - start).toBeLessThanOrEqual((500 * second) / 0.97);
      expect(begun.reduce((sum, { putOff }) => sum + putOff, 0)).toBeLessThanOrEqual(1_000);
    },
  );

  it('three processes that share a channel find their pace: few are refused, and little is wasted', async () => {
    const scheduler = createScheduler(start);
    const wait = (ms: number): Promise<void> => new Promise((resolve) => scheduler.in(ms, resolve));
    // Slack's own count: five at once, then one a second.
    let tokens = 5;
    let countedAt = start;
    const slackTakes = (): boolean => {
      tokens = Math.min(5, tokens + (scheduler.now() - countedAt) / second);
      countedAt = scheduler.now();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    };
    let made = 0;
    let refused = 0;
    let doneAt = start;
    const total = 600;
    const pacers = Array.from({ length: 3 }, () =>
      createPacer({ clock: scheduler, limits: slackLimits, patience: 6 * second, wait }),
    );
    // What was put off is taken up by whichever process looks first.
    const come = (name: number, times: number): void => {
      const pacer = pacers[(name + times) % pacers.length];
      if (pacer === undefined) throw new Error('no process');
      const call = {
        method: 'chat.postMessage',
        place: 'C1',
        critical: false,
        folds: false,
        key: `${name}`,
        isBack: times > 0,
        until: Number.POSITIVE_INFINITY,
      } as const;
      const work = async () => {
        await wait(80);
        const isTaken = slackTakes();
        if (!isTaken) pacer.tooMany(call, second);
        return { called: true, value: isTaken };
      };
      void pacer.run(call, work).then((paced) => {
        if (paced.kind === 'done' && paced.value) {
          made += 1;
          doneAt = scheduler.now();
          return;
        }
        if (paced.kind === 'done') refused += 1;
        scheduler.in(paced.kind === 'later' ? paced.after : second, () => come(name, times + 1));
      });
    };
    for (let name = 0; name < total; name += 1) scheduler.at(start + name * 16, () => come(name, 0));
    await scheduler.runUntil(start + hour, () => {});
    expect(made).toBe(total);
    expect(refused / (made + refused)).toBeLessThan(0.1);
    expect(made / ((doneAt - start) / second)).toBeGreaterThan(0.9);
  });

  it.each([0, 6 * second])(
    'lets nothing begin in a pause, nor all at once after it, also what was granted before (patience %d)',
    async (willing) => {
      const scheduler = createScheduler(start);
      const wait = (ms: number): Promise<void> => new Promise((resolve) => scheduler.in(ms, resolve));
      const pacer = createPacer({ clock: scheduler, limits: slackLimits, patience: willing, wait });
      const begunAt: Instant[] = [];
      const come = (name: number, isBack: boolean): void => {
        const call = {
          method: 'chat.postMessage',
          place: 'C1',
          critical: true,
          folds: false,
          key: `${name}`,
          isBack,
        } as const;
        const work = async () => {
          begunAt.push(scheduler.now());
          await wait(100);
          return { called: true, value: null };
        };
        void pacer.run({ ...call, until: Number.POSITIVE_INFINITY }, work).then((paced) => {
          // Taken up by a sweep, some at once.
          const sweptAt = scheduler.now() + (paced.kind === 'later' ? paced.after : 0);
          if (paced.kind === 'later')
            scheduler.at(Math.ceil(sweptAt / (5 * second)) * 5 * second, () => come(name, true));
        });
      };
      for (let name = 0; name < 40; name += 1) scheduler.at(start, () => come(name, false));
      const pausedAt = start + 9.95 * second;
      const opensAt = pausedAt + 30 * second;
      scheduler.at(pausedAt, () => pacer.tooMany({ method: 'chat.postMessage', place: 'C1' }, 30 * second));
      await scheduler.runUntil(start + hour, () => {});
      expect(begunAt).toHaveLength(40);
      expect(begunAt.filter((at) => at > pausedAt && at < opensAt)).toEqual([]);
      expect(begunAt.filter((at) => at >= opensAt && at < opensAt + second).length).toBeLessThanOrEqual(burst);
    },
  );
});

describe('who waits for a turn', () => {
  it('is let go by rank: what is critical, what says many things at once, and the others as they came (14.4)', async () => {
    const scheduler = createScheduler(start);
    const wait = (ms: number): Promise<void> => new Promise((resolve) => scheduler.in(ms, resolve));
    const pacer = createPacer({ clock: scheduler, limits: slackLimits, patience: 6 * second, wait });
    const begun: string[] = [];
    const come = (key: string, { critical = false, folds = false } = {}): void => {
      const call = { method: 'chat.postMessage', place: 'C1', critical, folds, key, isBack: false } as const;
      void pacer.run({ ...call, until: Number.POSITIVE_INFINITY }, async () => {
        begun.push(key);
        return { called: true, value: null };
      });
    };
    scheduler.at(start, () => {
      for (let index = 0; index < burst; index += 1) come('single');
      come('folded', { folds: true });
      come('critical', { critical: true });
    });
    await scheduler.runUntil(start + hour, () => {});
    // One at a time: the first is on its way when the others come.
    expect(begun).toEqual(['single', 'critical', 'folded', 'single', 'single']);
  });
});

describe('who may not wait past an instant', () => {
  const wait = (scheduler: ReturnType<typeof createScheduler>, ms: number): Promise<void> =>
    new Promise((resolve) => scheduler.in(ms, resolve));

  const asked = (name: string, until: Instant) =>
    ({
      method: 'chat.postMessage',
      place: 'C1',
      critical: false,
      folds: false,
      key: name,
      isBack: false,
      until,
    }) as const;

  it('is put off at once where the turn would come later', async () => {
    const scheduler = createScheduler(start);
    const pacer = createPacer({
      ...{ clock: scheduler, limits: slackLimits, patience: 6 * second },
      wait: (ms) => wait(scheduler, ms),
    });
    const heard: string[] = [];
    const come = (name: string, until: Instant): void => {
      void pacer
        .run(asked(name, until), async () => ({ called: true, value: null }))
        .then(({ kind }) => heard.push(`${name} ${kind} at ${(scheduler.now() - start) / second}`));
    };
    scheduler.at(start, () => {
      for (let name = 0; name < burst; name += 1) come(`${name}`, start + hour);
      come('short', start + second);
      come('long', start + 5 * second);
    });
    await scheduler.runUntil(start + hour, () => {});
    expect(heard).toContain('short later at 0');
    expect(heard).toContain('long done at 1');
  });

  it('is put off when the one before takes so long', async () => {
    const scheduler = createScheduler(start);
    const pacer = createPacer({
      ...{ clock: scheduler, limits: slackLimits, patience: 6 * second },
      wait: (ms) => wait(scheduler, ms),
    });
    const begun: string[] = [];
    const come = (name: string, until: Instant) =>
      pacer.run(asked(name, until), async () => {
        begun.push(name);
        await wait(scheduler, 3 * second);
        return { called: true, value: null };
      });
    const came: unknown[] = [];
    scheduler.at(start, () => {
      void come('slow', start + hour);
      void come('short', start + 2 * second).then((paced) => came.push(paced));
    });
    await scheduler.runUntil(start + hour, () => {});
    expect(begun).toEqual(['slow']);
    expect(came).toEqual([{ kind: 'later', after: expect.any(Number) }]);
  });
});
