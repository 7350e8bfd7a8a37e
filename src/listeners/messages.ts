import type { App, BlockButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Instant } from '../domain/instant.ts';
import type { Person } from '../domain/person.ts';
import { handleCommand, type Outcome } from '../flows/handle-command.ts';
import { type Incoming, instantOf, messageKey, rootOf } from '../flows/incoming.ts';
import { messageCause, openFromMessage } from '../flows/open-from-message.ts';
import type { Ports } from '../flows/ports.ts';
import { takeInEdit, takeInRemoval } from '../flows/take-in-change.ts';
import { type ReadMessage, type TakenIn, takeInMessage } from '../flows/take-in-message.ts';
import { parseButtonValue } from '../views/button-value.ts';
import { actionIds, messageKeyIn } from '../views/ids.ts';
import type { Message } from '../views/message.ts';
import { addOrNewPrompt, openedFromPrompt, openTicketPrompt, promptGone } from '../views/prompts.ts';
import { workList } from './lists.ts';
import { readMessage, readMessageEvent } from './slack-message.ts';
import type { NameOf } from './slack-text.ts';

/** What the message listeners need beside the flows' ports. */
export interface MessagePorts extends Ports {
  readonly botUserId: string;
  /** Says a ticket's notices soon; returns at once. */
  deliver(ticketId: string): void;
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

/** What one person does in one channel goes one after the other: the second may join what the first opens (2.4). */
const turns = new Map<string, Promise<unknown>>();

const inTurn = async <T>({ channel, userId }: Incoming, work: () => Promise<T>): Promise<T> => {
  const key = `${channel}:${userId}`;
  const before = turns.get(key) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(key, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(key) === mine) turns.delete(key);
  }
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

const registerPrompts = (app: App, ports: MessagePorts, readWith: (client: WebClient) => ReadMessage): void => {
  const on = (
    id: string,
    act: (message: Incoming, by: Person, action: BlockButtonAction['actions'][number]) => Promise<Outcome>,
  ): void => {
    app.action<BlockButtonAction>(id, async ({ ack, action, body, client, respond }) => {
      const by = await ports.directory.person(body.user.id, body.user.team_id ?? null);
      const message = await messageOf(readWith(client), action.block_id, body.container?.thread_ts ?? null);
      const outcome = message === null ? null : await act(message, by, action);
      await ack();
      if (outcome?.kind === 'done') ports.deliver(outcome.record.ticket.id);
      const number = outcome?.record?.ticket.number ?? null;
      await respond({ replace_original: true, ...(number === null ? promptGone : openedFromPrompt(number)) });
    });
  };

  on(actionIds.openTicket, (message, by) => openFromMessage(ports, message, by, sourceOf(message)));
  on(actionIds.newTicket, (message, by) => openFromMessage(ports, message, by, sourceOf(message)));
  on(actionIds.addToTicket, (message, by, action) => {
    const ticketId = parseButtonValue(action.value ?? '')?.ticketId ?? '';
    const { text, files } = message;
    const key = messageKey(message.channel, message.ts);
    const at = Math.min(instantOf(message.ts), ports.clock.now());
    const said = { type: 'customer-say', by, messageKey: key, text, files, at, joined: true, via: 'form' } as const;
    return handleCommand(ports, ticketId, said, messageCause(message, ports.clock.now()));
  });
};

const sourceOf = (message: Incoming): 'dm' | 'message' => (message.channel.startsWith('D') ? 'dm' : 'message');

/** The message that a prompt is about, which may stand in the thread that the prompt stands in. */
const messageOf = async (read: ReadMessage, blockId: string, threadTs: string | null): Promise<Incoming | null> => {
  const key = messageKeyIn(blockId);
  if (key === null) return null;
  const [channel = '', ts = ''] = key.split(':');
  return (await read(channel, ts, null)) ?? (threadTs === null ? null : read(channel, ts, threadTs));
};
