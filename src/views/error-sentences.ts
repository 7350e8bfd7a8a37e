import { type Message, saying } from './message.ts';

/** When the write is not done in time to answer a press (14.1). */
export const takesLonger: Message = saying(['This takes longer than usual; look at the card before you press again.']);

/** When the database or Slack cannot be reached (14.5). */
export const tryAgain = (reference: string): Message =>
  saying([
    'That did not work just now. Nothing was changed; please try again in a moment. ',
    `If it stays so, tell us this reference: ${reference}.`,
  ]);

/** A fault: a sentence for the person, and the reference under which the log has the rest. */
export const faultMessage = (reference: string): Message =>
  saying([
    'Something went wrong on our side, and it has been noted. Please try again in a moment; ',
    `if it stays so, tell us this reference: ${reference}.`,
  ]);
