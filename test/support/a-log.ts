import type { Log } from '../../src/flows/ports.ts';

export interface Line {
  readonly level: 'info' | 'warn' | 'error';
  readonly happening: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A log that can be read. */
export const aLog = (): Log & { readonly lines: readonly Line[] } => {
  const lines: Line[] = [];
  const at =
    (level: Line['level']): Log['info'] =>
    (happening, facts = {}) => {
      lines.push({ level, happening, facts });
    };
  return { lines, info: at('info'), warn: at('warn'), error: at('error') };
};
