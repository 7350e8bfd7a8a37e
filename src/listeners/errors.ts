import type { AllMiddlewareArgs, AnyMiddlewareArgs, App } from '@slack/bolt';
import { z } from 'zod';
import type { Log } from '../flows/ports.ts';
import { faultMessage, tryAgain } from '../views/error-sentences.ts';
import type { Message } from '../views/message.ts';
import { arrivalIn } from './context.ts';
import { errorsOn } from './form-answers.ts';
import { redrawView } from './open-view.ts';
import { newReference } from './reference.ts';
import { refusalWord } from './slack-refusal.ts';
import { textView } from './text-view.ts';

/** Logs a fault under a short reference, and gives the sentence for the person it happened to (14.5). */
export const faultSentence = (log: Log, error: unknown, of: Origin = {}): Message => {
  const reference = newReference();
  log.error('listener failed', { reference, ...of, error });
  return isUnreachable(error) ? tryAgain(reference) : faultMessage(reference);
};

/** What failed, and for whom: ids only. */
interface Origin {
  readonly what?: string;
  readonly user?: string;
}

const unreachable: ReadonlySet<unknown> = new Set(['store-unreachable', 'slack-unreachable']);

const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && unreachable.has(error.code);

/**
 * Answers every press, form, shortcut and command that fails. Slack sends none of them again, and leaves whoever
 * waits with a shrug of its own; so they are acked, with a sentence that nothing was changed (14.1, 14.5). A command is
 * answered in its ack, a form under its first field so that it stays as typed, the rest by a private message. Events
 * stay unacked, and Slack sends them again.
 */
export const faultMiddleware =
  (log: Log) =>
  async (args: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    try {
      await args.next();
    } catch (error) {
      if (!isInteraction(args.body)) throw error;
      await answerFault(args, sentenceFor(log, error, originOf(args.body)));
    }
  };

/** Events that failed: logged, and thrown on so that the receiver does not ack them. */
export const registerErrors = (app: App, log: Log): void => {
  app.error(async (error) => {
    log.error('event failed', { error });
    throw error;
  });
};

/** `null`: this very press was delivered before, and its form is open (14.7). */
const sentenceFor = (log: Log, error: unknown, of: Origin): Message | null => {
  switch (refusalWord(error)) {
    case 'exchanged_trigger_id':
      return null;
    case 'expired_trigger_id':
      return notOpenedInTime(log, of);
    default:
      return faultSentence(log, error, of);
  }
};

/** No fault of ours that could be mended: Slack or the way there was slow. */
const notOpenedInTime = (log: Log, of: Origin): Message => {
  const reference = newReference();
  log.warn('form not opened in time', { reference, ...of });
  return tryAgain(reference);
};

const interaction = z.union([
  z.object({ command: z.string() }),
  z.object({ type: z.enum(['block_actions', 'view_submission', 'view_closed', 'shortcut', 'message_action']) }),
]);

const isInteraction = (body: unknown): boolean => interaction.safeParse(body).success;

const named = z.union([
  z.object({ command: z.string(), user_id: z.string() }).transform((it) => ({ what: it.command, user: it.user_id })),
  z
    .object({
      actions: z.tuple([z.object({ action_id: z.string() })], z.unknown()),
      user: z.object({ id: z.string() }),
    })
    .transform((it) => ({ what: it.actions[0].action_id, user: it.user.id })),
  z
    .object({ view: z.object({ callback_id: z.string() }), user: z.object({ id: z.string() }) })
    .transform((it) => ({ what: it.view.callback_id, user: it.user.id })),
  z
    .object({ callback_id: z.string(), user: z.object({ id: z.string() }) })
    .transform((it) => ({ what: it.callback_id, user: it.user.id })),
]);

const originOf = (body: unknown): Origin => named.safeParse(body).data ?? {};

const place = z.object({
  user: z.object({ id: z.string() }),
  view: z.object({ id: z.string() }).nullish(),
  container: z.object({ thread_ts: z.string().nullish() }).nullish(),
});

const answerFault = async (args: AnyMiddlewareArgs & AllMiddlewareArgs, said: Message | null): Promise<void> => {
  if ('command' in args && 'respond' in args) {
    if (said === null) return args.ack();
    const answer = { response_type: 'ephemeral', ...said } as const;
    return arrivalIn(args.context).isAcked() ? void (await args.respond(answer)) : args.ack(answer);
  }
  if (said !== null && 'view' in args && args.body.type === 'view_submission') {
    return args.ack(errorsOn(args.body.view, said.text));
  }
  if ('ack' in args && typeof args.ack === 'function') await args.ack();
  const found = place.safeParse(args.body).data;
  if (said === null || found === undefined) return;
  if (found.view != null) {
    // Pressed in a form, or a form opened from one.
    await redrawView(args.client, { id: found.view.id, hash: null }, textView(said));
  } else if ('respond' in args && typeof args.respond === 'function') {
    const thread = found.container?.thread_ts ? { thread_ts: found.container.thread_ts } : {};
    await args.respond({ response_type: 'ephemeral', replace_original: false, ...said, ...thread });
  } else {
    // A global shortcut has no place of its own.
    await args.client.chat.postMessage({ channel: found.user.id, ...said });
  }
};
