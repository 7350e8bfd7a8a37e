import { breakages } from '../../simulation/breakages.ts';
import { createScheduler } from '../../simulation/scheduler.ts';
import { everything, runWorld } from '../../simulation/world.ts';
import { root, runProcess, sourceCommand } from '../support/a-process.ts';

/** Years of work on a busy machine, in milliseconds. */
const limitMs = 120_000;

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

  it(
    'notices each way of being broken on purpose',
    async () => {
      const command = [
        ...sourceCommand('simulation/simulate.ts'),
        '--break',
        'all',
        '--years',
        '8',
        '--processes',
        '1',
      ];
      const { code, output } = await runProcess({ command, env: {}, cwd: root }, limitMs);
      for (const breakage of breakages) expect(output).toMatch(new RegExp(`^${breakage} +year \\d`, 'm'));
      expect(code).toBe(0);
    },
    limitMs,
  );
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
