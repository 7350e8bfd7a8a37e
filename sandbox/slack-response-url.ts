/** response_url: five uses within half an hour, without token, scope or membership. */
import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';
import { type Json, textIn } from './json.ts';
import { bodyIn } from './message-body.ts';
import type { Answer } from './slack-api.ts';
import type { MessageActs } from './slack-messages.ts';
import { isTrue } from './slack-methods.ts';
import type { Refusal, Reply } from './slack-records.ts';
import type { Stored, World } from './slack-world.ts';

const MOST_USES = 5;
const LIFE_MS = 30 * 60_000;

/** Where answers of one interaction go. */
type Address = {
  readonly user: string;
  readonly channel: string;
  readonly source: Stored | null;
  readonly replies: Reply[];
  readonly mintedAt: number;
  uses: number;
};

export type ResponseUrls = {
  /** A fresh address and the list its replies will appear in. */
  mint(to: { user: string; channel: string; source?: Stored | null }): {
    url: string;
    replies: Reply[];
  };
  /** Answers a request to such an address; null when the path is none. */
  take(path: string, body: Json): Answer | null;
  /** Says something as the app in answer to an interaction, as an ack body does too. */
  say(address: Pick<Address, 'user' | 'channel' | 'source' | 'replies'>, body: Json): void;
};

export const createResponseUrls = (
  world: World,
  acts: MessageActs,
  base: () => string,
  refuse: (refusal: Omit<Refusal, 'at'>) => void,
): ResponseUrls => {
  const addresses = new Map<string, Address>();

  const say: ResponseUrls['say'] = ({ user, channel, source, replies }, body) => {
    if (isTrue(body.delete_original)) {
      if (source) void acts.remove(source);
      replies.push({ kind: 'deleted', text: '', blocks: [] });
      return;
    }
    const said = bodyIn(body);
    if (isTrue(body.replace_original) && source) {
      void acts.edit(source, world.app.userId, said);
      replies.push({ kind: 'replaced', ...said });
      return;
    }
    const kind = body.response_type === 'in_channel' ? 'in_channel' : 'ephemeral';
    void acts.post({
      ...said,
      channel,
      user: world.app.userId,
      botId: world.app.botId,
      threadTs: textIn(body.thread_ts) || null,
      onlyFor: kind === 'ephemeral' ? user : null,
    }).heard;
    replies.push({ kind, ...said });
  };

  const used = (address: Address, body: Json): void => {
    if (world.clock.now() - address.mintedAt > LIFE_MS) throw new ApiError('expired_url');
    if (address.uses >= MOST_USES) throw new ApiError('used_url');
    say(address, body);
    address.uses += 1;
  };

  return {
    say,
    mint: ({ user, channel, source = null }) => {
      const path = `/response/${randomUUID()}`;
      const replies: Reply[] = [];
      addresses.set(path, { user, channel, source, replies, mintedAt: world.clock.now(), uses: 0 });
      return { url: `${base()}${path}`, replies };
    },
    take: (path, body) => {
      const address = addresses.get(path);
      if (!address) return null;
      try {
        used(address, body);
        return { status: 200, body: { ok: true } };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        refuse({ method: 'response_url', error: error.code, args: body, detail: error.message });
        const gone = error.code === 'used_url' || error.code === 'expired_url';
        return { status: gone ? 404 : 400, body: { ok: false, error: error.code } };
      }
    },
  };
};
