import { keptCauses } from './kept-causes.ts';
import type { Change, Saying, TicketRecord } from './ports.ts';

/** The record as it stands once a change of it is stored. */
export const afterChange = (before: TicketRecord, change: Change): TicketRecord => ({
  ticket: change.ticket,
  version: before.version + 1,
  entries: [...before.entries, ...change.entries],
  words: { ...before.words, ...change.words },
  hash: change.hash,
  notices: { ...before.notices, ...byId(change.notices) },
  anchors: before.anchors,
  withdrawn: before.withdrawn,
  causes: change.causes.length === 0 ? before.causes : keptCauses(before.causes, change.causes),
  dueAt: change.dueAt,
  sayAt: change.sayAt,
  saying: change.saying,
});

/** The record as it stands once what was said is recorded. */
export const afterSaying = (before: TicketRecord, saying: Saying): TicketRecord => ({
  ...before,
  notices: { ...without(before.notices, saying.said), ...byId(saying.postponed) },
  anchors: { ...before.anchors, ...saying.anchors },
  withdrawn: [...before.withdrawn, ...saying.withdrawn],
  sayAt: saying.sayAt,
  saying: saying.saying,
});

type Notices = TicketRecord['notices'];

const without = (notices: Notices, ids: readonly string[]): Notices =>
  ids.length === 0 ? notices : Object.fromEntries(Object.entries(notices).filter(([id]) => !ids.includes(id)));

const byId = (notices: Change['notices']): Notices => Object.fromEntries(notices.map((notice) => [notice.id, notice]));
