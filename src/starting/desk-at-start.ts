import { createHash } from 'node:crypto';
import type { DeskNews } from '../delivery/desk-news.ts';
import type { createDeskReader } from '../delivery/slack-desk.ts';
import { complaintAt, complaintText, inOrder } from '../desk-file.ts';
import type { HeldDesk } from '../desk-source.ts';
import { type Duration, type Instant, second } from '../domain/instant.ts';
import { ticketName } from '../domain/ticket.ts';
import type { DeskKeeping, DeskReading } from '../flows/keep-desk.ts';
import type { Store } from '../store/connection.ts';
import { deskMessage } from '../views/desk-message.ts';
import type { AppOptions } from './app-options.ts';
import { StartError } from './start-error.ts';

/** A tier with open tickets cannot be removed: they would be in nobody's channel (6.6). */
export const refuseLostTiers = async (
  { tickets }: Store,
  desks: HeldDesk,
  team: string,
  { deskPlan }: AppOptions,
): Promise<void> => {
  for (let tier = deskPlan.tiers.length + 1; tier <= desks.mostTiers(); tier += 1) {
    const filter = { team, tier, statuses: ['open', 'waiting', 'resolved'] } as const;
    const { tickets: left, total } = await tickets.list(filter, { skip: 0, limit: 1 });
    const [first] = left;
    if (first === undefined) continue;
    throw new StartError([
      `DESK_FILE: tier ${tier} cannot be removed while it has tickets: ${total}, the first is ${ticketName(first)}. ` +
        'Start with the old file, and hand them back or solve them first',
    ]);
  }
};

/** Reads the desk, with the instants since when its intake channels count. */
export const deskReadings = async (
  reader: ReturnType<typeof createDeskReader>,
  store: Store,
  team: string,
  { deskPlan, deskFileText, clock }: AppOptions,
): Promise<() => Promise<DeskReading>> => {
  const since = new Map<string, Instant>();
  const read = async (): Promise<DeskReading> => {
    const reading = await reader.read(deskPlan, since);
    if (!reading.ok) {
      const complaints = reading.complaints.map(({ path, message }) => complaintAt(deskFileText, path, message));
      throw new StartError(inOrder(complaints).map((complaint) => `DESK_FILE, ${complaintText(complaint)}`));
    }
    const ofTiers = reading.desk.tiers.flatMap(({ channel, trouble }, index) =>
      trouble === null ? [] : [{ channel, tier: index + 1, trouble }],
    );
    return { desk: reading.desk, troubles: [...ofTiers, ...reading.troubles.map((each) => ({ ...each, tier: null }))] };
  };
  const channels = (await read()).desk.intake.map(({ channel }) => channel);
  const known = await store.desks.intakeSince(team, channels, clock.now() - clocksDiffer);
  for (const [channel, at] of Object.entries(known)) since.set(channel, at);
  return read;
};

/** Messages carry Slack's time. Where our clock is ahead of it, the first of them must not look as if they had been there before. */
const clocksDiffer: Duration = 10 * second;

/** A changed file is a new version, unless desk or policy were changed in Slack since (13.7). */
export const publishPolicy = async (
  store: Store,
  desks: HeldDesk,
  team: string,
  { deskPlan, deskFileText, clock, log }: AppOptions,
): Promise<void> => {
  const hash = createHash('sha256').update(deskFileText).digest('hex');
  const { happened, version } = await store.desks.publishFromFile(team, { policy: deskPlan.policy, hash }, clock.now());
  if (happened === 'ignored') log.warn('DESK_FILE ignored: desk or policy were changed in Slack', { version });
  else log.info(`policy ${happened}`, { version });
  await desks.renew();
};

/** How the desk is read again, and what managers hear of it. */
export const keepingOf = (
  read: () => Promise<DeskReading>,
  desks: HeldDesk,
  store: Store,
  news: DeskNews,
): DeskKeeping => ({
  read,
  hold: desks.hold,
  seen: store.desks.seen,
  see: store.desks.see,
  tell: (desk, untold) => news.tell(untold, ({ broken, mended }) => deskMessage(desk, broken, mended)),
});
