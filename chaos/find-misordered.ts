import type { Spoken } from './evidence.ts';
import { isReply, type Saying } from './sayings.ts';
import type { Finding } from './verdict.ts';

/**
 * A ticket's notices for one place are said in the order in which they were written (14.3). What folds may come later than
 * its turn, and never before what was written first.
 */
export const findMisordered = (spoken: Spoken): readonly Finding[] => {
  const places = new Map<string, Saying[]>();
  for (const each of spoken.all) {
    const { message } = each;
    const place = isReply(message) ? `${message.channel} ${message.threadTs}` : message.channel;
    places.set(place, [...(places.get(place) ?? []), each]);
  }
  return [...places.values()].flatMap((said) => wrongIn(spoken.name, said));
};

const wrongIn = (name: string, said: readonly Saying[]): readonly Finding[] => {
  const firsts = said.filter((each, index) => said.findIndex(({ mark }) => mark.notice === each.mark.notice) === index);
  return firsts.flatMap((each, index) => {
    const overtaken = firsts.slice(0, index).find(({ mark }) => mark.order > each.mark.order);
    if (overtaken === undefined || folds(each)) return [];
    const what = `on ${name}, in ${each.message.channel}, "${brief(each)}" came after "${brief(overtaken)}"`;
    return [{ kind: 'misordered', what }] as const;
  });
};

/** Calls, and what comes late: that folds into one message at the end, also where it is alone (5.8). */
const folds = ({ message, others, ever }: Saying): boolean =>
  message.pings.length > 0 || others.length > 0 || ever.includes('the desk was down');

const brief = ({ text }: Saying): string => text.replaceAll('\n', ' ').slice(0, 60);
