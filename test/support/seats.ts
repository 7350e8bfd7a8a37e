/// <reference lib="dom" />
import type { Browser, Locator, Page } from 'playwright-core';
import type { PageStage } from '../../sandbox/page-stage.ts';
import { type APage, aPage } from './a-page.ts';

/** One person at a window of the demo's page, in a real browser. */
export interface Seat {
  readonly page: Page;
  /** Opens a channel by its name, or a direct message by whom it is with. */
  goTo(name: string): Promise<void>;
  /** Writes in the open channel. */
  says(text: string): Promise<void>;
  /** The thread of the newest message that says this, in the panel beside. */
  thread(words: string | RegExp): Promise<Locator>;
  /** Messages of the open channel that say this. */
  message(words: string | RegExp): Locator;
  /** What stands beside the channel: a thread, or a panel of the demo's controls. */
  beside(name: string): Locator;
  /** Chooses from the menu of the newest message that says this. */
  chooses(words: string | RegExp, item: string): Promise<void>;
  /** Presses a button by its name on the newest message of the channel that has it. */
  presses(button: string): Promise<void>;
  /** The open form. */
  readonly form: Locator;
  /** Fills fields of the open form by their labels; a list is chosen from. */
  fills(fields: Readonly<Record<string, string>>): Promise<void>;
}

/** The demo with its page, and seats in one browser; all is closed by `stop`. */
export interface Room {
  readonly demo: APage;
  /** The workspace that is on. */
  stage(): PageStage;
  sit(user: string, options?: { readonly width?: number }): Promise<Seat>;
  /** What went wrong in any window, in the browser's words. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

const patienceMs = 15_000;

export const aRoom = async (browser: Browser, options: Parameters<typeof aPage>[0] = {}): Promise<Room> => {
  const demo = await aPage(options);
  const complaints: string[] = [];
  const open: Page[] = [];
  return {
    demo,
    complaints,
    stage: () => {
      const stage = demo.server.stage();
      if (stage === null) throw new Error('There is no stage');
      return stage;
    },
    sit: async (user, { width = 1280 } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: 'light',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(patienceMs);
      page.on('pageerror', (error) => complaints.push(`${user}: ${error.message}`));
      page.on('console', (line) => {
        if (line.type() === 'error') complaints.push(`${user}: ${line.text()}`);
      });
      open.push(page);
      await page.goto(`${demo.server.address}?as=${user}`);
      await page.getByRole('heading', { level: 2, name: '#', exact: false }).first().waitFor();
      return seatAt(page);
    },
    stop: async () => {
      await Promise.all(open.map((page) => page.context().close()));
      await demo.stop();
    },
  };
};

const seatAt = (page: Page): Seat => {
  const main = page.getByRole('main');
  const form = page.getByRole('dialog');
  const beside = (name: string): Locator => page.getByRole('complementary', { name });
  const message = (words: string | RegExp): Locator => main.getByRole('article').filter({ hasText: words });
  return {
    page,
    form,
    message,
    beside,
    chooses: async (words, item) => {
      await message(words).last().getByRole('button', { name: 'Message actions' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    },
    goTo: async (name) => {
      await page
        .getByRole('navigation', { name: 'Workspace' })
        .getByRole('button', { name: new RegExp(`^${name}`) })
        .click();
      await main.getByRole('heading', { name, exact: true }).waitFor();
    },
    says: async (text) => {
      await main.getByRole('textbox', { name: /^Message/ }).fill(text);
      await page.keyboard.press('Enter');
    },
    thread: async (words) => {
      const replies = page.getByRole('button', { name: /^\d+ repl(y|ies)/ });
      await message(words)
        .filter({ has: replies })
        .last()
        .getByRole('button', { name: /^\d+ repl/ })
        .click();
      const thread = beside('Thread');
      await thread.getByRole('article').first().waitFor();
      return thread;
    },
    presses: async (button) => {
      await main.getByRole('article').getByRole('button', { name: button, exact: true }).last().click();
    },
    fills: async (fields) => {
      for (const [label, value] of Object.entries(fields)) {
        const field = form.getByLabel(label);
        if ((await field.evaluate((element) => element.tagName)) === 'SELECT')
          await field.selectOption({ label: value });
        else await field.fill(value);
      }
    },
  };
};
