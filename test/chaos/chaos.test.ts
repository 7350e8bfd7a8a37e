import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Build, buildBot, copySource } from '../../chaos/build.ts';
import { runOnce } from '../../chaos/run.ts';

/** Real processes in real time: on a busy machine each takes its time. Milliseconds. */
const busyMachine = 120_000;

let build: Build;

beforeAll(async () => {
  build = await buildBot(null);
}, busyMachine);

afterAll(() => build.remove());

describe('a short bad night (14)', () => {
  it(
    'loses nothing, says nothing twice, leaves nothing out, keeps the order, and is not late',
    async () => {
      const result = await runOnce({ seed: 7, entry: build.entry, lasts: 2_500, issues: [4, 4], isMild: true });
      expect(result.findings.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([]);
      expect(result.deeds).toBeGreaterThan(4);
      expect(result.kills).toEqual({ bots: 1, database: 1 });
      expect(Object.keys(result.injected)).not.toEqual([]);
    },
    busyMachine,
  );
});

describe('breaking the bot on purpose', () => {
  it.each(['ack-before-write', 'no-version-guard', 'no-look-up'])('finds the one place that %s changes', (name) => {
    const folder = mkdtempSync(join(tmpdir(), 'tierline-broken-'));
    try {
      expect(() => copySource(folder, name)).not.toThrow();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuses a name it does not know', async () => {
    await expect(buildBot('no-such-thing')).rejects.toThrow(
      "Breaking 'no-such-thing' failed: known are ack-before-write",
    );
  });
});
