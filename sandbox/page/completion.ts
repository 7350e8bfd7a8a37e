/** What is offered while a word is being typed: commands at the beginning, people and groups after `@`, emoji after `:`. */
import { nameToEmoji } from 'gemoji';
import type { State } from './state.ts';

export interface Offer {
  /** What stands in the list, and what is said about it. */
  readonly label: string;
  readonly about: string;
  /** An emoji's name, to show its picture. */
  readonly emoji: string | null;
  /** What the text becomes, and where the hand then is in it. */
  readonly text: string;
  readonly caret: number;
}

const most = 8;
const emojiNames = Object.keys(nameToEmoji).sort((a, b) => a.length - b.length || a.localeCompare(b));

/** @param caret where the hand is in the text */
export const offersFor = (text: string, caret: number, state: State): readonly Offer[] => {
  const before = text.slice(0, caret);
  if (/^\/\S*$/.test(text)) return commands(text, state);
  const word = /(?:^|\s)([@:])([\p{L}\p{N}_+-]*)$/u.exec(before);
  if (word === null) return [];
  const [, sign, typed = ''] = word;
  const begun = typed.toLowerCase();
  const put = (whole: string): Pick<Offer, 'text' | 'caret'> => {
    const head = `${before.slice(0, before.length - typed.length - 1)}${whole} `;
    return { text: head + text.slice(caret).replace(/^ /, ''), caret: head.length };
  };
  return sign === '@' ? called(begun, state, put) : emoji(begun, put);
};

type Put = (whole: string) => Pick<Offer, 'text' | 'caret'>;

const commands = (text: string, { commands }: State): readonly Offer[] =>
  commands
    .filter(({ command }) => command.startsWith(text))
    .map(({ command, usageHint, description }) => ({
      label: command,
      about: [usageHint, description].filter(Boolean).join(' '),
      emoji: null,
      text: `${command} `,
      caret: command.length + 1,
    }));

const called = (begun: string, { people, hello }: State, put: Put): readonly Offer[] => {
  const persons = [...people.values()]
    .filter(({ isDeactivated }) => !isDeactivated)
    .map(({ name, role }) => ({ name, about: role }));
  const groups = (hello?.groups ?? []).map(({ handle, members }) => ({
    name: handle,
    about: `a group of ${members.length}`,
  }));
  return [...persons, ...groups]
    .filter(({ name }) => name.toLowerCase().startsWith(begun))
    .slice(0, most)
    .map(({ name, about }) => ({ label: `@${name}`, about, emoji: null, ...put(`@${name}`) }));
};

/** From two letters on, so that a colon alone opens nothing. */
const emoji = (begun: string, put: Put): readonly Offer[] =>
  begun.length < 2
    ? []
    : emojiNames
        .filter((name) => name.startsWith(begun))
        .slice(0, most)
        .map((name) => ({ label: `:${name}:`, about: '', emoji: name, ...put(`:${name}:`) }));
