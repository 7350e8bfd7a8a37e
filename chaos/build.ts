import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { breakages } from './breakages.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export interface Build {
  /** What `node` starts. */
  readonly entry: string;
  remove(): void;
}

/**
 * The bot as it runs in production, compiled from a copy of its source; `broken` names what is changed in the copy.
 * @throws when the text to be changed is not there. Types are another step's matter.
 */
export const buildBot = async (broken: string | null): Promise<Build> => {
  // Inside the repository, so that the packages are found.
  const folder = join(root, '.cache', `chaos-${process.pid}`);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  remove();
  mkdirSync(folder, { recursive: true });
  try {
    cpSync(join(root, 'src'), join(folder, 'src'), { recursive: true });
    // The standard policy, which the bot reads beside its own folder.
    cpSync(join(root, 'policy.yaml'), join(folder, 'policy.yaml'));
    if (broken !== null) breakIn(join(folder, 'src'), broken);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: '../../tsconfig.json',
        compilerOptions: { rootDir: 'src', outDir: 'dist' },
        include: ['src'],
      }),
    );
    const tsc = join(root, 'node_modules', '.bin', 'tsc');
    await promisify(execFile)(tsc, ['-p', folder, '--noCheck']).catch((error: unknown) => {
      const said = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
      throw new Error(`Building the bot failed: ${said}`);
    });
    return { entry: join(folder, 'dist', 'main.js'), remove };
  } catch (error) {
    remove();
    throw error;
  }
};

/** @throws when the text to be changed is not there once */
export const copySource = (to: string, broken: string | null): void => {
  cpSync(join(root, 'src'), to, { recursive: true });
  if (broken !== null) breakIn(to, broken);
};

const breakIn = (source: string, name: string): void => {
  const changes = breakages[name];
  if (changes === undefined) {
    throw new Error(`Breaking '${name}' failed: known are ${Object.keys(breakages).join(', ')}`);
  }
  for (const { file, text, instead } of changes) {
    const path = join(source, file);
    const before = readFileSync(path, 'utf8');
    if (before.split(text).length !== 2) throw new Error(`Breaking '${name}' failed: its text is not once in ${file}`);
    writeFileSync(
      path,
      before.replace(text, () => instead),
    );
  }
};
