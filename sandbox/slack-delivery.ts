/** Gets payloads to the bot: acks, the time they may take, redelivery of events, and faults on the way. */
import type { Clock } from './clock.ts';
import type { Json } from './json.ts';

export type DeliveryKind = 'events_api' | 'interactive' | 'slash_commands';

type Retry = { readonly attempt: number; readonly reason: string };

export type Ack = {
  readonly acked: boolean;
  readonly body: unknown;
  readonly afterMs: number;
  /** Why there was no ack, in the words of `x-slack-retry-reason`. */
  readonly reason: string | null;
  /** The bot asked not to be sent this again. */
  readonly final: boolean;
};

export type Parcel = {
  readonly kind: DeliveryKind;
  readonly payload: Json;
  readonly envelopeId: string;
  readonly retry: Retry | null;
};

/** One way to the bot: Socket Mode or signed HTTP. Settles with the ack or the reason for none; never rejects. */
export type Transport = { send(parcel: Parcel, ackMs: number): Promise<Ack>; stop(): Promise<void> };

type DeliveryFaults = {
  /** Deliver everything twice with new ids: one after the other, or both at once. */
  twice: 'no' | 'in-turn' | 'at-once';
  /** Keep deliveries back until `release`. */
  held: boolean;
  /** Events for which this says yes are kept back one by one, until `release` or for ever. */
  suppress: (payload: Json) => boolean;
};

/** One payload on its way to the bot, as it went: also a second delivery, or one more try. Instants are on the clock. */
export type Delivery = {
  readonly kind: DeliveryKind;
  readonly payload: Json;
  readonly at: number;
  /** The same payload sent a second time by a fault, with new ids. */
  readonly isCopy: boolean;
  /** null while it is under way. */
  ack: { readonly acked: boolean; readonly at: number } | null;
};

type Waiting = { readonly dueAt: number; readonly go: () => Promise<unknown> };
type Held = { readonly payload: Json; readonly go: () => void };

export type Dispatcher = {
  readonly faults: DeliveryFaults;
  deliver(kind: DeliveryKind, payload: Json): Promise<Ack>;
  /** Lets held and suppressed deliveries go, in the order given by `order` (as they came when left out). */
  release(order?: <T>(held: readonly T[]) => readonly T[]): void;
  readonly held: readonly Json[];
  /** Everything that was sent to the bot, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** Deliveries under way, or due for redelivery now. */
  inFlight(): number;
  /** Redeliveries that wait for the clock. */
  waiting(): number;
  /** When the first of them is due; null when none waits. */
  nextRedelivery(): number | null;
  stop(): Promise<void>;
};

const LOOK_EVERY_MS = 20;

export const createDispatcher = (
  transport: Transport,
  clock: Clock,
  ids: { readonly event: () => string; readonly envelope: () => string },
  { ackMs, redeliverAfterMs }: { readonly ackMs: number; readonly redeliverAfterMs: readonly number[] },
): Dispatcher => {
  const faults: DeliveryFaults = { twice: 'no', held: false, suppress: () => false };
  const held: Held[] = [];
  const waiting = new Set<Waiting>();
  const deliveries: Delivery[] = [];
  let underWay = 0;
  let stopped = false;

  const tracked = async <T>(work: () => Promise<T>): Promise<T> => {
    underWay += 1;
    try {
      return await work();
    } finally {
      underWay -= 1;
    }
  };

  const look = (): void => {
    for (const one of [...waiting].filter((candidate) => candidate.dueAt <= clock.now())) {
      waiting.delete(one);
      void tracked(one.go);
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();

  const attempt = async (parcel: Parcel, isCopy = false): Promise<Ack> => {
    const { kind, payload } = parcel;
    const delivery: Delivery = { kind, payload, at: clock.now(), isCopy, ack: null };
    deliveries.push(delivery);
    const ack = await transport.send(parcel, ackMs);
    delivery.ack = { acked: ack.acked, at: clock.now() };
    const tried = parcel.retry?.attempt ?? 0;
    const pause = redeliverAfterMs[tried];
    if (!ack.acked && !ack.final && !stopped && parcel.kind === 'events_api' && pause !== undefined) {
      const retry = { attempt: tried + 1, reason: ack.reason ?? 'unknown_error' };
      waiting.add({ dueAt: clock.now() + pause, go: () => attempt({ ...parcel, retry }) });
    }
    return ack;
  };

  const fresh = (kind: DeliveryKind, payload: Json): Parcel => ({
    kind,
    payload: kind === 'events_api' ? { ...payload, event_id: ids.event() } : payload,
    envelopeId: ids.envelope(),
    retry: null,
  });

  const send = async (kind: DeliveryKind, payload: Json): Promise<Ack> => {
    const first = attempt(fresh(kind, payload));
    if (faults.twice === 'no') return first;
    if (faults.twice === 'in-turn') await first;
    const [ack] = await Promise.all([first, attempt(fresh(kind, payload), true)]);
    return ack;
  };

  const deliver = (kind: DeliveryKind, payload: Json): Promise<Ack> => {
    const keepBack = faults.held || (kind === 'events_api' && faults.suppress(payload));
    if (!keepBack) return tracked(() => send(kind, payload));
    if (kind === 'events_api') {
      // Nobody waits for an event: whoever caused it goes on.
      held.push({ payload, go: () => void tracked(() => send(kind, payload)) });
      return Promise.resolve({ acked: false, body: undefined, afterMs: 0, reason: 'held', final: true });
    }
    return new Promise((resolve) => {
      held.push({ payload, go: () => resolve(tracked(() => send(kind, payload))) });
    });
  };

  return {
    faults,
    deliver,
    release: (order = (all) => all) => {
      faults.held = false;
      faults.suppress = () => false;
      for (const one of order(held.splice(0))) one.go();
    },
    get held() {
      return held.map((one) => one.payload);
    },
    deliveries,
    inFlight: () => underWay + [...waiting].filter((one) => one.dueAt <= clock.now()).length,
    waiting: () => waiting.size,
    nextRedelivery: () => (waiting.size === 0 ? null : Math.min(...[...waiting].map(({ dueAt }) => dueAt))),
    stop: async () => {
      stopped = true;
      clearInterval(timer);
      waiting.clear();
      await transport.stop();
    },
  };
};
