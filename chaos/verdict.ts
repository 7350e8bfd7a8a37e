/** What may have gone wrong, in the words of the last line. */
const kinds = ['lost', 'doubled', 'missing', 'misordered', 'late'] as const;
type Kind = (typeof kinds)[number];

/** Something that went wrong, in a plain sentence. */
export interface Finding {
  readonly kind: Kind;
  readonly what: string;
}

export const countOf = (findings: readonly Finding[]): string =>
  kinds.map((kind) => `${kind} ${findings.filter((each) => each.kind === kind).length}`).join(', ');
