import { setTimeout as sleep } from 'node:timers/promises';
import { createPacer } from '../src/delivery/pacer.ts';
import { createSlackClient } from '../src/delivery/slack-client.ts';
import { noLimits } from '../src/delivery/slack-rates.ts';
import { createSlackSpeaker } from '../src/delivery/slack-speaker.ts';
import { minute } from '../src/domain/instant.ts';
import { cardAnchor } from '../src/domain/notice.ts';
import { createDeliverer } from '../src/flows/deliver-notices.ts';
import { expireDeadlines } from '../src/flows/expire-deadlines.ts';
import type { TicketRecord } from '../src/flows/ports.ts';
import { rememberedTickets } from '../src/flows/remembered-tickets.ts';
import { createLog, sdkLogger } from '../src/logger.ts';
import { openedAt } from './deadlines.ts';
import { rounded } from './figures.ts';
import { openFilledStore } from './filled-store.ts';
import { quietPorts } from './quiet-ports.ts';
import { alike, ripeTicket } from './ripe-tickets.ts';
import type { Server } from './server.ts';
import { openWorkplace, tierChannels } from './workplace.ts';

export interface Saying {
  readonly tickets: number;
  /** Tickets of which all is said and marked as said, a second. */
  readonly perSecond: number;
  /** Calls to Slack for each ticket. */
  readonly calls: number;
}

/** What so many escalations have to say, once they are saved: new cards, old cards, threads, calls. */
export const measureSaying = async (server: Server, count: number): Promise<Saying> => {
  const clock = { now: () => now };
  let now = openedAt;
  const slack = await openWorkplace(false, clock);
  const database = await server.fresh('saying');
  const filled = await openFilledStore(database.uri);
  try {
    const log = createLog('warn', (line) => process.stderr.write(`  ${line}`));
    const client = createSlackClient({
      token: slack.tokens.bot,
      apiUrl: slack.apiUrl,
      logger: sdkLogger(log, 'slack'),
    });
    const standing = async (record: TicketRecord): Promise<TicketRecord> => {
      const { ticket } = record;
      const posted = await client.chat.postMessage({ channel: tierChannels[0], text: ticket.title });
      const card = { channel: tierChannels[0], ts: posted.ts ?? '' };
      return { ...record, anchors: { [cardAnchor(ticket.posting, null)]: card } };
    };
    const ripe = await ripeTicket(filled.store.tickets, openedAt);
    const records: TicketRecord[] = [];
    for (let number = 1; number <= count; number += 1) records.push(await standing(alike(ripe, number)));
    await filled.fill(count, (index) => records[index] ?? ripe);
    now = ripe.dueAt ?? now;

    const limits = { limits: noLimits, patience: minute, wait: (ms: number) => sleep(ms) };
    const ports = {
      ...quietPorts(rememberedTickets(filled.store.tickets, 2_000), clock.now),
      speaker: createSlackSpeaker({
        client,
        pacer: createPacer({ clock, ...limits }),
        pressUrls: { take: () => null },
        log,
        clock,
      }),
    };
    const moved = await expireDeadlines(ports);
    const deliverer = createDeliverer(ports);
    const callsBefore = slack.calls.length;
    const startedAt = performance.now();
    await deliverer.deliver(moved);
    await deliverer.idle();
    const ms = performance.now() - startedAt;
    const calls = (slack.calls.length - callsBefore) / count;
    return { tickets: count, perSecond: rounded((count / ms) * 1000), calls: rounded(calls) };
  } finally {
    await filled.close();
    await database.drop();
    await slack.stop();
  }
};
