import type { Clock } from './clock.ts';

/** A person (or a bot) at the start. Only `id` and `name` are needed. */
export type PersonSeed = {
  readonly id: string;
  /** The handle, without @. */
  readonly name: string;
  readonly displayName?: string;
  readonly realName?: string;
  /** IANA zone; `Europe/Berlin` when left out. */
  readonly tz?: string;
  /** Team id; the home team when left out. */
  readonly team?: string;
  readonly email?: string;
  readonly isAdmin?: boolean;
  readonly isOwner?: boolean;
  /** Guest in several channels. */
  readonly isRestricted?: boolean;
  /** Guest in a single channel. */
  readonly isUltraRestricted?: boolean;
  readonly isBot?: boolean;
  readonly deleted?: boolean;
  /** False: users.info answers user_not_found, as for strangers in shared channels. */
  readonly profileVisible?: boolean;
  /** For people of other teams: whether the bot may open a DM with them. False when left out. */
  readonly acceptsDm?: boolean;
};

export type ChannelSeed = {
  readonly id: string;
  readonly name: string;
  readonly private?: boolean;
  /** Ids of the other teams this channel is shared with (Slack Connect). */
  readonly shared?: readonly string[];
  readonly archived?: boolean;
  readonly members?: readonly string[];
  /** Whether the bot is in it; true when left out. */
  readonly botIsMember?: boolean;
};

export type GroupSeed = {
  readonly id: string;
  readonly handle: string;
  readonly name?: string;
  readonly members?: readonly string[];
};

export type TeamSeed = { readonly id: string; readonly name: string; readonly domain: string };

export type AppSeed = {
  /** Bot user id; `UBOT` when left out. */
  readonly userId?: string;
  readonly botId?: string;
  readonly appId?: string;
  readonly name?: string;
  /** Granted bot scopes; every scope the local Slack knows when left out. */
  readonly scopes?: readonly string[];
  /** Subscribed bot events (`message.channels`, `app_mention`, …); every known one when left out. */
  readonly botEvents?: readonly string[];
  /** Declared slash commands; any command is delivered when left out. */
  readonly commands?: readonly string[];
};

/** What the workspace contains when it starts. */
export type Furniture = {
  readonly team: TeamSeed;
  readonly foreignTeams?: readonly TeamSeed[];
  readonly users?: readonly PersonSeed[];
  readonly channels?: readonly ChannelSeed[];
  readonly groups?: readonly GroupSeed[];
  readonly app?: AppSeed;
};

export type SlackOptions = {
  readonly furniture: Furniture;
  readonly clock: Clock;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Whether rate limits are enforced (on the clock). */
  readonly limits: boolean;
  /** Posts one channel takes at once before one a second; 5 when left out. */
  readonly channelBurst?: number;
  /** Signed HTTP delivery to this address instead of Socket Mode. */
  readonly request?: { readonly url: string; readonly signingSecret?: string };
  /** Real milliseconds an ack may take; 3000 when left out. */
  readonly ackMs?: number;
  /** Real milliseconds a trigger id lives; 3000 when left out. */
  readonly triggerMs?: number;
  /** Pauses before the redeliveries of an event nobody acked, on the clock; at once, 1 min, 5 min when left out. */
  readonly redeliverAfterMs?: readonly number[];
};
