import type { Connection } from 'mongoose';
import type { Instant } from '../domain/instant.ts';
import type { Policy } from '../domain/policy.ts';
import type { SeenDesk } from '../flows/keep-desk.ts';
import type { PolicyVersion } from '../flows/ports.ts';
import { type DeskDocument, deskModel, type PolicyDocument, policyModel, versionOf } from './desk-document.ts';
import { unlessThere } from './duplicate.ts';
import { fieldName, withKeys } from './map-keys.ts';
import { reaching } from './store-unreachable-error.ts';

/** The desk file as it was read: the policy in it, and a digest of its whole text. */
interface DeskFile {
  readonly policy: Policy;
  readonly hash: string;
}

/** What came of a desk file at a start. `ignored`: it has changed, but desk or policy were changed in Slack since (13.7). */
interface Publication {
  readonly happened: 'published' | 'unchanged' | 'ignored';
  /** The version in force. */
  readonly version: number;
}

export interface DeskStore {
  /** Publishes a changed desk file as the next version; replicas that start at once publish it once (13.7). */
  publishFromFile(team: string, file: DeskFile, now: Instant): Promise<Publication>;
  /** All published versions, oldest first: running tickets keep theirs (10). */
  policies(team: string): Promise<readonly PolicyVersion[]>;
  /** Since when each intake channel counts; a channel that is new counts from `now`, and keeps that instant. */
  intakeSince(team: string, channels: readonly string[], now: Instant): Promise<Readonly<Record<string, Instant>>>;
  /** What of the desk was acted upon last; `null` before the first time. */
  seen(team: string): Promise<SeenDesk | null>;
  /** Replaces what was seen; false when another replica has done so first. */
  see(team: string, before: SeenDesk | null, after: SeenDesk): Promise<boolean>;
}

export const deskStore = (connection: Connection) => {
  const desks = deskModel(connection);
  const policies = policyModel(connection);

  const deskOf = async (team: string): Promise<DeskDocument> => {
    const found = await desks.findById(team).lean<DeskDocument>();
    if (found !== null) return found;
    const fresh = { _id: team, intakeSince: {}, fileHash: '', changedInSlack: false, policyVersion: 0, seen: null };
    await unlessThere(() => desks.insertOne(fresh));
    return deskOf(team);
  };

  const publishFromFile: DeskStore['publishFromFile'] = async (team, file, now) => {
    const desk = await deskOf(team);
    if (desk.fileHash === file.hash) return { happened: 'unchanged', version: desk.policyVersion };
    if (desk.changedInSlack) return { happened: 'ignored', version: desk.policyVersion };
    const next = firstOrNext(desk, file, now);
    await unlessThere(() => policies.insertOne(next));
    const isOurs = await putInForce(desk, next);
    // Another replica came first, or one ended between its two writes: what it published stands, and ours is looked at anew.
    return isOurs ? { happened: 'published', version: next.version } : publishFromFile(team, file, now);
  };

  /** Moves the desk to the version that now bears the number; true when that is the given one and we moved it. */
  const putInForce = async (desk: DeskDocument, next: PolicyDocument): Promise<boolean> => {
    const stored = await policies.findById(next._id).orFail().lean<PolicyDocument>();
    const moved = await desks.updateOne(
      { _id: desk._id, policyVersion: desk.policyVersion },
      { $set: { policyVersion: stored.version, fileHash: stored.fileHash } },
    );
    return moved.matchedCount === 1 && stored.fileHash === next.fileHash;
  };

  const intakeSince: DeskStore['intakeSince'] = async (team, channels, now) => {
    const known = withKeys((await deskOf(team)).intakeSince);
    const fresh = channels.filter((channel) => known[channel] === undefined);
    for (const channel of fresh) {
      const field = `intakeSince.${fieldName(channel)}`;
      await desks.updateOne({ _id: team, [field]: { $exists: false } }, { $set: { [field]: now } });
    }
    return fresh.length === 0 ? known : withKeys((await deskOf(team)).intakeSince);
  };

  const see: DeskStore['see'] = async (team, before, after) => {
    const asRead = before === null ? { seen: null } : { 'seen.change': before.change };
    const saw = await desks.updateOne({ _id: team, ...asRead }, { $set: { seen: after } });
    return saw.matchedCount === 1;
  };

  const allPolicies: DeskStore['policies'] = async (team) =>
    (await policies.find({ team }).sort({ version: 1 }).lean<PolicyDocument[]>()).map(versionOf);

  const store: DeskStore = {
    publishFromFile: (team, file, now) => reaching(() => publishFromFile(team, file, now)),
    policies: (team) => reaching(() => allPolicies(team)),
    intakeSince: (team, channels, now) => reaching(() => intakeSince(team, channels, now)),
    seen: (team) => reaching(async () => whole((await deskOf(team)).seen)),
    see: (team, before, after) => reaching(() => see(team, before, after)),
  };
  return { store, models: [desks, policies] };
};

/** Earlier versions kept no news to tell. */
const whole = (seen: SeenDesk | null): SeenDesk | null =>
  seen === null ? null : { ...seen, untold: seen.untold ?? [], teller: seen.teller ?? null };

const firstOrNext = (desk: DeskDocument, { policy, hash }: DeskFile, now: Instant): PolicyDocument => ({
  _id: `${desk._id}:${desk.policyVersion + 1}`,
  team: desk._id,
  version: desk.policyVersion + 1,
  policy,
  publishedAt: now,
  by: 'DESK_FILE',
  why: desk.policyVersion === 0 ? 'first start' : 'the file was changed',
  fileHash: hash,
});
