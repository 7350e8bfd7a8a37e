import { mkdirSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const cache = fileURLToPath(new URL('../.cache', import.meta.url));

/**
 * The years' program in one file of plain JavaScript: that runs a tenth faster than when each module is translated as it is
 * loaded, which names every closure anew.
 */
export const bundleYears = async (): Promise<{ readonly path: string; remove(): void }> => {
  mkdirSync(cache, { recursive: true });
  // Where the packages are found.
  const path = `${cache}/years-of-${process.pid}.mjs`;
  await build({
    entryPoints: [fileURLToPath(new URL('year-process.ts', import.meta.url))],
    outfile: path,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    logLevel: 'error',
  });
  return { path, remove: () => rmSync(path, { force: true }) };
};
