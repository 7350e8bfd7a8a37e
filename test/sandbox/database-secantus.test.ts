import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { secantus } from '../../sandbox/database-secantus.ts';

// A stand-in for Python: it makes the environment's folder, and its "pip" installs a file or fails. What is tested here is
// what happens around it; the real one is used by every run that falls back to SecantusDB.
const python = (pip: string): string =>
  `#!/bin/sh\nif [ "$2" = venv ]; then mkdir -p "$4/bin"; cp "$0" "$4/bin/python"; exit; fi\n${pip}\n`;
const installs = 'echo Downloading it; touch "$(dirname "$0")/secantusd-py"';
const fails = 'echo ERROR: No matching distribution found >&2; exit 1';

const folder = mkdtempSync(join(tmpdir(), 'tierline-secantus-'));
afterAll(() => rmSync(folder, { recursive: true }));

const search = (pip: string) => {
  const home = mkdtempSync(join(folder, 'machine-'));
  writeFileSync(join(home, 'python3'), python(pip), { mode: 0o755 });
  const said: string[] = [];
  const env = { PATH: [home, process.env.PATH].join(delimiter) };
  return { said, cache: join(home, 'cache'), env, say: (line: string) => void said.push(line.trim()) };
};

describe('the environment of SecantusDB', () => {
  it('is fetched once, with every line shown', async () => {
    const machine = search(installs);
    const first = await secantus.find(machine);
    expect(first).toMatchObject({ program: { command: expect.stringMatching(/secantusdb-0\.7\.0b3.bin.python$/) } });
    expect(machine.said).toEqual([expect.stringContaining('fetching SecantusDB 0.7.0b3'), 'Downloading it']);
    await secantus.find(machine);
    expect(machine.said).toHaveLength(2);
  });

  it('is never left half made: a failed fetch gives the reason and leaves nothing', async () => {
    const machine = search(fails);
    expect(await secantus.find(machine)).toEqual({ missing: 'ERROR: No matching distribution found' });
    expect(readdirSync(machine.cache)).toEqual([]);
  });

  it('is built by two at once without harm', async () => {
    const machine = search(installs);
    const cache = machine.cache;
    const home = join(cache, 'secantusdb-0.7.0b3');
    // The other process publishes while ours is still installing.
    const slower = search(`mkdir -p "${home}/bin"; touch "${home}/bin/secantusd-py"`);
    expect(await secantus.find({ ...slower, cache })).toHaveProperty('program');
    expect(readdirSync(cache)).toEqual(['secantusdb-0.7.0b3']);
  });

  it('is built anew when it is broken', async () => {
    const machine = search(installs);
    const home = join(machine.cache, 'secantusdb-0.7.0b3');
    mkdirSync(home, { recursive: true });
    await secantus.repair(machine);
    expect(existsSync(home)).toBe(false);
    await secantus.find(machine);
    expect(existsSync(join(home, 'bin', 'secantusd-py'))).toBe(true);
  });
});
