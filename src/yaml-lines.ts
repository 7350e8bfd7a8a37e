import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';

/** The way to a setting: keys, and places in lists from 0. */
export type SettingPath = readonly (string | number)[];

/** A YAML text, parsed so that its settings can be found again in it. */
export interface Source {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Syntax errors are in `document.errors`. */
export const parsedYaml = (text: string): Source => {
  const lines = new LineCounter();
  return { document: parseDocument(text, { lineCounter: lines, prettyErrors: true }), lines };
};

/**
 * The line, from 1, of the setting at this path, or of the nearest around it that is in the file; null when
 * none is.
 */
export const lineOf = (source: Source, path: SettingPath): number | null => {
  const { contents } = source.document;
  if (isMap(contents) && path.length > 0 && !hasKey(contents.items, path[0])) return null;
  const offset = offsetOf(contents, path);
  return offset === null ? null : source.lines.linePos(offset).line;
};

const offsetOf = (node: unknown, path: SettingPath): number | null => {
  const [first, ...rest] = path;
  const own = isNode(node) ? (node.range?.[0] ?? null) : null;
  if (first === undefined) return own;
  if (isSeq(node)) return offsetOf(node.items[Number(first)], rest) ?? own;
  if (!isMap(node)) return own;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(first));
  if (pair === undefined) return own;
  const key = isNode(pair.key) ? (pair.key.range?.[0] ?? null) : null;
  return rest.length === 0 ? key : (insideOf(pair.value, rest) ?? key);
};

// A setting that is missing inside a block is best shown at the block's own name, so the block's start does not count.
const insideOf = (node: unknown, path: SettingPath): number | null => {
  const found = offsetOf(node, path);
  return isNode(node) && found === node.range?.[0] && isMap(node) && !hasKey(node.items, path[0]) ? null : found;
};

const hasKey = (items: readonly { readonly key: unknown }[], name: string | number | undefined): boolean =>
  items.some(({ key }) => isScalar(key) && String(key.value) === String(name));
