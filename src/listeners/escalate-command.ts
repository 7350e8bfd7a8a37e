import type { App } from '@slack/bolt';
import { helpMessage, unknownCommandMessage } from '../views/help-message.ts';
import { commandNames, fieldIds } from '../views/ids.ts';
import { saying } from '../views/message.ts';
import { readerOf } from './answers.ts';
import { commandCallOf } from './command-call.ts';
import { firstWord, readNumbered } from './command-words.ts';
import type { Listening } from './context.ts';
import { askFor } from './ticket-acts.ts';

/** `/escalate ESC-12`: the form for reason and hand-over note (6.1). */
export const registerEscalateCommand = (app: App, ports: Listening): void => {
  app.command(commandNames.escalate, async (args) => {
    const call = commandCallOf(ports, args);
    const { first } = firstWord(call.text);
    const { number, text } = readNumbered(call.text);
    if (number !== null) return askFor(ports, call, number, 'escalate', fieldIds.reason, text);
    if (first === '') return call.say(saying([`Which ticket? Write its number: ${commandNames.escalate} ESC-12.`]));
    if (first.toLowerCase() !== 'help')
      return call.say(unknownCommandMessage(first, `${commandNames.escalate} ESC-12`));
    return call.say(helpMessage(readerOf(ports, call.by), ports.desks.currentPolicy().policy, ports.desks.desk()));
  });
};
