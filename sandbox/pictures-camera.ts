/** Takes pictures of the demo's page: of a window, of one message, of a thread, of a form. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Actor } from './demo-cast.ts';
import type { MessageRef } from './slack-records.ts';

type Root = MessageRef & { readonly threadTs?: string | null };

export type Camera = {
  /** The whole window: a channel, with a thread beside it where one is named. */
  window(name: string, as: Actor, channel: string, thread?: MessageRef): Promise<void>;
  /** One message, and nothing around it. */
  message(name: string, as: Actor, message: Root): Promise<void>;
  /** A thread from its first message to its last. */
  thread(name: string, as: Actor, root: Root): Promise<void>;
  /** The form this person has open. */
  form(name: string, as: Actor): Promise<void>;
};

const size = { width: 1280, height: 820 };
/** As high as a thread or a form gets, so that nothing has to be scrolled. */
const tall = { width: 1280, height: 2_600 };
/** As wide as a message and its line length need. */
const narrow = { width: 980, height: 2_600 };

/** @param folder where the pictures go, as `NAME.png` */
export const openCamera = (browser: Browser, address: string, folder: string): Camera => {
  mkdirSync(folder, { recursive: true });
  const fileOf = (name: string): string => join(folder, `${name}.png`);

  /** A window of one person that looks at one place, and is closed again. */
  const looking = async (
    { id }: Actor,
    place: string,
    viewport: typeof size,
    look: (page: Page) => Promise<void>,
  ): Promise<void> => {
    const context = await browser.newContext({
      viewport,
      colorScheme: 'light',
      reducedMotion: 'reduce',
      locale: 'en-GB',
    });
    const page = await context.newPage();
    await page.goto(`${address}?as=${id}${place}`);
    await page.getByRole('main').getByRole('heading', { level: 2 }).waitFor();
    await look(page);
    await context.close();
  };

  const still = async (page: Page, part: Locator): Promise<void> => {
    await part.waitFor();
    await page.mouse.move(0, 0);
    await page.evaluate('Promise.all([...document.images].map((each) => each.decode().catch(() => {})))');
  };

  const article = (page: Page, ts: string): Locator => page.locator(`article[data-ts="${ts}"]`).first();

  return {
    window: (name, as, channel, thread) =>
      looking(as, `#${channel}/${thread?.ts ?? ''}/`, size, async (page) => {
        await still(page, page.getByRole('main').getByRole('article').last());
        if (thread !== undefined) await still(page, page.getByRole('complementary').getByRole('article').nth(1));
        await page.screenshot({ path: fileOf(name) });
      }),
    message: (name, as, { channel, ts, threadTs }) =>
      looking(as, `#${channel}/${threadTs ?? ''}/`, narrow, async (page) => {
        await still(page, article(page, ts));
        await article(page, ts).screenshot({ path: fileOf(name) });
      }),
    thread: (name, as, { channel, ts, threadTs }) =>
      looking(as, `#${channel}/${threadTs ?? ts}/`, tall, async (page) => {
        const side = page.getByRole('complementary', { name: 'Thread' });
        await still(page, side.getByRole('article').first());
        const [first, last] = [side.getByRole('article').first(), side.getByRole('article').last()];
        const [from, to] = [await first.boundingBox(), await last.boundingBox()];
        if (from === null || to === null) throw new Error(`Cannot take ${name}: there is no thread`);
        const clip = { x: from.x, y: from.y, width: from.width, height: to.y + to.height - from.y };
        await page.screenshot({ path: fileOf(name), clip });
      }),
    form: (name, as) =>
      looking(as, '', tall, async (page) => {
        await still(page, page.getByRole('dialog'));
        // A blinking caret is never twice in the same place; and a picture has nothing to scroll.
        await page.evaluate(
          'document.activeElement?.blur(); document.querySelector("dialog").style.maxHeight = "none"',
        );
        await page.getByRole('dialog').screenshot({ path: fileOf(name) });
      }),
  };
};
