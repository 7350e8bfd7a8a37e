import { type Connection, type Model, Schema } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { SeenDesk } from '../flows/keep-desk.ts';
import type { PolicyVersion } from '../flows/ports.ts';

/** What is remembered of a workspace's desk, beside what its file says and Slack shows. */
export interface DeskDocument {
  /** The workspace. */
  readonly _id: string;
  /** Since when messages of an intake channel become tickets, by channel. */
  readonly intakeSince: Readonly<Record<string, Instant>>;
  /** Of the file that was published last; empty before the first. */
  readonly fileHash: string;
  /** Desk or policy were changed in Slack, so the file does not count any more (13.7). */
  readonly changedInSlack: boolean;
  /** The version in force; 0 before the first. */
  readonly policyVersion: number;
  /** What of the desk was acted upon last. */
  readonly seen: SeenDesk | null;
}

/** A published policy. Never changed. */
export interface PolicyDocument extends PolicyVersion {
  /** Workspace and version, so that a version is published once, on a sharded cluster too. */
  readonly _id: string;
  readonly team: string;
  readonly fileHash: string;
}

const { Mixed } = Schema.Types;

const deskSchema = new Schema<DeskDocument>(
  { _id: String, intakeSince: Mixed, fileHash: String, changedInSlack: Boolean, policyVersion: Number, seen: Mixed },
  { collection: 'desks', strict: 'throw', minimize: false, versionKey: false },
);

const policySchema = new Schema<PolicyDocument>(
  {
    _id: String,
    team: String,
    version: Number,
    policy: Mixed,
    publishedAt: Number,
    by: String,
    why: String,
    fileHash: String,
  },
  { collection: 'policies', strict: 'throw', minimize: false, versionKey: false },
);
// Lists the versions of a workspace in their order.
policySchema.index({ team: 1, version: 1 }, { unique: true });

export const deskModel = (connection: Connection): Model<DeskDocument> =>
  connection.model<DeskDocument>('Desk', deskSchema);

export const policyModel = (connection: Connection): Model<PolicyDocument> =>
  connection.model<PolicyDocument>('Policy', policySchema);

export const versionOf = ({ version, policy, publishedAt, by, why }: PolicyDocument): PolicyVersion => ({
  ...{ version, policy, publishedAt, by, why },
});
