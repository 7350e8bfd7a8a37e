import type { Command } from '../domain/command.ts';
import type { Person } from '../domain/person.ts';
import { handleCommand } from '../flows/handle-command.ts';
import { type Act, actionIds, acts } from '../views/ids.ts';
import { formActs } from './act-forms.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { showForAct } from './look-buttons.ts';
import { looks } from './looks.ts';
import { openActForm } from './open-act-form.ts';
import { carriedBy, carryOut, type Press, type PressArgs, pressOf } from './press.ts';

/** Acts that need no words: one press, one command. */
const commands: Readonly<Partial<Record<Act, (by: Person, seenStep: number) => Command>>> = {
  claim: (by, seenStep) => ({ type: 'claim', by, seenStep }),
  'take-over': (by, seenStep) => ({ type: 'take-over', by, seenStep }),
  release: (by, seenStep) => ({ type: 'release', by, seenStep }),
  resume: (by, seenStep) => ({ type: 'resume', by, seenStep }),
  acknowledge: (by, seenStep) => ({ type: 'acknowledge', by, seenStep }),
  'confirm-for-customer': (by, seenStep) => ({ type: 'confirm', by, as: 'staff', seenStep }),
};

/** Every button and every option of the menu on a card, in reminders and in managers' messages (12). */
export const registerTicketButtons = (listeners: ById, ports: Listening): void => {
  const pressed = async (args: PressArgs): Promise<void> => {
    const press = pressOf(ports, args);
    if (press.act !== null) await follow(ports, press, press.act, args);
  };
  for (const act of acts) listeners.action(act, pressed);
  listeners.action(actionIds.menu, pressed);
};

const follow = async (ports: Listening, press: Press, act: Act, { client }: PressArgs): Promise<void> => {
  const { ticketId, step } = carriedBy(press);
  const command = commands[act];
  if (command !== undefined) {
    return carryOut(ports, press, handleCommand(ports, ticketId, command(press.by, step), press.cause));
  }
  const look = looks.find((each) => each === act);
  if (look !== undefined) return showForAct(ports, press, look);
  const formAct = formActs.find((each) => each === act);
  if (formAct !== undefined) return openActForm(ports, press, formAct, client);
};
