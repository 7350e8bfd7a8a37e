import type { PageFaults, ToPage } from '../../sandbox/page/protocol.ts';
import { type APage, aPage, type PageWindow } from '../support/a-page.ts';

const post = (window: PageWindow, text: string) =>
  window.ask({ do: 'post', channel: window.channel('help'), text, threadTs: null, alsoToChannel: false, files: [] });

describe('with faults, the page', () => {
  let page: APage;
  let kim: PageWindow;
  let ana: PageWindow;

  beforeEach(async () => {
    page = await aPage();
    [kim, ana] = await Promise.all([page.window('UKIM'), page.window('UANA')]);
  });

  afterEach(() => page.stop());

  const shows = (holds: (faults: PageFaults) => boolean) =>
    ana.until(
      (each): each is Extract<ToPage, { type: 'faults' }> => each.type === 'faults' && holds(each.faults),
      'the faults',
    );
  const receipts = () => kim.messages(kim.channel('help')).filter(({ text }) => text.includes('Thank you, we have'));
  const receipt = (count = 1) =>
    kim.until((each): each is ToPage => each.type !== 'hello' && receipts().length >= count, 'a receipt');

  it('shows that a message written while the bot is stopped becomes a ticket once it runs', async () => {
    expect(await ana.ask({ do: 'bot', run: false })).toMatchObject({ type: 'done' });
    await shows(({ bot, connections }) => bot === 'stopped' && connections === 0);
    await post(kim, 'Nobody hears me');
    expect(await kim.ask({ do: 'command', channel: kim.channel('help'), line: '/ticket list' })).toMatchObject({
      done: { trouble: '/ticket failed with the error "dispatch_failed"' },
    });
    expect(await ana.ask({ do: 'clock', move: { by: 'minutes', minutes: 60 } })).toMatchObject({ type: 'done' });
    expect(receipts()).toEqual([]);
    await ana.ask({ do: 'bot', run: true });
    await shows(({ bot, connections }) => bot === 'running' && connections > 0);
    await receipt();
    expect(receipts()).toHaveLength(1);
  });

  it('shows that nothing is said twice when everything comes twice and an answer of Slack is lost', async () => {
    await ana.ask({ do: 'double', on: true });
    await ana.ask({ do: 'fault', kind: 'drop', calls: 1 });
    await shows(({ isDoubling, api }) => isDoubling && api[0]?.kind === 'drop');
    await post(kim, 'Do you hear me twice?');
    await ana.ask({ do: 'clock', move: { by: 'minutes', minutes: 5 } });
    await receipt();
    await shows(({ metFaults }) => metFaults === 1);
    expect(receipts()).toHaveLength(1);
    await ana.ask({ do: 'calm' });
    await shows(({ isDoubling, api }) => !isDoubling && api.length === 0);
  });

  it('shows that calls which Slack refuses, limits or delays come later', async () => {
    for (const kind of ['refuse', 'rate-limit', 'delay'] as const) await ana.ask({ do: 'fault', kind, calls: 1 });
    await post(kim, 'Are you there?');
    await ana.ask({ do: 'clock', move: { by: 'minutes', minutes: 10 } });
    await receipt();
    expect(receipts()).toHaveLength(1);
  });

  it('shows that what Slack keeps back is heard when it lets go', async () => {
    await ana.ask({ do: 'hold', on: true });
    await post(kim, 'Held up');
    expect(await ana.ask({ do: 'command', channel: ana.channel('lounge'), line: '/ticket list' })).toMatchObject({
      done: { trouble: '/ticket failed with the error "operation_timeout"' },
    });
    expect(receipts()).toEqual([]);
    await ana.ask({ do: 'calm' });
    await receipt();
  });

  it('shows that a message written while the connections were cut is delivered once more', async () => {
    await ana.ask({ do: 'cut' });
    await post(kim, 'Still there?');
    const slack = page.server.stage()?.slack;
    await slack?.until(() => slack.redeliveriesWaiting() > 0 || receipts().length > 0, 'the first try');
    await slack?.until(() => slack.connections() === 2, 'new connections');
    await ana.ask({ do: 'clock', move: { by: 'minutes', minutes: 2 } });
    await receipt();
    expect(receipts()).toHaveLength(1);
  });
});
