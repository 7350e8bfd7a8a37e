import { afterEach, describe, expect, it } from '@jest/globals';
import type { MovedClock } from '../../sandbox/clock.ts';
import type { Slack } from '../../sandbox/slack.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import { createPressUrls } from '../../src/delivery/press-urls.ts';
import { createSlackClient } from '../../src/delivery/slack-client.ts';
import { type Limits, noLimits, slackLimits } from '../../src/delivery/slack-rates.ts';
import { createSlackSpeaker, type SpeakerParts } from '../../src/delivery/slack-speaker.ts';
import { minute, second } from '../../src/domain/instant.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Destination, Remark, Said } from '../../src/flows/ports.ts';
import { sdkLogger } from '../../src/logger.ts';
import { allClosed, NOON, openBench } from '../sandbox/bare-app.ts';
import { opening } from '../support/a-command.ts';
import { aLog } from '../support/a-log.ts';
import { noticeOf, subjectAfter } from '../support/a-subject.ts';

afterEach(allClosed);

const ticket = (number = 12) =>
  subjectAfter([{ at: NOON, command: opening(NOON, { id: `T1:C1:${number}`, number, title: `Title ${number}` }) }]);

/** A call of Tier 1 about a new ticket. */
const call = (change: Partial<Notice> = {}, number = 12): Remark => {
  const subject = ticket(number);
  return {
    subject,
    notice: noticeOf('call', subject, 'opened', { id: '1-0', writtenAt: NOON, ...change }),
    card: null,
  };
};

const toChannel: Destination = { kind: 'channel', channel: 'C1', threadTs: null };

const aDesk = async (options: Parameters<typeof openBench>[0] = {}) => {
  const { slack, clock } = await openBench(options);
  return speakerOn(slack, clock, options.limits === true ? slackLimits : noLimits);
};

/** In time moved by hand nobody can wait. */
const pacerOn = (clock: MovedClock, limits: Limits = noLimits) =>
  createPacer({ clock, limits, patience: 0, wait: () => Promise.reject(new Error('nobody can wait')) });

const noPresses = { take: () => null };

const speakerOn = (
  slack: Slack,
  clock: MovedClock,
  limits: Limits = noLimits,
  pressUrls: SpeakerParts['pressUrls'] = noPresses,
) => {
  const log = aLog();
  const logger = sdkLogger(log, 'web-api');
  const client = createSlackClient({ token: slack.tokens.bot, apiUrl: slack.apiUrl, logger });
  const speaker = createSlackSpeaker({ client, pacer: pacerOn(clock, limits), pressUrls, log, clock });
  const say = (to: Destination, remark: Remark = call(), ...more: readonly Remark[]): Promise<Said> =>
    speaker.say([remark, ...more], to, forEver);
  return { slack, clock, log, say, speaker };
};

const forEver = Number.POSITIVE_INFINITY;

const texts = (slack: Slack, channel: string) => slack.read(channel).map(({ text }) => text);

const later = (after: number): Said => ({ outcome: 'later', after, begun: true });
/** Put off without a call: it need not be looked for. */
const notYet = (after: number): Said => ({ outcome: 'later', after, begun: false });
const gone = (why: string): Said => ({ outcome: 'gone', why, leftOut: [] });

const posts = (slack: Slack): number => slack.callCount('chat.postMessage');

