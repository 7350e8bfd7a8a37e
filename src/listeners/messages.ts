import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Outcome } from '../flows/handle-command.ts';
import { type Incoming, messageKey, rootOf } from '../flows/incoming.ts';
import { takeInEdit, takeInRemoval } from '../flows/take-in-change.ts';
import { type ReadMessage, type TakenIn, takeInMessage } from '../flows/take-in-message.ts';
import { addOrNewPrompt, openTicketPrompt } from '../views/prompts.ts';
import { type Asking, answered, askOnce, whispered } from './ask-once.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { inTurn } from './in-turn.ts';
import { workList } from './lists.ts';
import { registerPrompts } from './message-prompts.ts';
import { type MessageHappening, readKeptMessage, readMessage, readMessageEvent } from './slack-message.ts';
import type { NameOf } from './slack-text.ts';

/** What the message listeners need beside the flows' ports. */
export interface MessagePorts extends Listening, Asking {
  readonly botUserId: string;
}

/** Everything people write: new messages, mentions, direct messages, replies, edits and deletions (2.1–2.11). */
export const registerMessages = (app: App, listeners: ById, ports: MessagePorts): void => {
  const hear = async (payload: unknown, client: WebClient): Promise<void> => {
    await hearHappening(ports, client, await readMessageEvent(payload, ports.botUserId, namesFrom(ports)));
  };

  app.event('message', ({ payload, client }) => hear(payload, client));
  app.event('app_mention', ({ payload, client }) => hear(payload, client));
  registerPrompts(listeners, ports, (client) => readWith(ports, client));
};

const namesFrom =
  ({ directory }: MessagePorts): NameOf =>
  async (userId) =>
    (await directory.person(userId, null)).name;

const readWith =
  (ports: MessagePorts, client: WebClient): ReadMessage =>
  (channel, ts, threadTs) =>
    readFromSlack(client, ports.botUserId, namesFrom(ports), channel, ts, threadTs);

/** Takes in what was heard, and answers it. @returns whether anything came of it */
const hearHappening = async (ports: MessagePorts, client: WebClient, happening: MessageHappening): Promise<boolean> => {
  if (happening === null) return false;
  const read = readWith(ports, client);
  switch (happening.kind) {
    case 'posted': {
      const { message } = happening;
      return follow(ports, client, message, await inTurn(message, () => takeInMessage(ports, message, read)));
    }
    case 'edited': {
      const { edit } = happening;
      return deliverTaken(ports, await inTurn(edit.message, () => takeInEdit(ports, edit, read)));
    }
    case 'removed': {
      const { removal } = happening;
      return deliverTaken(ports, await inTurn(removal.message, () => takeInRemoval(ports, removal, read)));
    }
  }
};

/**
 * Takes in a message that Slack keeps, by the way it would have come (2.11); of one that is known already only an edit.
 *
 * @returns whether anything came of it
 */
export const hearAgain = async (
  ports: MessagePorts,
  client: WebClient,
  channel: string,
  raw: unknown,
  isKnown: boolean,
): Promise<boolean> => {
  const kept = await readKeptMessage(channel, raw, ports.botUserId, namesFrom(ports));
  if (kept === null || (isKnown && kept.editedTs === null)) return false;
  const { message, editedTs } = kept;
  const happening: MessageHappening =
    isKnown && editedTs !== null ? { kind: 'edited', edit: { message, editedTs } } : { kind: 'posted', message };
  return hearHappening(ports, client, happening);
};

const deliverTaken = (ports: MessagePorts, taken: TakenIn): boolean =>
  taken.kind === 'ticket' && deliverOutcome(ports, taken.outcome);

const deliverOutcome = (ports: MessagePorts, outcome: Outcome): boolean => {
  if (outcome.kind !== 'done') return false;
  ports.deliver(outcome.record.ticket.id);
  return true;
};

const follow = async (ports: MessagePorts, client: WebClient, message: Incoming, taken: TakenIn): Promise<boolean> => {
  const key = messageKey(message.channel, message.ts);
  switch (taken.kind) {
    case 'nothing':
      return false;
    case 'ticket':
      return deliverOutcome(ports, taken.outcome);
    case 'ask-in-thread':
      return askOnce(
        ports,
        `${messageKey(message.channel, rootOf(message))}:${message.userId}`,
        whispered(client, message, openTicketPrompt(key)),
      );
    case 'ask-in-dm': {
      const prompt = taken.open === null ? openTicketPrompt(key) : addOrNewPrompt(taken.open, key);
      return askOnce(ports, key, answered(client, message, prompt));
    }
    case 'show-work': {
      const person = await ports.directory.person(message.userId, message.team);
      const work = await workList(ports, person);
      const shown = message.channel.startsWith('D') ? answered : whispered;
      return askOnce(ports, key, shown(client, message, work));
    }
  }
};

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
