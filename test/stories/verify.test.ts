import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { hour } from '../../src/domain/instant.ts';
import { aBot, deskText } from '../support/a-bot.ts';
import { type BuiltCommand, builtCommand, runProcess } from '../support/a-process.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let client: mongo.MongoClient;
let folder: string;
let built: BuiltCommand;
/** ESC-1 before the last thing that happened to it. */
let older: StoredTicket;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tierline-verify-'));
  writeFileSync(join(folder, 'desk.yaml'), deskText);
  database = await freshDatabase();
  built = await builtCommand('src/verify.ts');
  client = new mongo.MongoClient(database.uri);
  const bot = await aBot({ mongodbUri: database.uri });
  await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
  await bot.slack.as('ULOU').post('CHELP', 'My shop shows an error');
  await bot.settle();
  await bot.slack.as('UANA').press(bot.card('CT1'), 'Claim');
  await bot.wait(5 * hour);
  older = await stored(1);
  await bot.slack.as('UANA').command('/ticket note ESC-1 The disk is full', { channel: 'CT1' });
  await bot.stop();
});

afterAll(async () => {
  await client.close();
  await database.drop();
  built.remove();
  rmSync(folder, { recursive: true });
});

interface StoredTicket {
  readonly _id: string;
  readonly version: number;
  readonly ticket: { readonly number: number; readonly tier: number };
  readonly entries: readonly { readonly event: { readonly type: string; readonly at: number } }[];
  readonly words: Readonly<Record<string, { readonly text: string }>>;
}
type Fields = Readonly<Record<string, unknown>>;

const tickets = () => client.db().collection<StoredTicket>('tickets');

const stored = async (number: number): Promise<StoredTicket> => {
  const found = await tickets().findOne({ 'ticket.number': number });
  if (found === null) throw new Error(`ESC-${number} is not stored`);
  return found;
};

const verify = (env: Fields = {}) =>
  runProcess({
    command: built.command,
    env: {
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_APP_TOKEN: 'xapp-1',
      MONGODB_URI: database.uri,
      DESK_FILE: 'desk.yaml',
      ...env,
    },
    cwd: folder,
  });

/** What `npm run verify` says while ESC-1 is stored so; afterwards it is as it was. */
const verifyWith = async (change: (ticket: StoredTicket) => Fields) => {
  const before = await stored(1);
  await tickets().updateOne({ _id: before._id }, { $set: change(before) });
  try {
    return await verify();
  } finally {
    await tickets().replaceOne({ _id: before._id }, before);
  }
};

describe('npm run verify (9.1)', () => {
  it('finds nothing wrong with what the desk has written', async () => {
    expect((await stored(1)).entries.length).toBeGreaterThan(5);
    expect(await verify()).toEqual({ code: 0, output: '2 tickets checked: every record holds together.\n' });
  });

  it('names an entry that was changed', async () => {
    expect(await verifyWith(() => ({ 'entries.1.event.at': 0 }))).toEqual({
      code: 1,
      output: 'The record is broken. ESC-1: entry 2 is not what was written\n',
    });
  });

  it('names a text that was changed', async () => {
    const { code, output } = await verifyWith(({ words }) => {
      const [key = ''] = Object.entries(words).find(([, { text }]) => text === 'The disk is full') ?? [];
      return { [`words.${key}.text`]: 'Nothing is wrong' };
    });
    expect(code).toBe(1);
    expect(output).toMatch(/^The record is broken\. ESC-1: the text of entry \d+ was changed\n$/);
  });

  it('names a ticket that is not what its entries make', async () => {
    expect(await verifyWith(() => ({ 'ticket.tier': 3 }))).toEqual({
      code: 1,
      output: 'The record is broken. ESC-1: the ticket is not what its entries make\n',
    });
  });

  it('sees that the newest entries were cut off, though the ticket was put back to what it was before', async () => {
    const { ticket, entries } = older;
    expect((await stored(1)).entries.length).toBeGreaterThan(entries.length);
    const { code, output } = await verifyWith(() => ({ ticket, entries }));
    expect(code).toBe(1);
    expect(output).toBe(`The record is broken. ESC-1: entry ${entries.length} is not the newest that was written\n`);
  });

  it('says in one sentence that no database answers', async () => {
    expect(await verify({ MONGODB_URI: 'mongodb://desk:hunter2@127.0.0.1:1/tierline' })).toEqual({
      code: 1,
      output:
        'Tierline did not verify.\n  - MONGODB_URI: no database answers there. Is it running, and is the address right?\n',
    });
  });
});
