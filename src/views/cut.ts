const mark = '… (cut)';

/** The text, or its beginning and "… (cut)" where it is longer than `limit` UTF-16 units, which is how Slack counts. */
export const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${beginning(text, limit - mark.length)}${mark}`;

/** For one line: the same with a bare "…", line breaks turned into spaces. */
export const cutLine = (text: string, limit: number): string => {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length <= limit ? line : `${beginning(line, limit - 1)}…`;
};

/** Never ends between the two halves of a character: Slack refuses such a text. */
const beginning = (text: string, length: number): string =>
  text.slice(0, isHighHalf(text.charCodeAt(length - 1)) ? length - 1 : length).trimEnd();

const isHighHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Cuts finished mrkdwn, never inside an entity or one of our own `<…>` tokens. */
export const cutMarkup = (markup: string, limit: number): string => {
  if (markup.length <= limit) return markup;
  const head = beginning(markup, limit - mark.length);
  return `${head.replace(/<[^>]*$/u, '').replace(/&[a-z]*$/u, '')}${mark}`;
};