describe('saying something', () => {
  it('posts it to a channel in one call, marked with ids only and without previews of links', async () => {
    const { slack, say } = await aDesk();
    const said = await say(toChannel);
    const [message] = slack.read('C1');
    expect(said).toEqual({ outcome: 'said', channel: 'C1', ts: message?.ts, leftOut: [] });
    expect(message).toMatchObject({
      text: expect.stringContaining('a new ticket'),
      metadata: { event_type: 'tierline_notice', event_payload: { ticket: 'T1:C1:12', notice: '1-0' } },
    });
    expect(message?.blocks).not.toHaveLength(0);
    expect(slack.calls).toHaveLength(1);
    expect(slack.calls[0]?.args).toMatchObject({ unfurl_links: 'false', unfurl_media: 'false' });
  });

  it('answers in a thread', async () => {
    const { slack, say } = await aDesk();
    const threadTs = await slack.as('U1').post('C1', 'The shop is down');
    await say({ ...toChannel, threadTs });
    expect(slack.read('C1', { threadTs })).toHaveLength(2);
    expect(slack.read('C1')).toHaveLength(1);
  });

  it('writes to a person, and names the channel it ended in', async () => {
    const { slack, say } = await aDesk();
    expect(await say({ kind: 'person', userId: 'U1' })).toMatchObject({ channel: slack.dmWithBot('U1') });
    expect(slack.calls).toHaveLength(1);
  });

  it('redraws in the ordinary way what its press cannot redraw any more, and tries that once (14.4)', async () => {
    const { slack, clock } = await openBench();
    const pressUrls = createPressUrls({ clock, fetch });
    const { say } = speakerOn(slack, clock, noLimits, pressUrls);
    const said = await say(toChannel);
    if (said.outcome !== 'said') throw new Error('nothing to redraw');
    const { channel, ts } = said;
    pressUrls.keep({ channel, ts, url: `${new URL(slack.apiUrl).origin}/response/long-gone` });
    const subject = ticket();
    const card = { subject, notice: noticeOf('card', subject, 'opened', { redraws: 'card:1' }), card: null };
    expect(await say({ kind: 'redraw', channel, ts }, card)).toEqual(said);
    expect(JSON.stringify(slack.message('C1', ts)?.blocks)).toContain('"type":"button"');
    expect(slack.callCount('chat.update')).toBe(1);
    expect(pressUrls.take(channel, ts)).toBeNull();
  });

  it('redraws a message with all its blocks', async () => {
    const { slack, say } = await aDesk();
    const said = await say(toChannel);
    if (said.outcome !== 'said') throw new Error('nothing to redraw');
    const subject = ticket();
    const card = { subject, notice: noticeOf('card', subject, 'opened', { redraws: 'card:1' }), card: null };
    expect(await say({ kind: 'redraw', channel: said.channel, ts: said.ts }, card)).toEqual(said);
    const message = slack.message('C1', said.ts);
    expect(JSON.stringify(message?.blocks)).not.toContain('a new ticket');
    expect(JSON.stringify(message?.blocks)).toContain('"type":"button"');
    expect(texts(slack, 'C1')).toEqual([expect.stringContaining('Title 12')]);
  });

  it('whispers', async () => {
    const { slack, say } = await aDesk();
    await say({ kind: 'whisper', channel: 'C1', userId: 'U1', threadTs: null });
    expect(slack.ephemerals('U1')).toHaveLength(1);
    expect(slack.read('C1')).toHaveLength(0);
  });

  it('withdraws what has lost its reason, without a call', async () => {
    const { slack, say } = await aDesk();
    expect(await say(toChannel, call({ tier: 2 }))).toEqual({ outcome: 'withdrawn' });
    expect(slack.calls).toHaveLength(0);
  });

  it('says several in one message, with links to their cards, of which Slack is asked for one', async () => {
    const { slack, say } = await aDesk();
    const ts = await slack.as('U1').post('C1', 'a card');
    const linked = (number: number): Remark => ({ ...call({ fold: 'call:1' }, number), card: { channel: 'C1', ts } });
    await say(toChannel, linked(12), linked(13), linked(14));
    expect(texts(slack, 'C1')[1]).toContain('3 tickets');
    expect(JSON.stringify(slack.read('C1')[1]?.blocks)).toContain(`/archives/C1/p${ts.replace('.', '')}`);
    expect(slack.callCount('chat.getPermalink')).toBe(1);
    await say(toChannel, linked(15), linked(16));
    expect(slack.callCount('chat.getPermalink')).toBe(1);
  });

  it('gives up what cannot be worded, as a fault of ours, and throws nothing', async () => {
    const { slack, log, say } = await aDesk();
    expect(await say(toChannel, call({ seq: 99 }))).toMatchObject({ outcome: 'gone' });
    expect(log.lines).toMatchObject([{ level: 'error', happening: 'wording failed', facts: { ticket: 12 } }]);
    expect(slack.calls).toHaveLength(0);
  });

  it('says one thing at a time in one channel', async () => {
    const { slack, say } = await aDesk({ limits: true });
    slack.faults.api.add('chat.postMessage', { kind: 'slow', ms: 60 });
    await Promise.all([say(toChannel, call({}, 1)), say({ ...toChannel, channel: 'C4' }), say(toChannel, call({}, 2))]);
    expect(slack.calls.map(({ args }) => args.channel)).toEqual(['C1', 'C4', 'C1']);
    expect(texts(slack, 'C1')).toEqual([expect.stringContaining('Title 1'), expect.stringContaining('Title 2')]);
  });
});

