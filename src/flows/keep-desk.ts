import type { Desk, TierTrouble } from '../domain/desk.ts';
import { type Duration, type Instant, minute } from '../domain/instant.ts';
import { handleCommand } from './handle-command.ts';
import type { Ports, TicketRecord } from './ports.ts';

/** Something that keeps a channel of the desk from working (4.5). */
interface DeskTrouble {
  readonly channel: string;
  /** The tier whose channel it is, from 1; `null` for an intake channel. */
  readonly tier: number | null;
  readonly trouble: TierTrouble;
}

/** The desk as Slack shows it now. */
export interface DeskReading {
  readonly desk: Desk;
  readonly troubles: readonly DeskTrouble[];
}

/** What one manager has still to be told of the desk (4.5). It belongs to no ticket, so it is kept with the desk. */
interface Untold {
  readonly manager: string;
  readonly broken: readonly DeskTrouble[];
  readonly mended: readonly DeskTrouble[];
}

/** What of the desk was acted upon last; kept in the store, so that each change is acted upon once, by one replica. */
export interface SeenDesk {
  /** Counts the changes. */
  readonly change: number;
  readonly staff: readonly string[];
  /** The channel of each tier, and its trouble if it has one. */
  readonly tiers: readonly { readonly channel: string; readonly trouble: TierTrouble | null }[];
  readonly troubles: readonly DeskTrouble[];
  readonly untold: readonly Untold[];
  /** The replica that tells it, and until when the others leave it to that one. */
  readonly teller: { readonly by: string; readonly until: Instant } | null;
}

export interface DeskKeeping {
  /** Reads the desk from Slack; throws when Slack cannot be read. */
  read(): Promise<DeskReading>;
  /** From now on this is the desk. */
  hold(desk: Desk): void;
  seen(team: string): Promise<SeenDesk | null>;
  /** Replaces what was seen; false when another replica has done so first. */
  see(team: string, before: SeenDesk | null, after: SeenDesk): Promise<boolean>;
  /** Tells managers what is broken now, and what was mended (4.5). Never throws. @returns what has to be told again */
  tell(desk: Desk, untold: readonly Untold[]): Promise<readonly Untold[]>;
}

/**
 * Reads the desk again and acts on what changed: owners who are gone are released (4.3), managers hear of broken
 * channels before a deadline depends on them (4.5), and cards are posted anew where they can be seen (6.6).
 *
 * @returns the tickets that changed, whose notices are now this process's to say
 */
export const keepDesk = async (ports: Ports, keeping: DeskKeeping): Promise<readonly TicketRecord[]> => {
  const { desk, troubles } = await keeping.read();
  keeping.hold(desk);
  const before = await keeping.seen(desk.team);
  const after = seenFrom(desk, troubles, before);
  if (before !== null && sameButCount(before, after)) {
    await tellUntold(ports, keeping, desk, before);
    return [];
  }
  // Before it is marked as seen: what fails half-way is done next time. Each ticket knows the change it was moved by.
  const moved =
    before === null ? [] : [...(await releaseGone(ports, before, after)), ...(await repostCards(ports, before, after))];
  const seen = withNews(ports, desk, before, after);
  if (await keeping.see(desk.team, before, seen)) await tellUntold(ports, keeping, desk, seen);
  return moved;
};

/** Longer than it takes to tell all of them. */
const tellFor: Duration = 5 * minute;

const withNews = ({ clock, processId }: Ports, desk: Desk, before: SeenDesk | null, after: SeenDesk): SeenDesk => {
  const known = before?.troubles ?? [];
  const broken = after.troubles.filter((each) => !known.some((old) => isSame(old, each)));
  const mended = known.filter((each) => !after.troubles.some((now) => isSame(now, each)));
  if (broken.length + mended.length === 0) return after;
  return {
    ...after,
    untold: [...after.untold, ...desk.managers.map((manager) => ({ manager, broken, mended }))],
    teller: { by: processId, until: clock.now() + tellFor },
  };
};

