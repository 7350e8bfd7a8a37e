import { afterEach, describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../simulation/memory-store.ts';
import { memoryTickets } from '../../simulation/memory-tickets.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import { createSlackClient } from '../../src/delivery/slack-client.ts';
import { type Fetch, slackFetch } from '../../src/delivery/slack-fetch.ts';
import { noLimits } from '../../src/delivery/slack-rates.ts';
import { createSlackSpeaker } from '../../src/delivery/slack-speaker.ts';
import { second } from '../../src/domain/instant.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { noHash, sealEvents } from '../../src/domain/timeline.ts';
import { createDeliverer, type Deliverer } from '../../src/flows/deliver-notices.ts';
import type { Ports } from '../../src/flows/ports.ts';
import { rememberedTickets } from '../../src/flows/remembered-tickets.ts';
import { sdkLogger } from '../../src/logger.ts';
import { allClosed, NOON, openBench } from '../sandbox/bare-app.ts';
import { opening } from '../support/a-command.ts';
import { aLog } from '../support/a-log.ts';
import { aDesk, aPolicy } from '../support/a-policy.ts';
import { aRecord } from '../support/a-record.ts';
import { noticeOf, subjectAfter } from '../support/a-subject.ts';

afterEach(allClosed);

const leaseFor = 30 * second;
/** After the end of a lease, before another takes over. */
const landed = 20 * second;

const [tier, ...higherTiers] = aDesk().tiers;
if (tier === undefined) throw new Error('a desk has a first tier');
const desk = aDesk({ tiers: [{ ...tier, channel: 'C1' }, ...higherTiers] });

/** Several processes of a desk on one store and one Slack, where a ticket has something to say. */
const aDeskWith = async (change: Partial<Notice>) => {
  const { slack, clock } = await openBench();
  const tickets = memoryTickets();
  const subject = subjectAfter([{ at: NOON, command: opening(NOON, { id: 'T1:C1:12', number: 12 }) }]);
  const notice = noticeOf('call', subject, 'opened', { id: '1-0', writtenAt: NOON, notBefore: NOON, ...change });
  const sealed = sealEvents(subject.events, { seq: 0, hash: noHash }, () => 'salt');
  tickets.insert(aRecord({ ticket: subject.ticket, ...sealed, notices: { [notice.id]: notice }, sayAt: NOON }));
  const log = aLog();
  const policy = aPolicy();
  const published = { version: 1, policy, publishedAt: 0, by: 'DESK_FILE', why: '' };
  const nobody = (): Promise<never> => Promise.reject(new Error('nobody is asked'));
  const process = (processId: string, fetch: Fetch = slackFetch): Deliverer => {
    const logger = sdkLogger(log, 'web-api');
    const client = createSlackClient({ token: slack.tokens.bot, apiUrl: slack.apiUrl, logger, fetch });
    const pacer = createPacer({ clock, limits: noLimits, patience: 0, wait: nobody });
    const ports: Ports = {
      ...{ clock, log, processId, leaseFor, salt: () => 'salt' },
      tickets: rememberedTickets(memoryStore(tickets), 10),
      desks: { desk: () => desk, policy: () => policy, know: async () => {}, currentPolicy: () => published },
      directory: { person: nobody, zoneOf: nobody },
      speaker: createSlackSpeaker({ client, pacer, pressUrls: { take: () => null }, log, clock }),
    };
    return createDeliverer(ports);
  };
  return { slack, clock, log, process, unsaid: () => Object.keys(tickets.load(subject.ticket.id)?.notices ?? {}) };
};

const aSignal = () => {
  let give = (): void => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
};

describe('a process that sleeps past its lease (14.3)', () => {
  it('does not say what another has said meanwhile', async () => {
    const { slack, clock, process, unsaid } = await aDeskWith({ tries: 1 });
    const awake = aSignal();
    const asleep = aSignal();
    const one = process('one', async (url, init) => {
      const answer = await slackFetch(url, init);
      if (String(url).endsWith('conversations.history')) {
        asleep.give();
        await awake.given;
      }
      return answer;
    });
    const saying = one.deliverDue();
    await asleep.given;
    clock.moveBy(leaseFor + landed);
    await process('two').deliverDue();
    expect(slack.read('C1')).toHaveLength(1);
    awake.give();
    await saying;
    await one.idle();
    expect(slack.read('C1')).toHaveLength(1);
    expect(unsaid()).toEqual([]);
  });

  it('says it itself in the next round where no other did', async () => {
    const { slack, clock, process, unsaid } = await aDeskWith({ tries: 1 });
    const one = process('one', async (url, init) => {
      const answer = await slackFetch(url, init);
      if (slack.callCount() === 1) clock.moveBy(leaseFor);
      return answer;
    });
    await one.deliverDue();
    expect(slack.read('C1')).toEqual([]);
    clock.moveBy(second);
    await one.deliverDue();
    expect(slack.read('C1')).toHaveLength(1);
    expect(unsaid()).toEqual([]);
  });
});

describe('what cannot stand anywhere', () => {
  it('ends, and the log does not call it withdrawn', async () => {
    const { slack, log, process, unsaid } = await aDeskWith({ kind: 'line', to: { kind: 'under', anchor: 'card:1' } });
    await process('one').deliverDue();
    expect(slack.calls).toEqual([]);
    expect(unsaid()).toEqual([]);
    expect(log.lines).toEqual([
      { level: 'info', happening: 'notice has no place', facts: { ticket: 12, kind: 'line' } },
    ]);
  });
});
