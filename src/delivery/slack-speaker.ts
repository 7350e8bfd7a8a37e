import type { WebClient } from '@slack/web-api';
import { type Instant, second } from '../domain/instant.ts';
import type { Anchor } from '../domain/notice.ts';
import type { Clock, Destination, Log, Remark, Said, Speaker } from '../flows/ports.ts';
import { foldedMessage } from '../views/folded-message.ts';
import type { Message } from '../views/message.ts';
import { noticeMessage } from '../views/notice-message.ts';
import { waitBefore } from './back-off.ts';
import type { PacedCall, Pacer } from './pacer.ts';
import { createPermalinks, type Permalinks } from './permalinks.ts';
import type { PressUrls } from './press-urls.ts';
import { failureOf } from './slack-error.ts';
import { findSaid, lookUpMethodOf, type Posting } from './slack-lookup.ts';
import { methodOf, send } from './slack-send.ts';

export interface SpeakerParts {
  /** Tries each call once and gives 429 back at once: see `slack-client.ts`. */
  readonly client: WebClient;
  readonly pacer: Pacer;
  readonly pressUrls: Pick<PressUrls, 'take'>;
  readonly log: Log;
  readonly clock: Clock;
}

type Remarks = readonly [Remark, ...Remark[]];

/** What came of a turn, and whether the call it was for was made. */
interface Spoken {
  readonly called: boolean;
  readonly value: Said;
}

/** What an earlier try has left in Slack; `instead`: what comes of it now, where that cannot be known yet. */
interface Search {
  readonly found: ReadonlyMap<Remark, Anchor>;
  readonly instead: Said | null;
}

const nothingFound: Search = { found: new Map(), instead: null };

/**
 * Says things in Slack (14.3, 14.4): each when its turn comes, one at a time for each channel, nothing there before a
 * `Retry-After` is over. A post that was tried before is looked for in Slack first. Costs one call; a second try one more,
 * in a DM two more.
 */
export const createSlackSpeaker = ({ client, pacer, pressUrls, log, clock }: SpeakerParts): Speaker => {
  const links = createPermalinks(client);

  const say = async (remarks: Remarks, to: Destination, until: Instant): Promise<Said> => {
    if (to.kind === 'redraw' && (await redrawnByPress(remarks, to))) {
      return { outcome: 'said', channel: to.channel, ts: to.ts, leftOut: [] };
    }
    const paced = await pacer.run(callOf(remarks, to, until), () => sayNow(remarks, to, until));
    return paced.kind === 'done' ? paced.value : { outcome: 'later', after: paced.after, begun: false };
  };

  /** A press shows its own outcome, and takes no turn from others (14.4). */
  const redrawnByPress = async ([first]: Remarks, { channel, ts }: Redraw): Promise<boolean> => {
    const redraw = pressUrls.take(channel, ts);
    if (redraw === null) return false;
    const worded = await wordingOf([first], links, log);
    return worded !== null && worded !== 'fault' && redraw(worded.message);
  };

  const sayNow = async (remarks: Remarks, to: Destination, until: Instant): Promise<Spoken> => {
    const { found, instead } = isPosting(to) ? await saidBefore(remarks, to) : nothingFound;
    if (instead !== null) return { called: false, value: instead };
    const unsaid = remarks.filter((remark) => !found.has(remark));
    const worded = await wordingOf(unsaid, links, log);
    if (worded === 'fault') return { called: false, value: gone('it cannot be put into words') };
    if (worded === null) return { called: false, value: saidAt(found, unsaid) };
    const { message, of } = worded;
    const leftOut = unsaid.filter((each) => !of.includes(each));
    // Looking it up may have taken long, or the process slept.
    if (clock.now() >= until) return { called: false, value: { outcome: 'later', after: second, begun: false } };
    try {
      return { called: true, value: { outcome: 'said', ...(await send(client, message, of, to)), leftOut } };
    } catch (error) {
      const value = failed(remarks, to, { method: methodOf(to), place: placeOf(to) }, error);
      return { called: true, value: value.outcome === 'gone' ? { ...value, leftOut } : value };
    }
  };

  /** What a first try that seemed to fail has left in Slack. Where Slack does not let us look, nothing. */
  const saidBefore = async (remarks: Remarks, to: Posting): Promise<Search> => {
    const tried = remarks.filter(({ notice }) => notice.tries > 0);
    if (tried.length === 0) return nothingFound;
    const look = { method: lookUpMethodOf(to), place: '' };
    const after = pacer.ask(look.method);
    if (after > 0) return { ...nothingFound, instead: { outcome: 'later', after, begun: false } };
    try {
      return { ...nothingFound, found: await findSaid(client, tried, to) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'never' || failure.why === 'missing_scope') return nothingFound;
      return { ...nothingFound, instead: failed(remarks, to, look, error) };
    }
  };

  const failed = (
    remarks: Remarks,
    to: Destination,
    call: Pick<PacedCall, 'method' | 'place'>,
    error: unknown,
  ): Said => {
    const failure = failureOf(error);
    const [{ subject, notice }] = remarks;
    const tries = Math.max(...remarks.map((remark) => remark.notice.tries));
    const facts = {
      ticket: subject.ticket.number,
      notice: notice.id,
      kind: notice.kind,
      place: placeOf(to),
      method: call.method,
      why: failure.why,
      tries,
    };
    if (failure.kind === 'never' || (failure.kind === 'unknown' && tries >= mostTriesUnknown)) {
      const isOurs = failure.kind === 'unknown' || failure.ours;
      log[isOurs ? 'error' : 'warn']('saying failed for good', facts);
      return gone(failure.why);
    }
    const after = waitBefore(failure, tries);
    if (failure.kind === 'too-many') pacer.tooMany(call, after);
    log.warn('saying failed, to be tried again', { ...facts, after });
    // Slack did not even look at what it had too many of.
    return { outcome: 'later', after, begun: failure.kind !== 'too-many' || failure.after === null };
  };

  return { say };
};

