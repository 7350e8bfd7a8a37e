/** Promises broken on purpose, to see that the simulator notices (each is one of the mistakes that are easily made). */
export const breakages = [
  'ack-before-write',
  'no-version-guard',
  'no-look-up',
  'pause-left-open',
  'deadline-from-now',
  'lease-never-renewed',
  'said-before-sent',
  'numbers-twice',
] as const;
export type Breakage = (typeof breakages)[number];

export const isBreakage = (name: string): name is Breakage => breakages.some((each) => each === name);
