import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser } from '../support/browser.ts';
import { aRoom, type Room, type Seat } from '../support/seats.ts';

const limitMs = 60_000;
const posts = 50;
const many = 2_000;

const arrivalLimitMs = 300;
/** Beside other test files on two cores no frame is drawn in time: the promise is held to where this runs alone. */
const [frameLimitMs, scrolls] = process.argv.includes('--runInBand') ? [50, 5] : [400, 1];

const shareOf = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

await inBrowser('two people at once', (browser) => {
  let room: Room;
  let kim: Seat;
  let lou: Seat;

  beforeAll(async () => {
    room = await aRoom(browser);
    [kim, lou] = await Promise.all([room.sit('UKIM'), room.sit('ULOU')]);
  });
  afterAll(() => room.stop());

  it('see what the other writes as it is written: the median of 50 in under 300 ms', async () => {
    await Promise.all([kim.goTo('#lounge'), lou.goTo('#lounge')]);
    await lou.page.evaluate(watchArrivals);
    const took: number[] = [];
    for (let count = 0; count < posts; count += 1) {
      const words = `word ${count} of many`;
      const writer = kim.page.getByRole('textbox', { name: 'Message #lounge' });
      await writer.fill(words);
      const sentAt = Date.now();
      await writer.press('Enter');
      const seen = await lou.page.waitForFunction(arrivalOf, words, { polling: 'raf' });
      took.push(((await seen.jsonValue()) as number) - sentAt);
    }
    const median = shareOf(took, 0.5);
    process.stdout.write(
      `A post in the other window: median ${median} ms, 95th percentile ${shareOf(took, 0.95)} ms\n`,
    );
    expect(median).toBeLessThan(arrivalLimitMs);
  });

  it('who both claim: one has it, the other is told privately', async () => {
    const [ana, ben] = await Promise.all([room.sit('UANA'), room.sit('UBEN')]);
    await kim.goTo('#help');
    await kim.says('Mail does not arrive');
    await Promise.all([ana.goTo('#tier-1'), ben.goTo('#tier-1')]);
    await Promise.all([ana.message('Mail does not').last().waitFor(), ben.message('Mail does not').last().waitFor()]);
    const buttons = await Promise.all(
      [ana, ben].map(({ page }) => page.getByRole('button', { name: 'Claim', exact: true }).last().elementHandle()),
    );
    await Promise.all(buttons.map((each) => each?.evaluate((button: HTMLElement) => button.click())));
    await Promise.all([ana, ben].map((seat) => seat.message(/(Ana|Ben) has it since/).waitFor()));
    // The slower of the two hears it from the bot; who presses a button just gone, from the page.
    const told = ({ page }: Seat) =>
      page.locator('article, [role=alert]').filter({ hasText: /has it already|has moved on|changed in the meantime/ });
    await Promise.race([told(ana).first().waitFor(), told(ben).first().waitFor()]);
    expect([await told(ana).count(), await told(ben).count()].sort()).toEqual([0, 1]);
    await Promise.all([ana, ben].map(({ page }) => page.context().close()));
  });

  it('read hostile text as text, however long it is', async () => {
    const hostile =
      '<!channel> <script>document.title = "taken"</script> :constructor: :__proto__: <@UANA> &amp; *_~` 😀🚨 שלום האתר נפל\u202e ';
    const long = hostile.repeat(Math.ceil(12_000 / hostile.length)).slice(0, 12_000);
    const ana = await room.sit('UANA');
    await lou.goTo('#help');
    await lou.says(long);
    await lou.message('document.title').getByRole('button', { name: /repl/ }).waitFor();
    await ana.goTo('#tier-1');
    await ana.message('ESC-2').first().waitFor();
    for (const { page } of [lou, ana]) {
      expect(await page.title()).not.toBe('taken');
      expect(await page.locator('article script, article style, article iframe').count()).toBe(0);
      expect(await page.locator('article .mention').filter({ hasText: '@channel' }).count()).toBe(0);
      const isWider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect(isWider).toBe(false);
    }
    expect(await ana.page.locator('article img.emoji').count()).toBeGreaterThan(1);
    await ana.page.context().close();
  });

  it('keep what they typed in a form that was refused', async () => {
    await kim.goTo('#lounge');
    await kim.says('/ticket new');
    await kim.form.waitFor();
    await kim.fills({ Title: 'The panel is slow', 'What happens?': 'Each page takes a minute.' });
    await kim.form.getByRole('button', { name: 'Open ticket' }).click();
    await kim.form
      .getByText(/Please/)
      .first()
      .waitFor();
    expect(await kim.form.getByLabel('Title').inputValue()).toBe('The panel is slow');
    expect(await kim.form.getByLabel('What happens?').inputValue()).toBe('Each page takes a minute.');
    const wrong = kim.form.locator('[aria-invalid=true]');
    expect(await wrong.count()).toBeGreaterThan(0);
    expect(await wrong.first().evaluate((field) => field === document.activeElement)).toBe(true);
    await kim.page.keyboard.press('Escape');
    await kim.form.waitFor({ state: 'detached' });
  });

  it(
    `scroll through 2,000 messages: 95 % of frames in under ${frameLimitMs} ms, median of ${scrolls}`,
    async () => {
      const { slack, cast } = room.stage();
      const lounge = cast.lounge.id;
      await Promise.all([kim, lou].map(({ page }) => page.context().close()));
      const line = (count: number): string =>
        `Line ${count}: ${'what one says at work '.repeat((count % 5) + 1)} :eyes:`;
      await Promise.all(Array.from({ length: many }, (_, count) => slack.as('ULOU').post(lounge, line(count))));
      // The bot reads along, and has the same two cores.
      await slack.quiet();
      const runs: number[] = [];
      for (let run = 0; run < scrolls; run += 1) {
        // A new window each time: older messages have to come in on the way.
        const mia = await room.sit('UMIA');
        await mia.goTo('#lounge');
        await mia.message(`Line ${many - 1}:`).waitFor();
        runs.push(shareOf(await scrollUp(mia.page), 0.95));
        expect(await mia.page.locator('main article').count()).toBeGreaterThan(many);
        await mia.page.context().close();
      }
      const told = runs.map((each) => each.toFixed(1)).join(', ');
      process.stdout.write(`Scrolling ${many} messages, 95th percentile of frames: ${told} ms\n`);
      expect(shareOf(runs, 0.5)).toBeLessThan(frameLimitMs);
    },
    2 * limitMs,
  );

  it('find what they read where they scrolled it to, while older messages come in above', async () => {
    const mia = await room.sit('UMIA');
    await mia.goTo('#lounge');
    await mia.message(`Line ${many - 1}:`).waitFor();
    expect(await mia.page.evaluate(scrollSlowly)).toEqual([]);
    await mia.message(`Line ${many - 70}:`).waitFor({ state: 'attached' });
    await mia.page.context().close();
  });

  it('leaves nothing to complain of in any window', () => {
    expect(room.complaints).toEqual([]);
  });
});

