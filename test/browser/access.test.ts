import { expect } from '@jest/globals';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { inBrowser } from '../support/browser.ts';
import { aRoom, type Room, type Seat } from '../support/seats.ts';

const limitMs = 60_000;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** What axe-core finds wrong with the page as it stands, WCAG 2.2 AA and its best practices. */
const violationsOn = async (page: Page): Promise<readonly string[]> => {
  // The rule of 2.2 AA, on the size of what is pressed, has to be asked for.
  const light = await foundBy(
    page,
    "axe.run(document, { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } })",
  );
  // The dark page differs in nothing but its colours, and these do not hang on the width.
  if ((page.viewportSize()?.width ?? 0) < 900) return light;
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await foundBy(page, "axe.run(document, { resultTypes: ['violations'], runOnly: ['color-contrast'] })");
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((each) => `in the dark: ${each}`)];
};

const foundBy = async (page: Page, run: string): Promise<readonly string[]> => {
  // The page lets no script in from a tag; the browser's own hands may put one there.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const found = (await page.evaluate(`${run}.then(({ violations }) => violations)`)) as readonly Violation[];
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
};

await inBrowser('the page, by other means than eyes and a mouse', (browser) => {
  let room: Room;

  beforeAll(async () => {
    room = await aRoom(browser);
  });
  afterAll(() => room.stop());

  it(
    'can be played by keyboard alone: message, ticket, claim, resolve, solved',
    async () => {
      const lou = await room.sit('ULOU');
      const ana = await room.sit('UANA');
      await reach(lou, '#shared-shop');
      await lou.page.keyboard.press('Enter');
      await reach(lou, 'Message #shared-shop');
      await lou.page.keyboard.type('The mail of our company is away');
      await lou.page.keyboard.press('Enter');
      await lou.message('The mail of our').getByRole('button', { name: /repl/ }).waitFor();

      await reach(ana, '#tier-1');
      await ana.page.keyboard.press('Enter');
      await ana.message('The mail of our').first().waitFor();
      await reach(ana, /^Tierline, /);
      // The newest is the call, if it has come; the card is the first.
      await ana.page.keyboard.press('Home');
      await reach(ana, 'Claim');
      await ana.page.keyboard.press('Enter');
      await ana.message('Ana has it since').waitFor();
      await reach(ana, 'Resolve');
      await ana.page.keyboard.press('Enter');
      await ana.form.waitFor();
      for (const [field, words] of [
        ['Cause', 'A full queue'],
        ['Fix', 'Emptied it'],
        ['What the customer reads', 'Mail flows again.'],
      ] as const) {
        await reach(ana, field);
        await ana.page.keyboard.type(words);
      }
      await reach(ana, 'Preview');
      await ana.page.keyboard.press('Enter');
      await ana.form.getByRole('heading', { name: 'Look once more' }).waitFor();
      await reach(ana, 'Send');
      await ana.page.keyboard.press('Enter');
      await ana.form.waitFor({ state: 'detached' });

      await reach(lou, /^\d+ repl(y|ies)/);
      await lou.page.keyboard.press('Enter');
      await lou.beside('Thread').getByText('Is it solved for you?').waitFor();
      await reach(lou, 'Solved');
      await lou.page.keyboard.press('Enter');
      await ana.message('Closed, confirmed').waitFor();
    },
    2 * limitMs,
  );

  it(
    'has no violations of axe-core on any view, in light and dark, wide and narrow',
    async () => {
      const kim = await room.sit('UKIM');
      await kim.says('Our *web shop* shows `502` :eyes: 🚨\n> since noon');
      await kim.message('web shop').getByRole('button', { name: /repl/ }).waitFor();
      await kim.page.context().close();
      for (const width of [1280, 390]) {
        const ana = await room.sit('UANA', { width });
        const where = `${width} px`;
        const check = async (view: string): Promise<void> => {
          expect({ where, view, violations: await violationsOn(ana.page) }).toEqual({ where, view, violations: [] });
          const isWider = await ana.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
          expect({ where, view, isWider }).toEqual({ where, view, isWider: false });
        };
        const show = async (name: string): Promise<void> => {
          if (width < 900) await ana.page.getByRole('button', { name: 'Channels and people' }).click();
          if (width < 900) await check('people and channels');
          await ana.goTo(name);
        };
        await check('channel');
        // What a message can hold is as wide as the window, and looks the same in both.
        if (width > 900) {
          await ana.goTo('#lounge');
          await ana.says('The kettle is on');
          await ana.says('/ticket help');
          await ana.message('Only visible to you').last().waitFor();
          await ana.page.locator('main input[type=file]').setInputFiles([log]);
          await ana.page.getByRole('textbox', { name: /^Message/ }).fill('/t');
          await ana.page.getByRole('listbox').waitFor();
          await check('private answer, files to send and suggestions');
          await ana.page.getByRole('textbox', { name: /^Message/ }).fill('Here is the log');
          await ana.page.keyboard.press('Enter');
          await ana.message('Here is the log').last().getByText(log.name).waitFor();
          await ana.chooses('Here is the log', 'React with :heart:');
          await ana.message('Here is the log').last().getByRole('button', { name: 'heart, Ana' }).waitFor();
          await ana.chooses('The kettle is on', 'Edit message');
          await check('reaction, file and edit');
          await ana.page.keyboard.press('Escape');
          await ana.chooses('The kettle is on', 'Delete message');
          await ana.page.getByRole('button', { name: 'Delete', exact: true }).waitFor();
          await check('question before deleting');
          await ana.page.keyboard.press('Escape');
        }
        await show('#tier-1');
        await ana.message('ESC-2').first().waitFor();
        await check('cards');
        await ana.message('ESC-2').first().getByRole('button', { name: 'Message actions' }).click();
        await check('menu');
        await ana.page.keyboard.press('Escape');
        const thread = await ana.thread('ESC-2');
        await check('thread');
        await thread.getByRole('button', { name: 'Close thread' }).click();
        await ana.message('ESC-2').first().getByRole('button', { name: 'More actions' }).click();
        await ana.page.getByRole('menuitem', { name: 'Update customer' }).click();
        await ana.form.waitFor();
        await check('form');
        await ana.form.getByRole('button', { name: 'Preview' }).click();
        await ana.form.locator('.error').first().waitFor();
        await check('form with errors');
        await ana.page.keyboard.press('Escape');
        await ana.form.waitFor({ state: 'detached' });
        for (const panel of ['Clock', 'Scenes', 'Faults']) {
          await ana.page.getByRole('button', { name: panel, exact: true }).click();
          const beside = ana.beside(panel);
          await beside.waitFor();
          if (panel === 'Clock') await beside.getByRole('button', { name: '+15 min' }).click();
          if (panel === 'Clock') await beside.locator('.happenings li, .quiet').last().waitFor();
          await check(panel);
          await ana.page.getByRole('button', { name: panel, exact: true }).click();
        }
        await ana.page.context().close();
        for (const user of ['UMAX', 'UFAY']) {
          const other = await room.sit(user, { width });
          expect({ where, user, violations: await violationsOn(other.page) }).toEqual({ where, user, violations: [] });
          await other.page.context().close();
        }
      }
    },
    3 * limitMs,
  );

  it('leaves nothing to complain of in any window', () => {
    expect(room.complaints).toEqual([]);
  });
});

const log = { name: 'log.txt', mimeType: 'text/plain', buffer: Buffer.from('x') };

const mostSteps = 150;

/** Presses Tab until the focus is on what is called so, as one does who has no mouse; and it can be seen there. */
const reach = async ({ page }: Seat, name: string | RegExp): Promise<void> => {
  for (let step = 0; step < mostSteps; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      const label =
        element?.getAttribute('aria-label') ?? (element as HTMLInputElement | null)?.labels?.[0]?.textContent;
      const box = element?.getBoundingClientRect();
      const isSeen = box !== undefined && box.bottom > 0 && box.top < window.innerHeight && box.width > 0;
      return { called: (label ?? element?.textContent ?? '').trim(), isSeen };
    });
    const isIt = typeof name === 'string' ? focused.called.startsWith(name) : name.test(focused.called);
    if (!isIt) continue;
    expect(focused.isSeen).toBe(true);
    return;
  }
  throw new Error(`${mostSteps} presses of Tab did not reach ${String(name)}`);
};
