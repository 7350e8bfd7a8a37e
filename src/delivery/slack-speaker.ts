import type { WebClient } from '@slack/web-api';
import type { Instant } from '../domain/instant.ts';
import type { Anchor } from '../domain/notice.ts';
import type { Clock, Destination, Log, Remark, Said, Speaker } from '../flows/ports.ts';
import { foldedMessage } from '../views/folded-message.ts';
import type { Message } from '../views/message.ts';
import { noticeMessage } from '../views/notice-message.ts';
import { waitBefore } from './back-off.ts';
import { createInTurn } from './in-turn.ts';
import { createPermalinks, type Permalinks } from './permalinks.ts';
import { type Failure, failureOf } from './slack-error.ts';
import { findSaid, type Posting } from './slack-lookup.ts';
import { methodOf, send } from './slack-send.ts';

export interface SpeakerParts {
  /** Tries each call once and gives 429 back at once: see `slack-client.ts`. */
  readonly client: WebClient;
  readonly clock: Clock;
  readonly log: Log;
}

type Remarks = readonly [Remark, ...Remark[]];

/**
 * Says things in Slack (14.3, 14.4): one at a time for each channel, nothing there before a `Retry-After` is over. A post
 * that was tried before is looked for in Slack first. Costs one call; a second try one more, in a DM two more.
 */
export const createSlackSpeaker = ({ client, clock, log }: SpeakerParts): Speaker => {
  const inTurn = createInTurn();
  const links = createPermalinks(client);
  const closedUntil = new Map<string, Instant>();

  const say = (remarks: Remarks, to: Destination): Promise<Said> =>
    inTurn(placeOf(to), async () => {
      const gate = `${methodOf(to)} ${placeOf(to)}`;
      const wait = (closedUntil.get(gate) ?? 0) - clock.now();
      if (wait > 0) return { outcome: 'later', after: wait };
      closedUntil.delete(gate);
      try {
        return await sayUnsaid(remarks, to);
      } catch (error) {
        const failure = failureOf(error);
        const said = failed(remarks, to, failure);
        if (failure.kind === 'too-many' && said.outcome === 'later') closedUntil.set(gate, clock.now() + said.after);
        return said;
      }
    });

  const sayUnsaid = async (remarks: Remarks, to: Destination): Promise<Said> => {
    const found = isPosting(to) ? await saidBefore(remarks, to) : new Map<Remark, Anchor>();
    const [first, ...rest] = remarks.filter((remark) => !found.has(remark));
    if (first === undefined) return saidAt(found);
    const message = await worded([first, ...rest], links, log);
    if (message === 'fault') return { outcome: 'gone', why: 'it cannot be put into words' };
    if (message === null) return saidAt(found);
    return { outcome: 'said', ...(await send(client, message, [first, ...rest], to)) };
  };

  /** What a first try that seemed to fail has left in Slack. Where Slack does not let us look, nothing. */
  const saidBefore = async (remarks: Remarks, to: Posting): Promise<ReadonlyMap<Remark, Anchor>> => {
    const tried = remarks.filter(({ notice }) => notice.tries > 0);
    if (tried.length === 0) return new Map();
    try {
      return await findSaid(client, tried, to);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'never' || failure.why === 'missing_scope') return new Map();
      throw error;
    }
  };

  const failed = (remarks: Remarks, to: Destination, failure: Failure): Said => {
    const [{ subject, notice }] = remarks;
    const tries = Math.max(...remarks.map((remark) => remark.notice.tries));
    const place = placeOf(to);
    const facts = {
      ticket: subject.ticket.number,
      notice: notice.id,
      kind: notice.kind,
      place,
      why: failure.why,
      tries,
    };
    if (failure.kind === 'never' || (failure.kind === 'unknown' && tries >= mostTriesUnknown)) {
      const isOurs = failure.kind === 'unknown' || failure.ours;
      log[isOurs ? 'error' : 'warn']('saying failed for good', facts);
      return { outcome: 'gone', why: failure.why };
    }
    const after = waitBefore(failure, tries);
    log.warn('saying failed, to be tried again', { ...facts, after });
    return { outcome: 'later', after };
  };

  return { say };
};

const mostTriesUnknown = 5;

const saidAt = (found: ReadonlyMap<Remark, Anchor>): Said => {
  const [anchor] = found.values();
  return anchor === undefined ? { outcome: 'withdrawn' } : { outcome: 'said', ...anchor };
};

const isPosting = (to: Destination): to is Posting => to.kind === 'channel' || to.kind === 'person';

const placeOf = (to: Destination): string => (to.kind === 'person' ? to.userId : to.channel);

/** `fault`: the views could not word it. That is ours to mend, and must not hold up the ticket's other notices. */
const worded = async (remarks: Remarks, links: Permalinks, log: Log): Promise<Message | null | 'fault'> => {
  const [{ notice, subject }, ...others] = remarks;
  try {
    if (others.length === 0) return noticeMessage(notice, subject);
    return foldedMessage(await Promise.all(remarks.map((remark) => withLink(remark, links))));
  } catch (error) {
    log.error('wording failed', { ticket: subject.ticket.number, notice: notice.id, kind: notice.kind, error });
    return 'fault';
  }
};

const withLink = async ({ notice, subject, card }: Remark, links: Permalinks) => ({
  notice,
  subject,
  link: card === null ? null : await links(card),
});
