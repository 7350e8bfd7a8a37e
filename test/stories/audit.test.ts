import { mongo } from 'mongoose';
import { startSlack } from '../../sandbox/slack.ts';
import { startTierline } from '../../src/app.ts';
import { readDeskText } from '../../src/desk-file.ts';
import { day, hour, minute } from '../../src/domain/instant.ts';
import type { AuditCounts } from '../../src/flows/audit-ports.ts';
import { createLog } from '../../src/logger.ts';
import { aBot, type Bot, deskText, furniture } from '../support/a-bot.ts';
import { named } from '../support/a-conversation.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

const nothing: AuditCounts = { deadline: 0, notice: 0, 'due-at': 0, card: 0, message: 0, reply: 0, direct: 0 };

let database: FreshDatabase;
let client: mongo.MongoClient;
let bot: Bot;
const log: string[] = [];
const commands: string[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  client = new mongo.MongoClient(database.uri);
  bot = await aBot({
    mongodbUri: database.uri,
    instances: 2,
    onLog: (line) => void log.push(line),
    onStoreCommand: (name) => void commands.push(name),
  });
  await audits();
});
afterAll(async () => {
  await bot.stop();
  await client.close();
  await database.drop();
});

/** Both processes audit at once. */
const auditsNow = async (): Promise<AuditCounts> => {
  log.length = 0;
  const all = await Promise.all(bot.instances.map((instance) => instance.audit()));
  await bot.settle();
  return all.reduce((sum, counts) => ({
    deadline: sum.deadline + counts.deadline,
    notice: sum.notice + counts.notice,
    'due-at': sum['due-at'] + counts['due-at'],
    card: sum.card + counts.card,
    message: sum.message + counts.message,
    reply: sum.reply + counts.reply,
    direct: sum.direct + counts.direct,
  }));
};

/** Both audit, when what happened last has settled and everything due is done. */
const audits = async (): Promise<AuditCounts> => {
  await bot.wait(2 * minute);
  return auditsNow();
};

/** What people do meanwhile is never delivered. */
const unheard = async <T>(act: () => Promise<T>): Promise<T> => {
  bot.slack.faults.suppress(() => true);
  const done = await act();
  bot.slack.faults.suppress(() => false);
  return done;
};

/** The desk is down for 20 minutes, and Slack gives up on what people do then. */
const whileDown = async <T>(act: () => Promise<T>): Promise<T> => {
  await bot.stopInstances();
  bot.jumpTo(bot.clock.now() + 5 * minute);
  const done = await unheard(act);
  bot.jumpTo(bot.clock.now() + 15 * minute);
  await bot.startInstance();
  await bot.startInstance();
  return done;
};

interface Stored {
  readonly _id: string;
  readonly ticket: { readonly status: string; readonly number: number };
  readonly dueAt?: number;
}
const tickets = () => client.db().collection<Stored>('tickets');
const countTickets = (): Promise<number> => tickets().countDocuments();
const holding = (channel: string, ts: string): Promise<Stored | null> =>
  tickets().findOne({ 'ticket.messages.key': `${channel}:${ts}` });
const found = async (channel: string, ts: string): Promise<Stored> => {
  const ticket = await holding(channel, ts);
  if (ticket === null) throw new Error(`No ticket holds ${channel}:${ts}`);
  return ticket;
};
/** As if it had nothing to say: nobody will look at its notices. Its guard is left as it was. */
const overlook = ({ _id }: Stored, more: Readonly<Record<string, unknown>> = {}) =>
  tickets().updateOne({ _id }, { $unset: { sayAt: 1 }, $set: { saying: null, ...more } });
const forgetWhatIsKnown = () =>
  client
    .db()
    .collection<{ _id: string }>('audits')
    .updateOne({ _id: 'T1' }, { $set: { known: {} } });
const replies = (channel: string, ts: string): readonly string[] => bot.texts(channel, ts).slice(1);
const opened = async (userId: string, text: string): Promise<string> => {
  const ts = await bot.slack.as(userId).post('CHELP', text);
  await bot.settle();
  return ts;
};
const reads = (from: number): readonly string[] =>
  bot.slack.calls
    .slice(from)
    .map(({ method }) => method)
    .filter((method) => method.startsWith('conversations.'));