describe('what can never arrive', () => {
  const places: readonly (readonly [string, Destination, string])[] = [
    ['an archived channel', { ...toChannel, channel: 'C3' }, 'is_archived'],
    ['a channel the bot was removed from', { ...toChannel, channel: 'C2' }, 'not_in_channel'],
    ['a private channel it cannot see', { ...toChannel, channel: 'G2' }, 'channel_not_found'],
    ['a deactivated person', { kind: 'person', userId: 'U4' }, 'user_disabled'],
    ['a bot', { kind: 'person', userId: 'U5' }, 'cannot_dm_bot'],
    ['a stranger', { kind: 'person', userId: 'U8' }, 'channel_not_found'],
    [
      'a whisper to someone who left',
      { kind: 'whisper', channel: 'C1', userId: 'U9', threadTs: null },
      'user_not_in_channel',
    ],
    ['a deleted message', { kind: 'redraw', channel: 'C1', ts: '1.000001' }, 'message_not_found'],
  ];
  it.each(places)('is gone, with the reason: %s', async (_name, to, why) => {
    const { slack, log, say } = await aDesk();
    expect(await say(to)).toEqual(gone(why));
    expect(slack.calls).toHaveLength(1);
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { ticket: 12, notice: '1-0', why } }]);
  });

  it.each(['invalid_blocks', 'msg_too_long', 'metadata_too_large'])(
    'is a fault of ours when Slack says %s',
    async (word) => {
      const { slack, log, say } = await aDesk();
      slack.faults.api.add('chat.postMessage', { kind: 'error', error: word });
      expect(await say(toChannel)).toEqual(gone(word));
      expect(log.lines).toMatchObject([{ level: 'error', facts: { why: word } }]);
    },
  );

  it('is given up after five tries when Slack’s word is unknown', async () => {
    const { slack, say } = await aDesk();
    slack.faults.api.add('chat.postMessage', { kind: 'error', error: 'moon_in_retrograde' }, 2);
    expect(await say(toChannel, call({ tries: 4 }))).toEqual(later(16 * second));
    expect(await say(toChannel, call({ tries: 5 }))).toEqual(gone('moon_in_retrograde'));
  });
});

describe('too many calls', () => {
  it('are followed by exactly the pause Slack asks for, in that channel only', async () => {
    const { slack, clock, say } = await aDesk();
    slack.faults.api.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 30 });
    expect(await say(toChannel)).toEqual(notYet(30 * second));
    clock.moveBy(10 * second);
    expect(await say(toChannel)).toEqual(notYet(20 * second));
    expect(posts(slack)).toBe(1);
    expect(await say({ ...toChannel, channel: 'C4' })).toMatchObject({ outcome: 'said' });
    clock.moveBy(20 * second);
    expect(await say(toChannel)).toMatchObject({ outcome: 'said' });
  });

  it('back off by themselves where Slack names no pause', async () => {
    const { slack, clock, say } = await aDesk();
    slack.faults.api.add('chat.postMessage', { kind: 'status', status: 429 });
    expect(await say(toChannel, call({ tries: 3 }))).toEqual(later(8 * second));
    clock.moveBy(8 * second);
    slack.faults.api.add('chat.postMessage', { kind: 'error', error: 'rate_limited' });
    expect(await say(toChannel, call({ tries: 20 }))).toEqual(later(5 * minute));
  });

  it('lose nothing under the limits the local Slack enforces', async () => {
    const { slack, clock, say } = await aDesk({ limits: true, channelBurst: 3 });
    let waiting = Array.from({ length: 8 }, (_, index) => call({}, index + 1));
    while (waiting.length > 0) {
      const said = await Promise.all(waiting.map((remark) => say(toChannel, remark)));
      waiting = waiting.filter((_, index) => said[index]?.outcome === 'later');
      clock.moveBy(second);
    }
    expect(new Set(texts(slack, 'C1')).size).toBe(8);
    expect(slack.refusals.length).toBeLessThan(8);
  });
});

