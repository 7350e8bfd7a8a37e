import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { inBrowser } from '../support/browser.ts';
import { aRoom, type Room, type Seat } from '../support/seats.ts';

/** What has the focus, by its label or its words. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
  });

/** Puts the window out of sight, or back before one's eyes. */
const show = (page: Page, isShown: boolean): Promise<void> =>
  page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    isShown ? 'visible' : 'hidden',
  );

await inBrowser('the manners of the page', (browser) => {
  let room: Room;
  let kim: Seat;
  let lou: Seat;

  beforeAll(async () => {
    room = await aRoom(browser);
    [kim, lou] = await Promise.all([room.sit('UKIM'), room.sit('ULOU')]);
    await Promise.all([kim.goTo('#lounge'), lou.goTo('#lounge')]);
  });
  afterAll(() => room.stop());

  const says = (words: string) =>
    lou.page.getByRole('status').filter({ hasText: words }).waitFor({ state: 'attached' });

  it('a message is edited, reacted to and deleted, before the eyes of the other', async () => {
    await kim.says('A first draft');
    await lou.message('A first draft').waitFor();
    await says('Kim: A first draft');
    await kim.chooses('A first draft', 'Edit message');
    await kim.page.getByRole('textbox', { name: 'Edit message' }).fill('A second draft');
    await kim.page.keyboard.press('Enter');
    await lou.message('A second draft').getByText('(edited)').waitFor();
    // The other may see it a moment before the writer's own field closes.
    await kim.message('A second draft').getByText('(edited)').waitFor();
    expect(await focused(kim.page)).toMatch(/^Kim, /);
    await lou.chooses('A second draft', 'React with :heart:');
    await kim.message('A second draft').getByRole('button', { name: 'heart, Lou' }).click();
    await lou.message('A second draft').getByRole('button', { name: 'heart, Lou, Kim' }).waitFor();
    await kim.chooses('A second draft', 'Delete message');
    await kim.page.getByRole('button', { name: 'Delete', exact: true }).click();
    await lou.message('A second draft').waitFor({ state: 'detached' });
  });

  it('a thread is opened, left and read by keys, and outlives the message it hangs under', async () => {
    await kim.says('Cake in the kitchen');
    await kim.says('And tea');
    await lou.message('And tea').waitFor();
    const { slack, cast } = room.stage();
    const { ts } = slack.messages().find(({ text }) => text.includes('Cake')) ?? { ts: '' };
    await slack.as('ULOU').post(cast.lounge.id, 'On my way', { threadTs: ts });
    await kim.message('Cake').getByRole('button', { name: '1 reply' }).waitFor();
    await kim.message('And tea').focus();
    await kim.page.keyboard.press('ArrowUp');
    await kim.page.keyboard.press('Tab');
    expect(await focused(kim.page)).toMatch(/^1 reply/);
    await kim.page.keyboard.press('Enter');
    await kim.beside('Thread').getByText('On my way').waitFor();
    expect(await focused(kim.page)).toBe('Thread');
    await kim.beside('Thread').getByRole('textbox', { name: 'Reply in the thread' }).fill('/ticket list');
    await kim.page.keyboard.press('Enter');
    await kim.page.getByText('/ticket is not supported in threads. Sorry!').waitFor();
    await kim.page.keyboard.press('Escape');
    await kim.beside('Thread').waitFor({ state: 'detached' });
    expect(await focused(kim.page)).toMatch(/^1 reply/);
    await kim.chooses('Cake', 'Delete message');
    await kim.page.getByRole('button', { name: 'Delete', exact: true }).click();
    const left = lou.message('This message was deleted.');
    await left.getByRole('button', { name: '1 reply' }).waitFor();
    expect(await left.getByText('USLACKBOT').count()).toBe(0);
  });

  it('files go with a message and not with a command, and can be taken off again', async () => {
    const files = ['log.txt', 'screen.png'].map((name) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from('x'),
    }));
    await kim.page.getByLabel('Files', { exact: true }).setInputFiles(files);
    await kim.page.getByRole('button', { name: 'Take screen.png off' }).click();
    await kim.says('/ticket help');
    await kim.page.getByText('A command takes no files along').waitFor();
    await kim.message('Only visible to you').first().waitFor();
    await kim.says('Here is the log');
    await lou.message('Here is the log').getByText('log.txt').waitFor();
    expect(await lou.page.getByText('screen.png').count()).toBe(0);
  });

  it('shortcuts open their forms, from a message and from anywhere', async () => {
    await kim.chooses('Here is the log', 'Create ticket');
    await kim.form.waitFor();
    await kim.page.keyboard.press('Escape');
    await kim.form.waitFor({ state: 'detached' });
    await kim.page.getByRole('button', { name: 'Shortcuts' }).click();
    await kim.page.getByRole('menuitem', { name: 'New ticket' }).click();
    await kim.form.getByLabel('Title').waitFor();
    expect(await kim.form.getByLabel('Title').evaluate((field) => field === document.activeElement)).toBe(true);
    await kim.page.keyboard.press('Escape');
    await kim.form.waitFor({ state: 'detached' });
  });

  it('an address of a message leads to it, or says that one is not in its channel', async () => {
    const at = (channel: string, ts: string) =>
      `https://the-desk.slack.com/archives/${channel}/p${ts.replace('.', '')}`;
    const { slack, cast } = room.stage();
    const { ts } = slack.messages().find(({ text }) => text.includes('And tea')) ?? { ts: '' };
    const tier1 = cast.tiers[0].room.id;
    const text = `See <${at(cast.lounge.id, ts)}|the tea> and <${at(tier1, ts)}|the card>`;
    await slack.as('UANA').post(cast.lounge.id, text, { raw: true });
    await lou.page.getByRole('link', { name: 'the tea' }).click();
    await lou.page.locator('article.found').filter({ hasText: 'And tea' }).waitFor();
    await lou.page.getByRole('link', { name: 'the card' }).click();
    await lou.page.getByText('That message is in a channel you are not in.').waitFor();
    expect(lou.page.context().pages()).toHaveLength(1);
  });

  it('what comes while a window is out of sight stays unread, under a line that says where it begins', async () => {
    await show(lou.page, false);
    await kim.says('Are you there?');
    await lou.message('Are you there?').waitFor();
    await lou.page.getByRole('button', { name: /^#lounge.*1 unread/ }).waitFor();
    await show(lou.page, true);
    await lou.page.getByRole('button', { name: /^#lounge$/ }).waitFor();
    expect(await lou.page.locator('.row').filter({ hasText: 'Are you there?' }).locator('.new').count()).toBe(1);
  });

  it('one becomes somebody else with a click, and sees what is theirs', async () => {
    await lou.page.getByRole('button', { name: /^Ana\b/ }).click();
    await lou.page.getByRole('button', { name: '#tier-1' }).waitFor();
    expect(await lou.page.getByRole('button', { name: /^Ana\b/ }).getAttribute('aria-pressed')).toBe('true');
    await lou.page.waitForFunction(() => document.activeElement?.textContent === '#lounge');
    await lou.page.getByRole('button', { name: /^Lou\b/ }).click();
    await lou.page.getByRole('button', { name: '#tier-1' }).waitFor({ state: 'detached' });
  });

  it('a line that was cut is taken up again, with what was said meanwhile', async () => {
    let cut = async (): Promise<void> => {};
    await lou.page.routeWebSocket(/\/live/, (line) => {
      line.connectToServer();
      cut = () => line.close();
    });
    await lou.page.reload();
    await lou.message('Are you there?').waitFor();
    await cut();
    await lou.page.getByText('Connecting to the demo…').waitFor();
    await kim.says('Still there?');
    await lou.message('Still there?').waitFor();
    await lou.page.getByText('Connecting to the demo…').waitFor({ state: 'detached' });
  });

  it('a fault is ordered in its panel and taken back, and Escape leaves the panel', async () => {
    await kim.page.getByRole('button', { name: 'Faults', exact: true }).click();
    const panel = kim.beside('Faults');
    await panel.getByRole('button', { name: 'Refuse' }).click();
    await panel.getByText(/Refuse: [45] calls left/).waitFor();
    await panel.getByRole('button', { name: 'Take all faults back' }).click();
    await panel.getByText(/calls left/).waitFor({ state: 'detached' });
    await kim.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    expect(await focused(kim.page)).toBe('Faults');
  });

  it('a scene is set up with one press, and says what to watch', async () => {
    await kim.page.getByRole('button', { name: 'Scenes', exact: true }).click();
    await kim.page.getByRole('button', { name: 'Set up: Friday, half past four' }).click();
    await kim.page.getByRole('region', { name: 'What to watch' }).waitFor();
    await lou.goTo('#help');
    await lou.message('Please renew our domain name').waitFor();
  });

  it('leaves nothing to complain of in any window', () => {
    expect(room.complaints).toEqual([]);
  });
});
