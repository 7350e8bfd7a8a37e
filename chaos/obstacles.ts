import type { Fault } from '../sandbox/api-faults.ts';
import { type Json, recordIn, textIn } from '../sandbox/json.ts';
import type { Slack } from '../sandbox/slack.ts';
import type { Fleet } from './bots.ts';
import { type Affair, ticketIdOf } from './deeds.ts';
import type { Obstacle } from './evidence.ts';
import { markOf } from './sayings.ts';
import { landing } from './scale.ts';
import type { Windows } from './windows.ts';

export interface Scene {
  readonly slack: Slack;
  readonly fleet: Pick<Fleet, 'kills' | 'suspensions'>;
  readonly nobodyUp: Windows;
  readonly databaseDown: Windows;
  /** Whoever was killed had nothing in hand. */
  readonly isMild: boolean;
}

/** Stretches in which nobody could do anything about something, as far as they are seen from outside. */
export const obstaclesOf = ({ slack, fleet, nobodyUp, databaseDown, isMild }: Scene): readonly Obstacle[] => [
  ...[...nobodyUp.all, ...databaseDown.all].map((stretch) => ({ ...stretch, concerns: all })),
  ...(isMild ? [] : [...fleet.kills.map((at) => ({ from: at, to: at })), ...fleet.suspensions]).map(inItsHand),
  ...slack.faults.api.met.flatMap((met) => afterFault(met, slack)),
];

const all = (): boolean => true;

/** What a process may have said that is gone, or sleeps, cannot be looked up before. It has nothing in hand of later issues. */
const inItsHand = ({ from, to }: Omit<Obstacle, 'concerns'>): Obstacle => ({
  from,
  to: to + landing,
  concerns: ({ first }) => first.at <= to,
});

interface Met {
  readonly method: string;
  readonly fault: Fault;
  readonly at: number;
}

/** All wait for a 429 and for a slow call to be over; what became of an unclear one only its own ticket has to wait for. */
const afterFault = (met: Met, slack: Slack): readonly Obstacle[] => {
  const { at, fault } = met;
  if (fault.kind === 'rate-limited') return [{ from: at, to: at + 1_000 * fault.retryAfter, concerns: all }];
  if (fault.kind === 'slow' && fault.ms < 1_000) return [];
  const slow = fault.kind === 'slow' ? [{ from: at, to: at + fault.ms + afterSlow, concerns: all }] : [];
  return [...slow, { from: at, to: at + landing, concerns: concernsOf(met, slack) }];
};

/** Whoever was put off comes back with the next sweep. */
const afterSlow = 2_000;

/** Whose ticket the call was about that met it; everybody's where that cannot be told. */
const concernsOf = ({ method, at }: Met, slack: Slack): ((affair: Affair) => boolean) => {
  // Opening a form keeps nobody.
  if (method === 'views.open') return () => false;
  const tickets = slack.calls
    .filter((call) => call.method === method && call.at <= at && call.at >= at - 1)
    .map(({ args }) => ticketIn(method, args, slack));
  if (tickets.length === 0 || tickets.includes(null)) return all;
  return (affair) => tickets.includes(ticketIdOf(affair));
};

const ticketIn = (method: string, args: Json, slack: Slack): string | null => {
  const payload = recordIn(recordIn(parsed(args.metadata)).event_payload);
  switch (method) {
    case 'chat.postMessage':
      return textIn(payload.others) === '' && textIn(payload.ticket) !== '' ? textIn(payload.ticket) : null;
    case 'chat.update':
    case 'conversations.replies':
      return ticketOfMessage(textIn(args.channel), textIn(args.ts), slack);
    default:
      return null;
  }
};

const ticketOfMessage = (channel: string, ts: string, slack: Slack): string | null => {
  const message = slack.messages().find((each) => each.channel === channel && each.ts === ts);
  if (message === undefined) return null;
  return message.botId === null ? `T1:${channel}:${ts}` : (markOf(message)?.ticket ?? null);
};

/** Form-encoded calls carry it as JSON in a text. */
const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
};