/** Whoever comes back has waited already (14.4). */
const callOf = (remarks: Remarks, to: Destination, until: Instant): PacedCall => {
  const [{ subject, notice }] = remarks;
  return {
    method: methodOf(to),
    place: placeOf(to),
    key: `${subject.ticket.id} ${notice.id}`,
    critical: remarks.some((remark) => remark.notice.critical || remark.subject.ticket.priority === 'critical'),
    folds: notice.fold !== null,
    isBack: remarks.some((remark) => remark.notice.notBefore > remark.notice.writtenAt),
    until,
  };
};

const mostTriesUnknown = 5;

const gone = (why: string): Said => ({ outcome: 'gone', why, leftOut: [] });

const saidAt = (found: ReadonlyMap<Remark, Anchor>, leftOut: readonly Remark[]): Said => {
  const [anchor] = found.values();
  return anchor === undefined ? { outcome: 'withdrawn' } : { outcome: 'said', ...anchor, leftOut };
};

type Redraw = Extract<Destination, { readonly kind: 'redraw' }>;

const isPosting = (to: Destination): to is Posting => to.kind === 'channel' || to.kind === 'person';

const placeOf = (to: Destination): string => (to.kind === 'person' ? to.userId : to.channel);

/** A message, and those of the remarks that stand in it. */
interface Wording {
  readonly message: Message;
  readonly of: Remarks;
}

/**
 * `null` where no remark has its reason any more; `fault`: the views could not word it. That is ours to mend, and must not hold
 * up the ticket's other notices.
 */
const wordingOf = async (
  remarks: readonly Remark[],
  links: Permalinks,
  log: Log,
): Promise<Wording | null | 'fault'> => {
  const [one] = remarks;
  if (one === undefined) return null;
  try {
    const [first, ...others] = remarks.flatMap((remark) => {
      const message = noticeMessage(remark.notice, remark.subject);
      return message === null ? [] : [{ remark, message }];
    });
    if (first === undefined) return null;
    const of: Remarks = [first.remark, ...others.map(({ remark }) => remark)];
    if (others.length === 0) return { message: first.message, of };
    const items = await Promise.all(of.map((remark) => withLink(remark, links)));
    return { message: foldedMessage(items), of };
  } catch (error) {
    const { notice, subject } = one;
    log.error('wording failed', { ticket: subject.ticket.number, notice: notice.id, kind: notice.kind, error });
    return 'fault';
  }
};

const withLink = async ({ notice, subject, card }: Remark, links: Permalinks) => ({
  notice,
  subject,
  link: card === null ? null : await links(card),
});
