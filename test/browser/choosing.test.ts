import { browserWays } from '../../sandbox/browser.ts';
import { chooseBrowser, inBrowser } from '../support/browser.ts';

const nowhere = '/nowhere/chrome';

describe('choosing a browser', () => {
  it('takes the one that CHROME_PATH names and no other', () => {
    expect(browserWays({ CHROME_PATH: nowhere }).map(({ name }) => name)).toEqual([nowhere]);
  });

  it('else takes what the machine has, and the packaged one last', () => {
    const ways = browserWays({}, [process.execPath, nowhere]);
    expect(ways.map(({ name }) => name)).toEqual([process.execPath, 'the packaged Chromium']);
  });

  it('skips with a sentence that says what was tried when none starts', async () => {
    expect(await chooseBrowser({ CHROME_PATH: nowhere })).toEqual({
      kind: 'none',
      why: expect.stringContaining(`Cannot start a browser: ${nowhere}: `),
    });
  });

  it('fails, and does not skip, where CI=true', async () => {
    await expect(chooseBrowser({ CHROME_PATH: nowhere, CI: 'true' })).rejects.toThrow(
      `The page was not looked at. Cannot start a browser: ${nowhere}`,
    );
  });
});

await inBrowser('a browser of this machine', (browser) => {
  it('shows a page', async () => {
    const page = await browser.newPage();
    await page.setContent('<p>שלום <b>there</b></p>');
    expect(await page.textContent('p')).toBe('שלום there');
    await page.close();
  });
});
