import { type Duration, type Instant, minute } from '../src/domain/instant.ts';
import type { Notice, NoticeKind } from '../src/domain/notice.ts';
import { isReachable, type Ticket } from '../src/domain/ticket.ts';
import { eventsOf } from '../src/domain/timeline.ts';
import { placeOf } from '../src/flows/destination.ts';
import type { Change, Remark, Said, Saying, TicketRecord } from '../src/flows/ports.ts';
import type { SlackMessage } from './slack-model.ts';
import type { Broken } from './violation.ts';

/** Looks after notices: each is said once, in its order, and in time (14.3). Whispers and redraws are not counted. */
export interface NoticeWitness {
  opened(ticket: Ticket): void;
  wrote(ticketId: string, notices: readonly Notice[]): void;
  /** A change may record that a notice can never arrive. */
  gaveUp(change: Change): void;
  received(message: SlackMessage): void;
  /** What the flows were told became of a notice. */
  heard(remarks: readonly Remark[], said: Said): void;
  recordedSaid(record: TicketRecord, saying: Saying): void;
  lookForUnsaid(record: TicketRecord, sound: Duration, patience: number): void;
  finish(record: TicketRecord): void;
  /** Notices that were not said on purpose, by outcome and kind. */
  readonly withdrawn: Map<string, number>;
}

interface Fate {
  readonly notice: Notice;
  posts: number;
  ended: 'withdrawn' | 'nowhere' | 'gone' | null;
  /** It is on the ticket's record that it can never arrive. */
  isOnRecord: boolean;
}

interface Told {
  readonly fates: Map<string, Fate>;
  readonly lastOrder: Map<string, number>;
}

/** What repeats itself while nobody acts. */
const folding: ReadonlySet<NoticeKind> = new Set(['call', 'remind', 'ask-again', 'holding-update']);

/** What managers hear again of a tier that does not act. */
const heardAgain: ReadonlySet<string> = new Set(['take-up-missed', 'update-missed']);

const isRepeatedBy = (notice: Notice, other: Notice): boolean =>
  notice.kind === 'manager'
    ? heardAgain.has(notice.about) && notice.about === other.about && notice.tier === other.tier
    : folding.has(notice.kind) && notice.kind === other.kind;

/** Waits of failed sends grow up to 5 minutes each. */
export const mostUnsaid: Duration = 20 * minute;

/** How the cause of giving up a notice begins; its id follows. */
const gone = 'gone:';

