/** The Chromium that comes as a package (compressed, for serverless machines), unpacked once for all runs. */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import chromium from '@sparticuz/chromium';

export type PackedChromium = {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Record<string, string>;
};

const cache = fileURLToPath(new URL('../.cache', import.meta.url));
const home = join(cache, 'chromium-147');
const unpackLimitMs = 60_000;

export const packedChromium = async (): Promise<PackedChromium> => {
  if (!existsSync(home)) await unpack();
  return {
    executablePath: join(home, 'chromium'),
    // Two windows in one process would share what must not be shared, and die together.
    args: chromium.args.filter((each) => each !== '--single-process' && each !== '--disable-web-security'),
    env: { ...definedIn(process.env), FONTCONFIG_FILE: join(home, 'fonts.conf') },
  };
};

/**
 * The package unpacks into the temporary folder, file by file, and takes what is half there for whole. So it does that in
 * a folder of its own, which gets its name when all is there; of two who unpack at once the second throws its copy away.
 */
const unpack = async (): Promise<void> => {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(join(cache, 'chromium-'));
  try {
    const script = "await (await import('@sparticuz/chromium')).default.executablePath()";
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, TMPDIR: draft, TEMP: draft, TMP: draft },
      timeout: unpackLimitMs,
    });
    writeFileSync(join(draft, 'fonts.conf'), fontsConf(join(home, 'fonts')));
    renameSync(draft, home);
  } catch (error) {
    if (!existsSync(join(home, 'fonts.conf'))) throw error;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
};

/** The package's own letters first, so that a picture is the same on every machine; then what the machine has. */
const fontsConf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
  ${['sans-serif', 'system-ui'].map((name) => `<alias binding="same"><family>${name}</family><prefer><family>Open Sans</family><family>DejaVu Sans</family></prefer></alias>`).join('\n  ')}
  <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
`;

const definedIn = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
