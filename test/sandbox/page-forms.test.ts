import type { FormState, PageView, ToPage } from '../../sandbox/page/protocol.ts';
import { type APage, aPage, type PageWindow } from '../support/a-page.ts';

type Shown = Extract<ToPage, { readonly type: 'view' }>;

/** What a person puts into the fields of a form, by block id. */
const filledIn = (view: PageView, values: Readonly<Record<string, string>>): FormState =>
  Object.fromEntries(
    view.blocks.flatMap(({ block_id, element }) => {
      const value = values[String(block_id)];
      const { action_id } = (element ?? {}) as { action_id?: string };
      return value === undefined || action_id === undefined ? [] : [[String(block_id), { [action_id]: value }]];
    }),
  );

describe('a form on the page', () => {
  let page: APage;
  let kim: PageWindow;

  beforeAll(async () => {
    page = await aPage();
    kim = await page.window('UKIM');
  });

  afterAll(() => page.stop());

  const shown = (holds: (view: PageView | null) => boolean, since: number) =>
    kim.until(
      (each): each is Shown => each.type === 'view' && kim.got.indexOf(each) >= since && holds(each.view),
      'the form',
    );
  const open = async (): Promise<PageView> => {
    const since = kim.got.length;
    await kim.ask({ do: 'command', channel: kim.channel('lounge'), line: '/ticket new' });
    const { view } = await shown((each) => (each?.blocks.length ?? 0) > 3, since);
    if (view === null) throw new Error('No form has opened');
    return view;
  };

  it('opens by a command, names what is missing, field by field, and opens a ticket once it is whole', async () => {
    const view = await open();
    expect(view).toMatchObject({ type: 'modal', depth: 0, title: expect.any(String), submit: expect.any(String) });
    const missing = await kim.ask({ do: 'submit', state: {} });
    expect(missing).toMatchObject({ done: { errors: { description: 'Please complete this required field.' } } });
    const since = kim.got.length;
    const values = { title: 'Mail bounces', description: 'Since nine', kind: 'technical', service: 'domain' };
    const state = filledIn(view, { ...values, impact: 'person', urgency: 'degraded' });
    expect(await kim.ask({ do: 'submit', state })).toEqual(
      expect.objectContaining({ done: { trouble: null, errors: null } }),
    );
    await shown((each) => each === null, since);
    await kim.until(
      (each): each is ToPage => each.type === 'message' && each.message.text.includes('Mail bounces'),
      'the receipt',
    );
  });

  it('is the same in a second window of the same person, with what was sent in vain, and closes in both', async () => {
    const view = await open();
    await kim.ask({ do: 'submit', state: filledIn(view, { title: 'Mail bounces', kind: 'technical' }) });
    const second = await page.window('UKIM');
    expect(second.hello.view?.id).toBe(view.id);
    const typedIn = (block: string) => Object.values(second.hello.view?.typed[block] ?? {});
    expect([typedIn('title'), typedIn('kind'), typedIn('service')]).toEqual([['Mail bounces'], ['technical'], [null]]);
    await second.ask({ do: 'close-view' });
    await shown((each) => each === null, kim.got.length - 1);
    expect(await kim.ask({ do: 'submit', state: {} })).toMatchObject({ why: 'The form is closed already.' });
  });

  it('takes no choice that it does not offer', async () => {
    const view = await open();
    const state = filledIn(view, { kind: 'culinary' });
    expect(await kim.ask({ do: 'submit', state })).toMatchObject({ type: 'refused' });
    expect(await kim.ask({ do: 'close-view' })).toMatchObject({ type: 'done' });
  });

  it('says what Slack says when it cannot be sent', async () => {
    const view = await open();
    await kim.ask({ do: 'bot', run: false });
    const state = filledIn(view, {
      title: 'T',
      description: 'D',
      kind: 'technical',
      service: 'domain',
      impact: 'person',
      urgency: 'down',
    });
    expect(await kim.ask({ do: 'submit', state })).toMatchObject({
      done: { trouble: 'We had some trouble connecting. Try again?', errors: null },
    });
    await kim.ask({ do: 'bot', run: true });
  });
});
