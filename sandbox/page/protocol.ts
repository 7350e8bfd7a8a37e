/**
 * What the page and its server say to each other: JSON over one WebSocket for each window, at `/live?as=USER_ID`.
 * A window is one person. It gets `hello` first, then what changes for that person; what it asks for is answered under
 * its own id. Instants are epoch ms on the moved clock; `ts` are Slack's.
 */

type Json = Readonly<Record<string, unknown>>;

export interface PagePerson {
  readonly id: string;
  readonly name: string;
  /** What they play: `Customer`, `Tier 1`, `Tier 2 and manager`, … */
  readonly role: string;
  readonly group: 'customers' | 'staff' | 'managers' | 'elsewhere';
  readonly isBot: boolean;
  readonly isDeactivated: boolean;
  /** IANA zone. */
  readonly zone: string;
}

export interface PageChannel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'private' | 'dm';
  readonly isArchived: boolean;
  /** Shared with another company's workspace. */
  readonly isShared: boolean;
  readonly members: readonly string[];
  /** Messages this person has not seen, and how many of them ring for them. */
  readonly unread: number;
  readonly mentions: number;
  /** The newest message they have seen, by its ts; empty where they have seen none. */
  readonly seenUpTo: string;
}

export interface PageMessage {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly user: string;
  readonly isBot: boolean;
  readonly subtype: string | null;
  /** Wire text: `&amp;`, `<@U1>`, `*bold*`. */
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly files: readonly Json[];
  readonly isEdited: boolean;
  readonly isDeleted: boolean;
  readonly isBroadcast: boolean;
  /** Only this person sees it. */
  readonly isOnlyForYou: boolean;
  /** Whether it rings for this person. */
  readonly isForYou: boolean;
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  /** Of the message a thread hangs under. */
  readonly replyCount: number;
  readonly replyUsers: readonly string[];
  readonly lastReplyTs: string | null;
  readonly at: number;
}

export interface PageView {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly submit: string | null;
  readonly close: string | null;
  readonly blocks: readonly Json[];
  /** What its fields hold, as far as it was sent or acted in. */
  readonly typed: FormState;
  /** How many views lie under it. */
  readonly depth: number;
}

interface PageCommand {
  readonly command: string;
  readonly description: string;
  readonly usageHint: string;
}

interface PageShortcut {
  readonly name: string;
  readonly callbackId: string;
  readonly type: 'message' | 'global';
  readonly description: string;
}

/** Where the clock stands, and what comes next by the product's own account. */
export interface PageClock {
  readonly now: number;
  /** IANA zone of the desk. */
  readonly zone: string;
  readonly isMoving: boolean;
  /** Of real time, until the move on its way is over, by how it went so far; null where that cannot be told. */
  readonly secondsLeft: number | null;
  /** null for those who are not of the desk: it is about other people's tickets. */
  readonly due: readonly PageDue[] | null;
}

export interface PageDue {
  readonly at: number;
  /** `ESC-3`, or null for what belongs to no ticket. */
  readonly ticket: string | null;
  readonly title: string;
  /** One sentence of the product's `why`: `moves to Tier 2, if it is not resolved`. */
  readonly what: string;
  /** Its card, to go to. */
  readonly card: { readonly channel: string; readonly ts: string } | null;
}

/** What the bot said while the clock moved, or a scene was set; leads to the message. */
export interface PageHappening {
  readonly at: number;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  readonly text: string;
  /** A message, or a card redrawn. */
  readonly kind: 'posted' | 'redrawn';
}

export interface PageScene {
  readonly id: string;
  readonly title: string;
  /** Three sentences on what to watch. */
  readonly watch: readonly [string, string, string];
}

export type ApiFaultKind = 'refuse' | 'delay' | 'drop' | 'rate-limit';

export interface PageFaults {
  /** Whether the bot's process part is running. */
  readonly bot: 'running' | 'stopping' | 'stopped' | 'starting';
  readonly connections: number;
  /** What calls of the bot to Slack meet now, and how many calls still will; null for no end. */
  readonly api: readonly { readonly kind: ApiFaultKind; readonly left: number | null }[];
  /** Whether Slack delivers everything twice. */
  readonly isDoubling: boolean;
  /** Whether Slack keeps deliveries back. */
  readonly isHolding: boolean;
  /** Counted since the start. */
  readonly metFaults: number;
  readonly redeliveriesWaiting: number;
  readonly refusals: number;
}

export type ClockMove =
  | { readonly by: 'minutes'; readonly minutes: number }
  | { readonly by: 'next-deadline' }
  | { readonly by: 'next-monday' }
  /** Local time of the desk's zone: `2026-03-29T02:30`. */
  | { readonly by: 'instant'; readonly local: string };

/** A message of the channel or thread, from newest to oldest, as people page. */
export interface PageSlice {
  /** Oldest first. */
  readonly messages: readonly PageMessage[];
  readonly hasMore: boolean;
}

