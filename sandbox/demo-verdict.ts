/** What a promise comes to, and how all of them are shown at the end. */
import type { Evidence } from './demo-case.ts';
import { type Paper, width, wrap } from './demo-paper.ts';

/** What was to be seen, what was seen, and whether that is enough. */
export type Finding = { readonly kept: boolean; readonly expected: string; readonly seen: string };

export type Pledge = {
  readonly promise: string;
  /** The section of escalation-policy.txt that gives it; null for a promise of our own. */
  readonly source: string | null;
  readonly judge: (evidence: Evidence) => Finding;
};

export type Verdict = Finding & Pick<Pledge, 'promise' | 'source'>;

/** Judges every pledge; one that cannot be judged is a broken one. */
export const verdictsOn = (pledges: readonly Pledge[], evidence: Evidence): readonly Verdict[] =>
  pledges.map(({ promise, source, judge }) => {
    try {
      return { promise, source, ...judge(evidence) };
    } catch (error) {
      return { promise, source, kept: false, expected: 'something to judge by', seen: messageOf(error) };
    }
  });

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const label = 9;

export const showVerdicts = (paper: Paper, verdicts: readonly Verdict[]): void => {
  const broken = verdicts.filter(({ kept }) => !kept);
  paper.line();
  paper.line('━━ The promises '.padEnd(width, '━'), 'cyan');
  paper.line('Judged by what Slack received. § is the section of the company’s policy.', 'dim');
  paper.line();
  for (const { promise, source, kept, expected, seen } of verdicts) {
    const mark = kept ? 'kept' : 'BROKEN';
    for (const [index, row] of wrap(`${promise}${source === null ? '' : ` (${source})`}`, width - label).entries())
      paper.line(`${(index === 0 ? mark : '').padEnd(label)}${row}`, kept ? 'green' : 'red');
    const indent = ' '.repeat(label);
    if (!kept) paper.wrapped(`expected: ${expected}`, indent, `${indent}  `);
    paper.wrapped(kept ? seen : `seen: ${seen}`, indent, `${indent}  `, kept ? 'dim' : 'plain');
  }
  paper.line();
  if (broken.length === 0) paper.line(`All ${verdicts.length} promises are kept.`, 'green');
  else {
    paper.line(
      `Of ${verdicts.length} promises ${broken.length === 1 ? 'one is' : `${broken.length} are`} BROKEN:`,
      'red',
    );
    for (const { promise } of broken) paper.wrapped(promise, '  - ', '    ', 'red');
  }
};
