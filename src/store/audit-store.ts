import type { Connection } from 'mongoose';
import { type Instant, minute } from '../domain/instant.ts';
import type { AuditState, AuditStore } from '../flows/audit-ports.ts';
import { type AuditDocument, auditModel, freshAudit, outageAfter } from './audit-document.ts';
import { auditTickets } from './audit-tickets.ts';
import { unlessThere } from './duplicate.ts';
import { fieldName, withKeys } from './map-keys.ts';
import { reaching } from './store-unreachable-error.ts';

/** A beat comes every minute; after so long without one nobody heard Slack. Slack itself sends again for six minutes. */
const silence = 3 * minute;

/**
 * What the auditor remembers, one document for each workspace, each change guarded: any number of processes may audit at once.
 * One round trip each, two to take a turn, three where nobody heard Slack for a while.
 *
 * @throws StoreUnreachableError from each method while the database cannot be reached
 */
export const auditStore = (connection: Connection) => {
  const audits = auditModel(connection);
  const tickets = auditTickets(connection);

  const stateOf = async (team: string, now: Instant): Promise<AuditDocument> => {
    const found = await audits.findById(team).lean<AuditDocument>();
    if (found !== null) return found;
    await unlessThere(() => audits.insertOne(freshAudit(team, now)));
    return stateOf(team, now);
  };

  const beat = async (team: string, now: Instant): Promise<void> => {
    const alive = { _id: team, aliveAt: { $gte: now - silence } };
    if ((await audits.updateOne(alive, { $max: { aliveAt: now } })).matchedCount === 1) return;
    const before = await stateOf(team, now);
    if (before.aliveAt >= now - silence) return;
    const asRead = { _id: team, aliveAt: before.aliveAt };
    await audits.updateOne(asRead, { $set: { aliveAt: now, outage: outageAfter(before, now) } });
  };

  const takeTurn: AuditStore['takeTurn'] = async (team, by, now, until) => {
    const { turn, known, lastTicket, cards, outage } = await stateOf(team, now);
    if (turn.by !== by && turn.until > now) return null;
    const asRead = { _id: team, 'turn.by': turn.by, 'turn.until': turn.until };
    const { matchedCount } = await audits.updateOne(asRead, { $set: { turn: { by, until } } });
    return matchedCount === 1 ? { known: withKeys(known), lastTicket, cards, outage } : null;
  };

  const knowUpTo: AuditStore['knowUpTo'] = async (team, known) => {
    const fields = Object.entries(known).map(([channel, at]) => [`known.${fieldName(channel)}`, at]);
    await audits.updateOne({ _id: team }, { $max: Object.fromEntries(fields) });
  };

  const remember = async (team: string, change: Partial<AuditState>): Promise<void> => {
    await audits.updateOne({ _id: team }, { $set: change });
  };

  const searched: AuditStore['searched'] = async (team, outage) => {
    const isOver = outage.tickets === null && outage.directs === null;
    const same = { _id: team, 'outage.seenAt': outage.seenAt };
    await audits.updateOne(same, { $set: { outage: isOver ? null : outage } });
  };

  const store: AuditStore = {
    beat: (team, now) => reaching(() => beat(team, now)),
    takeTurn: (team, by, now, until) => reaching(() => takeTurn(team, by, now, until)),
    knowUpTo: (team, known) => reaching(() => knowUpTo(team, known)),
    remember: (team, change) => reaching(() => remember(team, change)),
    searched: (team, outage) => reaching(() => searched(team, outage)),
    ...tickets,
  };
  return { store, models: [audits] };
};
