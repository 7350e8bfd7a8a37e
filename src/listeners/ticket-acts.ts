import type { Command } from '../domain/command.ts';
import { isStaff, type Person } from '../domain/person.ts';
import { findTicket } from '../flows/find-ticket.ts';
import { handleCommand } from '../flows/handle-command.ts';
import type { TicketRecord } from '../flows/ports.ts';
import { type FieldId, fieldIds } from '../views/ids.ts';
import { saying } from '../views/message.ts';
import type { FormAct } from './act-forms.ts';
import {
  type Answer,
  answerCommand,
  answerOf,
  type CommandCall,
  only,
  openForTicket,
  refusedWith,
  wordsIn,
} from './command-call.ts';
import { readPeople, strangerIn, type TicketVerb } from './command-words.ts';
import type { Listening } from './context.ts';
import { formOrRefusal, prefilled } from './form-entry.ts';

/** Verbs that do something to one ticket. */
export type ActVerb = Exclude<TicketVerb, 'new' | 'list' | 'handover' | 'help' | 'show' | 'why' | 'history'>;

export const isActVerb = (verb: TicketVerb): verb is ActVerb => verb in deeds;

/**
 * What a verb comes to: a command made of what was typed, or a form that asks for what is missing. `into` names the field
 * that typed words go to, where the form still has to be looked at before it is sent.
 */
type Deed =
  | { readonly kind: 'command'; readonly command: (by: Person, text: string) => Command }
  | { readonly kind: 'form'; readonly act: FormAct; readonly into: FieldId };

type DeedOf = (text: string, staff: boolean) => Deed;

const command = (from: (by: Person, text: string) => Command): Deed => ({ kind: 'command', command: from });
const form = (act: FormAct, into: FieldId): Deed => ({ kind: 'form', act, into });

const seenStep = null;

const deeds: Readonly<Record<Exclude<ActVerb, 'assign'>, DeedOf>> & { readonly assign: null } = {
  assign: null,
  claim: () => command((by) => ({ type: 'claim', by, seenStep })),
  release: () => command((by) => ({ type: 'release', by, seenStep })),
  resume: () => command((by) => ({ type: 'resume', by, seenStep })),
  handback: (text) =>
    text === ''
      ? form('hand-back', fieldIds.reason)
      : command((by, reason) => ({ type: 'hand-back', by, reason, seenStep })),
  note: (text) =>
    text === '' ? form('note', fieldIds.note) : command((by, words) => ({ type: 'note', by, text: words })),
  update: () => form('update', fieldIds.text),
  told: () => form('told', fieldIds.how),
  wait: (text) =>
    text === '' ? form('wait', fieldIds.need) : command((by, need) => ({ type: 'wait', by, need, seenStep })),
  resolve: () => form('resolve', fieldIds.message),
  // Staff dismiss what is no issue; a customer says that it is solved (8.6).
  close: (text, staff) => {
    if (!staff) return command((by) => ({ type: 'confirm', by, as: 'customer', seenStep }));
    return text === ''
      ? form('dismiss', fieldIds.reason)
      : command((by, reason) => ({ type: 'dismiss', by, reason, seenStep }));
  },
  reopen: (text, staff) => {
    if (staff && text === '') return form('reopen', fieldIds.reason);
    const as = staff ? 'staff' : 'customer';
    return command((by, words) => ({ type: 'reopen', by, as, reason: words === '' ? null : words, seenStep }));
  },
};

/** `/ticket claim ESC-12` and its like (12). */
export const actOnTicket = (
  ports: Listening,
  call: CommandCall,
  verb: ActVerb,
  number: number,
  text: string,
): Promise<void> => {
  if (verb === 'assign') return assign(ports, call, number, text);
  const deed = deeds[verb](text.trim(), isStaff(call.by, ports.desks.desk()));
  if (deed.kind === 'form') return askFor(ports, call, number, deed.act, deed.into, text);
  const work = async (): Promise<Answer> => {
    const words = await wordsIn(ports, text);
    return onTicket(ports, call, number, () => deed.command(call.by, words));
  };
  return answerCommand(ports, call, work());
};

/** Opens the form of an act, with what was typed already in it. */
export const askFor = async (
  ports: Listening,
  call: CommandCall,
  number: number,
  act: FormAct,
  into: FieldId,
  text: string,
): Promise<void> => {
  const words = wordsIn(ports, text);
  const formFrom = (record: TicketRecord, typed: string) => {
    const origin = { ticketId: record.ticket.id, step: null, channel: call.channel };
    return prefilled(formOrRefusal(ports, act, origin, record, call.by), into, typed);
  };
  const typed = await words;
  return openForTicket(ports, call, number, (record) => formFrom(record, typed));
};

const assign = async (ports: Listening, call: CommandCall, number: number, text: string): Promise<void> => {
  const { people, text: note } = readPeople(text, 1);
  const [userId] = people;
  const stranger = strangerIn(text);
  if (stranger !== null) return call.say(unknownPerson(stranger));
  if (userId === undefined) return askFor(ports, call, number, 'assign', fieldIds.note, text);
  const work = async (): Promise<Answer> => {
    const to = await ports.directory.person(userId, null);
    const words = await wordsIn(ports, note);
    const noted = words === '' ? null : words;
    return onTicket(ports, call, number, () => ({ type: 'assign', by: call.by, to, note: noted, handOver: false }));
  };
  return answerCommand(ports, call, work());
};

export const unknownPerson = (name: string) =>
  saying([`I do not know who @${name} is. Please pick the person from the list that Slack offers as you type.`]);

const onTicket = async (
  ports: Listening,
  { by, cause }: CommandCall,
  number: number,
  commandFrom: () => Command,
): Promise<Answer> => {
  const record = await findTicket(ports, by, number);
  if (record === null) return only(refusedWith(ports, { code: 'not-found' }, by));
  return answerOf(ports, await handleCommand(ports, record.ticket.id, commandFrom(), cause, record), by);
};
