/** Lines of text for a terminal: wrapped, indented, and coloured where colours are shown. */

type Colour = 'bold' | 'dim' | 'green' | 'red' | 'cyan' | 'yellow' | 'plain';

const codes: Readonly<Record<Colour, string>> = {
  bold: '1',
  dim: '2',
  green: '32',
  red: '31',
  cyan: '36',
  yellow: '33',
  plain: '0',
};

export const width = 80;

export type Paper = {
  /** One line as it is. */
  line(text?: string, colour?: Colour): void;
  /** A text wrapped to the width; every line begins with `first`, later ones of the same paragraph with `rest`. */
  wrapped(text: string, first: string, rest?: string, colour?: Colour): void;
};

export const paperOf = (write: (text: string) => void, coloured: boolean): Paper => {
  const line = (text = '', colour: Colour = 'plain'): void =>
    write(coloured && colour !== 'plain' && text !== '' ? `\u001b[${codes[colour]}m${text}\u001b[0m\n` : `${text}\n`);
  return {
    line,
    wrapped: (text, first, rest = first, colour = 'plain') => {
      for (const [index, part] of wrap(text, width - Math.max(first.length, rest.length)).entries())
        line(`${index === 0 ? first : rest}${part}`, colour);
    },
  };
};

/** Breaks at spaces; a longer word is cut. */
export const wrap = (text: string, columns: number): readonly string[] => {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(/\s+/).flatMap((each) => cutWord(each, columns))) {
    if (row !== '' && row.length + 1 + word.length > columns) {
      rows.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...rows, row];
};

const cutWord = (word: string, columns: number): readonly string[] =>
  word.length <= columns ? [word] : [word.slice(0, columns), ...cutWord(word.slice(columns), columns)];
