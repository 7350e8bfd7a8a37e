import type { App } from '@slack/bolt';
import { isStaff } from '../domain/person.ts';
import { findTicket } from '../flows/find-ticket.ts';
import { helpMessage, unknownCommandMessage } from '../views/help-message.ts';
import { commandNames } from '../views/ids.ts';
import { saying } from '../views/message.ts';
import { newTicketForm } from '../views/new-ticket-form.ts';
import { readerOf } from './answers.ts';
import { answerCommand, type CommandCall, commandCallOf, only, wordsIn } from './command-call.ts';
import { nearestOf, readNumbered, readTicketWords, type TicketVerb } from './command-words.ts';
import type { Listening } from './context.ts';
import { prefilled } from './form-entry.ts';
import { handOver } from './handover-command.ts';
import { listingNamed, listPage, workList } from './lists.ts';
import { type Look, lookAt } from './looks.ts';
import { actOnTicket, isActVerb } from './ticket-acts.ts';

/** `/ticket …` (12). */
export const registerTicketCommand = (app: App, ports: Listening): void => {
  app.command(commandNames.ticket, async (args) => {
    const call = commandCallOf(ports, args);
    const words = readTicketWords(call.text);
    if (words.kind === 'unknown') return call.say(unknownCommandMessage(words.typed, words.nearest));
    const wantsHelp = words.verb === 'help' || words.rest.trim().toLowerCase() === 'help';
    return wantsHelp ? help(ports, call) : follow(ports, call, words.verb, words.rest);
  });
};

const follow = async (ports: Listening, call: CommandCall, verb: TicketVerb, rest: string): Promise<void> => {
  if (verb === 'new') return openNew(ports, call, rest);
  if (verb === 'list') return list(ports, call, rest);
  if (verb === 'handover') return handOver(ports, call, rest);
  if (verb === 'help') return help(ports, call);
  const { number, text } = readNumbered(rest);
  if (number === null) return call.say(whichTicket(verb));
  return isActVerb(verb) ? actOnTicket(ports, call, verb, number, text) : look(ports, call, verb, number);
};

const help = (ports: Listening, call: CommandCall): Promise<void> =>
  call.say(helpMessage(readerOf(ports, call.by), ports.desks.currentPolicy().policy, ports.desks.desk()));

const whichTicket = (verb: TicketVerb) =>
  saying([`Which ticket? Write its number, such as ${commandNames.ticket} ${verb} ESC-12.`]);

/** The form opens before anything is read (14.1); words behind `new` are its title. */
const openNew = async (ports: Listening, call: CommandCall, rest: string): Promise<void> => {
  const whose = isStaff(call.by, ports.desks.desk()) ? 'staff' : 'customer';
  const form = newTicketForm({ for: whose, channel: call.channel, messageKey: null, source: 'command' });
  await call.open(prefilled(form, 'title', await wordsIn(ports, rest)));
  await call.say(null);
};

const list = (ports: Listening, call: CommandCall, rest: string): Promise<void> => {
  const name = rest.trim().toLowerCase();
  const listing = readerOf(ports, call.by) === 'customer' || name === '' ? null : listingNamed(name);
  if (name !== '' && listing === null && readerOf(ports, call.by) === 'staff') {
    return call.say(unknownCommandMessage(`list ${name}`, nearestOf(name, ['mine', 'all'])));
  }
  const message = listing === null ? workList(ports, call.by) : listPage(ports, call.by, listing, 0);
  return answerCommand(ports, call, message.then(only));
};

const look = (ports: Listening, call: CommandCall, what: Look, number: number): Promise<void> => {
  const seen = findTicket(ports, call.by, number).then((record) => lookAt(ports, what, record, call.by));
  return answerCommand(ports, call, seen.then(only));
};
