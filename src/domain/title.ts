/** The longest title a ticket has, in characters. */
export const titleLimit = 150;

/** A title made from what someone wrote: its first line with words, cut at a word where it is long. */
export const titleFrom = (text: string): string => {
  const line =
    text
      .split('\n')
      .map((part) => part.trim())
      .find((part) => part !== '') ?? '';
  const characters = Array.from(line);
  if (characters.length <= titleLimit) return line === '' ? 'No text' : line;
  const cut = characters.slice(0, titleLimit - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > titleLimit / 2 ? cut.slice(0, space) : cut}…`;
};
