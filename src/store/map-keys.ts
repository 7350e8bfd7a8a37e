/**
 * Names of our maps become field names in MongoDB, where a dot steps into a document and a dollar is an operator.
 * Both are written as `%2E` and `%24`, so that `said:C1:170.000100` is one field.
 */
export const fieldName = (key: string): string =>
  key === '' ? emptyKey : key.replace(/[%.$\0]/g, (sign) => encodeURIComponent(sign).replace('.', '%2E'));

export const keyOf = (field: string): string => (field === emptyKey ? '' : decodeURIComponent(field));

/** Nothing else is written so: a percent sign is always followed by two digits. */
const emptyKey = '%';

export const withFieldNames = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [fieldName(key), value]));

export const withKeys = <T>(map: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(map).map(([field, value]) => [keyOf(field), value]));
