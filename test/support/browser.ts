import { jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { browserWays, startBrowser } from '../../sandbox/browser.ts';

/** A browser, or the sentence that says why there is none. */
export type Chosen =
  | { readonly kind: 'browser'; readonly browser: Browser }
  | { readonly kind: 'none'; readonly why: string };

/** @throws where `CI=true` and none starts: there a look that was not taken is a failure (15.2) */
export const chooseBrowser = async (env: Readonly<Record<string, string | undefined>>): Promise<Chosen> => {
  try {
    return { kind: 'browser', browser: await startBrowser(browserWays(env)) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (env.CI === 'true') throw new Error(`The page was not looked at. ${why}`, { cause: error });
    return { kind: 'none', why };
  }
};

/** What many steps of a browser may take beside other tests. */
const limitMs = 60_000;

/** One browser for all tests of a file, closed after them; the file is skipped, with the reason, where none starts. */
export const inBrowser = async (title: string, tests: (browser: Browser) => void): Promise<void> => {
  jest.setTimeout(limitMs);
  const chosen = await chooseBrowser(process.env);
  if (chosen.kind === 'none') {
    describe.skip(title, () => it(`was not looked at. ${chosen.why}`, () => {}));
    return;
  }
  describe(title, () => {
    afterAll(() => chosen.browser.close());
    tests(chosen.browser);
  });
};
