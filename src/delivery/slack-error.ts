import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { type Duration, second } from '../domain/instant.ts';

/** What an error of a Slack call means for what was to be done. `why` is Slack's word, or ours, for the log. */
export type Failure =
  /** It can never be done there. `ours`: because of what we sent. */
  | { readonly kind: 'never'; readonly why: string; readonly ours: boolean }
  /** It was not done: too many calls. `after` is what Slack asked for, `null` where it did not say. */
  | { readonly kind: 'too-many'; readonly why: string; readonly after: Duration | null }
  /** It was not done, and will work another time. */
  | { readonly kind: 'not-done'; readonly why: string }
  /** It was not done, for a reason nobody wrote down for us. */
  | { readonly kind: 'unknown'; readonly why: string }
  /** It may have been done: the answer was lost, or Slack stumbled. */
  | { readonly kind: 'unclear'; readonly why: string };

/** Reads the error of a Web API call (14.3, 14.4). */
export const failureOf = (error: unknown): Failure => {
  if (error instanceof WebAPIRateLimitedError) {
    return { kind: 'too-many', why: 'ratelimited', after: error.retryAfter * second };
  }
  if (error instanceof WebAPIPlatformError) return refusal(error.data.error);
  if (error instanceof WebAPIHTTPError) return { kind: 'unclear', why: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return lostCall(error.original);
  // A 429 without a usable Retry-After comes as a plain Error (slackapi/node-slack-sdk#1421).
  if (error instanceof Error && error.message.startsWith('Retry header')) {
    return { kind: 'too-many', why: 'ratelimited', after: null };
  }
  throw error;
};

const refusal = (word: string): Failure => {
  // A proxy's page with status 200 arrives as a refusal whose word is the page.
  if (!/^\w+$/.test(word)) return { kind: 'unclear', why: 'no answer in JSON' };
  if (tooMany.has(word)) return { kind: 'too-many', why: word, after: null };
  if (stumbles.has(word)) return { kind: 'unclear', why: word };
  if (unreachable.has(word) || /^restricted_action|^cannot_dm/.test(word)) {
    return { kind: 'never', why: word, ours: false };
  }
  if (malformed.has(word) || /^invalid_(?!auth)/.test(word)) return { kind: 'never', why: word, ours: true };
  return { kind: aboutTheApp.has(word) ? 'not-done' : 'unknown', why: word };
};

const tooMany: ReadonlySet<string> = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

/** Slack says of these that some of the work may have been done. */
const stumbles: ReadonlySet<string> = new Set([
  'fatal_error',
  'internal_error',
  'request_timeout',
  'service_unavailable',
]);

const unreachable: ReadonlySet<string> = new Set([
  'channel_not_found',
  'channel_type_not_supported',
  'is_archived',
  'is_inactive',
  'not_in_channel',
  'user_not_found',
  'user_not_visible',
  'user_not_in_channel',
  'user_disabled',
  'users_not_found',
  'no_such_subteam',
  'messages_tab_disabled',
  'method_not_supported_for_channel_type',
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

/** The app as a whole may not do this now. Its admin can mend it, and then what waits is said. */
const aboutTheApp: ReadonlySet<string> = new Set([
  'access_denied',
  'accesslimited',
  'account_inactive',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'external_channel_migrating',
  'invalid_auth',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'team_access_not_granted',
  'team_added_to_org',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
]);

const malformed: ReadonlySet<string> = new Set([
  'block_mismatch',
  'cannot_parse_attachment',
  'markdown_text_conflict',
  'metadata_must_be_sent_from_app',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'only_one_table_allowed',
  'too_many_attachments',
]);

/** Codes of a connection that was never made. */
const neverSent: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'EAI_AGAIN',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const lostCall = (error: Error): Failure => {
  const code = codeOf(error) ?? codeOf(error.cause);
  const why = typeof code === 'string' ? code : error.name;
  return neverSent.has(code) ? { kind: 'not-done', why } : { kind: 'unclear', why };
};

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
