/** Emoji as pictures of the package that the demo's server hands out: the same on every machine, as in Slack. */
import { nameToEmoji } from 'gemoji';
import type { ComponentChildren } from 'preact';

const joiner = '\u200d';

/** The one joined emoji that the package names without its variation signs. */
const eyeInBubble = '\u{1f441}\ufe0f\u200d\u{1f5e8}\ufe0f';

/** `1f6a8`, `1f468-200d-1f4bb`: how the package names its pictures. */
const fileOf = (emoji: string): string =>
  [...(emoji.includes(joiner) && emoji !== eyeInBubble ? emoji : emoji.replaceAll('\ufe0f', ''))]
    .map((sign) => (sign.codePointAt(0) ?? 0).toString(16))
    .join('-');

/** Asked for as the table's own: `constructor` and `__proto__` are words that people write, too. */
const emojiNamed = (name: string): string | undefined =>
  Object.hasOwn(nameToEmoji, name) ? nameToEmoji[name] : undefined;

const Picture = ({ emoji, name }: { readonly emoji: string; readonly name: string }) => (
  <img class="emoji" src={`/emoji/${fileOf(emoji)}.svg`} alt={name} title={name} draggable={false} />
);

/** An emoji by its short name, `:eyes:`; the name itself where nobody knows it. */
export const NamedEmoji = ({ name }: { readonly name: string }) => {
  const emoji = emojiNamed(name.replace(/::skin-tone-\d$/, ''));
  return emoji === undefined ? <>:{name}:</> : <Picture emoji={emoji} name={`:${name}:`} />;
};

const person = '\\p{Extended_Pictographic}(?:\\p{Emoji_Modifier}|\\ufe0f)?';
const signs = new RegExp(
  `\\p{Regional_Indicator}{2}|[#*0-9]\\ufe0f?\\u20e3|${person}(?:\\u200d${person})*|:[a-z0-9_+'-]+:`,
  'gu',
);
const isPicture = /\p{Emoji_Presentation}|\ufe0f|\u20e3/u;

/** Text with its emoji, typed or by short name, as pictures. */
export const withEmoji = (text: string): ComponentChildren => {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const found of text.matchAll(signs)) {
    const [sign] = found;
    const isNamed = sign.startsWith(':');
    if (isNamed ? emojiNamed(sign.slice(1, -1)) === undefined : !isPicture.test(sign)) continue;
    parts.push(text.slice(from, found.index));
    parts.push(isNamed ? <NamedEmoji name={sign.slice(1, -1)} /> : <Picture emoji={sign} name={sign} />);
    from = found.index + sign.length;
  }
  return parts.length === 0 ? text : [...parts, text.slice(from)];
};
