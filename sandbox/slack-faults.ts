/** Faults on demand, all in one place. */
import type { ApiFaults } from './api-faults.ts';
import { recordIn } from './json.ts';
import type { Dispatcher } from './slack-delivery.ts';
import type { DisconnectReason, Sockets } from './slack-socket.ts';

/** What can be made to go wrong. */
export type Faults = {
  /** The next calls of a Web API method (`*`: any) meet a fault. */
  readonly api: Pick<ApiFaults, 'add' | 'clear' | 'met' | 'waiting'>;
  /** Every delivery twice, with new event and envelope ids: one after the other or both at once; `no` ends it. */
  twice(how: 'no' | 'in-turn' | 'at-once'): void;
  isDoubling(): boolean;
  isHolding(): boolean;
  /** Keeps all deliveries back until `release`. */
  hold(): void;
  /** Keeps back events of this type (of the inner event), or all for which the function says yes, until `release`. */
  suppress(which: string | ((payload: Readonly<Record<string, unknown>>) => boolean)): void;
  /** Lets go what was kept back, in this order (as it came when left out). */
  release(order?: <T>(held: readonly T[]) => readonly T[]): void;
  /** Cuts every socket without a word. */
  cutSockets(): void;
  /** Sends `disconnect` frames to every socket, or to the n-th. */
  disconnect(reason: DisconnectReason, which?: number): void;
  /** Leaves every socket (or the n-th) open and dead, as when a network breaks: neither side hears the other. */
  freezeSockets(which?: number): void;
  /** Sends any frame on the first socket. */
  sendRaw(frame: unknown): void;
};

export const faultsOf = (api: ApiFaults, dispatcher: Dispatcher, sockets: Sockets): Faults => ({
  api,
  twice: (how) => {
    dispatcher.faults.twice = how;
  },
  isDoubling: () => dispatcher.faults.twice !== 'no',
  isHolding: () => dispatcher.faults.held,
  hold: () => {
    dispatcher.faults.held = true;
  },
  suppress: (which) => {
    dispatcher.faults.suppress =
      typeof which === 'string' ? (payload) => recordIn(payload.event).type === which : which;
  },
  release: dispatcher.release,
  cutSockets: sockets.cut,
  disconnect: sockets.askToLeave,
  freezeSockets: sockets.freeze,
  sendRaw: sockets.sendRaw,
});
