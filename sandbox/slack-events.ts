/** Events API: who hears of what, with which scope, in which shape. */
import type { Json } from './json.ts';
import type { Ack, Dispatcher } from './slack-delivery.ts';
import { messageJson } from './slack-message-shape.ts';
import type { Channel, Stored, World } from './slack-world.ts';

/** What was used, for comparing the manifest with what really happened. */
export type Ledger = {
  readonly scopes: Set<string>;
  readonly deliveredTypes: Set<string>;
  readonly commands: Set<string>;
};

type Happening = {
  /** The name one subscribes to, as in the manifest. */
  readonly subscription: string;
  /** null: needs no scope. */
  readonly scope: string | null;
  readonly event: Json;
  /** The team where it happened; the home team when left out. */
  readonly team?: string | undefined;
  readonly shared?: boolean;
};

export type Events = {
  emit(happening: Happening): Promise<Ack | null>;
  /** A new message, and the mention of the bot in it. */
  posted(message: Stored): Promise<void>;
  changed(message: Stored, before: Json): Promise<void>;
  removed(message: Stored, before: Json): Promise<void>;
};

const historyScope = { channel: 'channels:history', group: 'groups:history', im: 'im:history' } as const;
const messageEvent = { channel: 'message.channels', group: 'message.groups', im: 'message.im' } as const;

export const createEvents = (world: World, dispatcher: Dispatcher, ledger: Ledger): Events => {
  const envelope = ({ event, team, shared }: Happening): Json => ({
    token: 'verification-token',
    team_id: team ?? world.team.id,
    context_team_id: world.team.id,
    context_enterprise_id: null,
    api_app_id: world.app.appId,
    event,
    type: 'event_callback',
    event_time: Math.floor(world.clock.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.team.id,
        user_id: world.app.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: shared ?? false,
    event_context: world.newId('EC'),
  });

  const emit = async (happening: Happening): Promise<Ack | null> => {
    const { subscription, scope } = happening;
    if (!world.app.botEvents.includes(subscription)) return null;
    if (scope !== null && !world.app.scopes.includes(scope)) return null;
    if (scope !== null) ledger.scopes.add(scope);
    ledger.deliveredTypes.add(subscription);
    return dispatcher.deliver('events_api', envelope(happening));
  };

  const place = (message: Stored): Channel | undefined => {
    const channel = world.channels.get(message.channel);
    return channel?.members.has(world.app.userId) ? channel : undefined;
  };

  const inChannel = (channel: Channel, message: Stored, event: Json): Happening => ({
    subscription: messageEvent[channel.kind],
    scope: historyScope[channel.kind],
    event: { ...event, channel: channel.id, channel_type: channel.kind },
    team: world.people.get(message.user)?.team,
    shared: channel.shared.length > 0,
  });

  const mentions = (message: Stored): boolean =>
    message.user !== world.app.userId && message.subtype !== 'channel_join' && message.pings.includes(world.app.userId);

  const posted = async (message: Stored): Promise<void> => {
    const channel = place(message);
    if (!channel) return;
    const event = { ...messageJson(world, message), event_ts: message.ts };
    const happening = inChannel(channel, message, event);
    const { subtype: _none, ...mention } = { subtype: null, ...event, type: 'app_mention', channel: channel.id };
    await Promise.all([
      emit(happening),
      mentions(message) && channel.kind !== 'im'
        ? emit({ ...happening, subscription: 'app_mention', scope: 'app_mentions:read', event: mention })
        : null,
    ]);
  };

  const changed = async (message: Stored, before: Json): Promise<void> => {
    const channel = place(message);
    if (!channel) return;
    const ts = world.newTs();
    const event = {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      message: messageJson(world, message),
      previous_message: before,
      ts,
      event_ts: ts,
    };
    await emit(inChannel(channel, message, event));
  };

  const removed = async (message: Stored, before: Json): Promise<void> => {
    const channel = place(message);
    if (!channel) return;
    const ts = world.newTs();
    const event = {
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      deleted_ts: message.ts,
      previous_message: before,
      ts,
      event_ts: ts,
    };
    await emit(inChannel(channel, message, event));
  };

  return { emit, posted, changed, removed };
};
