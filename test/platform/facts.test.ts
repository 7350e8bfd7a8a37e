import type { Slack } from '../../sandbox/slack.ts';
import type { Message } from '../../sandbox/slack-records.ts';
import { minute } from '../../src/domain/instant.ts';
import { allClosed, openBench, until } from '../sandbox/bare-app.ts';
import { aBot, type Bot } from '../support/a-bot.ts';
import { type CutDatabase, cutDatabase } from '../support/cut-database.ts';
import { plainBolt, plainBoltProcess } from '../support/plain-bolt.ts';

// What Slack and its SDK do to those who do not look out, fact by fact: first that it does us no harm, then that it does
// harm a Bolt app whose settings are those it comes with.

let bot: Bot;
let database: CutDatabase;
const log: string[] = [];

/** How a plain process ends after what is done to it; or what went wrong before. */
const endOf = async (hurt: (slack: Slack) => void, botToken?: string): Promise<string> => {
  const { slack } = await openBench();
  // It has started before it hears who it is.
  if (botToken !== undefined) slack.faults.api.add('auth.test', { kind: 'slow', ms: 1_500 });
  const own = await plainBoltProcess(slack, botToken ?? slack.tokens.bot);
  hurt(slack);
  return `${own.output()}\nended with ${await own.ended}\n${own.output()}`;
};

/** How often plain Bolt has tried to open a form, which always fails, once it is at its third try. */
const openingTries = async (): Promise<number> => {
  const { slack } = await openBench();
  await plainBolt(slack, (app) => {
    app.command('/ticket', async ({ ack, client, body }) => {
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: { type: 'modal', title, blocks: [] } });
    });
  });
  slack.faults.api.add('views.open', { kind: 'status', status: 500 }, 100);
  await slack.as('U1').command('/ticket new', { channel: 'C1' });
  await slack.until(() => slack.callCount('views.open') >= 3, 'the third try', 15_000);
  const tries = slack.callCount('views.open');
  slack.faults.api.clear();
  return tries;
};

/** What takes Bolt seconds goes on beside the other facts. */
let noInnerEvent: Promise<string>;
let failedReconnect: Promise<string>;
let badToken: Promise<string>;
let triesOfPlainBolt: Promise<number>;
let commands = 0;

