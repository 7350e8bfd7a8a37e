import { type Connection, type Model, Schema } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { AuditState, Outage } from '../flows/audit-ports.ts';

/** What the auditor remembers of a workspace. */
export interface AuditDocument extends AuditState {
  /** The workspace. */
  readonly _id: string;
  /** When a process was last known to hear Slack. */
  readonly aliveAt: Instant;
  /** Which process reads now, and until when the others leave it to it. */
  readonly turn: { readonly by: string; readonly until: Instant };
}

const { Mixed } = Schema.Types;

const schema = new Schema<AuditDocument>(
  { _id: String, aliveAt: Number, turn: Mixed, known: Mixed, lastTicket: Number, cards: Mixed, outage: Mixed },
  { collection: 'audits', strict: 'throw', minimize: false, versionKey: false },
);

export const auditModel = (connection: Connection): Model<AuditDocument> =>
  connection.model<AuditDocument>('Audit', schema);

export const freshAudit = (team: string, now: Instant): AuditDocument => ({
  _id: team,
  aliveAt: now,
  turn: { by: '', until: 0 },
  known: {},
  lastTicket: 0,
  cards: { tier: 1, until: null },
  outage: null,
});

/** What was still to be searched for after an outage before is searched for again, with what is new. */
export const outageAfter = ({ aliveAt, outage }: AuditDocument, now: Instant): Outage => ({
  since: Math.min(aliveAt, outage?.since ?? aliveAt),
  seenAt: now,
  tickets: { dueAt: 0, ids: [] },
  directs: '',
  failed: false,
});
