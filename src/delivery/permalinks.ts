import type { WebClient } from '@slack/web-api';
import type { Anchor } from '../domain/notice.ts';

/** The web address of a message, or `null` while Slack does not give it: a link is a convenience, not the message. */
export type Permalinks = (anchor: Anchor) => Promise<string | null>;

/** Asks Slack once: all addresses of a workspace begin alike. */
export const createPermalinks = (client: WebClient): Permalinks => {
  let start: Promise<string | null> | null = null;

  const ask = async ({ channel, ts }: Anchor): Promise<string | null> => {
    try {
      const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
      return permalink?.split('/archives/')[0] ?? null;
    } catch {
      return null;
    }
  };

  return async (anchor) => {
    start ??= ask(anchor);
    const workspace = await start;
    if (workspace === null) {
      start = null;
      return null;
    }
    return `${workspace}/archives/${anchor.channel}/p${anchor.ts.replace('.', '')}`;
  };
};
