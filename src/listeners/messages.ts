import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Instant } from '../domain/instant.ts';
import type { Outcome } from '../flows/handle-command.ts';
import { type Incoming, messageKey, rootOf } from '../flows/incoming.ts';
import { takeInEdit, takeInRemoval } from '../flows/take-in-change.ts';
import { type ReadMessage, type TakenIn, takeInMessage } from '../flows/take-in-message.ts';
import type { Message } from '../views/message.ts';
import { addOrNewPrompt, openTicketPrompt } from '../views/prompts.ts';
import type { Listening } from './context.ts';
import { inTurn } from './in-turn.ts';
import { workList } from './lists.ts';
import { registerPrompts } from './message-prompts.ts';
import { readMessage, readMessageEvent } from './slack-message.ts';
import type { NameOf } from './slack-text.ts';

/** What the message listeners need beside the flows' ports. */
export interface MessagePorts extends Listening {
  readonly botUserId: string;
  readonly prompts: {
    askOnce(key: string, now: Instant): Promise<'ask' | 'asked'>;
    asked(key: string, now: Instant): Promise<void>;
    notAsked(key: string): Promise<void>;
  };
}

/** Everything people write: new messages, mentions, direct messages, replies, edits and deletions (2.1–2.11). */
export const registerMessages = (app: App, ports: MessagePorts): void => {
  const nameOf: NameOf = async (userId) => (await ports.directory.person(userId, null)).name;
  const readWith =
    (client: WebClient): ReadMessage =>
    (channel, ts, threadTs) =>
      readFromSlack(client, ports.botUserId, nameOf, channel, ts, threadTs);

  const hear = async (payload: unknown, client: WebClient): Promise<void> => {
    const happening = await readMessageEvent(payload, ports.botUserId, nameOf);
    if (happening === null) return;
    const read = readWith(client);
    switch (happening.kind) {
      case 'posted':
        return follow(
          ports,
          client,
          happening.message,
          await inTurn(happening.message, () => takeInMessage(ports, happening.message, read)),
        );
      case 'edited':
        return deliverTaken(ports, await inTurn(happening.edit.message, () => takeInEdit(ports, happening.edit, read)));
      case 'removed':
        return deliverTaken(
          ports,
          await inTurn(happening.removal.message, () => takeInRemoval(ports, happening.removal, read)),
        );
    }
  };

  app.event('message', ({ payload, client }) => hear(payload, client));
  app.event('app_mention', ({ payload, client }) => hear(payload, client));
  registerPrompts(app, ports, readWith);
};

const deliverTaken = (ports: MessagePorts, taken: TakenIn): void => {
  if (taken.kind === 'ticket') deliverOutcome(ports, taken.outcome);
};

const deliverOutcome = (ports: MessagePorts, outcome: Outcome): void => {
  if (outcome.kind === 'done') ports.deliver(outcome.record.ticket.id);
};

const follow = async (ports: MessagePorts, client: WebClient, message: Incoming, taken: TakenIn): Promise<void> => {
  const key = messageKey(message.channel, message.ts);
  switch (taken.kind) {
    case 'nothing':
      return;
    case 'ticket':
      return deliverOutcome(ports, taken.outcome);
    case 'ask-in-thread':
      return askOnce(ports, `${messageKey(message.channel, rootOf(message))}:${message.userId}`, () =>
        whisper(client, message, openTicketPrompt(key)),
      );
    case 'ask-in-dm': {
      const prompt = taken.open === null ? openTicketPrompt(key) : addOrNewPrompt(taken.open, key);
      return askOnce(ports, key, () => answer(client, message, prompt));
    }
    case 'show-work': {
      const person = await ports.directory.person(message.userId, message.team);
      const work = await workList(ports, person);
      const say = message.channel.startsWith('D') ? answer : whisper;
      return askOnce(ports, key, () => say(client, message, work));
    }
  }
};

/** Asked once, however often the message is delivered (2.10). */
const askOnce = async (ports: MessagePorts, thread: string, ask: () => Promise<unknown>): Promise<void> => {
  const key = `${ports.desks.desk().team}:${thread}`;
  if ((await ports.prompts.askOnce(key, ports.clock.now())) === 'asked') return;
  try {
    await ask();
  } catch (error) {
    // Slack delivers the message again at once, and must not be told that it was asked about.
    await ports.prompts.notAsked(key);
    throw error;
  }
  await ports.prompts.asked(key, ports.clock.now());
};

const whisper = (client: WebClient, message: Incoming, content: Message): Promise<unknown> =>
  client.chat.postEphemeral({
    channel: message.channel,
    user: message.userId,
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...content,
  });

const answer = (client: WebClient, message: Incoming, content: Message): Promise<unknown> =>
  client.chat.postMessage({ channel: message.channel, thread_ts: rootOf(message), ...content });

/** Reads one message as Slack has it now (2.11); `null` where it has none, or none by a person. */
const readFromSlack = async (
  client: WebClient,
  botUserId: string,
  nameOf: NameOf,
  channel: string,
  ts: string,
  threadTs: string | null,
): Promise<Incoming | null> => {
  // Slack puts the first message of a thread before the one that was asked for.
  const range = { channel, latest: ts, oldest: ts, inclusive: true, limit: 2 };
  const isReply = threadTs !== null && threadTs !== ts;
  const answer = isReply
    ? await client.conversations.replies({ ...range, ts: threadTs })
    : await client.conversations.history(range);
  const found = answer.messages?.find((each) => each.ts === ts);
  return found === undefined ? null : readMessage(channel, found, botUserId, nameOf);
};
