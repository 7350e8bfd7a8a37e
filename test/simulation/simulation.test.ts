import { breakages } from '../../simulation/breakages.ts';
import { createScheduler } from '../../simulation/scheduler.ts';
import { everything, runWorld } from '../../simulation/world.ts';

/** The seed of `npm run simulate`'s own first year, so that a failure here can be told there. */
const seed = '1/1';

describe('the simulated desk', () => {
  it('keeps every promise for some weeks of faults, and all is said in the end', async () => {
    const { violation, faults, tickets } = await runWorld(everything(seed, 40));
    expect(violation).toBeNull();
    expect(tickets).toBeGreaterThan(5);
    expect(Object.values(faults).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(50);
  });

  it('tells the same story for the same seed, and another for another', async () => {
    const [one, two, other] = [
      await runWorld(everything('same', 15)),
      await runWorld(everything('same', 15)),
      await runWorld(everything('other', 15)),
    ];
    expect(two).toEqual(one);
    expect(other.hash).not.toBe(one.hash);
  });

  it.each(breakages)('notices when it is broken on purpose: %s', async (breakage) => {
    let invariant: string | null = null;
    for (let year = 1; year <= 8 && invariant === null; year += 1) {
      const options = { ...everything(`1/${year}`, 90), broken: new Set([breakage]) };
      invariant = (await runWorld(options)).violation?.invariant ?? null;
    }
    expect(invariant).toEqual(expect.any(String));
  });
});

describe('moved time', () => {
  it('finishes what a step sets off before the next step', async () => {
    const happened: string[] = [];
    const scheduler = createScheduler(0);
    scheduler.at(2, () => happened.push('second'));
    scheduler.at(1, async () => {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
      happened.push('first, after fifty promises');
    });
    await scheduler.runUntil(10, () => {});
    expect(happened).toEqual(['first, after fifty promises', 'second']);
    expect(scheduler.now()).toBe(10);
  });
});