/** In the page: notes when each message first stands there. */
const watchArrivals = (): void => {
  const arrivals = new Map<string, number>();
  Object.assign(window, { arrivals });
  const look = (): void => {
    for (const said of document.querySelectorAll('article .said')) {
      const words = said.textContent ?? '';
      if (!arrivals.has(words)) arrivals.set(words, Date.now());
    }
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
};

const arrivalOf = (words: string): number | null =>
  (window as unknown as { readonly arrivals: ReadonlyMap<string, number> }).arrivals.get(words) ?? null;

/** Scrolls to the very top, older messages coming in on the way, and back; gives the time of each frame in ms. */
const scrollUp = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    const list = document.querySelector('main .messages');
    if (list === null) throw new Error('There is no list to scroll');
    const frames: number[] = [];
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    let last = await frame();
    let atTop = 0;
    for (const step of [-2_000, 2_000]) {
      for (let count = 0; count < 5_000; count += 1) {
        list.scrollTop += step;
        const now = await frame();
        frames.push(now - last);
        last = now;
        const isMoreAbove = list.querySelector(':scope > div > p.quiet') !== null;
        const isEnd =
          step < 0 ? list.scrollTop === 0 && !isMoreAbove : list.scrollHeight - list.scrollTop - list.clientHeight < 2;
        atTop = isEnd ? atTop + 1 : 0;
        if (atTop > 5) break;
      }
    }
    return frames;
  });

/** Scrolls up in steps; gives those after which what stands in the middle was elsewhere than they should bring it, in px. */
const scrollSlowly = async (): Promise<readonly string[]> => {
  const list = document.querySelector('main .messages');
  if (list === null) throw new Error('There is no list to scroll');
  const { left, top, width, height } = list.getBoundingClientRect();
  const astray: string[] = [];
  for (let count = 0; count < 60; count += 1) {
    const seen = document.elementFromPoint(left + width / 2, top + height / 2)?.closest('article');
    const before = seen?.getBoundingClientRect().top ?? Number.NaN;
    const step = Math.min(90, list.scrollTop);
    list.scrollTop -= step;
    // Twice: what comes into sight gets its true height in the frame after.
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    const moved = (seen?.getBoundingClientRect().top ?? Number.NaN) - before;
    if (!(Math.abs(moved - step) < 2)) astray.push(`${moved} instead of ${step}`);
  }
  return astray;
};
