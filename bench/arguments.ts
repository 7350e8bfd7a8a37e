import { parseArgs } from 'node:util';

const parts = ['intake', 'claim', 'deadlines', 'growth', 'idle', 'roundTrips', 'limits'] as const;
export type Part = (typeof parts)[number];

export interface Arguments {
  readonly json: boolean;
  readonly only: ReadonlySet<Part>;
  /** Alternating rounds of the peers. */
  readonly rounds: number;
  /** Tickets of a round: messages, presses. */
  readonly tickets: number;
  /** Tickets due in a round of deadlines. */
  readonly due: number;
  /** How long Agenda is watched in each trial, in seconds. */
  readonly agendaSeconds: number;
  /** The sizes of `growth`: open tickets. */
  readonly open: readonly number[];
  /** Sweeps at each size of `growth`. */
  readonly sweeps: number;
  /** Open tickets of `idle`, and how long it is watched, in seconds. */
  readonly idleOpen: number;
  readonly idleSeconds: number;
  /** Actions of each kind whose round trips are counted. */
  readonly actions: number;
}

/** What the command line asks for. @throws an error that says what is wrong with it */
export const readArguments = (args: readonly string[]): Arguments => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      only: { type: 'string', default: parts.join(',') },
      rounds: { type: 'string', default: '5' },
      tickets: { type: 'string', default: '400' },
      due: { type: 'string', default: '1000' },
      'agenda-seconds': { type: 'string', default: '4' },
      open: { type: 'string', default: '1000000' },
      sweeps: { type: 'string', default: '20' },
      'idle-open': { type: 'string', default: '100000' },
      'idle-seconds': { type: 'string', default: '60' },
      actions: { type: 'string', default: '200' },
    },
  });
  const whole = (name: Exclude<keyof typeof values, 'json' | 'only'>): number => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number from 1 on`);
    return value;
  };
  const seconds = (name: 'agenda-seconds' | 'idle-seconds'): number => {
    const value = Number(values[name]);
    if (!(value > 0)) throw new Error(`--${name} must be a number of seconds`);
    return value;
  };
  return {
    json: values.json,
    only: new Set(values.only.split(',').map(partOf)),
    rounds: whole('rounds'),
    tickets: whole('tickets'),
    due: whole('due'),
    agendaSeconds: seconds('agenda-seconds'),
    open: sizesTo(whole('open')),
    sweeps: whole('sweeps'),
    idleOpen: whole('idle-open'),
    idleSeconds: seconds('idle-seconds'),
    actions: whole('actions'),
  };
};

const partOf = (name: string): Part => {
  const part = parts.find((each) => each === name.trim());
  if (part === undefined) throw new Error(`--only takes ${parts.join(', ')}, with commas between`);
  return part;
};

/** 10,000 and ten times as many until the largest, which stands for the last step. */
const sizesTo = (largest: number): readonly number[] => {
  const smaller = [10_000, 100_000].filter((size) => size < largest);
  return [...smaller, largest];
};
