import type { Instant } from '../src/domain/instant.ts';

/** Where Slack refuses for good, as far as anybody can tell: an account is gone, a channel archived, a message deleted. */
export interface Closures {
  /** A person, a channel, or a message (`channel:ts`), until it is there again. */
  close(place: string, until: Instant): void;
  /** Accounts and channels are there again; what is deleted stays so. */
  openAll(): void;
  /** Slack's word for why this call cannot be done; `null` where it can. */
  refusalOf(method: string, to: string, ts: string | null): string | null;
}

export const createClosures = (now: () => Instant): Closures => {
  const closed = new Map<string, Instant>();
  const isClosed = (place: string): boolean => (closed.get(place) ?? Number.NEGATIVE_INFINITY) > now();

  return {
    close: (place, until) => void closed.set(place, until),
    openAll: () => {
      for (const place of [...closed.keys()]) if (!place.includes(':')) closed.delete(place);
    },
    refusalOf: (method, to, ts) => {
      if (!method.startsWith('chat.')) return null;
      if (isClosed(to)) return to.startsWith('U') ? 'user_disabled' : 'is_archived';
      if (ts === null || !isClosed(`${to}:${ts}`)) return null;
      return method === 'chat.update' ? 'message_not_found' : 'thread_not_found';
    },
  };
};