/** One replica tells it; where that one has died, another. */
const tellUntold = async (
  { clock, processId }: Ports,
  { see, tell }: DeskKeeping,
  desk: Desk,
  seen: SeenDesk,
): Promise<void> => {
  if (seen.untold.length === 0) return;
  const now = clock.now();
  const isOurs = seen.teller?.by === processId;
  if (!isOurs && seen.teller !== null && seen.teller.until > now) return;
  const taken = { ...seen, change: seen.change + 1, teller: { by: processId, until: now + tellFor } };
  if (!isOurs && !(await see(desk.team, seen, taken))) return;
  const ours = isOurs ? seen : taken;
  const left = await tell(desk, ours.untold);
  if (left.length < ours.untold.length) await see(desk.team, ours, { ...ours, change: ours.change + 1, untold: left });
};

const seenFrom = (desk: Desk, troubles: readonly DeskTrouble[], before: SeenDesk | null): SeenDesk => ({
  change: (before?.change ?? 0) + 1,
  staff: [...new Set([...desk.managers, ...desk.tiers.flatMap(({ members }) => members)])].toSorted(),
  tiers: desk.tiers.map(({ channel, trouble }) => ({ channel, trouble })),
  troubles,
  untold: before?.untold ?? [],
  teller: before?.teller ?? null,
});

const sameButCount = (a: SeenDesk, b: SeenDesk): boolean => isSame({ ...a, change: 0 }, { ...b, change: 0 });

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whoever was deactivated or left the tiers lets go of what they had (4.3). */
const releaseGone = async (ports: Ports, before: SeenDesk, after: SeenDesk): Promise<readonly TicketRecord[]> => {
  const moved: TicketRecord[] = [];
  const { team } = ports.desks.desk();
  for (const userId of before.staff.filter((each) => !after.staff.includes(each))) {
    const person = await ports.directory.person(userId, team);
    const why = person.isFullMember ? 'left-tiers' : 'deactivated';
    const filter = { team, owner: userId, statuses: ['open', 'waiting'] } as const;
    moved.push(...(await each(ports, filter, { type: 'owner-gone', userId, why }, `gone:${userId}:${after.change}`)));
  }
  return moved;
};

const repostCards = async (ports: Ports, before: SeenDesk, after: SeenDesk): Promise<readonly TicketRecord[]> => {
  const moved: TicketRecord[] = [];
  const { team } = ports.desks.desk();
  for (const [index, tier] of after.tiers.entries()) {
    const was = before.tiers[index];
    const isWhereItWas = was?.channel === tier.channel && (was.trouble === null) === (tier.trouble === null);
    if (was === undefined || isWhereItWas) continue;
    const filter = { team, tier: index + 1, statuses: ['open', 'waiting'] } as const;
    moved.push(...(await each(ports, filter, { type: 'repost-card' }, `repost:${index + 1}:${after.change}`)));
  }
  return moved;
};

const pageSize = 200;

/** The same command to every ticket of a list; the list is read to its end before any of it changes. */
const each = async (
  ports: Ports,
  filter: Parameters<Ports['tickets']['list']>[0],
  command: Parameters<typeof handleCommand>[2],
  causeId: string,
): Promise<readonly TicketRecord[]> => {
  const ids: string[] = [];
  for (let skip = 0; ; skip += pageSize) {
    const { tickets, total } = await ports.tickets.list(filter, { skip, limit: pageSize });
    ids.push(...tickets.map(({ id }) => id));
    if (skip + pageSize >= total) break;
  }
  const moved: TicketRecord[] = [];
  for (const id of ids) {
    const outcome = await handleCommand(ports, id, command, { id: causeId, at: ports.clock.now() });
    if (outcome.kind === 'done') moved.push(outcome.record);
  }
  return moved;
};
