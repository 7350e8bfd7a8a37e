import type { Desk } from '../domain/desk.ts';
import type { Policy } from '../domain/policy.ts';
import { commandNames } from './ids.ts';
import { bold, type Line, lineText } from './line.ts';
import { bullets, type Message, message, paragraph, rich } from './message.ts';
import { contactLines, stageLines, updateLines } from './policy-words.ts';

type Usage = readonly (readonly [usage: string, does: string])[];

const ticket = commandNames.ticket;

const customerCommands: Usage = [
  [`${ticket} new`, 'open a ticket'],
  [`${ticket} list`, 'your tickets'],
  [`${ticket} show ESC-12`, 'how one of yours stands'],
  [`${ticket} history ESC-12`, 'what was said on it'],
  [`${ticket} why ESC-12`, 'by when what happens'],
  [`${ticket} close ESC-12`, 'it is solved'],
  [`${ticket} reopen ESC-12`, 'it came back'],
  [`${commandNames.policy} show`, 'the whole escalation policy'],
];

const staffCommands: Usage = [
  [`${ticket} new`, 'open a ticket, also for a customer'],
  [`${ticket} list [mine | all | 1 | 2 | 3]`, 'open tickets'],
  [`${ticket} show | why | history ESC-12`, 'how it stands, why it is due when, what happened'],
  [`${ticket} claim | release ESC-12`, 'take it, give it back'],
  [`${ticket} assign ESC-12 @ana`, 'make it hers'],
  [`${ticket} handover @ana [note]`, 'give all of mine to her'],
  [`${commandNames.escalate} ESC-12`, 'to the next tier, or call the managers at the last'],
  [`${ticket} handback ESC-12`, 'to the tier below'],
  [`${ticket} update | told ESC-12`, 'write to the customer; say that you told them'],
  [`${ticket} wait | resume ESC-12`, 'wait for the customer; go on'],
  [`${ticket} note ESC-12 text`, 'a note that stays inside'],
  [`${ticket} resolve ESC-12`, 'solved: cause, fix, and words for the customer'],
  [`${ticket} close ESC-12`, 'dismiss what is no issue'],
  [`${ticket} reopen ESC-12`, 'open it again'],
  [`${commandNames.policy} show`, 'the escalation policy'],
];

/** `/ticket help`: customers get the stages and contact lines, staff every command (2.3, 12). */
export const helpMessage = (reader: 'customer' | 'staff', policy: Policy, desk: Desk): Message => {
  const usage = reader === 'staff' ? staffCommands : customerCommands;
  const head: Line = [bold(reader === 'staff' ? 'What you can do here' : 'We are glad to help. What you can do here')];
  const rows = usage.map(([command, does]): Line => [bold(command), ` – ${does}`]);
  const spoken = usage.map(([command]) => command).join(', ');
  return message(`${lineText(head)}: ${lineText([spoken])}.`, [
    rich(paragraph(head), bullets(rows), ...(reader === 'staff' ? [] : forCustomers(policy, desk))),
  ]);
};

const forCustomers = (policy: Policy, desk: Desk) => {
  const contact = contactLines(desk);
  return [
    paragraph(['\n', bold('How an issue goes on')]),
    bullets([...stageLines(policy, desk), ...updateLines(policy), ['These times are aims, not guarantees.']]),
    ...(contact.length === 0 ? [] : [paragraph(['\n', bold('Contact')]), bullets(contact)]),
  ];
};

/** A command that is not one, with the nearest that is (12). */
export const unknownCommandMessage = (typed: string, nearest: string | null): Message =>
  message(
    lineText([
      `There is no "${typed.slice(0, 60)}".${nearest === null ? '' : ` Did you mean "${nearest}"?`} Try help.`,
    ]),
    [
      rich(
        paragraph([
          `There is no "${typed.slice(0, 60)}".`,
          ...(nearest === null ? [] : [' Did you mean ', bold(nearest), '?']),
          ' Write help after the command to see what there is.',
        ]),
      ),
    ],
  );
