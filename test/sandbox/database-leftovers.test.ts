import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderPrefix, remember, sweepLeftovers } from '../../sandbox/database-leftovers.ts';

const root = mkdtempSync(join(tmpdir(), 'tierline-leftovers-'));
afterAll(() => rmSync(root, { recursive: true }));

const aDeadProcess = (): number => spawnSync(process.execPath, ['-v']).pid;
const dead = aDeadProcess();

const standIn = async (...words: string[]): Promise<ChildProcess & { pid: number }> => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 9e6)', ...words], { stdio: 'ignore' });
  await once(child, 'spawn');
  return child as ChildProcess & { pid: number };
};

const leftoverFolder = (): string => mkdtempSync(join(root, folderPrefix));

describe('sweepLeftovers', () => {
  it('ends the server of a dead owner and removes its data', async () => {
    const folder = leftoverFolder();
    const server = await standIn(folder);
    const record = remember(root, { owner: dead, server: server.pid, folder, keep: false });
    const ended = once(server, 'exit');
    sweepLeftovers(root);
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect([existsSync(folder), existsSync(record)]).toEqual([false, false]);
  });

  it('leaves a process alone that merely has the number of a server of ours', async () => {
    const stranger = await standIn('somebody else');
    remember(root, { owner: dead, server: stranger.pid, folder: leftoverFolder(), keep: false });
    sweepLeftovers(root);
    expect(process.kill(stranger.pid, 0)).toBe(true);
    expect(stranger.signalCode).toBeNull();
    stranger.kill('SIGKILL');
  });

  it('leaves the server of a living owner, data that are to be kept, and folders that are not ours', async () => {
    const alive = leftoverFolder();
    const record = remember(root, { owner: process.pid, server: aDeadProcess(), folder: alive, keep: false });
    const kept = leftoverFolder();
    remember(root, { owner: dead, server: aDeadProcess(), folder: kept, keep: true });
    sweepLeftovers(root);
    const foreign = mkdtempSync(join(root, 'photos-'));
    remember(root, { owner: dead, server: aDeadProcess(), folder: foreign, keep: false });
    sweepLeftovers(root);
    expect([alive, record, kept, foreign].map((path) => existsSync(path))).toEqual([true, true, true, true]);
  });

  it('removes the half-built environment of a dead process, and a record that nobody can read', () => {
    const draft = join(root, `secantusdb-1.of-${dead}`);
    mkdirSync(draft);
    const living = join(root, `secantusdb-1.of-${process.pid}`);
    mkdirSync(living);
    writeFileSync(join(root, 'server-1.json'), '{"owner"');
    sweepLeftovers(root);
    expect([draft, living, join(root, 'server-1.json')].map((path) => existsSync(path))).toEqual([false, true, false]);
  });
});
