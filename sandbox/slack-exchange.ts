/** One interaction there and back: what every payload carries, and what a person sees when no ack comes. */
import { type Json, recordIn, textIn } from './json.ts';
import type { Ack, DeliveryKind, Dispatcher } from './slack-delivery.ts';
import type { Ledger } from './slack-events.ts';
import type { Outcome, Reply } from './slack-records.ts';
import { actorJson } from './slack-shapes.ts';
import type { OpenView, Person, World } from './slack-world.ts';

export type Exchange = {
  /** The fields every interactive payload has. */
  common(person: Person): Json;
  /** The same for payloads about a view. */
  aboutView(person: Person, slot: OpenView): Json;
  send(kind: DeliveryKind, payload: Json, replies: readonly Reply[]): Promise<Outcome>;
  interact(payload: Json, replies?: readonly Reply[]): Promise<Outcome>;
};

/** What Slack shows a person whose press, command or form was not acked. */
const shownFor = (ack: Ack): string | null => {
  if (ack.acked) return null;
  return ack.reason === 'timeout' || ack.reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed';
};

const bodyOf = (ack: Ack): Json => {
  if (typeof ack.body === 'string') return ack.body === '' ? {} : { text: ack.body };
  return recordIn(ack.body);
};

export const createExchange = (world: World, dispatcher: Dispatcher, ledger: Ledger): Exchange => {
  const common = (person: Person): Json => ({
    user: actorJson(person),
    api_app_id: world.app.appId,
    token: 'verification-token',
    team: { id: world.team.id, domain: world.team.domain },
    enterprise: null,
    is_enterprise_install: false,
  });

  const send: Exchange['send'] = async (kind, payload, replies) => {
    ledger.deliveredTypes.add(textIn(payload.type) || 'slash_command');
    const ack = await dispatcher.deliver(kind, payload);
    return { acked: ack.acked, afterMs: ack.afterMs, body: bodyOf(ack), error: shownFor(ack), replies };
  };

  const viewJson = ({ view, typed }: OpenView): Json => ({ ...view, state: { values: typed } });

  /** In payloads of views the team is the person's own; the app's is in the view. */
  const aboutView = (person: Person, slot: OpenView): Json => ({
    ...common(person),
    team: { id: person.team, domain: world.teams.get(person.team)?.domain ?? '' },
    view: viewJson(slot),
  });

  return { common, aboutView, send, interact: (payload, replies = []) => send('interactive', payload, replies) };
};
