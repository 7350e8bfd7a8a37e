import type { App } from '@slack/bolt';
import { helpMessage, unknownCommandMessage } from '../views/help-message.ts';
import { commandNames } from '../views/ids.ts';
import { policyMessage } from '../views/policy-message.ts';
import { readerOf } from './answers.ts';
import { commandCallOf } from './command-call.ts';
import { firstWord, nearestOf } from './command-words.ts';
import type { Listening } from './context.ts';

/** `/policy show`: the policy in force as people read it, for everybody (2.3, 10.1). */
export const registerPolicyCommand = (app: App, ports: Listening): void => {
  app.command(commandNames.policy, async (args) => {
    const call = commandCallOf(ports, args);
    const { first } = firstWord(call.text);
    const current = ports.desks.currentPolicy();
    switch (first.toLowerCase()) {
      case '':
      case 'show':
        return call.say(policyMessage(current, ports.desks.desk()));
      case 'help':
        return call.say(helpMessage(readerOf(ports, call.by), current.policy, ports.desks.desk()));
      default:
        return call.say(unknownCommandMessage(first, nearestOf(first, ['show', 'help'])));
    }
  });
};
