import { expect } from '@jest/globals';
import { inBrowser } from '../support/browser.ts';
import { aRoom, type Room, type Seat } from '../support/seats.ts';

await inBrowser('the story of a ticket, clicked by hand', (browser) => {
  let room: Room;
  let kim: Seat;
  let ana: Seat;
  let max: Seat;
  let eva: Seat;

  beforeAll(async () => {
    room = await aRoom(browser);
    [kim, ana, max] = await Promise.all([room.sit('UKIM'), room.sit('UANA'), room.sit('UMAX')]);
  });
  afterAll(() => room.stop());

  /** Moves the clock by so many hours, as somebody who watches it does. */
  const pass = async ({ page, beside }: Seat, hours: number): Promise<void> => {
    await page.getByRole('button', { name: 'Clock', exact: true }).click();
    const panel = beside('Clock');
    const field = panel.getByLabel('To');
    const at = Date.parse(`${await field.inputValue()}:00Z`) + hours * 3_600_000;
    const local = new Date(at).toISOString().slice(0, 16);
    await field.fill(local);
    await panel.getByRole('button', { name: 'Go there' }).click();
    await panel.getByRole('timer').getByText(local.slice(11)).waitFor();
    await page.getByRole('button', { name: 'Close clock' }).click();
  };

  const previews = async ({ form }: Seat): Promise<void> => {
    await form.getByRole('button', { name: 'Preview' }).click();
    await form.getByRole('heading', { name: 'Look once more' }).waitFor();
  };

  it('goes from a message to a card, and is claimed', async () => {
    await kim.says('Our web shop shows error 502');
    await kim.message('Our web shop').getByRole('button', { name: '1 reply' }).waitFor();
    const thread = await kim.thread('Our web shop');
    await thread.getByText('Thank you, we have your issue').waitFor();
    await ana.goTo('#tier-1');
    await ana.presses('Claim');
    await ana.message('Ana has it since').waitFor();
    await thread.getByText('Ana is on it').waitFor();
  });

  it('tells the customer how it goes on, after a look at the preview', async () => {
    await ana.presses('Update customer');
    const words = ana.form.getByLabel('What the customer reads');
    await words.waitFor();
    expect(await words.evaluate((field) => field === document.activeElement)).toBe(true);
    await words.fill('We are looking at the server.');
    await previews(ana);
    await ana.form.getByRole('button', { name: 'Back' }).click();
    expect(await words.inputValue()).toBe('We are looking at the server.');
    await previews(ana);
    await ana.form.getByRole('button', { name: 'Send' }).click();
    await ana.form.waitFor({ state: 'detached' });
    await kim.beside('Thread').getByText('We are looking at the server.').waitFor();
  });

  it('climbs to Tier 2 after 4 hours and to Tier 3 after 12 more, and the manager hears of it', async () => {
    await pass(ana, 4);
    await ana.message('moved to Tier 2').waitFor();
    const carla = await room.sit('UCARLA');
    await carla.goTo('#tier-2');
    await carla.presses('Claim');
    await carla.message('Carla has it since').waitFor();
    await pass(carla, 12);
    await carla.message('moved to Tier 3').waitFor();
    await max.goTo('Tierline');
    await max.message('ESC-1').last().getByText('Tier 3').first().waitFor();
    await carla.page.context().close();
  });

  it('stays where one was when the page is loaded anew in the middle of a form', async () => {
    eva = await room.sit('UEVA');
    await eva.goTo('#tier-3');
    await eva.presses('Claim');
    await eva.message('Eva has it since').waitFor();
    await eva.presses('Resolve');
    await eva.form.waitFor();
    await eva.page.reload();
    await eva.form.getByRole('heading', { name: 'Resolve' }).waitFor();
    await eva.fills({
      Cause: 'A full disk',
      Fix: 'Old logs removed',
      'What the customer reads': 'It answers again.',
    });
    await previews(eva);
    await eva.form.getByRole('button', { name: 'Send' }).click();
    await eva.form.waitFor({ state: 'detached' });
    await eva.page.getByRole('main').getByRole('heading', { name: '#tier-3' }).waitFor();
    await eva.message('Resolved, waiting for the customer').waitFor();
  });

  it('is closed once the customer says that it is solved', async () => {
    const thread = kim.beside('Thread');
    await thread.getByRole('button', { name: 'Solved' }).last().click();
    await thread.getByText('is closed as solved').waitFor();
    await eva.message('Closed, confirmed').waitFor();
  });

  it('leaves nothing to complain of in any window', () => {
    expect(room.complaints).toEqual([]);
  });
});
