import { afterEach, describe, expect, it } from '@jest/globals';
import { createPacer } from '../../src/delivery/pacer.ts';
import { createSlackClient } from '../../src/delivery/slack-client.ts';
import { slackLimits } from '../../src/delivery/slack-rates.ts';
import { createSlackSpeaker } from '../../src/delivery/slack-speaker.ts';
import { second } from '../../src/domain/instant.ts';
import type { Notice } from '../../src/domain/notice.ts';
import type { Remark, Said } from '../../src/flows/ports.ts';
import { sdkLogger } from '../../src/logger.ts';
import { createMeters } from '../../src/watching/meters.ts';
import { allClosed, NOON, openBench } from '../sandbox/bare-app.ts';
import { opening } from '../support/a-command.ts';
import { aLog } from '../support/a-log.ts';
import { noticeOf, subjectAfter } from '../support/a-subject.ts';

afterEach(allClosed);

const subject = subjectAfter([{ at: NOON, command: opening(NOON, { id: 'T1:C1:12', number: 12 }) }]);

const call = (change: Partial<Notice> = {}): Remark => ({
  subject,
  notice: noticeOf('call', subject, 'opened', { id: '1-0', writtenAt: NOON, ...change }),
  card: null,
});

/** The speaker as the desk has it, in time moved by hand. */
const aCountedSpeaker = async () => {
  const { slack, clock } = await openBench({ limits: true });
  const log = aLog();
  const meters = createMeters();
  const client = createSlackClient({
    token: slack.tokens.bot,
    apiUrl: slack.apiUrl,
    logger: sdkLogger(log, 'web-api'),
  });
  const wait = () => Promise.reject(new Error('nobody can wait'));
  const pacer = createPacer({ clock, limits: slackLimits, patience: 0, wait });
  const speaker = meters.listening(
    createSlackSpeaker({
      ...{ client, log, clock, pressUrls: { take: () => null } },
      pacer: { ...pacer, run: (paced, work) => pacer.run(paced, meters.sending(paced.key, work)) },
    }),
  );
  const say = (remark: Remark): Promise<Said> =>
    speaker.say([remark], { kind: 'channel', channel: 'C1', threadTs: null }, Number.POSITIVE_INFINITY);
  const retries = async (): Promise<number> => {
    const [only] = (await meters.registry.getSingleMetric('retries_total')?.get())?.values ?? [];
    return only?.value ?? 0;
  };
  return { slack, clock, say, retries };
};

describe('notices tried again (13.3)', () => {
  it('are those that Slack had too many of, and not those that wait for their turn', async () => {
    const { slack, clock, say, retries } = await aCountedSpeaker();
    slack.faults.api.add('chat.postMessage', { kind: 'rate-limited', retryAfter: 20 });
    expect(await say(call())).toMatchObject({ outcome: 'later', begun: false });
    expect(await retries()).toBe(1);
    const back = call({ notBefore: NOON + second });
    expect(await say(back)).toMatchObject({ outcome: 'later', begun: false });
    expect(await say(back)).toMatchObject({ outcome: 'later', begun: false });
    expect(await retries()).toBe(1);
    clock.moveBy(60 * second);
    expect(await say(back)).toMatchObject({ outcome: 'said' });
    expect(await retries()).toBe(1);
  });

  it('are those whose outcome was unclear, once for each try', async () => {
    const { slack, clock, say, retries } = await aCountedSpeaker();
    slack.faults.api.add('chat.postMessage', { kind: 'drop-before' }, 2);
    expect(await say(call())).toMatchObject({ outcome: 'later', begun: true });
    clock.moveBy(30 * second);
    expect(await say(call({ tries: 1 }))).toMatchObject({ outcome: 'later', begun: true });
    clock.moveBy(30 * second);
    expect(await say(call({ tries: 2 }))).toMatchObject({ outcome: 'said' });
    expect(await retries()).toBe(2);
  });
});
