import { parseArgs } from 'node:util';
import { type Breakage, breakages, isBreakage } from './breakages.ts';

/** What was asked for on the command line. */
export interface Settings {
  readonly years: number;
  readonly seed: string;
  readonly processes: number;
  readonly broken: ReadonlySet<Breakage>;
  /** Break each promise in its turn, and see that every one is noticed. */
  readonly breaksEach: boolean;
  /** Go on after a failure, and count how many years fail. */
  readonly all: boolean;
  /** Only this year of the seed, told line by line. */
  readonly only: number | null;
}

export const usage = `npm run simulate -- [--years 500] [--seed N] [--break all|${breakages.join('|')}] [--all] [--only YEAR] [--processes N]`;

/** @throws an error whose message says what was expected */
export const readSettings = (args: readonly string[], processors: number): Settings => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      years: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
      break: { type: 'string', multiple: true, default: [] },
      processes: { type: 'string', default: String(Math.min(2, processors)) },
      all: { type: 'boolean', default: false },
      only: { type: 'string' },
    },
  });
  const broken = values.break.filter((name) => name !== 'all');
  const unknown = broken.find((name) => !isBreakage(name));
  if (unknown !== undefined) throw new Error(`--break ${unknown}: expected all or one of ${breakages.join(', ')}`);
  return {
    years: wholeNumber('--years', values.years),
    seed: values.seed,
    processes: wholeNumber('--processes', values.processes),
    broken: new Set(broken.filter(isBreakage)),
    breaksEach: values.break.includes('all'),
    all: values.all,
    only: values.only === undefined ? null : wholeNumber('--only', values.only),
  };
};

const wholeNumber = (name: string, text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} ${text}: expected a whole number from 1`);
  return number;
};
