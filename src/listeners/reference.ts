import { randomInt } from 'node:crypto';

/** Signs that nobody takes for another, read out on the phone. */
const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Six signs that a person can quote, and under which the log has the rest. */
export const newReference = (): string => Array.from({ length: 6 }, () => signs[randomInt(signs.length)]).join('');
