/** The least that Bolt can do for the same: one write, and as many messages. Bolt's and the driver's own settings throughout. */
import { App, type BlockButtonAction, SocketModeReceiver } from '@slack/bolt';
import { mongo } from 'mongoose';
import { z } from 'zod';
import { answerTo, settingsAs } from './answering.ts';
import { bareCard, bareReceipt } from './bare-messages.ts';
import { tierChannels } from './workplace.ts';

const posted = z.object({ channel: z.string(), ts: z.string(), text: z.string(), user: z.string() });

const start = async () => {
  const settings = settingsAs(
    z.object({ apiUrl: z.string(), botToken: z.string(), appToken: z.string(), mongodbUri: z.string() }),
  );
  const mongodb = new mongo.MongoClient(settings.mongodbUri, { writeConcern: { w: 'majority', journal: true } });
  const tickets = mongodb.db().collection<{ _id: string; title: string; owner: string | null }>('tickets');
  await mongodb.connect();
  await mongodb.db().createCollection('tickets');

  const clientOptions = { slackApiUrl: settings.apiUrl };
  const receiver = new SocketModeReceiver({ appToken: settings.appToken, installerOptions: { clientOptions } });
  const app = new App({ token: settings.botToken, receiver, clientOptions });

  app.message(async ({ message, client }) => {
    if (message.subtype !== undefined) return;
    const { channel, ts, text, user } = posted.parse(message);
    const id = `${channel}:${ts}`;
    await tickets.insertOne({ _id: id, title: text, owner: null });
    await client.chat.postMessage({ channel, thread_ts: ts, ...bareReceipt(user) });
    await client.chat.postMessage({
      channel: tierChannels[0],
      ...bareCard({ id, title: text, customer: user, owner: null }),
    });
  });

  app.action<BlockButtonAction>('claim', async ({ ack, action, body, respond }) => {
    await ack();
    const [id = '', title = '', customer = ''] = (action.value ?? '').split('|');
    const owner = body.user.id;
    const { matchedCount } = await tickets.updateOne({ _id: id, owner: null }, { $set: { owner } });
    if (matchedCount === 1) await respond({ replace_original: true, ...bareCard({ id, title, customer, owner }) });
  });

  await app.start();
  const stop = async (): Promise<void> => {
    await receiver.client.disconnect();
    await mongodb.close();
  };
  return { idle: () => null, stop };
};

answerTo(start());
