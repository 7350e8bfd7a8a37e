/** Interactive payloads and slash commands: their shapes, and what Slack does with the answer in the ack. */
import { ApiError } from './api-error.ts';
import { initialState } from './field-state.ts';
import { actionJson, type Found } from './slack-elements.ts';
import type { Ledger } from './slack-events.ts';
import type { Exchange } from './slack-exchange.ts';
import { messageJson } from './slack-message-shape.ts';
import type { Modals } from './slack-modals.ts';
import type { Outcome, Refusal, Reply } from './slack-records.ts';
import type { ResponseUrls } from './slack-response-url.ts';
import { type Channel, isForeign, type OpenView, type Person, type Stored, type World } from './slack-world.ts';

export type Interactions = {
  pressed(person: Person, message: Stored, found: Found): Promise<Outcome>;
  pressedInView(person: Person, slot: OpenView, found: Found): Promise<Outcome>;
  command(person: Person, channel: Channel, line: string): Promise<Outcome>;
  shortcut(person: Person, callbackId: string, message: Stored | null): Promise<Outcome>;
};

type Parts = {
  readonly world: World;
  readonly exchange: Exchange;
  readonly modals: Modals;
  readonly urls: ResponseUrls;
  readonly ledger: Ledger;
  readonly refuse: (refusal: Omit<Refusal, 'at'>) => void;
};

const notDelivered = (error: string): Outcome => ({ acked: false, afterMs: 0, body: {}, error, replies: [] });

const nameOf = (channel: Channel): string => (channel.kind === 'im' ? 'directmessage' : channel.name);

export const createInteractions = ({ world, exchange, modals, urls, ledger, refuse }: Parts): Interactions => {
  const { common, aboutView, interact } = exchange;

  const pressed: Interactions['pressed'] = (person, message, found) => {
    const channel = world.channels.get(message.channel);
    const { url, replies } = urls.mint({ user: person.id, channel: message.channel, source: message });
    const thread = message.threadTs === null ? {} : { thread_ts: message.threadTs };
    const payload = {
      type: 'block_actions',
      ...common(person),
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: message.channel,
        is_ephemeral: message.onlyFor !== null,
        ...thread,
      },
      trigger_id: modals.mintTrigger(person.id, false),
      channel: { id: message.channel, name: channel ? nameOf(channel) : '' },
      // What only one person sees is not kept, so Slack cannot show it to the app.
      ...(message.onlyFor === null ? { message: messageJson(world, message) } : {}),
      state: { values: initialState(message.blocks) },
      response_url: url,
      actions: [actionJson(found, world.newTs())],
    };
    return interact(payload, replies);
  };

  const pressedInView: Interactions['pressedInView'] = (person, slot, found) => {
    const action = actionJson(found, world.newTs());
    return interact({
      type: 'block_actions',
      ...aboutView(person, slot),
      container: { type: 'view', view_id: slot.view.id },
      trigger_id: modals.mintTrigger(person.id, slot.view.type === 'modal'),
      actions: [action],
    });
  };

  const isUsable = (person: Person): boolean => world.app.scopes.includes('commands') && !isForeign(world, person);

  /** The text or blocks in a command's ack are an answer like one through the response_url. */
  const answerIn = (outcome: Outcome, person: Person, channel: Channel, replies: Reply[]): void => {
    const { body } = outcome;
    if (!outcome.acked || Object.keys(body).length === 0) return;
    try {
      urls.say({ user: person.id, channel: channel.id, source: null, replies }, body);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refuse({ method: 'slash_command', error: error.code, args: body, detail: error.message });
    }
  };

  const command: Interactions['command'] = async (person, channel, line) => {
    const [, name = '', text = ''] = /^(\S+)\s*([\s\S]*)$/.exec(line) ?? [];
    const isDeclared = world.app.commands === null || world.app.commands.includes(name);
    if (!isUsable(person) || !isDeclared) return notDelivered('not_a_valid_command');
    ledger.commands.add(name);
    ledger.scopes.add('commands');
    const { url, replies } = urls.mint({ user: person.id, channel: channel.id });
    const payload = {
      token: 'verification-token',
      team_id: world.team.id,
      team_domain: world.team.domain,
      channel_id: channel.id,
      channel_name: channel.kind === 'group' ? 'privategroup' : nameOf(channel),
      user_id: person.id,
      user_name: person.name,
      command: name,
      text,
      api_app_id: world.app.appId,
      is_enterprise_install: 'false',
      response_url: url,
      trigger_id: modals.mintTrigger(person.id, false),
    };
    const outcome = await exchange.send('slash_commands', payload, replies);
    answerIn(outcome, person, channel, replies);
    return outcome;
  };

  const shortcut: Interactions['shortcut'] = (person, callbackId, message) => {
    if (!isUsable(person)) return Promise.resolve(notDelivered('not_available'));
    ledger.scopes.add('commands');
    const base = {
      ...common(person),
      callback_id: callbackId,
      trigger_id: modals.mintTrigger(person.id, false),
      action_ts: world.newTs(),
    };
    if (message === null) return interact({ type: 'shortcut', ...base });
    const channel = world.channels.get(message.channel);
    const { url, replies } = urls.mint({ user: person.id, channel: message.channel });
    const about = {
      message_ts: message.ts,
      message: messageJson(world, message),
      channel: { id: message.channel, name: channel ? nameOf(channel) : '' },
      response_url: url,
    };
    return interact({ type: 'message_action', ...base, ...about }, replies);
  };

  return { pressed, pressedInView, command, shortcut };
};