/** Values of a form by block id and action id; a file, a date, several people as Slack's `state` wants them is the server's matter. */
export type FormState = Readonly<Record<string, Readonly<Record<string, string | number | readonly string[] | null>>>>;

/** What a window asks for. */
export type Ask =
  | {
      readonly do: 'history';
      readonly channel: string;
      readonly before: string | null;
      readonly limit: number;
    }
  | { readonly do: 'thread'; readonly channel: string; readonly ts: string }
  /** Everything up to now has been seen. */
  | { readonly do: 'seen'; readonly channel: string }
  | {
      readonly do: 'post';
      readonly channel: string;
      readonly text: string;
      readonly threadTs: string | null;
      readonly alsoToChannel: boolean;
      readonly files: readonly { readonly name: string; readonly mimetype: string; readonly size: number }[];
    }
  | { readonly do: 'edit'; readonly channel: string; readonly ts: string; readonly text: string }
  | { readonly do: 'remove'; readonly channel: string; readonly ts: string }
  | { readonly do: 'react'; readonly channel: string; readonly ts: string; readonly name: string; readonly on: boolean }
  /** The line with its slash: `/ticket new`. */
  | { readonly do: 'command'; readonly channel: string; readonly line: string }
  | { readonly do: 'message-shortcut'; readonly callbackId: string; readonly channel: string; readonly ts: string }
  | { readonly do: 'global-shortcut'; readonly callbackId: string }
  /** A button pressed, or an option or person picked, in a message, the open view or the Home tab. */
  | {
      readonly do: 'act';
      readonly where:
        | { readonly kind: 'message'; readonly channel: string; readonly ts: string; readonly isOnlyForYou: boolean }
        | { readonly kind: 'view' }
        | { readonly kind: 'home' };
      readonly blockId: string;
      readonly actionId: string;
      /** A button's value, an option's value, a user's id, a date. */
      readonly value: string | null;
      /** What the form holds so far, where the element stands in a form. */
      readonly state: FormState | null;
    }
  | { readonly do: 'submit'; readonly state: FormState }
  | { readonly do: 'close-view' }
  | { readonly do: 'open-home' }
  | { readonly do: 'clock'; readonly move: ClockMove }
  /** Ends a long move at the next stop on the way. */
  | { readonly do: 'clock-stop' }
  | { readonly do: 'scene'; readonly id: string }
  | { readonly do: 'fault'; readonly kind: ApiFaultKind; readonly calls: number }
  | { readonly do: 'double'; readonly on: boolean }
  | { readonly do: 'hold'; readonly on: boolean }
  | { readonly do: 'cut' }
  | { readonly do: 'bot'; readonly run: boolean }
  | { readonly do: 'calm' };

/** To the server. */
export type FromPage = { readonly id: number; readonly ask: Ask };

/** What the person got for what they did: shown as Slack shows it. */
export interface Done {
  /** What Slack tells the person when the bot did not answer, as `This app took too long`; null when all is well. */
  readonly trouble: string | null;
  /** Errors of a form by block id. */
  readonly errors: Readonly<Record<string, string>> | null;
}

/** To the window. */
export type ToPage =
  | {
      readonly type: 'hello';
      readonly team: { readonly name: string; readonly domain: string };
      readonly you: string;
      readonly people: readonly PagePerson[];
      readonly groups: readonly { readonly id: string; readonly handle: string; readonly members: readonly string[] }[];
      readonly app: { readonly userId: string; readonly name: string; readonly hasHome: boolean };
      readonly channels: readonly PageChannel[];
      readonly commands: readonly PageCommand[];
      readonly shortcuts: readonly PageShortcut[];
      readonly clock: PageClock;
      readonly faults: PageFaults;
      readonly scenes: readonly PageScene[];
      readonly view: PageView | null;
      readonly home: PageView | null;
      /** Where the demo's bot answers `/metrics`, and which database it uses. */
      readonly about: { readonly database: string; readonly desk: string };
    }
  | { readonly type: 'people'; readonly people: readonly PagePerson[] }
  | { readonly type: 'channels'; readonly channels: readonly PageChannel[] }
  /** New, changed or deleted (`isDeleted`), in any channel this person sees. */
  | { readonly type: 'message'; readonly message: PageMessage }
  | { readonly type: 'view'; readonly view: PageView | null }
  | { readonly type: 'home'; readonly home: PageView | null }
  | { readonly type: 'clock'; readonly clock: PageClock }
  | {
      readonly type: 'happenings';
      readonly from: number;
      readonly to: number;
      readonly list: readonly PageHappening[];
      /** How many older ones are left out. */
      readonly left: number;
    }
  | { readonly type: 'faults'; readonly faults: PageFaults }
  /** A passing remark to this window, as when its move of the clock has to wait for another's. */
  | { readonly type: 'notice'; readonly text: string }
  | { readonly type: 'slice'; readonly id: number; readonly slice: PageSlice }
  | { readonly type: 'done'; readonly id: number; readonly done: Done }
  /** The asked-for cannot be done; one kind sentence. */
  | { readonly type: 'refused'; readonly id: number; readonly why: string };
