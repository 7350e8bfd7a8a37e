import { afterEach, describe, expect, it } from '@jest/globals';
import { movedClock } from '../../sandbox/clock.ts';
import { plainTextOf } from '../../sandbox/plain-text.ts';
import { pingsOf } from '../../sandbox/slack-pings.ts';
import { allClosed, NOON, openBench } from './bare-app.ts';

afterEach(allClosed);

const section = (type: string, text: string) => ({ type: 'section', text: { type, text } });
const pings = (text: string, blocks: readonly Record<string, unknown>[] = []) =>
  pingsOf({ text, blocks, attachments: [] });

describe('pings', () => {
  it('come from real tokens only', () => {
    expect(pings('<@U1> <@U2|ben> <!subteam^S1> <!here> <!channel> <!everyone>')).toEqual([
      'U1',
      'U2',
      'S1',
      'here',
      'channel',
      'everyone',
    ]);
    expect(pings('&lt;!channel&gt; @here <https://a.test|@U1> <#C1> <!date^1^{date}|x>')).toEqual([]);
  });

  it('come from what is shown: blocks where there are some, never from plain text', () => {
    expect(pings('<!channel>', [section('mrkdwn', 'quiet')])).toEqual([]);
    expect(pings('', [section('plain_text', '<!channel>')])).toEqual([]);
    expect(pings('', [section('mrkdwn', 'a <!here>')])).toEqual(['here']);
  });

  it('come from elements of rich text, not from its words', () => {
    const rich = (element: Record<string, unknown>) => ({
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [element] }],
    });
    expect(pings('', [rich({ type: 'text', text: '<!channel> <@U1>' })])).toEqual([]);
    expect(
      pings('', [rich({ type: 'broadcast', range: 'here' }), rich({ type: 'usergroup', usergroup_id: 'S1' })]),
    ).toEqual(['here', 'S1']);
  });

  it('are recorded with each message', async () => {
    const { slack, client } = await openBench();
    const typed = await slack.as('U1').post('C1', '<!channel> & <@U2>');
    const { ts = '' } = await client.chat.postMessage({ channel: 'C1', text: '<!subteam^S1> please' });
    expect(slack.message('C1', typed)).toMatchObject({ text: '&lt;!channel&gt; &amp; &lt;@U2&gt;', pings: [] });
    expect(slack.message('C1', ts)?.pings).toEqual(['S1']);
    const fallback = await client.chat.postMessage({
      channel: 'C1',
      text: 'x <!channel>',
      blocks: [section('mrkdwn', 'x')] as never,
    });
    expect(slack.message('C1', fallback.ts ?? '')).toMatchObject({ pings: [], textPings: ['channel'] });
    const linked = await client.chat.postMessage({ channel: 'C1', text: 'a@here @here @tier-1', link_names: true });
    expect(slack.message('C1', linked.ts ?? '')?.pings).toEqual(['here', 'S1']);
  });
});

describe('plainTextOf', () => {
  it('shows what a person reads, buttons and menus included', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'ESC-1 <b>' } },
      {
        ...section(
          'mrkdwn',
          '*Ana* &lt;3 <@U1> in <#C1|help>, <https://a.test|a link>, due <!date^1795176000^{date_short} {time}|12:00 UTC>',
        ),
        accessory: { type: 'image', image_url: 'https://a.test/x.png', alt_text: 'a chart' },
      },
      {
        type: 'actions',
        elements: [
          { type: 'button', action_id: 'a', value: 'hidden', text: { type: 'plain_text', text: 'Claim' } },
          {
            type: 'overflow',
            action_id: 'b',
            options: [{ text: { type: 'plain_text', text: 'Note' }, value: 'hidden' }],
          },
        ],
      },
    ];
    expect(plainTextOf({ text: 'only the notification', blocks }, { tz: 'Europe/Berlin', nameOf: () => 'ana' })).toBe(
      'ESC-1 <b>\n*Ana* <3 @ana in #help, a link, due 20 Nov 2026 13:00\na chart\nClaim\nNote',
    );
    expect(plainTextOf({ text: 'due <!date^1795176000^{time}|12:00 UTC>', blocks: [] })).toBe('due 12:00 UTC');
  });
});

describe('a moved clock', () => {
  it('stands still until it is moved, and never goes back', () => {
    const clock = movedClock(NOON, { flows: false });
    clock.moveBy(5);
    expect(clock.now()).toBe(NOON + 5);
    clock.moveTo(NOON + 10);
    expect(() => clock.moveTo(NOON)).toThrow('Cannot move the clock back');
  });

  it('flows with real time on top of its jumps', () => {
    const clock = movedClock(NOON, { flows: true });
    clock.moveBy(3_600_000);
    const late = clock.now() - NOON - 3_600_000;
    expect(late).toBeGreaterThanOrEqual(0);
    expect(late).toBeLessThan(1_000);
  });
});
