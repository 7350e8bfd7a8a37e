/** Slack's address of a message, `https://TEAM.slack.com/archives/C1/p1700000000123456?thread_ts=…`, read as a place. */
import type { Place } from './window.tsx';

const shape = /^https:\/\/([a-z0-9-]+)\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})(?:\?(.*))?$/;

/** @returns null for any other address, another workspace's too */
export const placeAt = (url: string, domain: string): Pick<Place, 'channel' | 'thread' | 'at'> | null => {
  const [, team, channel = '', seconds, micros, query] = shape.exec(url) ?? [];
  if (team === undefined || team !== domain) return null;
  const at = `${seconds}.${micros}`;
  const thread = new URLSearchParams(query).get('thread_ts');
  return { channel, thread: thread === at ? null : thread, at };
};
