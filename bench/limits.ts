import type { Message } from '../sandbox/slack-records.ts';
import { rounded } from './figures.ts';
import { agentsClaim, customersWrite } from './load.ts';
import { startProcess } from './own-process.ts';
import type { Server } from './server.ts';
import { type Contender, contenders } from './throughput.ts';
import { watch } from './watch.ts';
import { openWorkplace } from './workplace.ts';

/** What Slack itself would allow, when all cards stand in one channel. */
interface Limited {
  readonly intakePerMinute: number;
  readonly claimPerMinute: number;
  readonly calls: number;
  /** Calls that Slack answered with 429. */
  readonly tooMany: number;
}

export interface Limits {
  readonly messages: number;
  readonly tierline: Limited;
  readonly bare: Limited;
}

/** The desk says three things in the tier's channel for each, a second apart: one run takes a minute. */
const messages = 20;

/** The same acts with Slack's real limits on: desk and bare app, once each. */
export const measureLimits = async (server: Server, say: (line: string) => void): Promise<Limits> => {
  const found = {} as Record<Contender, Limited>;
  for (const contender of contenders) {
    found[contender] = await limited(server, contender);
    say(`${contender}: ${JSON.stringify(found[contender])}`);
  }
  return { messages, ...found };
};

const limited = async (server: Server, contender: Contender): Promise<Limited> => {
  const slack = await openWorkplace(true);
  const database = await server.fresh('limits');
  const seen = watch(slack);
  const own = await startProcess(`${contender}-process.ts`, {
    ...{ apiUrl: slack.apiUrl, botToken: slack.tokens.bot, appToken: slack.tokens.app },
    ...{ mongodbUri: database.uri, paced: true },
  });
  try {
    const cards = new Map<number, Message>();
    const all = { from: 0, to: messages };
    const written = await customersWrite(slack, seen, all, cards);
    const claimed = await agentsClaim(slack, seen, all, cards);
    const perMinute = (lasted: number): number => rounded((messages / lasted) * 60_000);
    return {
      intakePerMinute: perMinute(written.lasted),
      claimPerMinute: perMinute(claimed.lasted),
      calls: slack.calls.length,
      tooMany: slack.refusals.filter(({ error }) => error === 'ratelimited').length,
    };
  } finally {
    seen.stop();
    await own.stop();
    await slack.stop();
    await database.drop();
  }
};
