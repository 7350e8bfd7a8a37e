import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Person } from '../domain/person.ts';
import type { Outcome } from '../flows/handle-command.ts';
import type { Cause, Ports } from '../flows/ports.ts';
import { type ButtonValue, parseButtonValue, parseMenuValue } from '../views/button-value.ts';
import { takesLonger } from '../views/error-sentences.ts';
import type { FormOrigin } from '../views/form-origin.ts';
import { type Act, acts } from '../views/ids.ts';
import type { Message } from '../views/message.ts';
import { outcomeMessage } from './answers.ts';
import { actorIn, arrivalIn, type Listening, type PressedMessage } from './context.ts';
import { faultSentence } from './errors.ts';
import { type Arrived, inTime } from './in-time.ts';
import { type OpenedView, openedInTime, redrawView } from './open-view.ts';
import { textView } from './text-view.ts';

export type PressArgs = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

const bodySchema = z.object({
  trigger_id: z.string(),
  channel: z.object({ id: z.string() }).nullish(),
  response_url: z.string().nullish(),
  view: z.object({ id: z.string() }).nullish(),
  container: z
    .object({
      message_ts: z.string().nullish(),
      thread_ts: z.string().nullish(),
      is_ephemeral: z.boolean().nullish(),
    })
    .nullish(),
  actions: z.tuple(
    [
      z.object({
        action_id: z.string(),
        block_id: z.string(),
        action_ts: z.string(),
        value: z.string().nullish(),
        selected_option: z.object({ value: z.string() }).nullish(),
      }),
    ],
    z.unknown(),
  ),
});

/** A button pressed, or an option of a menu picked. */
export interface Press extends Arrived {
  readonly by: Person;
  readonly cause: Cause;
  /** The act of staff it stands for, where it is one. */
  readonly act: Act | null;
  /** What the button carried; `null` where it is about no ticket. */
  readonly on: ButtonValue | null;
  readonly blockId: string;
  readonly channel: string | null;
  /** Pressed where no card or notice shows what came of it: in a form, or in a message only this person sees. */
  readonly isAside: boolean;
  /** The message pressed, and where it may be redrawn; `null` where there is none. */
  readonly redrawAt: PressedMessage | null;
  ack(): Promise<void>;
  /** Tells only this person, where they pressed. */
  answer(message: Message, how?: 'beside' | 'instead'): Promise<void>;
  /** Opens a form; out of a form it lies on top. Acks when that takes long. */
  open(view: ModalView): Promise<OpenedView>;
}

export const pressOf = (ports: Pick<Ports, 'clock'>, args: PressArgs): Press => {
  const { trigger_id: triggerId, channel, response_url: url, view, container, actions } = bodySchema.parse(args.body);
  const [action] = actions;
  const by = actorIn(args.context);
  const menu = parseMenuValue(action.selected_option?.value ?? '');
  const thread = container?.thread_ts ? { thread_ts: container.thread_ts } : {};
  return {
    arrivedAt: arrivalIn(args.context).arrivedAt,
    by,
    cause: { id: `press:${by.userId}:${action.action_ts}:${action.action_id}`, at: ports.clock.now() },
    act: menu?.act ?? acts.find((act) => act === action.action_id) ?? null,
    on: menu ?? parseButtonValue(action.value ?? ''),
    blockId: action.block_id,
    channel: channel?.id ?? null,
    isAside: view != null || container?.is_ephemeral === true,
    redrawAt:
      channel != null && container?.message_ts != null && url != null
        ? { channel: channel.id, ts: container.message_ts, url }
        : null,
    ack: () => args.ack(),
    answer: async (message, how = 'beside') => {
      if (view != null) await redrawView(args.client, { id: view.id, hash: null }, textView(message));
      else {
        const place = how === 'instead' ? { replace_original: true } : { replace_original: false, ...thread };
        await args.respond({ response_type: 'ephemeral', ...message, ...place });
      }
    },
    open: async (form) => {
      const call = { trigger_id: triggerId, view: form };
      const opening = view != null ? args.client.views.push(call) : args.client.views.open(call);
      return openedInTime(arrivalIn(args.context), () => args.ack(), opening);
    },
  };
};

/** Where a form is opened from. @throws when the button carries no ticket: none of ours lacks it */
export const originOf = (press: Press): FormOrigin => {
  const { ticketId, step } = carriedBy(press);
  return { ticketId, step, channel: press.channel };
};

export const carriedBy = ({ on, blockId }: Press): ButtonValue => {
  if (on === null) throw new Error(`Reading a press in block '${blockId}' failed: it carries no ticket`);
  return on;
};

/** Waits for the write, acks what is stored, has it said, and answers only what nothing else shows (14.1). */
export const carryOut = async (ports: Listening, press: Press, work: Promise<Outcome>): Promise<void> => {
  const seen = await inTime(press, work);
  await press.ack();
  if (!seen.late) {
    conclude(ports, press, seen.value);
    return;
  }
  const told = sayItTakesLonger(ports, press);
  answerAfterwards(ports, press, async () => {
    conclude(ports, press, await work, told);
    await told;
  });
};

/** Never rejects: what comes of the work is owed all the same. */
export const sayItTakesLonger = (ports: Listening, press: Press): Promise<void> =>
  press.answer(takesLonger).catch((error: unknown) => ports.log.warn('answer not given', { error }));

/** @param told what is to be answered first; nobody but that answer waits for it */
const conclude = (ports: Listening, press: Press, outcome: Outcome, told: Promise<void> = Promise.resolve()): void => {
  if (outcome.kind === 'done') {
    if (press.redrawAt !== null) ports.redrawAt(press.redrawAt);
    ports.deliver(outcome.record.ticket.id);
  }
  const isSeen = outcome.kind === 'done' && !press.isAside && !isInDirectMessage(press);
  if (isSeen) return;
  answerAfterwards(ports, press, async () => {
    await told;
    await press.answer(outcomeMessage(ports, outcome, press.by));
  });
};

/** Staff acts on a notice in a direct message change nothing there; what customers press is answered by its notice. */
const isInDirectMessage = ({ act, channel }: Press): boolean => act !== null && channel?.startsWith('D') === true;

/** Answers after the ack; what fails then is told too. */
export const answerAfterwards = (ports: Listening, press: Press, work: () => Promise<unknown>): void => {
  ports.afterwards.run(work, (error) => {
    const said = faultSentence(ports.log, error);
    // What cannot be said now cannot be said at all: it is in the log.
    return press.answer(said).catch((again: unknown) => ports.log.warn('answer not given', { error: again }));
  });
};

/** A press that only looks: reads, acks, and shows. */
export const show = async (
  ports: Listening,
  press: Press,
  look: Promise<Message>,
  how: 'beside' | 'instead' = 'beside',
): Promise<void> => {
  const seen = await inTime(press, look);
  await press.ack();
  answerAfterwards(ports, press, async () => press.answer(seen.late ? await look : seen.value, how));
};
