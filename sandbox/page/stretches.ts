/**
 * A list of messages in stretches of a few: the browser lays out and paints only the stretches near one's eyes, and what
 * comes is compared with few parts instead of thousands.
 */
import type { PageMessage } from './protocol.ts';

/** As many as about fill a window. */
const most = 10;

const startsIn = (messages: readonly PageMessage[]): readonly string[] =>
  messages.filter((_, index) => index % most === 0).map(({ ts }) => ts);

/**
 * Where each stretch of a list begins, by ts. Those known stay, so that a message never changes its stretch: in another it
 * would be drawn anew, and lose the focus and what is typed in it. More are added above and below.
 */
export const beginnings = (messages: readonly PageMessage[], known: readonly string[]): readonly string[] => {
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return startsIn(messages);
  const older = messages.slice(0, indexOf(messages, first));
  const newest = messages.slice(indexOf(messages, last));
  return [...startsIn(older), ...known, ...startsIn(newest).slice(1)];
};

/** A list cut at the beginnings of its stretches; one that has nothing left in it is left out. */
export const stretchesOf = (
  messages: readonly PageMessage[],
  starts: readonly string[],
): readonly { readonly start: string; readonly messages: readonly PageMessage[] }[] =>
  starts
    .map((start, index) => ({
      start,
      messages: messages.slice(indexOf(messages, start), indexOf(messages, starts[index + 1] ?? null)),
    }))
    .filter((each) => each.messages.length > 0);

/** The place of the first message from this ts on, by halving; of the end for none. */
const indexOf = (messages: readonly PageMessage[], from: string | null): number => {
  if (from === null) return messages.length;
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((messages[middle]?.ts ?? '') < from) low = middle + 1;
    else high = middle;
  }
  return low;
};
