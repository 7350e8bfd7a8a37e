import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Refusal } from '../domain/decision.ts';
import type { Person } from '../domain/person.ts';
import { findTicket } from '../flows/find-ticket.ts';
import type { Outcome } from '../flows/handle-command.ts';
import type { Cause, Ports, TicketRecord } from '../flows/ports.ts';
import { takesLonger } from '../views/error-sentences.ts';
import type { Message } from '../views/message.ts';
import { refusalMessage } from '../views/refusal-message.ts';
import { outcomeMessage, readerOf } from './answers.ts';
import { actorIn, arrivalIn, type Listening } from './context.ts';
import { faultSentence } from './errors.ts';
import { type Arrived, inTime } from './in-time.ts';
import { type OpenedView, openedInTime, redrawView } from './open-view.ts';
import { plainTextOf } from './slack-text.ts';
import { loadingView, textView } from './text-view.ts';

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** A slash command as somebody gave it. Every answer is seen by them alone. */
export interface CommandCall extends Arrived {
  readonly by: Person;
  readonly cause: Cause;
  readonly channel: string;
  readonly text: string;
  /** Acks, with an answer or without. */
  say(message: Message | null): Promise<void>;
  /** Answers once more, after the ack. */
  add(message: Message): Promise<unknown>;
  /** Acks when that takes long. */
  open(view: ModalView): Promise<OpenedView>;
  fill(opened: OpenedView, view: ModalView): Promise<void>;
}

export const commandCallOf = (
  { clock }: Pick<Ports, 'clock'>,
  { ack, command, context, respond, client }: CommandArgs,
): CommandCall => ({
  arrivedAt: arrivalIn(context).arrivedAt,
  by: actorIn(context),
  cause: { id: `trigger:${command.trigger_id}`, at: clock.now() },
  channel: command.channel_id,
  text: command.text ?? '',
  say: (message) => (message === null ? ack() : ack({ response_type: 'ephemeral', ...message })),
  add: (message) => respond({ response_type: 'ephemeral', replace_original: false, ...message }),
  open: (view) =>
    openedInTime(arrivalIn(context), () => ack(), client.views.open({ trigger_id: command.trigger_id, view })),
  fill: (opened, view) => redrawView(client, opened, view),
});

/** What a command is answered with, and the tickets that have news to be said. */
export interface Answer {
  readonly message: Message;
  readonly moved: readonly string[];
}

export const only = (message: Message): Answer => ({ message, moved: [] });

export const answerOf = (ports: Ports, outcome: Outcome, by: Person): Answer => ({
  message: outcomeMessage(ports, outcome, by),
  moved: outcome.kind === 'done' ? [outcome.record.ticket.id] : [],
});

export const refusedWith = (ports: Ports, refusal: Refusal, by: Person): Message =>
  refusalMessage(refusal, { isStaff: readerOf(ports, by) === 'staff' });

/** Waits for the work, acks with its answer, and has said what follows; late work answers later (14.1). */
export const answerCommand = async (ports: Listening, call: CommandCall, work: Promise<Answer>): Promise<void> => {
  const seen = await inTime(call, work);
  if (!seen.late) {
    await call.say(seen.value.message);
    seen.value.moved.forEach(ports.deliver);
    return;
  }
  await call.say(takesLonger);
  ports.afterwards.run(
    async () => {
      const { message, moved } = await work;
      moved.forEach(ports.deliver);
      await call.add(message);
    },
    (error) => addFault(ports, call, error),
  );
};

const addFault = (ports: Listening, call: CommandCall, error: unknown): Promise<unknown> => {
  const said = faultSentence(ports.log, error);
  return call.add(said).catch((again: unknown) => ports.log.warn('answer not given', { error: again }));
};

/**
 * Opens a form about a ticket that is known only by its number: an empty one at once, for the trigger lives three seconds,
 * then the form itself, or why there is none.
 */
export const openForTicket = async (
  ports: Listening,
  call: CommandCall,
  number: number,
  formFrom: (record: TicketRecord) => ModalView,
): Promise<void> => {
  const opened = await call.open(loadingView());
  await call.say(null);
  ports.afterwards.run(
    async () => {
      const record = await findTicket(ports, call.by, number);
      const view = record === null ? textView(refusedWith(ports, { code: 'not-found' }, call.by)) : formFrom(record);
      await call.fill(opened, view);
    },
    (error) => {
      const said = textView(faultSentence(ports.log, error));
      return call.fill(opened, said).catch((again: unknown) => ports.log.warn('answer not given', { error: again }));
    },
  );
};

/** What was typed as its author saw it: people as `@name`, signs as themselves (14.6). */
export const wordsIn = ({ directory }: Pick<Ports, 'directory'>, text: string): Promise<string> =>
  plainTextOf(text.trim(), async (userId) => (await directory.person(userId, null)).name);
