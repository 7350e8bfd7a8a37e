import type { Slack } from '../sandbox/slack.ts';
import type { Message } from '../sandbox/slack-records.ts';
import { usageSchema } from './answering.ts';
import type { Arguments } from './arguments.ts';
import { median, quantile, rounded } from './figures.ts';
import { agentsClaim, customersWrite, type Load } from './load.ts';
import { type OwnProcess, startProcess } from './own-process.ts';
import type { Server } from './server.ts';
import { watch } from './watch.ts';
import { openWorkplace } from './workplace.ts';

/** The desk, or the bare app beside it. */
export const contenders = ['tierline', 'bare'] as const;
export type Contender = (typeof contenders)[number];

/** Of one kind of act, in one round. */
interface Figures {
  readonly perSecond: number;
  /** Until every mark of what was said is saved. */
  readonly savedPerSecond: number;
  /** Processor time of the bot's process for each, milliseconds, until all is saved. */
  readonly cpuMs: number;
  readonly ackP99Ms: number;
}

type Acts = 'intake' | 'claim';
type Round = Readonly<Record<Acts, Figures>>;

/** Until the code is warm, and everybody is known. */
const mostWarmUp = 100;

const playRound = async (server: Server, contender: Contender, { tickets, only }: Arguments): Promise<Round> => {
  const slack = await openWorkplace(false);
  const database = await server.fresh(contender);
  const seen = watch(slack);
  let own: OwnProcess | null = null;
  try {
    own = await startProcess(`${contender}-process.ts`, {
      ...{ apiUrl: slack.apiUrl, botToken: slack.tokens.bot, appToken: slack.tokens.app },
      mongodbUri: database.uri,
      paced: false,
    });
    const cards = new Map<number, Message>();
    const warmUp = Math.min(mostWarmUp, tickets);
    const [warm, all] = [
      { from: 0, to: warmUp },
      { from: warmUp, to: warmUp + tickets },
    ];
    await customersWrite(slack, seen, warm, cards);
    const intake = await measured(own, slack, tickets, () => customersWrite(slack, seen, all, cards));
    if (!only.has('claim')) return { intake, claim: intake };
    await agentsClaim(slack, seen, warm, cards);
    const claim = await measured(own, slack, tickets, () => agentsClaim(slack, seen, all, cards));
    return { intake, claim };
  } finally {
    seen.stop();
    await own?.stop();
    await slack.stop();
    await database.drop();
  }
};

const measured = async (own: OwnProcess, slack: Slack, count: number, work: () => Promise<Load>): Promise<Figures> => {
  const settled = async (): Promise<void> => {
    await slack.quiet();
    await own.ask('idle');
  };
  const cpu = async (): Promise<number> => usageSchema.parse(await own.ask('usage')).cpuMs;
  await settled();
  const before = await cpu();
  const startedAt = performance.now();
  const { acks, lasted } = await work();
  await own.ask('idle');
  const saved = performance.now() - startedAt;
  await settled();
  return {
    perSecond: (count / lasted) * 1000,
    savedPerSecond: (count / saved) * 1000,
    cpuMs: ((await cpu()) - before) / count,
    ackP99Ms: quantile(acks, 0.99),
  };
};

const medianOf = (all: readonly Figures[]): Figures => {
  const of = (pick: (figures: Figures) => number): number => rounded(median(all.map(pick)));
  return {
    perSecond: of(({ perSecond }) => perSecond),
    savedPerSecond: of(({ savedPerSecond }) => savedPerSecond),
    cpuMs: of(({ cpuMs }) => cpuMs),
    ackP99Ms: of(({ ackP99Ms }) => ackP99Ms),
  };
};

export interface Throughput {
  readonly tierline: Figures;
  readonly bare: Figures;
  /** Of the desk to the bare app; the medians of the rounds' own ratios. */
  readonly ratio: number;
  readonly savedRatio: number;
  readonly cpuRatio: number;
}

const compared = (tierline: readonly Figures[], bare: readonly Figures[]): Throughput => {
  const ratio = (pick: (figures: Figures) => number, to: (figures: Figures) => number): number =>
    rounded(median(tierline.map((own, round) => pick(own) / to(bare[round] ?? own))));
  const rate = ({ perSecond }: Figures): number => perSecond;
  return {
    tierline: medianOf(tierline),
    bare: medianOf(bare),
    ratio: ratio(rate, rate),
    savedRatio: ratio(({ savedPerSecond }) => savedPerSecond, rate),
    cpuRatio: ratio(
      ({ cpuMs }) => cpuMs,
      ({ cpuMs }) => cpuMs,
    ),
  };
};

/** Messages to tickets, and presses to owners, against a bare Bolt app; in alternating rounds. */
export const measureThroughput = async (
  server: Server,
  options: Arguments,
  say: (line: string) => void,
): Promise<Partial<Record<Acts, Throughput>>> => {
  const rounds: Record<Contender, Round[]> = { tierline: [], bare: [] };
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const contender of contenders) {
      const played = await playRound(server, contender, options);
      rounds[contender].push(played);
      say(`round ${round}, ${contender}: ${briefly(played)}`);
    }
  }
  const of = (acts: Acts): Throughput =>
    compared(
      rounds.tierline.map((round) => round[acts]),
      rounds.bare.map((round) => round[acts]),
    );
  return {
    ...(options.only.has('intake') ? { intake: of('intake') } : {}),
    ...(options.only.has('claim') ? { claim: of('claim') } : {}),
  };
};

const briefly = (round: Round): string =>
  (['intake', 'claim'] as const)
    .map((acts) => `${acts} ${rounded(round[acts].perSecond)}/s, ${rounded(round[acts].cpuMs)} ms CPU`)
    .join('; ');
