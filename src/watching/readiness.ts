import { type Duration, minute, second } from '../domain/instant.ts';

export interface Part {
  readonly ready: boolean;
  /** In plain words, for whoever asks why. */
  readonly says: string;
}

/** What must be as it should be for the desk to take work (13.3). */
export interface Parts {
  readonly process: Part;
  readonly slack: Part;
  readonly database: Part;
  readonly sweep: Part;
}

export interface Standing {
  readonly state: 'starting' | 'running' | 'stopping';
  readonly slackReachesUs: boolean;
  readonly databaseAnswers: boolean;
  readonly sweepLag: Duration;
  /** The longest time between two looks for passed deadlines. */
  readonly sweepEvery: Duration;
}

/** A promise is kept when the thing is done at most 60 s late (5.9). */
const allowance: Duration = minute;

export const partsOf = ({ state, slackReachesUs, databaseAnswers, sweepLag, sweepEvery }: Standing): Parts => ({
  process: { ready: state === 'running', says: state },
  slack: slackReachesUs ? fine('connected') : wrong('not connected'),
  database: databaseAnswers ? fine('answers') : wrong('does not answer'),
  sweep: {
    ready: sweepLag <= sweepEvery + allowance,
    says: `passed deadlines were last looked for ${Math.round(sweepLag / second)} s ago`,
  },
});

export const isReady = (parts: Parts): boolean => Object.values(parts).every(({ ready }: Part) => ready);

const fine = (says: string): Part => ({ ready: true, says });
const wrong = (says: string): Part => ({ ready: false, says });