beforeAll(async () => {
  noInnerEvent = endOf((slack) => {
    slack.faults.sendRaw({ type: 'events_api', envelope_id: 'E1', payload: { type: 'app_rate_limited' } });
  });
  failedReconnect = endOf((slack) => {
    slack.faults.api.add('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 1);
    slack.faults.disconnect('warning');
  });
  badToken = endOf(() => {}, 'xoxb-wrong');
  // Each is looked at by its own fact, later.
  triesOfPlainBolt = openingTries();
  for (const each of [noInnerEvent, failedReconnect, badToken, triesOfPlainBolt]) each.catch(() => {});
  database = await cutDatabase();
  bot = await aBot({
    mongodbUri: database.uri,
    onLog: (line) => void log.push(line),
    onStoreCommand: () => {
      commands += 1;
    },
  });
}, 30_000);

afterAll(async () => {
  await allClosed();
  await bot.stop();
  await database.drop();
});

const receiptsOf = (ts: string): readonly string[] =>
  bot.texts('CHELP', ts).filter((text) => text.includes('we have your issue'));

/** What a customer writes now belongs to nothing that was written before. */
const customerSays = async (text: string): Promise<string> => {
  await bot.wait(5 * minute);
  return bot.slack.as('UKIM').post('CHELP', text);
};

/** The bot has opened so many connections more, failed ones too, and has two. */
const reconnected = async (times: number, lose: () => void): Promise<void> => {
  const { slack } = bot;
  const before = slack.callCount('apps.connections.open');
  lose();
  const isBack = (): boolean => slack.callCount('apps.connections.open') >= before + times && slack.connections() === 2;
  await slack.until(isBack, 'two new connections');
};

/** A customer's message has come to be one ticket. */
const becomesOneTicket = async (ts: string): Promise<void> => {
  await bot.slack.until(() => receiptsOf(ts).length > 0, 'the receipt', 8_000);
  await bot.settle();
  expect(receiptsOf(ts)).toHaveLength(1);
};

const withButton = (label: string): Message => {
  const found = bot.slack.messages().findLast(({ blocks }) => JSON.stringify(blocks).includes(label));
  if (found === undefined) throw new Error(`There is no button "${label}"`);
  return found;
};

const ask = (slack: Slack, user: string, channel: string) => slack.as(user).command('/ticket help', { channel });

describe('Slack and its SDK (slack-platform.md, 0)', () => {
  it('1: what could not be stored is not acknowledged', async () => {
    database.cut();
    const ts = await bot.slack.as('UKIM').post('CHELP', 'The mail is slow');
    expect(bot.slack.redeliveriesWaiting()).toBe(1);
    database.mend();
    await bot.wait(minute);
    await becomesOneTicket(ts);
    expect(bot.slack.redeliveriesWaiting()).toBe(0);

    const { slack, clock } = await openBench();
    let tries = 0;
    await plainBolt(slack, (app) => {
      app.message(async () => {
        tries += 1;
        throw new Error('The database is gone');
      });
    });
    await slack.as('U1').post('C1', 'The mail is slow');
    expect(slack.redeliveriesWaiting()).toBe(0);
    clock.moveBy(10 * minute);
    await slack.quiet(60);
    expect(tries).toBe(1);
  });

  it('2: a call that fails is not repeated while somebody waits', async () => {
    bot.slack.faults.api.add('views.open', { kind: 'status', status: 500 }, 10);
    const before = bot.slack.callCount('views.open');
    const outcome = await bot.slack.as('UKIM').command('/ticket new', { channel: 'CHELP' });
    expect(outcome.error).toBeNull();
    expect(outcome.replies.at(-1)?.text).toContain('try again in a moment');
    await bot.settle();
    expect(bot.slack.callCount('views.open') - before).toBe(1);
    bot.slack.faults.api.clear();

    // Once a second and more, up to a hundred times: long after the trigger is dead.
    expect(await triesOfPlainBolt).toBeGreaterThanOrEqual(3);
  });

  it('3: each call goes out with its own token', async () => {
    const { slack: ours } = bot;
    await reconnected(2, ours.faults.cutSockets);
    expect(ours.refusals.filter(({ method }) => method === 'apps.connections.open')).toEqual([]);

    const { slack } = await openBench();
    const starting = plainBolt(slack, () => {}, { headers: { 'x-desk': 'ours' } });
    // It tries again until its Slack is gone.
    starting.catch(() => {});
    await slack.until(() => slack.refusals.length > 0, 'a refusal');
    expect(slack.refusals[0]).toMatchObject({ method: 'apps.connections.open', error: 'not_allowed_token_type' });
  });

  it('4: a refresh of the connections leaves no gap', async () => {
    const { slack: ours } = bot;
    const opened = ours.callCount('apps.connections.open');
    const asked: ReturnType<typeof ask>[] = [];
    const posted: Promise<string>[] = [];
    ours.faults.disconnect('refresh_requested');
    await until(() => {
      if (asked.length < 150) asked.push(ask(ours, 'UANA', 'CT1'));
      if (posted.length < 50) posted.push(ours.as('UANA').post('CT1', 'Looking at it'));
      return ours.callCount('apps.connections.open') === opened + 2 && ours.connections() === 2 && asked.length === 150;
    });
    const outcomes = await Promise.all(asked);
    await Promise.all(posted);
    expect(outcomes.filter(({ acked }) => !acked)).toEqual([]);
    expect(ours.redeliveriesWaiting()).toBe(0);

    const { slack } = await openBench();
    await plainBolt(slack, (app) => {
      app.command('/ticket', async ({ ack }) => ack('Here is help'));
    });
    expect((await ask(slack, 'U1', 'C1')).error).toBeNull();
    slack.faults.disconnect('refresh_requested');
    await until(() => slack.connections() === 0);
    expect((await ask(slack, 'U1', 'C1')).error).toBe('dispatch_failed');
  });

  it('5: an envelope without an event inside ends nothing', async () => {
    const { slack: ours } = bot;
    ours.faults.sendRaw({ type: 'events_api', envelope_id: 'E1', payload: { type: 'app_rate_limited' } });
    ours.faults.sendRaw({ type: 'events_api', envelope_id: 'E2' });
    await becomesOneTicket(await customerSays('My shop shows an error'));
    expect(ours.connections()).toBe(2);

    expect(await noInnerEvent).toMatch(/ended with 1\n[\s\S]*TypeError/);
  }, 20_000);

  it('6: a reconnect that fails, for whatever reason, is tried again', async () => {
    const { slack: ours } = bot;
    for (const error of ['invalid_auth', 'account_inactive'])
      ours.faults.api.add('apps.connections.open', { kind: 'error', error }, 2);
    await reconnected(6, () => {
      ours.faults.disconnect('link_disabled');
      ours.faults.cutSockets();
    });
    await becomesOneTicket(await customerSays('I cannot log in'));

    expect(await failedReconnect).toMatch(/ended with 1\n[\s\S]*invalid_auth/);
  }, 30_000);

  it('7: a wrong token does not start, and nobody waits for who we are', async () => {
    const { slack: ours } = bot;
    ours.faults.api.add('auth.test', { kind: 'error', error: 'invalid_auth' });
    await expect(bot.startInstance()).rejects.toThrow('SLACK_BOT_TOKEN');
    ours.faults.api.add('auth.test', { kind: 'slow', ms: 60_000 }, 5);
    expect(await ask(ours, 'UANA', 'CT1')).toMatchObject({ acked: true });
    await becomesOneTicket(await customerSays('Where is my invoice?'));
    ours.faults.api.clear();

    const { slack } = await openBench();
    slack.faults.api.add('auth.test', { kind: 'slow', ms: 400 });
    await plainBolt(slack, (app) => {
      app.command('/ticket', async ({ ack }) => ack('Here is help'));
    });
    expect((await ask(slack, 'U1', 'C1')).afterMs).toBeGreaterThan(250);
    // It said that it has started.
    expect(await badToken).toMatch(/^started\n[\s\S]*ended with 1\n[\s\S]*invalid_auth/m);
  }, 20_000);

  it('9: a post whose answer is lost stands there once', async () => {
    const { slack: ours } = bot;
    await bot.wait(5 * minute);
    ours.faults.api.add('chat.postMessage', { kind: 'drop-after' }, 2);
    const ts = await ours.as('ULOU').post('CHELP', 'The backup failed');
    await bot.settle();
    await bot.wait(5 * minute);
    await becomesOneTicket(ts);

    const { slack } = await openBench();
    await plainBolt(slack, (app) => {
      app.message(async ({ message, client }) => {
        await client.chat.postMessage({ channel: message.channel, thread_ts: message.ts, text: 'We have it' });
      });
    });
    slack.faults.api.add('chat.postMessage', { kind: 'drop-after' });
    const plain = await slack.as('U1').post('C1', 'The backup failed');
    await slack.until(() => slack.read('C1', { threadTs: plain }).length === 3, 'the second post', 10_000);
  });

  it('10: a message that comes twice, under other ids, is one ticket', async () => {
    const { slack: ours } = bot;
    ours.faults.twice('at-once');
    const ts = await ours.as('UGUS').post('CHELP', 'The certificate has run out');
    ours.faults.twice('no');
    await becomesOneTicket(ts);

    const { slack } = await openBench();
    await plainBolt(slack, (app) => {
      app.message(async ({ message, client }) => {
        await client.chat.postMessage({ channel: message.channel, thread_ts: message.ts, text: 'We have it' });
      });
    });
    slack.faults.twice('at-once');
    const plain = await slack.as('U1').post('C1', 'The certificate has run out');
    await slack.until(() => slack.read('C1', { threadTs: plain }).length === 3, 'the second answer');
  });

  it('11: a call that never ends does not keep people waiting', async () => {
    await bot.slack.as('UFAY').post('CSHOP', 'Our shop is down');
    await bot.settle();
    const { slack } = await openBench();
    await plainBolt(slack, (app) => {
      app.command('/ticket', async ({ ack, client, body }) => {
        await client.views.open({ trigger_id: body.trigger_id, view: { type: 'modal', title, blocks: [] } });
        await ack();
      });
    });
    for (const each of [slack, bot.slack]) each.faults.api.add('views.open', { kind: 'slow', ms: 60_000 });
    // Whom the bot has not met before.
    bot.slack.faults.api.add('users.info', { kind: 'slow', ms: 60_000 }, 10);
    const [plain, ...ours] = await Promise.all([
      slack.as('U1').command('/ticket new', { channel: 'C1' }),
      bot.slack.as('UKIM').command('/ticket new', { channel: 'CHELP' }),
      bot.slack.as('UFLO').press(withButton('My tickets'), 'My tickets'),
    ]);
    expect(plain.error).toBe('operation_timeout');
    for (const { error, afterMs, replies } of ours) {
      expect(error).toBeNull();
      expect(afterMs).toBeLessThan(3_000);
      await bot.slack.until(() => replies.length > 0, 'the sentence');
      expect(replies.at(-1)?.text).toContain('try again in a moment');
    }
    for (const each of [slack, bot.slack]) each.faults.api.clear();
  });

  it('12: what bots say, and what is edited or deleted, is no new message', async () => {
    const { slack: ours } = bot;
    const cards = (): number => ours.read('CT1').filter(({ metadata, pings }) => metadata && pings.length === 0).length;
    const before = cards();
    await ours.as('UBOTTY').post('CHELP', 'Deploy 12 is done');
    const talk = await ours.as('UANA').post('CHELP', 'We look at the disks today');
    await ours.as('UANA').edit('CHELP', talk, 'We look at the disks tomorrow');
    await ours.as('UANA').remove('CHELP', talk);
    await bot.settle();
    expect(cards()).toBe(before);

    const { slack } = await openBench();
    const heard: (string | undefined)[] = [];
    await plainBolt(slack, (app) => {
      app.message(async ({ message }) => {
        heard.push(message.subtype);
      });
    });
    await slack.as('U5').post('C1', 'Deploy 12 is done');
    const plain = await slack.as('U1').post('C1', 'We look at the disks today');
    await slack.as('U1').edit('C1', plain, 'We look at the disks tomorrow');
    await slack.as('U1').remove('C1', plain);
    await slack.quiet();
    expect(heard).toHaveLength(4);
    expect(heard).toEqual(expect.arrayContaining(['message_changed', 'message_deleted']));
  });

  it('8: a stop finishes what is in hand', async () => {
    database.stall();
    const before = commands;
    const posting = bot.slack.as('ULOU').post('CHELP', 'The panel is gone');
    await bot.slack.until(() => commands > before, 'the look into the database');
    const stopping = bot.stopInstances();
    database.mend();
    const [ts] = await Promise.all([posting, stopping]);
    expect(receiptsOf(ts)).toHaveLength(1);
    await bot.startInstance();
    await bot.wait(minute);
    await becomesOneTicket(ts);

    const { slack } = await openBench({ ackMs: 500 });
    let hear: () => void = () => {};
    const heard = new Promise<void>((resolve) => {
      hear = resolve;
    });
    let isStored = false;
    let store: () => void = () => {};
    const app = await plainBolt(slack, (plain) => {
      plain.command('/ticket', async ({ ack }) => {
        hear();
        await new Promise<void>((resolve) => {
          store = resolve;
        });
        isStored = true;
        await ack();
      });
    });
    const asking = ask(slack, 'U1', 'C1');
    await heard;
    await app.stop();
    expect(isStored).toBe(false);
    store();
    expect((await asking).acked).toBe(false);
  });
});

const title = { type: 'plain_text', text: 'New ticket' } as const;