describe('what Slack gave up on', () => {
  it('a message becomes a ticket at the next audit, once, however many processes audit at once (2.4, 13.2)', async () => {
    const ts = await unheard(() => bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon'));
    await bot.settle();
    expect(replies('CHELP', ts)).toEqual([]);
    expect(await audits()).toEqual({ ...nothing, message: 1 });
    expect(replies('CHELP', ts)).toEqual([expect.stringContaining('ESC-')]);
    expect(bot.textOf(bot.card('CT1'))).toContain('My VPS is down');
    expect(log.join('')).toContain('audit mended');
    expect(log.join('')).not.toContain('My VPS');
  });

  it('two lost messages of one person within minutes are one ticket still (2.4)', async () => {
    const before = await countTickets();
    const [first, second] = await unheard(async () => [
      await bot.slack.as('UGUS').post('CHELP', 'The mail is slow'),
      await bot.slack.as('UGUS').post('CHELP', 'The webmail too'),
    ]);
    expect((await audits()).message).toBe(2);
    expect(await countTickets()).toBe(before + 1);
    expect((await holding('CHELP', first ?? ''))?._id).toBe((await holding('CHELP', second ?? ''))?._id);
  });

  it('the newest minute is left to the way it comes by', async () => {
    await bot.wait(2 * minute);
    const ts = await unheard(() => bot.slack.as('UGUS').post('CHELP', 'My site is gone'));
    expect((await auditsNow()).message).toBe(0);
    expect((await audits()).message).toBe(1);
    expect(replies('CHELP', ts)).toHaveLength(1);
  });

  it('a reply in a thread, an edit and a direct message arrive after an outage (2.5, 2.10, 2.11)', async () => {
    const root = await opened('ULOU', 'My shop shows an error');
    const said = await bot.slack.as('ULOU').post('CHELP', 'On every paje', { threadTs: root });
    await bot.settle();
    await audits();
    const [lost, dm] = await whileDown(async () => {
      await bot.slack.as('ULOU').edit('CHELP', said, 'On every page');
      return [
        await bot.slack.as('ULOU').post('CHELP', 'And the cart is empty', { threadTs: root }),
        await bot.slack.as('UKIM').dm('Is anybody there?'),
      ];
    });
    expect(await audits()).toEqual({ ...nothing, reply: 2, direct: 1 });
    const messages = JSON.stringify(await holding('CHELP', lost ?? ''));
    expect(messages).toContain('And the cart is empty');
    expect(messages).toContain('On every page');
    expect(replies(bot.slack.dmWithBot('UKIM'), dm ?? '')).toEqual([
      expect.stringContaining('or is it something new?'),
    ]);
    expect(await audits()).toEqual(nothing);
  });

  it('is read no more when it has been searched through', async () => {
    const before = bot.slack.calls.length;
    await audits();
    expect(reads(before)).not.toContain('conversations.replies');
    expect(reads(before)).not.toContain('conversations.list');
  });
});

describe('what is right', () => {
  it('costs a handful of round trips to look at (13.3)', async () => {
    await bot.wait(2 * minute);
    commands.length = 0;
    const before = bot.slack.calls.length;
    expect(await bot.instances[0]?.audit()).toEqual(nothing);
    process.stdout.write(
      `audit, nothing to do: MongoDB ${commands.length} (${commands.join(', ')}) · Slack ${reads(before).length}\n`,
    );
    // Two intake channels, and one page of cards.
    expect(bot.slack.calls.slice(before).map(({ method }) => method)).toEqual(Array(3).fill('conversations.history'));
    expect(commands.length).toBeLessThanOrEqual(11);
    expect(log.filter((line) => line.includes('audit'))).toEqual([]);
  });

  it('is left alone: staff, bots, other channels, and what was written before a channel was for intake (2.6)', async () => {
    const before = await countTickets();
    await unheard(async () => {
      await bot.slack.as('UANA').post('CHELP', 'I am on lunch');
      await bot.slack.as('UBOTTY').post('CHELP', 'A build has failed');
      await bot.slack.as('UKIM').post('CTALK', 'The coffee is cold');
    });
    expect(await audits()).toEqual(nothing);
    await unheard(() => bot.slack.as('UFAY').post('CSHOP', 'Long before'));
    await bot.stopInstances();
    bot.jumpTo(bot.clock.now() + minute);
    // The channel is one for intake from now on.
    const desks = client.db().collection<{ _id: string }>('desks');
    await desks.updateOne({ _id: 'T1' }, { $set: { 'intakeSince.CSHOP': bot.clock.now() } });
    await forgetWhatIsKnown();
    await bot.startInstance();
    await bot.startInstance();
    expect(await audits()).toEqual(nothing);
    expect(await countTickets()).toBe(before);
  });

  it('is not taken in twice: a joined message, a dismissed and a solved ticket, hours later (2.4, 8.6)', async () => {
    const first = await opened('UGUS', 'My disk is full');
    const joined = await opened('UGUS', 'The backup fails too');
    const ticket = await holding('CHELP', joined);
    expect(ticket?._id).toBe((await holding('CHELP', first))?._id);
    await bot.slack.as('UANA').command(`/ticket close ESC-${ticket?.ticket.number} a test`, { channel: 'CT1' });
    await bot.settle();
    expect((await holding('CHELP', first))?.ticket.status).toBe('closed');
    const before = await countTickets();
    await bot.wait(2 * hour);
    await forgetWhatIsKnown();
    expect((await audits()).message).toBe(0);
    expect(await countTickets()).toBe(before);
    expect((await holding('CHELP', first))?.ticket.status).toBe('closed');
  });

  it('is not asked again: a question in a direct message that nobody answered (2.10)', async () => {
    const dm = await bot.slack.as('ULOU').dm('Hello?');
    await bot.settle();
    const asked = replies(bot.slack.dmWithBot('ULOU'), dm);
    await whileDown(async () => {});
    expect(await audits()).toEqual(nothing);
    expect(replies(bot.slack.dmWithBot('ULOU'), dm)).toEqual(asked);
  });
});

describe('what is wrong', () => {
  it('a deadline that is not the earliest of the clocks is mended, and counted (5)', async () => {
    const ts = await opened('UKIM', 'My domain has expired');
    const right = await holding('CHELP', ts);
    await tickets().updateOne({ _id: right?._id ?? '' }, { $set: { dueAt: bot.clock.now() + 30 * day } });
    expect(await audits()).toEqual({ ...nothing, 'due-at': 1 });
    expect((await holding('CHELP', ts))?.dueAt).toBe(right?.dueAt);
    await tickets().updateOne({ _id: right?._id ?? '' }, { $unset: { dueAt: 1 } });
    expect(await audits()).toEqual({ ...nothing, 'due-at': 1 });
    expect((await holding('CHELP', ts))?.dueAt).toBe(right?.dueAt);
  });

  it('a deadline that was overlooked for two minutes is carried out, and counted (5.2)', async () => {
    await bot.settle();
    const next = (await bot.instances[0]?.nextInstant()) ?? 0;
    bot.jumpTo(next + 3 * minute);
    expect((await auditsNow()).deadline).toBeGreaterThanOrEqual(1);
    expect((await bot.instances[0]?.nextInstant()) ?? 0).toBeGreaterThan(bot.clock.now() - 2 * minute);
  });

  it('a notice at which nobody looks is said, and counted (14.3)', async () => {
    bot.slack.faults.api.add('chat.postMessage', { kind: 'status', status: 503 }, 100);
    const ts = await opened('UGUS', 'My certificate is old');
    bot.slack.faults.api.clear();
    await overlook(await found('CHELP', ts));
    bot.jumpTo(bot.clock.now() + 2 * minute);
    expect((await auditsNow()).notice).toBe(1);
    await bot.wait(2 * minute);
    expect(replies('CHELP', ts)).toHaveLength(1);

    bot.slack.faults.api.add('chat.postMessage', { kind: 'status', status: 503 }, 100);
    const later = await opened('UKIM', 'And my mail');
    bot.slack.faults.api.clear();
    bot.jumpTo(bot.clock.now() + 7 * minute);
    expect((await auditsNow()).notice).toBe(1);
    expect(replies('CHELP', later).length).toBeGreaterThan(0);
  });

  it('a card that does not show its ticket is drawn again, and counted (1)', async () => {
    const ts = await opened('ULOU', 'My nameserver is silent');
    await bot.wait(2 * minute);
    const card = bot.card('CT1');
    expect(named(bot, card)).toBe(`ESC-${(await found('CHELP', ts)).ticket.number}`);
    bot.slack.faults.api.add('chat.update', { kind: 'status', status: 503 }, 100);
    await bot.slack.as('UANA').command(`/ticket claim ${named(bot, card)}`, { channel: 'CT1' });
    await bot.settle();
    bot.slack.faults.api.clear();
    // The redraw is lost.
    await overlook(await found('CHELP', ts), { notices: {} });
    expect(bot.textOf(bot.card('CT1'))).not.toContain('Ana has it');
    let redrawn = 0;
    for (let tiers = 0; tiers < 3; tiers += 1) redrawn += (await audits()).card;
    expect(redrawn).toBe(1);
    expect(bot.textOf(bot.card('CT1'))).toContain('Ana has it');
    for (let tiers = 0; tiers < 3; tiers += 1) expect((await audits()).card).toBe(0);
  });
});

describe('while Slack does not let us read', () => {
  it('that is logged, nothing is lost, and it goes on the next time', async () => {
    await audits();
    const ts = await unheard(() => bot.slack.as('ULOU').post('CHELP', 'My traffic is strange'));
    await bot.wait(2 * minute);
    bot.slack.faults.api.add('conversations.history', { kind: 'error', error: 'missing_scope' }, 3);
    expect(await auditsNow()).toEqual(nothing);
    expect(log.join('')).toContain('missing_scope');
    bot.slack.faults.api.add('conversations.history', { kind: 'drop-before' }, 1);
    expect(await audits()).toEqual(nothing);
    expect(await audits()).toEqual({ ...nothing, message: 1 });
    expect(replies('CHELP', ts)).toHaveLength(1);
  });

  it('more than once a minute, it reads once a minute, each part in its turn (14.4)', async () => {
    await bot.wait(2 * minute);
    const [reader] = bot.instances;
    bot.slack.faults.api.add('conversations.history', { kind: 'rate-limited', retryAfter: 60 });
    expect(await reader?.audit()).toEqual(nothing);
    const ts = await unheard(() => bot.slack.as('UFAY').post('CSHOP', 'Our shop is slow'));
    const start = bot.slack.calls.length;
    let messages = 0;
    for (let minutes = 0; minutes < 8; minutes += 1) {
      bot.jumpTo(bot.clock.now() + minute);
      const before = bot.slack.calls.length;
      messages += (await reader?.audit())?.message ?? 0;
      expect(reads(before).length).toBeLessThanOrEqual(1);
      await bot.settle();
    }
    expect(messages).toBe(1);
    expect(replies('CSHOP', ts)).toHaveLength(1);
    const channels = bot.slack.calls
      .slice(start)
      .flatMap(({ method, args }) => (method === 'conversations.history' ? [String(args.channel)] : []));
    expect(channels).toEqual(expect.arrayContaining(['CHELP', 'CSHOP', expect.stringMatching(/^CT/)]));
  });
});

describe('when very much was written', () => {
  it('is read in pieces, and what nobody heard is found among it', async () => {
    await bot.wait(2 * hour);
    const chatter = async (count: number): Promise<void> => {
      for (let each = 0; each < count; each += 1) await bot.slack.as('UANA').post('CHELP', `Note ${each}`);
    };
    await audits();
    const ts = await unheard(async () => {
      await chatter(110);
      const lost = await bot.slack.as('UKIM').post('CHELP', 'My IP address is blocked');
      await chatter(110);
      bot.jumpTo(bot.clock.now() + minute);
      await chatter(20);
      return lost;
    });
    let messages = 0;
    for (let times = 0; times < 4; times += 1) messages += (await audits()).message;
    expect(messages).toBe(1);
    expect(replies('CHELP', ts)).toHaveLength(1);
  });
});

describe('by itself', () => {
  it('it looks whenever AUDIT_CRON says so, and stops with the desk (13.6)', async () => {
    const slack = await startSlack({ furniture, clock: { now: Date.now }, limits: false });
    const own = await freshDatabase();
    const reading = readDeskText(deskText);
    if (!reading.ok) throw new Error('The desk is wrong');
    const desk = await startTierline({
      botToken: slack.tokens.bot,
      connection: { kind: 'socket', appToken: slack.tokens.app },
      slackApiUrl: slack.apiUrl,
      port: 0,
      mongodbUri: own.uri,
      leaseSeconds: 30,
      drainSeconds: 5,
      deskPlan: reading.plan,
      deskFileText: reading.text,
      sweepCron: '* * * * * *',
      auditCron: '* * * * * *',
      clock: { now: Date.now },
      log: createLog('warn', (line) => void log.push(line)),
    });
    const looks = (): number => slack.callCount('conversations.history');
    log.length = 0;
    await slack.until(() => looks() > 0, 'a look at what Slack keeps', 10_000);
    await desk.stop();
    await slack.stop();
    await own.drop();
    expect(log).toEqual([]);
  });
});
