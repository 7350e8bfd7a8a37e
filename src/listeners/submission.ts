import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt';
import type { Person } from '../domain/person.ts';
import type { Outcome } from '../flows/handle-command.ts';
import type { Cause, Ports, TicketRecord } from '../flows/ports.ts';
import { takesLonger } from '../views/error-sentences.ts';
import { type FormOrigin, formMetadata, parseFormOrigin } from '../views/form-origin.ts';
import type { FormRead } from '../views/form-values.ts';
import type { Message } from '../views/message.ts';
import { outcomeLine, outcomeMessage, plainLine } from './answers.ts';
import { actorIn, arrivalIn, type Listening } from './context.ts';
import { faultSentence } from './errors.ts';
import { closed, errorsOn, type FormAnswer, fieldErrors, reconsidered } from './form-answers.ts';
import { type Arrived, inTime } from './in-time.ts';
import { redrawView } from './open-view.ts';
import { textView } from './text-view.ts';

export type SubmitArgs = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** A form that was sent. */
export interface Submission extends Arrived {
  readonly by: Person;
  readonly cause: Cause;
  readonly viewId: string;
  readonly metadata: string;
  readonly values: unknown;
  answer(answer: FormAnswer): Promise<void>;
  /** Says something about the whole form, which stays as typed. */
  object(sentence: string): Promise<void>;
  /** The ticket moved on while somebody typed: they see how it stands, and may send what they typed all the same. */
  reconsider(record: TicketRecord, how: Message): Promise<void>;
  /** Shows something in the form's place, after the ack. */
  replace(message: Message): Promise<void>;
  /** Tells its sender in a direct message: the form may be closed by now, and else stays as typed. */
  tell(message: Message): Promise<unknown>;
}

export const submissionOf = (
  { clock }: Pick<Ports, 'clock'>,
  { ack, view, context, client }: SubmitArgs,
): Submission => ({
  arrivedAt: arrivalIn(context).arrivedAt,
  by: actorIn(context),
  cause: { id: `view:${view.id}`, at: clock.now() },
  viewId: view.id,
  metadata: view.private_metadata,
  values: view.state.values,
  answer: (answer) => ack(answer),
  object: (sentence) => ack(errorsOn(view, sentence)),
  reconsider: ({ ticket }, how) => {
    const origin = parseFormOrigin(view.private_metadata);
    const channel = origin?.channel ?? null;
    return ack(reconsidered(view, formMetadata({ ticketId: ticket.id, step: ticket.step, channel }), how));
  },
  replace: (message) => redrawView(client, { id: view.id, hash: null }, textView(message)),
  tell: (message) => client.chat.postMessage({ channel: actorIn(context).userId, ...message }),
});

/** @throws when the form is none of ours */
export const submittedFrom = ({ metadata, viewId }: Submission): FormOrigin => {
  const origin = parseFormOrigin(metadata);
  if (origin === null) throw new Error(`Reading form '${viewId}' failed: it does not say which ticket it is about`);
  return origin;
};

/** Goes on with what was read, or says under each field what is wrong with it (2.2). */
export const withFields = async <T>(
  sent: Submission,
  read: FormRead<T>,
  goOn: (value: T) => Promise<void>,
): Promise<void> => (read.ok ? goOn(read.value) : sent.answer(fieldErrors(read.errors)));

/** A form that has something to say before it writes anything. */
export interface Interlude {
  readonly kind: 'first';
  readonly answer: FormAnswer;
}

/** Waits for the write and closes the form; a refused or late one stays open as typed (14.1). */
export const settleForm = async (
  ports: Listening,
  sent: Submission,
  work: Promise<Outcome | Interlude>,
  stored: (outcome: Outcome) => FormAnswer = () => closed,
): Promise<void> => {
  const seen = await inTime(sent, work);
  if (seen.late) {
    await sent.object(takesLonger.text);
    ports.afterwards.run(
      async () => {
        const outcome = await work;
        if (outcome.kind === 'first') return;
        deliverDone(ports, outcome);
        await sent.replace(outcomeMessage(ports, outcome, sent.by));
      },
      (error) => tellFault(ports, sent, error),
    );
    return;
  }
  const outcome = seen.value;
  if (outcome.kind === 'first') return sent.answer(outcome.answer);
  if (isOutOfDate(outcome)) return sent.reconsider(outcome.record, outcomeMessage(ports, outcome, sent.by));
  if (outcome.kind === 'refused') return sent.object(plainLine(outcomeLine(ports, outcome, sent.by)));
  await sent.answer(stored(outcome));
  deliverDone(ports, outcome);
};

const tellFault = (ports: Listening, sent: Submission, error: unknown): Promise<unknown> => {
  const said = faultSentence(ports.log, error);
  return sent.tell(said).catch((again: unknown) => ports.log.warn('answer not given', { error: again }));
};

const isOutOfDate = (outcome: Outcome): outcome is Outcome & { readonly record: TicketRecord } =>
  outcome.kind === 'refused' && outcome.refusal.code === 'out-of-date' && outcome.record !== null;

const deliverDone = (ports: Listening, outcome: Outcome): void => {
  if (outcome.kind === 'done') ports.deliver(outcome.record.ticket.id);
};
