/** The hands of the people: what one person can do in Slack, and what they get for it. */
import { filled } from './field-state.ts';
import { type Json, recordIn, textIn } from './json.ts';
import { blocksOf, findElement } from './slack-elements.ts';
import type { Events } from './slack-events.ts';
import { storeFile } from './slack-files.ts';
import { type Forms, fill } from './slack-forms.ts';
import type { Hands, PostOptions, PressOptions } from './slack-hands.ts';
import type { Interactions } from './slack-interactions.ts';
import type { MessageActs } from './slack-messages.ts';
import type { Modals } from './slack-modals.ts';
import { escaped } from './slack-pings.ts';
import { react, reactionEvent } from './slack-reactions.ts';
import type { MessageRef, Outcome } from './slack-records.ts';
import { findMessage, messagesAt } from './slack-storage.ts';
import {
  type Channel,
  channelIn,
  dmChannel,
  isForeign,
  type OpenView,
  type Person,
  personIn,
  type Stored,
  type World,
} from './slack-world.ts';

type Parts = {
  readonly world: World;
  readonly events: Events;
  readonly acts: MessageActs;
  readonly modals: Modals;
  readonly interactions: Interactions;
  readonly forms: Forms;
};

const mayLook = (world: World, person: Person, channel: Channel): boolean => {
  const isGuest = person.isRestricted || person.isUltraRestricted || isForeign(world, person);
  return channel.members.has(person.id) || (channel.kind === 'channel' && !isGuest);
};

const subtypeOf = (options: PostOptions): string | null => {
  if (options.subtype !== undefined) return options.subtype;
  if (options.broadcast) return 'thread_broadcast';
  return options.files && options.files.length > 0 ? 'file_share' : null;
};

const blockIn = (blocks: readonly Json[], { blockId }: PressOptions): readonly Json[] =>
  blockId === undefined ? blocks : blocks.filter((block) => block.block_id === blockId);