describe('an unclear outcome', () => {
  const again = (clock: MovedClock, said: Said): Remark => {
    if (said.outcome !== 'later') throw new Error(`expected to be told later: ${JSON.stringify(said)}`);
    clock.moveBy(said.after);
    return call({ tries: 1 });
  };

  it.each([
    ['in a channel', toChannel, 'C1'],
    ['in a DM', { kind: 'person', userId: 'U1' } as const, 'DU1'],
  ])('is looked up before it is said again: said once %s', async (_name, to: Destination, channel) => {
    const { slack, clock, say } = await aDesk();
    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    const first = await say(to);
    // Not before the first call can no longer land: its limit of 10 s, and 10 s more.
    expect(first).toEqual(later(20 * second));
    const second_ = await say(to, again(clock, first));
    expect(slack.read(channel)).toHaveLength(1);
    expect(second_).toEqual({ outcome: 'said', channel, ts: slack.read(channel)[0]?.ts, leftOut: [] });
    expect(posts(slack)).toBe(1);
  });

  it('is looked up in its thread', async () => {
    const { slack, clock, say } = await aDesk();
    const threadTs = await slack.as('U1').post('C1', 'The shop is down');
    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    const first = await say({ ...toChannel, threadTs });
    expect(await say({ ...toChannel, threadTs }, again(clock, first))).toMatchObject({ outcome: 'said' });
    expect(slack.read('C1', { threadTs })).toHaveLength(2);
  });

  it('is found behind hundreds of other messages', async () => {
    const { slack, clock, say } = await aDesk();
    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    const first = await say(toChannel);
    for (let count = 0; count < 250; count += 1) await slack.as('U1').post('C1', `chatter ${count}`);
    expect(await say(toChannel, again(clock, first))).toMatchObject({ outcome: 'said' });
    expect(posts(slack)).toBe(1);
  });

  it.each([
    { kind: 'drop-before' } as const,
    { kind: 'status', status: 503 } as const,
    { kind: 'error', error: 'internal_error' } as const,
  ])('of a post that never landed is said again: $kind', async (fault) => {
    const { slack, clock, say } = await aDesk();
    slack.faults.api.add('chat.postMessage', fault);
    const first = await say(toChannel);
    expect(first).toEqual(later(20 * second));
    expect(await say(toChannel, again(clock, first))).toMatchObject({ outcome: 'said' });
    expect(slack.read('C1')).toHaveLength(1);
  });

  it('of a fold says again only what is not there', async () => {
    const { slack, clock, say } = await aDesk();
    const one = (number: number, tries: number): Remark => call({ fold: 'call:1', tries }, number);
    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    again(clock, await say(toChannel, one(12, 0), one(13, 0)));
    expect(await say(toChannel, one(12, 1), one(13, 1), one(14, 0))).toMatchObject({ outcome: 'said' });
    expect(texts(slack, 'C1')).toEqual([expect.stringContaining('2 tickets'), expect.stringContaining('ESC-14')]);
  });

  it('of a fold leaves out, and says so, what has lost its reason: also what is looked for and was never said', async () => {
    const { slack, clock, say } = await aDesk();
    const one = (number: number, tries: number, tier = 1): Remark => call({ fold: 'call:1', tries, tier }, number);
    const moved = one(13, 0, 2);
    expect(await say(toChannel, one(12, 0), moved, one(14, 0))).toMatchObject({ outcome: 'said', leftOut: [moved] });
    expect(texts(slack, 'C1')).toEqual([expect.stringContaining('2 tickets')]);
    expect(slack.read('C1')[0]?.metadata).toMatchObject({ event_payload: { ticket: 'T1:C1:12', others: '14/1-0' } });

    expect(await say(toChannel, moved, one(17, 0, 2))).toEqual({ outcome: 'withdrawn' });
    expect(slack.read('C1')).toHaveLength(1);

    slack.faults.api.add('chat.postMessage', { kind: 'error', error: 'is_archived' });
    expect(await say(toChannel, one(12, 0), moved, one(14, 0))).toMatchObject({ outcome: 'gone', leftOut: [moved] });

    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    again(clock, await say(toChannel, one(15, 0)));
    const movedOn = one(16, 1, 2);
    expect(await say(toChannel, one(15, 1), movedOn)).toMatchObject({ outcome: 'said', leftOut: [movedOn] });
    expect(slack.read('C1')).toHaveLength(2);
  });

  it('that cannot be looked up yet waits', async () => {
    const { slack, clock, say } = await aDesk();
    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    const first = await say(toChannel);
    slack.faults.api.add('conversations.history', { kind: 'rate-limited', retryAfter: 7 });
    expect(await say(toChannel, again(clock, first))).toEqual(notYet(7 * second));
    expect(posts(slack)).toBe(1);
  });

  it('that may not be looked up is said at least once', async () => {
    const { slack, clock, say } = await aDesk({ furniture: { app: { scopes: ['chat:write'] } } });
    slack.faults.api.add('chat.postMessage', { kind: 'drop-before' });
    const first = await say(toChannel);
    expect(await say(toChannel, again(clock, first))).toMatchObject({ outcome: 'said' });
  });

  it('of a post that lands after its time limit is found', async () => {
    const { slack, clock } = await openBench();
    const logger = sdkLogger(aLog(), 'web-api');
    const client = createSlackClient({ token: slack.tokens.bot, apiUrl: slack.apiUrl, logger, limit: 40 });
    const impatient = createSlackSpeaker({ client, pacer: pacerOn(clock), pressUrls: noPresses, log: aLog(), clock });
    slack.faults.api.add('chat.postMessage', { kind: 'slow', ms: 120 });
    const first = await impatient.say([call()], toChannel, forEver);
    expect(first).toEqual(later(20 * second));
    await slack.until(() => slack.read('C1').length === 1, 'the late landing');
    const { say } = speakerOn(slack, clock);
    expect(await say(toChannel, again(clock, first))).toMatchObject({ outcome: 'said' });
    expect(posts(slack)).toBe(1);
  });

  it('of a redraw is simply drawn again', async () => {
    const { slack, clock, say } = await aDesk();
    const said = await say(toChannel);
    if (said.outcome !== 'said') throw new Error('nothing to redraw');
    slack.faults.api.add('chat.update', { kind: 'drop-after' });
    const to: Destination = { kind: 'redraw', channel: said.channel, ts: said.ts };
    const first = await say(to);
    expect(await say(to, again(clock, first))).toEqual(said);
    expect(slack.callCount('conversations.history')).toBe(0);
  });
});

