import type { App, ReceiverEvent } from '@slack/bolt';

/**
 * Hands a payload to Bolt so that an event is acknowledged only when its listeners have ended well: acknowledged means
 * stored (14.1). Bolt's own acknowledgement, which comes before the first listener, goes nowhere. Presses, forms and
 * commands are acknowledged when their listener does so, after its write.
 *
 * The App's `app.error` handler must throw again what it is given: an error that it keeps to itself looks like success,
 * and a failed write would be acknowledged.
 *
 * @throws what a listener threw; nothing was acknowledged then, unless the listener had done so
 */
export const ackAfterWork = async (app: Pick<App, 'processEvent'>, event: ReceiverEvent): Promise<void> => {
  if (!isEvent(event.body)) return app.processEvent(answerable(event));
  if (isForListeners(event.body)) await app.processEvent({ ...event, ack: async () => {} });
  await event.ack();
};

/**
 * Only the first acknowledgement of a press, form or command counts; what fails after it is answered in another way. When it
 * came, and whether it is acknowledged, is put into Bolt's context: see {@link inTime}.
 */
const answerable = (event: ReceiverEvent): ReceiverEvent => {
  let given: Promise<void> | null = null;
  return {
    ...event,
    ack: (response) => {
      given ??= Promise.resolve(event.ack(response));
      return given;
    },
    customProperties: { ...event.customProperties, arrivedAt: performance.now(), isAcked: () => given !== null },
  };
};

/** Events are sent again when nobody acknowledges them; presses, forms and commands are not. */
export const isEvent = (body: ReceiverEvent['body']): boolean => 'event' in body || isAboutEvents(body);

const isForListeners = (body: ReceiverEvent['body']): boolean => 'event' in body && !isOfABot(body.event);

/**
 * Slack tells the desk of each message that it posts and redraws itself, and of other bots': never anything for it (2.6).
 * They are most of what comes, and half of what Bolt would cost.
 */
const isOfABot = (event: unknown): boolean => {
  const { type, bot_id: botId, message } = fieldsOf(event);
  return type === 'message' && (typeof botId === 'string' || typeof fieldsOf(message).bot_id === 'string');
};

const fieldsOf = (
  value: unknown,
): { readonly type?: unknown; readonly bot_id?: unknown; readonly message?: unknown } =>
  typeof value === 'object' && value !== null ? value : {};

/** `app_rate_limited` has no event inside, and belongs to no workspace: Bolt could not place it. */
const isAboutEvents = (body: ReceiverEvent['body']): boolean => body.type === 'app_rate_limited';
