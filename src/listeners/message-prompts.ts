import type { WebClient } from '@slack/web-api';
import type { Person } from '../domain/person.ts';
import { handleCommand, type Outcome } from '../flows/handle-command.ts';
import { type Incoming, instantOf, messageKey } from '../flows/incoming.ts';
import { messageCause, openFromMessage, ticketIdOf } from '../flows/open-from-message.ts';
import type { ReadMessage } from '../flows/take-in-message.ts';
import { actionIds, messageKeyIn } from '../views/ids.ts';
import type { Message } from '../views/message.ts';
import { belongsAlready, openedFromPrompt, promptGone } from '../views/prompts.ts';
import { outcomeMessage } from './answers.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { inTime } from './in-time.ts';
import { inTurn } from './in-turn.ts';
import { answerAfterwards, type Press, type PressArgs, pressOf, sayItTakesLonger } from './press.ts';

interface Act {
  /** The ticket that the message shall belong to. */
  readonly wanted: (message: Incoming, press: Press) => string;
  readonly carryOut: (message: Incoming, press: Press) => Promise<Outcome>;
}

/** The buttons of "Open a ticket?" and of "Add to ESC-12" or "New ticket"; the answer stands in their place (2.1, 2.10). */
export const registerPrompts = (
  listeners: ById,
  ports: Listening,
  readWith: (client: WebClient) => ReadMessage,
): void => {
  const on = (id: string, act: Act): void => {
    listeners.action(id, (args) => {
      const press = pressOf(ports, args);
      return settle(ports, press, args, carriedOut(ports, press, args, readWith(args.client), act));
    });
  };
  const open: Act = {
    wanted: ({ channel, ts }) => ticketIdOf(ports.desks.desk().team, channel, ts),
    carryOut: (message, { by }) => openFromMessage(ports, message, by, sourceOf(message)),
  };

  on(actionIds.openTicket, open);
  on(actionIds.newTicket, open);
  on(actionIds.addToTicket, {
    wanted: (_message, { on: carried }) => carried?.ticketId ?? '',
    carryOut: (message, { by, on: carried }) => addTo(ports, carried?.ticketId ?? '', message, by),
  });
};

const addTo = (ports: Listening, ticketId: string, message: Incoming, by: Person): Promise<Outcome> => {
  const { text, files, channel, ts } = message;
  const at = Math.min(instantOf(ts), ports.clock.now());
  const key = messageKey(channel, ts);
  const said = { type: 'customer-say', by, messageKey: key, text, files, at, joined: true, via: 'form' } as const;
  return handleCommand(ports, ticketId, said, messageCause(message, ports.clock.now()));
};

/** One message is one ticket, whichever of the buttons are pressed, and however often (2.4). */
const carriedOut = async (
  ports: Listening,
  press: Press,
  { body }: PressArgs,
  read: ReadMessage,
  act: Act,
): Promise<Message> => {
  const message = await messageOf(read, press.blockId, body.container.thread_ts ?? null);
  if (message === null) return promptGone;
  return inTurn(message, async () => {
    const key = messageKey(message.channel, message.ts);
    const known = await ports.tickets.byThread(ports.desks.desk().team, key);
    const isKnown = known?.ticket.messages.some((each) => each.key === key) ?? false;
    if (known !== null && isKnown && known.ticket.id !== act.wanted(message, press)) {
      return belongsAlready(known.ticket.number);
    }
    const outcome = await act.carryOut(message, press);
    if (outcome.kind === 'refused') return outcomeMessage(ports, outcome, press.by);
    ports.deliver(outcome.record.ticket.id);
    return openedFromPrompt(outcome.record.ticket.number);
  });
};

/** Acks what is stored, or in time with a sentence (14.1); what came of it stands in the prompt's place. */
const settle = async (
  ports: Listening,
  press: Press,
  { respond }: PressArgs,
  work: Promise<Message>,
): Promise<void> => {
  const seen = await inTime(press, work);
  await press.ack();
  answerAfterwards(ports, press, async () => {
    if (seen.late) await sayItTakesLonger(ports, press);
    await respond({ replace_original: true, ...(await work) });
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
