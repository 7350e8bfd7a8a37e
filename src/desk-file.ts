import { existsSync, readFileSync } from 'node:fs';
import { type DeskPlan, parseDeskPlan } from './domain/desk-plan.ts';
import type { PlanIssue } from './domain/plan-issues.ts';
import type { Policy } from './domain/policy.ts';
import { lineOf, parsedYaml, type SettingPath, type Source } from './yaml-lines.ts';

/** What is wrong in a desk file and where. The line counts from 1, and is null where there is none to point at. */
export interface Complaint {
  readonly line: number | null;
  /** As one would write it: `tiers[0].channel`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

export type DeskFileReading =
  | { readonly ok: true; readonly plan: DeskPlan; readonly text: string }
  | { readonly ok: false; readonly complaints: readonly Complaint[] };

// The same step up from `src/` and from `dist/`.
const standardFile = new URL('../policy.yaml', import.meta.url);

/** Reads a `DESK_FILE` with every complaint at once, each with its line (13.5, 13.7). */
export const readDeskFile = (path: string): DeskFileReading => {
  if (!existsSync(path)) return unreadable('there is no such file');
  try {
    return readDeskText(readFileSync(path, 'utf8'));
  } catch (error) {
    return unreadable(String(error));
  }
};

const unreadable = (why: string): DeskFileReading => ({
  ok: false,
  complaints: [{ line: null, path: '', message: `cannot be read: ${why}` }],
});

/** Like {@link readDeskFile}, for the text of the file. */
export const readDeskText = (text: string): DeskFileReading => {
  const source = parsedYaml(text);
  const syntax = [...source.document.errors, ...source.document.warnings].map((error) => ({
    line: error.linePos?.[0].line ?? null,
    path: '',
    message: `not valid YAML: ${firstLine(error.message)}${quotesHint(error.message)}`,
  }));
  if (syntax.length > 0) return { ok: false, complaints: syntax };
  const reading = parseDeskPlan(source.document.toJS() ?? {}, standardSettings());
  if (reading.ok) return { ok: true, plan: reading.plan, text };
  return { ok: false, complaints: inOrder(reading.issues.map((issue) => complaintIn(source, issue))) };
};

/** A complaint found later, such as a channel that Slack does not know, with its line in the file's text. */
export const complaintAt = (text: string, path: SettingPath, message: string): Complaint =>
  complaintIn(parsedYaml(text), { path, message });

/** One line for people: "line 4, tiers[0].channel: expected …". */
export const complaintText = (complaint: Complaint): string => {
  const place = [complaint.line === null ? '' : `line ${complaint.line}`, complaint.path].filter((part) => part !== '');
  return place.length === 0 ? complaint.message : `${place.join(', ')}: ${complaint.message}`;
};

/**
 * The shipped policy.
 * @throws Error when the shipped file itself is damaged
 */
export const readStandardPolicy = (): Policy => {
  const desk = {
    tiers: [1, 2, 3].map((n) => ({ name: `${n}`, channel: `#${n}`, members: 'channel' })),
    managers: ['@any'],
  };
  const reading = parseDeskPlan(desk, standardSettings());
  if (reading.ok) return reading.plan.policy;
  throw new Error(`Cannot read the shipped policy: ${reading.issues.map((issue) => issue.message).join('; ')}`);
};

const standardSettings = (): unknown => parsedYaml(readFileSync(standardFile, 'utf8')).document.toJS();

const complaintIn = (source: Source, { path, message }: PlanIssue): Complaint => ({
  line: lineOf(source, path),
  path: written(path),
  message,
});

const written = (path: SettingPath): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${part}`)).join('');

const firstLine = (message: string): string =>
  message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? message;

const quotesHint = (message: string): string =>
  message.includes('reserved character') ? " (write it in quotes: '@ana')" : '';

/** As the lines of the file follow each other; what has no line comes first. */
export const inOrder = (complaints: readonly Complaint[]): readonly Complaint[] =>
  [...complaints].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