/** @param toldCustomer hears that a notice has reached the customer of a ticket */
export const createNoticeWitness = (
  now: () => Instant,
  broken: Broken,
  toldCustomer: (ticketId: string) => void,
): NoticeWitness => {
  const told = new Map<string, Told>();
  const idsByNumber = new Map<number, string>();
  const withdrawn = new Map<string, number>();

  const opened = ({ id, number }: Ticket): void => {
    const other = idsByNumber.get(number);
    if (other !== undefined) broken('2.4 numbers', `${id} and ${other} are both ESC-${number}`);
    idsByNumber.set(number, id);
  };

  const toldOf = (ticketId: string): Told => {
    const found = told.get(ticketId) ?? { fates: new Map(), lastOrder: new Map() };
    told.set(ticketId, found);
    return found;
  };

  const wrote = (ticketId: string, notices: readonly Notice[]): void => {
    const { fates } = toldOf(ticketId);
    for (const notice of notices) {
      if (notice.redraws !== null || notice.to.kind === 'whisper') continue;
      fates.set(notice.id, { notice, posts: 0, ended: null, isOnRecord: false });
    }
  };

  const recordedSaid = ({ ticket }: TicketRecord, { said }: Saying): void => {
    for (const id of said) {
      const fate = told.get(ticket.id)?.fates.get(id);
      if (fate === undefined || fate.posts > 0 || fate.ended === 'withdrawn') continue;
      if (fate.ended === 'gone') {
        if (!mayVanish(ticket, fate)) vanished(ticket, fate);
        continue;
      }
      if (hasNoPlace(ticket, fate)) {
        end(fate, 'nowhere');
        continue;
      }
      if (repeatedLater(ticket.id, fate.notice)) {
        end(fate, 'withdrawn');
        continue;
      }
      broken('14.3 said', `'${fate.notice.kind}' ${id} of ${ticket.id} is marked said and never reached Slack`);
    }
  };

  /** The first word that their place is lost is on record, and that nobody could be told of what could not be told is not (6.3). */
  const mayVanish = (ticket: Ticket, { notice, isOnRecord }: Fate): boolean =>
    isOnRecord || notice.about === 'notice-undeliverable' || (notice.to.kind === 'customer' && !isReachable(ticket));

  const vanished = ({ id }: Ticket, { notice }: Fate): void =>
    broken('14.3 vanished', `'${notice.kind}' ${notice.id} of ${id} can never arrive, and that is not on record`);

  /** What it was to stand under could not arrive itself, or there is no way to the customer: both are on record. */
  const hasNoPlace = (ticket: Ticket, { notice: { to } }: Fate): boolean => {
    if (to.kind === 'customer') return !isReachable(ticket);
    if (to.kind !== 'under') return false;
    return [...toldOf(ticket.id).fates.values()].some(
      ({ notice, ended }) => notice.anchor === to.anchor && (ended === 'gone' || ended === 'nowhere'),
    );
  };

  const gaveUp = ({ ticket, causes, notices, entries, words }: Change): void => {
    for (const { id } of causes) {
      const fate = id.startsWith(gone) ? toldOf(ticket.id).fates.get(id.slice(gone.length)) : undefined;
      if (fate === undefined) continue;
      const isRecorded = eventsOf(entries, words).some(({ type }) => type === 'notice-undeliverable');
      if (!isRecorded) vanished(ticket, fate);
      fate.isOnRecord = true;
      if (!notices.some(({ kind, about }) => kind === 'manager' && about === 'notice-undeliverable'))
        broken(
          '14.3 untold',
          `no manager is told that '${fate.notice.kind}' ${fate.notice.id} of ${ticket.id} cannot arrive`,
        );
      if (fate.notice.to.kind === 'customer' && !ticket.owed.includes('update'))
        broken('7.3 owed', `${ticket.id} owes its customer no update though '${fate.notice.kind}' cannot arrive`);
    }
  };

  /** Stale reminders fold into the newest (14.5), whatever became of that. */
  const repeatedLater = (ticketId: string, notice: Notice): boolean =>
    [...toldOf(ticketId).fates.values()].some(
      ({ notice: other }) =>
        isRepeatedBy(notice, other) && other.order > notice.order && placeOf(other) === placeOf(notice),
    );

  const received = ({ mark, channel }: SlackMessage): void => {
    if (mark === null) return;
    const { ticket, notice, others } = mark.event_payload;
    arrived(ticket, notice, channel);
    for (const other of others.split(' ')) {
      const slash = other.indexOf('/');
      if (slash > 0) arrived(idsByNumber.get(Number(other.slice(0, slash))) ?? '', other.slice(slash + 1), channel);
    }
  };

  const arrived = (ticketId: string, noticeId: string, channel: string): void => {
    const each = told.get(ticketId);
    const fate = each?.fates.get(noticeId);
    if (each === undefined || fate === undefined) return;
    fate.posts += 1;
    const { notice } = fate;
    if (fate.posts > 1) {
      broken('14.3 twice', `'${notice.kind}' ${noticeId} of ${ticketId} was posted ${fate.posts} times in ${channel}`);
    }
    inOrder(each, ticketId, notice);
    if (notice.to.kind === 'customer') toldCustomer(ticketId);
  };

  const inOrder = ({ lastOrder }: Told, ticketId: string, notice: Notice): void => {
    const place = placeOf(notice);
    const before = lastOrder.get(place) ?? Number.NEGATIVE_INFINITY;
    // What folds may come later than what was written after it, and never before what was written first.
    if (notice.fold === null && notice.order < before) {
      broken('14.3 order', `'${notice.kind}' ${notice.id} of ${ticketId} came after number ${before} in ${place}`);
    }
    lastOrder.set(place, Math.max(before, notice.order));
  };

  const heard = (remarks: readonly Remark[], said: Said): void => {
    for (const remark of remarks) {
      const fate = told.get(remark.subject.ticket.id)?.fates.get(remark.notice.id);
      if (fate === undefined) continue;
      if (said.outcome === 'gone') end(fate, 'gone');
      if (said.outcome === 'withdrawn' || (said.outcome === 'said' && said.leftOut.includes(remark)))
        end(fate, 'withdrawn');
    }
  };

  const end = (fate: Fate, outcome: NonNullable<Fate['ended']>): void => {
    fate.ended = outcome;
    const name = `${outcome} ${fate.notice.kind}`;
    withdrawn.set(name, (withdrawn.get(name) ?? 0) + 1);
  };

  const lookForUnsaid = ({ ticket, notices }: TicketRecord, sound: Duration, patience: number): void => {
    const fates = told.get(ticket.id)?.fates;
    for (const { id, kind, writtenAt } of Object.values(notices)) {
      const waits = Math.min(now() - writtenAt, sound);
      if (waits > mostUnsaid * patience && (fates?.get(id)?.posts ?? 0) === 0)
        broken('14.3 unsaid', `'${kind}' ${id} of ${ticket.id} has waited ${Math.round(waits / minute)} min`);
    }
  };

  const finish = ({ ticket, notices }: TicketRecord): void => {
    for (const [id, { notice, posts, ended }] of told.get(ticket.id)?.fates ?? []) {
      if (posts === 0 && ended === null)
        broken('14.3 missing', `'${notice.kind}' ${id} of ${ticket.id} was never said`);
    }
    const left = Object.keys(notices);
    if (left.length > 0) broken('14.3 left', `${left.join(', ')} of ${ticket.id} still wait to be said`);
    told.delete(ticket.id);
  };

  return { opened, wrote, gaveUp, received, heard, recordedSaid, lookForUnsaid, finish, withdrawn };
};
