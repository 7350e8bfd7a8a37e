/** JSON as it arrives from outside, and readers that never throw: the wrong shape reads as empty. */
export type Json = Record<string, unknown>;

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const recordIn = (value: unknown): Json => (isRecord(value) ? value : {});

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const recordsIn = (value: unknown): readonly Json[] => listIn(value).filter(isRecord);

export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A copy that shares nothing with the original. JSON values only. */
export const copyOf = <T>(value: T): T => structuredClone(value);

/** Parses JSON; undefined when it is none. */
export const parsedJson = (source: string): unknown => {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
};
