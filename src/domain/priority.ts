/** How many are hit: one person, one site or server, many customers (3.1). */
export const impacts = ['person', 'site', 'many'] as const;
export type Impact = (typeof impacts)[number];

/** How badly: can wait, degraded, down (3.1). */
export const urgencies = ['can-wait', 'degraded', 'down'] as const;
export type Urgency = (typeof urgencies)[number];

/** From the most to the least pressing (3.1). */
export const priorities = ['critical', 'high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

export type PriorityMatrix = Readonly<Record<Impact, Readonly<Record<Urgency, Priority>>>>;

/** The priority that the policy's matrix gives (3.1). */
export const priorityOf = (matrix: PriorityMatrix, impact: Impact, urgency: Urgency): Priority =>
  matrix[impact][urgency];
