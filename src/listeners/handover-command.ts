import { handOverAll } from '../flows/hand-over-all.ts';
import { handedOverMessage } from '../views/handed-over-message.ts';
import { commandNames } from '../views/ids.ts';
import { saying } from '../views/message.ts';
import { type Answer, answerCommand, type CommandCall, only, refusedWith, wordsIn } from './command-call.ts';
import { readPeople, strangerIn } from './command-words.ts';
import type { Listening } from './context.ts';
import { unknownPerson } from './ticket-acts.ts';

/** `/ticket handover @to note`: all of mine; `handover @from @to note`: all of theirs (4.3). */
export const handOver = (ports: Listening, call: CommandCall, rest: string): Promise<void> => {
  const { people, text } = readPeople(rest, 2);
  const [first, second] = people;
  const stranger = strangerIn(text);
  if (stranger !== null && people.length < 2) return call.say(unknownPerson(stranger));
  if (first === undefined) return call.say(usage);
  if (text.trim() === '') return call.say(noteMissing);
  return answerCommand(ports, call, handed(ports, call, second === undefined ? null : first, second ?? first, text));
};

const usage = saying([
  `To whom? Write ${commandNames.ticket} handover @ana and a note, or @ben @ana and a note for what is Ben's.`,
]);
const noteMissing = saying(['Please add a note for who gets them: what was tried, and what is needed.']);

const handed = async (
  ports: Listening,
  { by, cause }: CommandCall,
  fromId: string | null,
  toId: string,
  text: string,
): Promise<Answer> => {
  const to = await ports.directory.person(toId, null);
  const from = fromId === null ? by : await ports.directory.person(fromId, null);
  const result = await handOverAll(ports, by, { from, to, note: await wordsIn(ports, text) }, cause);
  if (result.kind === 'refused') return only(refusedWith(ports, result.refusal, by));
  return { message: handedOverMessage(to, result.went, result.refused), moved: result.ticketIds };
};