const handsOf = ({ world, events, acts, modals, interactions, forms }: Parts, person: Person): Hands => {
  const place = (id: string): Channel => {
    const channel = channelIn(world, id);
    if (!channel.members.has(person.id)) throw new Error(`Cannot post as ${person.id} in ${id}: not a member`);
    if (channel.archived) throw new Error(`Cannot post in ${id}: it is archived`);
    return channel;
  };

  const seen = ({ channel, ts }: MessageRef): Stored => {
    const message = findMessage(world, channel, ts);
    if (!message) throw new Error(`Cannot find message ${ts} in ${channel}: there is none`);
    if (!mayLook(world, person, channelIn(world, channel))) {
      throw new Error(`Cannot act as ${person.id} in ${channel}: this person does not see the channel`);
    }
    return message;
  };

  const slotOf = (slot: OpenView | undefined, what: string): OpenView => {
    if (!slot) throw new Error(`Cannot act as ${person.id}: no ${what} is open`);
    return slot;
  };

  const post = async (channel: string, typed: string, options: PostOptions = {}): Promise<string> => {
    place(channel);
    const files = (options.files ?? []).map((seed) => storeFile(world, person, seed));
    const { message, heard } = acts.post({
      channel,
      user: person.id,
      text: options.raw ? typed : escaped(typed),
      threadTs: options.threadTs ?? null,
      broadcast: options.broadcast ?? false,
      subtype: subtypeOf(options),
      botId: person.isBot ? `B${person.id}` : null,
      files,
    });
    await Promise.all([heard, ...files.map((file) => fileShared(channel, file))]);
    return message.ts;
  };

  const fileShared = (channel: string, file: Json) =>
    events.emit({
      subscription: 'file_shared',
      scope: 'files:read',
      team: person.team,
      event: {
        type: 'file_shared',
        channel_id: channel,
        file_id: file.id,
        user_id: person.id,
        file: { id: file.id },
        event_ts: world.newTs(),
      },
    });

  const ownMessage = (channel: string, ts: string): Stored => {
    const message = seen({ channel, ts });
    if (message.user !== person.id) throw new Error(`Cannot change ${ts} as ${person.id}: ${message.user} wrote it`);
    return message;
  };

  const reacting = async (channel: string, ts: string, name: string, adds: boolean): Promise<void> => {
    const message = seen({ channel, ts });
    if (!react(world, message, person.id, name, adds)) return;
    if (!channelIn(world, channel).members.has(world.app.userId)) return;
    await events.emit(reactionEvent(world, message, person.id, name, adds));
  };

  const pressEphemeral = (ref: MessageRef, what: string, options: PressOptions = {}): Promise<Outcome> => {
    const message = messagesAt(world, ref.channel, ref.ts).find((one) => one.onlyFor === person.id && !one.deleted);
    if (!message) throw new Error(`Cannot press as ${person.id}: no message ${ref.ts} only for this person`);
    return interactions.pressed(person, message, findElement(blockIn(blocksOf(message), options), what, options.value));
  };

  const pressIn = (slot: OpenView, what: string, options: PressOptions): Promise<Outcome> => {
    const found = findElement(blockIn(slot.view.blocks, options), what, options.value);
    const fields = slot.typed[textIn(found.block.block_id)];
    const actionId = textIn(found.element.action_id);
    if (fields?.[actionId] && found.value !== null) fields[actionId] = filled(found.element, found.value);
    return interactions.pressedInView(person, slot, found);
  };

  return {
    post,
    dm: (text, options) => post(dmChannel(world, person.id).id, text, options),
    mention: (channel, text, options) =>
      post(channel, `<@${world.app.userId}> ${options?.raw ? text : escaped(text)}`, { ...options, raw: true }),
    edit: (channel, ts, text, options = {}) =>
      acts.edit(ownMessage(channel, ts), person.id, { text: options.raw ? text : escaped(text) }),
    remove: (channel, ts) => acts.remove(ownMessage(channel, ts)),
    press: async (ref, what, options = {}) => {
      const message = seen(ref);
      const shown = options.revision === undefined ? blocksOf(message) : message.revisions[options.revision]?.blocks;
      return interactions.pressed(person, message, findElement(blockIn(shown ?? [], options), what, options.value));
    },
    pressEphemeral: async (ref, what, options) => pressEphemeral(ref, what, options),
    pressInView: async (what, options = {}) => pressIn(slotOf(modals.top(person.id), 'modal'), what, options),
    pressHome: async (what, options = {}) => pressIn(slotOf(world.homes.get(person.id), 'Home tab'), what, options),
    command: async (line, { channel }) => interactions.command(person, channelIn(world, channel), line),
    messageShortcut: async (callbackId, ref) => interactions.shortcut(person, callbackId, seen(ref)),
    globalShortcut: (callbackId) => interactions.shortcut(person, callbackId, null),
    view: () => modals.top(person.id)?.view ?? null,
    fillIn: (values) => fill(slotOf(modals.top(person.id), 'modal'), values),
    submit: async (values = {}) => {
      const slot = slotOf(modals.top(person.id), 'modal');
      fill(slot, values);
      return forms.submitted(person, slot);
    },
    closeView: async () => forms.viewClosed(person, slotOf(modals.top(person.id), 'modal')),
    openHome: async () => {
      const view = world.homes.get(person.id)?.view;
      await events.emit({
        subscription: 'app_home_opened',
        scope: null,
        event: {
          type: 'app_home_opened',
          user: person.id,
          channel: dmChannel(world, person.id).id,
          tab: 'home',
          ...(view ? { view: recordIn(view) } : {}),
          event_ts: world.newTs(),
        },
      });
    },
    react: (channel, ts, name) => reacting(channel, ts, name, true),
    unreact: (channel, ts, name) => reacting(channel, ts, name, false),
  };
};

export const personHands =
  (parts: Parts) =>
  (userId: string): Hands =>
    handsOf(parts, personIn(parts.world, userId));
