import { afterEach, describe, expect, it } from '@jest/globals';
import { memoryStore } from '../../simulation/memory-store.ts';
import { memoryTickets } from '../../simulation/memory-tickets.ts';
import { createPacer } from '../../src/delivery/pacer.ts';
import { createSlackClient } from '../../src/delivery/slack-client.ts';
import { type Fetch, slackFetch } from '../../src/delivery/slack-fetch.ts';
import { noLimits } from '../../src/delivery/slack-rates.ts';
import { createSlackSpeaker } from '../../src/delivery/slack-speaker.ts';
import { hour, minute, second } from '../../src/domain/instant.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { noHash, sealEvents } from '../../src/domain/timeline.ts';
import { createDeliverer, type Deliverer } from '../../src/flows/deliver-notices.ts';
import type { Ports, TicketRecord } from '../../src/flows/ports.ts';
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

type Change = Partial<Notice> & Pick<Notice, 'id'>;

/** Several processes of a desk on one store and one Slack, where a ticket has something to say: calls, or what is asked for. */
const aDeskWith = async (...changes: readonly Change[]) => {
  const { slack, clock } = await openBench();
  const tickets = memoryTickets();
  const subject = subjectAfter([{ at: NOON, command: opening(NOON, { id: 'T1:C1:12', number: 12 }) }]);
  const waiting = { writtenAt: NOON, notBefore: NOON };
  const notices = changes.map((change, order) => noticeOf('call', subject, 'opened', { ...waiting, order, ...change }));
  const sealed = sealEvents(subject.events, { seq: 0, hash: noHash }, () => 'salt');
  tickets.insert(
    aRecord({
      ticket: subject.ticket,
      ...sealed,
      notices: Object.fromEntries(notices.map((each) => [each.id, each])),
      sayAt: NOON,
    }),
  );
  const log = aLog();
  const policy = aPolicy();
  const published = { version: 1, policy, publishedAt: 0, by: 'DESK_FILE', why: '' };
  const nobody = (): Promise<never> => Promise.reject(new Error('nobody is asked'));
  type Store = ReturnType<typeof memoryStore>;
  const process = (
    processId: string,
    fetch: Fetch = slackFetch,
    remembers = 10,
    through = (store: Store): Store => store,
  ): Deliverer => {
    const logger = sdkLogger(log, 'web-api');
    const client = createSlackClient({ token: slack.tokens.bot, apiUrl: slack.apiUrl, logger, fetch });
    const pacer = createPacer({ clock, limits: noLimits, patience: 0, wait: nobody });
    const ports: Ports = {
      ...{ clock, log, processId, leaseFor, salt: () => 'salt' },
      tickets: rememberedTickets(through(memoryStore(tickets)), remembers),
      desks: { desk: () => desk, policy: () => policy, know: async () => {}, currentPolicy: () => published },
      directory: { person: nobody, zoneOf: nobody },
      speaker: createSlackSpeaker({ client, pacer, pressUrls: { take: () => null }, log, clock }),
    };
    return createDeliverer(ports);
  };
  const left = () => tickets.load(subject.ticket.id)?.notices ?? {};
  return { slack, clock, log, process, tickets, left, unsaid: () => Object.keys(left()) };
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
    const { slack, clock, process, unsaid } = await aDeskWith({ id: '1-0', tries: 1 });
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
    const { slack, clock, process, unsaid } = await aDeskWith({ id: '1-0', tries: 1 });
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

describe('a process that takes over from one that died', () => {
  /** A process that dies as soon as so many messages stand in Slack: it never records what it said. */
  const dies = async ({ process, slack }: Awaited<ReturnType<typeof aDeskWith>>, said: number): Promise<void> => {
    const dead = aSignal();
    const one = process('one', async (url, init) => {
      const answer = await slackFetch(url, init);
      if (slack.read('C1').length < said) return answer;
      dead.give();
      return new Promise(() => {});
    });
    void one.deliverDue();
    await dead.given;
  };

  it('looks for everything the other may have said, also what it comes to only after its lease ended', async () => {
    const desk = await aDeskWith({ id: '1-0' }, { id: '1-1', kind: 'card' });
    const { slack, clock, process, unsaid } = desk;
    await dies(desk, 2);
    clock.moveBy(leaseFor + landed);
    let isAwake = false;
    const awakened: Fetch = (url, init) => {
      if (!isAwake) clock.moveBy(leaseFor);
      isAwake = true;
      return slackFetch(url, init);
    };
    const two = process('two', awakened, 0);
    await two.deliverDue();
    await two.idle();
    expect(slack.read('C1')).toHaveLength(2);
    expect(unsaid()).toEqual([]);
  });

  it('counts what it looks for as tried once, in however many rounds: so often Slack was not asked', async () => {
    const later = { id: '1-9', notBefore: NOON + hour, to: { kind: 'person', userId: 'U1' } } as const;
    const desk = await aDeskWith({ id: '1-0' }, { id: '1-1', kind: 'card' }, { id: '1-2', kind: 'card' }, later);
    await dies(desk, 3);
    desk.clock.moveBy(leaseFor + landed);
    const two = desk.process('two', (url, init) => {
      desk.clock.moveBy(leaseFor);
      return slackFetch(url, init);
    });
    for (let round = 0; round < 4; round += 1) {
      await two.deliverDue();
      await two.idle();
      desk.clock.moveBy(landed);
    }
    expect(desk.slack.read('C1')).toHaveLength(3);
    expect(desk.left()).toMatchObject({ '1-9': { tries: 1 } });
  });

  it('still looks for it after it asked for the lease once more and was refused, by a save of its own', async () => {
    const desk = await aDeskWith({ id: '1-0' });
    const { slack, clock, tickets } = desk;
    await dies(desk, 1);
    clock.moveBy(leaseFor + landed);
    let answers = false;
    const lossy: (store: ReturnType<typeof memoryStore>) => ReturnType<typeof memoryStore> = (store) => ({
      ...store,
      lease: async (record, saying) => {
        const landedNow = await store.lease(record, saying);
        if (answers) return landedNow;
        answers = true;
        throw new Error('the answer was lost');
      },
      unsaid: async (now, limit) => {
        const found = await store.unsaid(now, limit);
        // Between the question and the lease a press is saved, with the notices leased to this process anew.
        const [record] = found;
        if (answers && record?.saying?.by === 'two') pressed(record);
        return found;
      },
    });
    const pressed = (record: TicketRecord): void => {
      const until = clock.now() + leaseFor;
      const change = { ...record, notices: [], causes: [], entries: [], words: {} };
      expect(tickets.save(record, { ...change, saying: { by: 'two', until }, sayAt: until })).toBe(true);
    };
    const two = desk.process('two', slackFetch, 0, lossy);
    await two.deliverDue().catch(() => {});
    clock.moveBy(leaseFor + landed);
    await two.deliverDue();
    two.kick('T1:C1:12');
    await two.idle();
    expect(slack.read('C1')).toHaveLength(1);
  });
});

describe('a call, which folds with others', () => {
  const card = { id: '1-0', kind: 'card', anchor: 'card:1' } as const;
  const call = { id: '1-1', fold: 'call:1' } as const;
  const inOrder = [expect.stringContaining('ESC-12'), expect.stringContaining('a new ticket')];

  it.each([
    ['is refused', (url: string) => url.endsWith('chat.postMessage')],
    ['is not known to have arrived', (url: string) => url.endsWith('conversations.history')],
  ])('waits for the card it is about while that %s (14.3)', async (_, isStopped) => {
    const { slack, clock, process, unsaid } = await aDeskWith({ ...card, tries: 1 }, call);
    let toStop = 1;
    const one = process('one', (url, init) => {
      if (toStop === 0 || !isStopped(String(url))) return slackFetch(url, init);
      toStop -= 1;
      throw new Error('no way to Slack');
    });
    await one.deliverDue();
    expect(slack.read('C1')).toEqual([]);
    for (let round = 0; round < 5; round += 1) {
      clock.moveBy(minute);
      await one.deliverDue();
      await one.idle();
    }
    expect(slack.read('C1').map(({ text }) => text)).toEqual(inOrder);
    expect(unsaid()).toEqual([]);
  });
});

describe('what cannot stand anywhere', () => {
  it('ends, and the log does not call it withdrawn', async () => {
    const { slack, log, process, unsaid } = await aDeskWith({
      id: '1-0',
      kind: 'line',
      to: { kind: 'under', anchor: 'card:1' },
    });
    await process('one').deliverDue();
    expect(slack.calls).toEqual([]);
    expect(unsaid()).toEqual([]);
    expect(log.lines).toEqual([
      { level: 'info', happening: 'notice has no place', facts: { ticket: 12, kind: 'line' } },
    ]);
  });
});
