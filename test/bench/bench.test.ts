import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root, sourceCommand } from '../support/a-process.ts';

/** Real processes in real time: on a busy machine each takes its time. Milliseconds. */
const busyMachine = 120_000;

/** As `npm run bench -- --json` with these options: what it leaves on stdout. */
const bench = async (...options: readonly string[]): Promise<Record<string, unknown>> => {
  const [program = '', ...command] = sourceCommand('bench/bench.ts');
  const { stdout } = await promisify(execFile)(program, [...command, '--json', ...options], {
    cwd: root,
    env: { ...process.env, MONGODB_URI: process.env.TEST_DATABASE_URI ?? '', NODE_OPTIONS: '' },
    timeout: busyMachine,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
};

const figure = expect.any(Number);
const peer = { perSecond: figure, savedPerSecond: figure, cpuMs: figure, ackP99Ms: figure };
const throughput = { tierline: peer, bare: peer, ratio: figure, savedRatio: figure, cpuRatio: figure };
const due = 40;

type Trips = Readonly<Record<string, { readonly mongodb: number; readonly slack: number }>>;

describe('npm run bench -- --json', () => {
  it(
    'prints one object with the figures of desk and peer, and no more round trips than were promised',
    async () => {
      // Without Agenda, which has been seen to stall the server that the other tests share.
      const few = ['--rounds=1', '--tickets=8', `--actions=${due}`, '--open=200', '--sweeps=1'];
      const { roundTrips, ...others } = await bench('--only=intake,claim,growth,roundTrips', ...few);
      expect(others).toEqual({
        database: expect.stringMatching(/MongoDB \d/),
        intake: throughput,
        claim: throughput,
        growth: {
          due: 200,
          sizes: [{ open: 200, ms: figure, documentsExamined: 200, memoryMb: figure }],
          ...{ timeRatio: 1, documentsRatio: 1, memoryRatio: 1 },
        },
      });
      const trips = (action: string): number => (roundTrips as Trips)[action]?.mongodb ?? Number.POSITIVE_INFINITY;
      expect(trips('message to ticket')).toBeLessThanOrEqual(2.2);
      expect(trips('claim')).toBeLessThanOrEqual(2.2);
      expect(trips('claim, from the cache')).toBeLessThanOrEqual(1.2);
      expect(trips('tick with nothing due')).toBe(2);
      // 0.1 for each of 200: no more in all for fewer.
      expect(trips('timed escalation') * due).toBeLessThanOrEqual(20);
    },
    busyMachine,
  );
});
