/** Why a tier cannot be spoken to in its channel (4.5). */
export type TierTrouble = 'no-members' | 'archived' | 'not-in-channel' | 'not-found';

/** How a tier is called in its channel: its user group, `<!here>`, `<!channel>`, or not at all (6.2). */
export type Call = 'group' | 'here' | 'channel' | 'none';

export interface Tier {
  readonly name: string;
  readonly channel: string;
  /** The user group's id, where the tier has one. */
  readonly group: string | null;
  readonly members: readonly string[];
  readonly trouble: TierTrouble | null;
  readonly callOnArrival: Call;
  readonly callOnBreach: Call;
}

interface IntakeChannel {
  readonly channel: string;
  /** Since when messages here become tickets. Older messages are not ours to open. */
  readonly since: number;
}

/** The set-up of one workspace, as it stands now: names resolved to ids, members read from Slack (1). */
export interface Desk {
  readonly team: string;
  /** Ordered: the first is Tier 1. */
  readonly tiers: readonly Tier[];
  readonly managers: readonly string[];
  readonly admins: readonly string[];
  readonly intake: readonly IntakeChannel[];
  readonly contact: { readonly email: string | null; readonly portal: string | null };
}
