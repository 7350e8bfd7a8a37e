import type { Json } from './json.ts';

/** One earlier state of a message. */
export type Revision = { readonly at: number; readonly text: string; readonly blocks: readonly Json[] };

/** A message as the local Slack keeps it. `text` is wire text: `&`, `<` and `>` of people are escaped. */
export type Message = {
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | null;
  /** User id of the author; the bot's own user id for the bot. */
  readonly user: string;
  readonly botId: string | null;
  readonly subtype: string | null;
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments: readonly Json[];
  readonly files: readonly Json[];
  readonly metadata: Json | null;
  readonly edited: { readonly user: string; readonly ts: string } | null;
  /** What it said before each edit, oldest first. */
  readonly revisions: readonly Revision[];
  /** Whom it pings: user ids, group ids, `here`, `channel`, `everyone`. */
  readonly pings: readonly string[];
  /** The tokens in `text` alone. Where there are blocks they are only in the notification, and still no place for what people typed. */
  readonly textPings: readonly string[];
  readonly reactions: readonly { readonly name: string; readonly users: readonly string[] }[];
  readonly broadcast: boolean;
  /** Set for messages that only one person sees. */
  readonly onlyFor: string | null;
  readonly deleted: boolean;
  /** When it was posted, epoch ms on the clock. */
  readonly at: number;
};

/** One Web API call as the local Slack saw it. Tokens are left out. `at` is on the clock. */
export type Call = {
  readonly method: string;
  readonly args: Json;
  /** null while in progress, or when the connection was dropped. */
  answer: Json | null;
  readonly at: number;
};

/** Something the local Slack said no to. */
export type Refusal = {
  readonly method: string;
  readonly error: string;
  readonly args: Json;
  /** What exactly was wrong, in words. */
  readonly detail: string;
  readonly at: number;
};

/** Something that came back through a response_url or in an ack. */
export type Reply = {
  readonly kind: 'ephemeral' | 'in_channel' | 'replaced' | 'deleted';
  readonly text: string;
  readonly blocks: readonly Json[];
};

/** What a person got for a press, command or shortcut. */
export type Outcome = {
  readonly acked: boolean;
  /** Real milliseconds until the ack. */
  readonly afterMs: number;
  readonly body: Json;
  /** What Slack shows the person instead: `operation_timeout`, `dispatch_failed`, … */
  readonly error: string | null;
  /** Grows while replies through this response_url come in. */
  readonly replies: readonly Reply[];
};

/** What a person got for sending a form. Errors are keyed by block id. */
export type Submission = Outcome & {
  readonly errors: Readonly<Record<string, string>> | null;
  /** True when Slack itself refused (a required field left empty): nothing was sent to the bot. */
  readonly refusedBySlack: boolean;
  readonly updated: boolean;
  readonly pushed: boolean;
  readonly closed: boolean;
};

/** A modal or Home tab as the bot gave it, with ids filled in. */
export type View = Json & {
  readonly id: string;
  readonly hash: string;
  readonly type: string;
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly blocks: readonly Json[];
};

export type MessageRef = { readonly channel: string; readonly ts: string };

/** How an input of a form is filled: plain text, an option value, a user or channel id, a date, or several of them. */
export type FieldValue = string | readonly string[] | number | null;
export type FormValues = Readonly<Record<string, FieldValue | Readonly<Record<string, FieldValue>>>>;

export type FileSeed = {
  readonly name: string;
  readonly mimetype?: string;
  readonly size?: number;
  readonly id?: string;
};
