import type { PageClock, ToPage } from '../../sandbox/page/protocol.ts';
import { type APage, aPage, type PageWindow } from '../support/a-page.ts';

describe('the scenes of the page', () => {
  let page: APage;
  let max: PageWindow;
  let ana: PageWindow;

  beforeAll(async () => {
    page = await aPage();
    [max, ana] = await Promise.all([page.window('UMAX'), page.window('UANA')]);
  });

  afterAll(() => page.stop());

  let count = 0;
  /** @returns the clock as it then stands */
  const set = async (id: string): Promise<PageClock> => {
    count += 1;
    expect(await max.ask({ do: 'scene', id })).toMatchObject({ type: 'done' });
    const told = () => ana.got.filter(({ type }) => type === 'happenings').length;
    await ana.until((each): each is ToPage => each.type !== 'hello' && told() === count, 'what happened');
    expect(ana.got.filter(({ type }) => type === 'hello')).toHaveLength(count + 1);
    return ana.last('clock').clock;
  };

  const cardsOf = async (): Promise<readonly string[]> => {
    const answer = await ana.ask({ do: 'history', channel: ana.channel('tier-1'), before: null, limit: 200 });
    if (answer.type !== 'slice') throw new Error('Tier 1 has no channel');
    return answer.slice.messages.map(({ text }) => text);
  };

  it('are six, each with three sentences on what to watch', () => {
    const { scenes } = ana.hello;
    expect(scenes.map(({ id }) => id)).toEqual(['friday', 'asleep', 'outage', 'thirty', 'silent', 'holidays']);
    for (const { watch } of scenes) for (const sentence of watch) expect(sentence).toMatch(/^[A-Z].+\.$/);
    expect(scenes.map(({ watch }) => watch.length)).toEqual([3, 3, 3, 3, 3, 3]);
  });

  it('begin on an empty desk: what was there before is gone', async () => {
    const first = await set('friday');
    expect(first.due).toMatchObject([{ ticket: 'ESC-1' }]);
    expect(new Date(first.now).toISOString()).toMatch(/^2027-01-15T15:30/);
    const second = await set('asleep');
    expect(second.due).toMatchObject([{ ticket: 'ESC-1', title: 'My website shows error 500 since this morning' }]);
    expect((await cardsOf()).filter((text) => /^ESC-1 · /.test(text))).toHaveLength(1);
    expect(ana.last('happenings').list.at(-1)?.text).toContain('an answer is due');
  });

  it('tell the manager at once of an outage at night', async () => {
    const clock = await set('outage');
    expect(new Date(clock.now).toISOString()).toMatch(/T22:30/);
    expect(
      max
        .last('happenings')
        .list.map(({ text }) => text)
        .join(),
    ).toContain('All our servers are down');
  });

  it('open thirty tickets about one server', async () => {
    await set('thirty');
    const cards = (await cardsOf()).filter((text) => /^ESC-\d+ · .*web-12/.test(text));
    expect(cards).toHaveLength(30);
  });

  it('ask a customer who never answers', async () => {
    const clock = await set('silent');
    expect(clock.due?.[0]?.what).toBe('The customer is asked again.');
  });

  it('close over Christmas', async () => {
    const clock = await set('holidays');
    expect(new Date(clock.now).toISOString()).toMatch(/^2026-12-24T15:30/);
    const [card] = (await cardsOf()).filter((text) => text.startsWith('ESC-1 · '));
    expect(card).toContain('28 Dec 2026');
  });

  it('are no more than six', async () => {
    expect(await max.ask({ do: 'scene', id: 'flood' })).toMatchObject({ why: 'There is no such scene.' });
  });
});
