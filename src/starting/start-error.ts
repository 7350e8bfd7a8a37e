/** Something a person has to put right before the desk can start; each line says what (13.5). */
export class StartError extends Error {
  readonly code = 'start-refused';
  readonly lines: readonly string[];

  constructor(lines: readonly string[], options?: ErrorOptions) {
    super(`Starting failed: ${lines.join('; ')}`, options);
    this.name = 'StartError';
    this.lines = lines;
  }
}

export const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
