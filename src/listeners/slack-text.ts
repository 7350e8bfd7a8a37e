/** Looks up a display name for a user id. */
export type NameOf = (userId: string) => Promise<string>;

/**
 * Slack's message markup as the plain text its author saw: mentions as `@name`, channels as `#name`, links as their
 * label and address, and the three escaped characters as themselves. So stored text is text, nothing more (14.6).
 */
export const plainTextOf = async (slackText: string, nameOf: NameOf): Promise<string> => {
  const tokens = [...slackText.matchAll(token)];
  const names = await Promise.all(tokens.map(([, inner = '']) => readToken(inner, nameOf)));
  let index = 0;
  return slackText
    .replaceAll(token, () => `\u0000${index++}\u0000`)
    .split('\u0000')
    .map(unescapeOr(names))
    .join('');
};

const token = /<([^<>]+)>/g;

/** Odd pieces are numbers of tokens, even pieces the text between. */
const unescapeOr =
  (names: readonly string[]) =>
  (piece: string, position: number): string =>
    position % 2 === 1 ? (names[Number(piece)] ?? '') : unescapeText(piece);

const readToken = async (inner: string, nameOf: NameOf): Promise<string> => {
  const [target = '', label] = inner.split('|', 2);
  if (target.startsWith('@')) return `@${label === undefined ? await nameOf(target.slice(1)) : unescapeText(label)}`;
  if (target.startsWith('#')) return `#${unescapeText(label ?? target.slice(1))}`;
  if (target.startsWith('!')) return label === undefined ? `@${target.slice(1)}` : unescapeText(label);
  const address = unescapeText(target);
  const text = label === undefined ? address : unescapeText(label);
  return text === address || address.endsWith(`:${text}`) || address.endsWith(`//${text}`)
    ? text
    : `${text} (${address})`;
};

/** Slack escapes exactly these three, `&` last to be undone. */
const unescapeText = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