describe('a lease that ends before the call is made (14.3)', () => {
  const until = NOON + 15 * second;

  it.each([
    ['the look-up', 'conversations.history', toChannel],
    ['opening the DM', 'conversations.open', { kind: 'person', userId: 'U1' } as const],
  ])('during %s leaves the saying to others', async (_name, method, to: Destination) => {
    const { slack, clock, speaker } = await aDesk();
    slack.faults.api.add(method, { kind: 'slow', ms: 60 });
    const saying = speaker.say([call({ tries: 1 })], to, until);
    await slack.until(() => slack.callCount(method) === 1, 'the call before it');
    clock.moveTo(until);
    expect(await saying).toEqual(notYet(second));
    expect(posts(slack)).toBe(0);
  });

  it('during the look-up does not hide what was found', async () => {
    const { slack, clock, say, speaker } = await aDesk();
    const said = await say(toChannel);
    slack.faults.api.add('conversations.history', { kind: 'slow', ms: 60 });
    const saying = speaker.say([call({ tries: 1 })], toChannel, until);
    await slack.until(() => slack.callCount('conversations.history') === 1, 'the look-up');
    clock.moveTo(until);
    expect(await saying).toEqual(said);
  });

  it('while the link to a card is asked for leaves the saying to others', async () => {
    const { slack, clock, speaker } = await aDesk();
    const linked = (number: number): Remark => ({
      ...call({ fold: 'call:1' }, number),
      card: { channel: 'C1', ts: `${number}.000001` },
    });
    slack.faults.api.add('chat.getPermalink', { kind: 'slow', ms: 60 });
    const saying = speaker.say([linked(12), linked(13)], toChannel, until);
    await slack.until(() => slack.callCount('chat.getPermalink') === 1, 'the link');
    clock.moveTo(until);
    expect(await saying).toEqual(notYet(second));
    expect(posts(slack)).toBe(0);
  });

  it('keeps an older look of a card from covering a newer one', async () => {
    const { slack, clock, say, speaker } = await aDesk();
    const said = await say(toChannel);
    if (said.outcome !== 'said') throw new Error('nothing to redraw');
    clock.moveTo(until);
    const to: Destination = { kind: 'redraw', channel: said.channel, ts: said.ts };
    expect(await speaker.say([call()], to, until)).toMatchObject({ outcome: 'later', begun: false });
    expect(slack.callCount('chat.update')).toBe(0);
  });

  it('lets a call begin until its last instant', async () => {
    const { clock, speaker } = await aDesk();
    clock.moveTo(until - 1);
    expect(await speaker.say([call()], toChannel, until)).toMatchObject({ outcome: 'said' });
  });
});

describe('a token that Slack refuses', () => {
  it('makes notices wait, since somebody may mend it', async () => {
    const { slack, clock } = await openBench();
    const log = aLog();
    const client = createSlackClient({ token: 'xoxb-old', apiUrl: slack.apiUrl, logger: sdkLogger(log, 'web-api') });
    const speaker = createSlackSpeaker({ client, pacer: pacerOn(clock), pressUrls: noPresses, log, clock });
    expect(await speaker.say([call({ tries: 9 })], toChannel, forEver)).toEqual(later(5 * minute));
    expect(JSON.stringify(log.lines)).not.toContain('xoxb');
  });
});
