import type { Notice } from '../domain/notice.ts';
import { leaseFor } from './handle-command.ts';
import type { Ports, Saying, TicketRecord } from './ports.ts';
import type { Run } from './say-notices.ts';

/** A notice as it was said: a redraw written anew meanwhile under the same id is another. */
const isSaid = (notice: Notice, run: Run): boolean =>
  run.said.some(({ id, order }) => id === notice.id && order === notice.order);

/**
 * As they are to stand. What another process tried since this round began is not forgotten: a notice that it sent, and does not
 * know of, has to be looked up (14.3).
 */
const postponedIn = (record: TicketRecord, run: Run): readonly Notice[] =>
  run.postponed.flatMap((notice): readonly Notice[] => {
    const present = record.notices[notice.id];
    if (present?.order !== notice.order) return [];
    const { tries, notBefore } = present;
    return [{ ...notice, tries: Math.max(notice.tries, tries), notBefore: Math.max(notice.notBefore, notBefore) }];
  });

export const hasMore = (record: TicketRecord, run: Run): boolean =>
  Object.values(record.notices).some(
    (notice) => !isSaid(notice, run) && !postponedIn(record, run).some(({ id }) => id === notice.id),
  );

export const sayingOf = (ports: Ports, record: TicketRecord, run: Run): Saying => {
  const postponed = postponedIn(record, run);
  const common = {
    said: Object.values(record.notices)
      .filter((notice) => isSaid(notice, run))
      .map(({ id }) => id),
    withdrawn: run.withdrawn.filter(({ id, at }) => !record.withdrawn.some((each) => each.id === id && each.at === at)),
    postponed,
    anchors: run.anchors,
  };
  if (hasMore(record, run)) return { ...common, ...anotherLease(ports, record) };
  const sayAt = postponed.length === 0 ? null : Math.min(...postponed.map(({ notBefore }) => notBefore));
  return { ...common, sayAt, saying: null };
};

/** Never the one it was read with: by its lease a guarded write knows a ticket for as it was read. */
const anotherLease = (ports: Ports, record: TicketRecord): Pick<Saying, 'sayAt' | 'saying'> => {
  const used = record.saying?.until ?? 0;
  return leaseFor(ports, record, true, Math.max(ports.clock.now(), used + 1 - ports.leaseFor));
};
