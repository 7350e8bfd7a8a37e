import type { Desk } from './desk.ts';

/** Someone in Slack, as far as the desk must know them (1, 11). */
export interface Person {
  readonly userId: string;
  /** The workspace the person belongs to, which in a shared channel may be another than the desk's. */
  readonly team: string;
  /** Plain display name, as customers see it (7.1). */
  readonly name: string;
  /** A full, active member of their own workspace: no guest, no bot, not deactivated. */
  readonly isFullMember: boolean;
  /** Owner or admin of their workspace. */
  readonly isWorkspaceAdmin: boolean;
}

/** Who did something, as the timeline keeps it; `null` there means Tierline itself. */
export interface By {
  readonly userId: string;
  readonly name: string;
}

export const byOf = (person: Person): By => ({ userId: person.userId, name: person.name });

/** The tiers a person belongs to, as numbers from 1. */
export const tiersOf = (person: Person, desk: Desk): readonly number[] =>
  mayBeStaff(person, desk) ? tiersOfUser(person.userId, desk) : [];

/** Like {@link tiersOf} for someone already known to be staff, by id alone. */
export const tiersOfUser = (userId: string, desk: Desk): readonly number[] =>
  desk.tiers.flatMap((tier, index) => (tier.members.includes(userId) ? [index + 1] : []));

export const isManager = (person: Person, desk: Desk): boolean =>
  mayBeStaff(person, desk) && desk.managers.includes(person.userId);

/** Owner or admin of the desk's workspace, or in the desk's `admins` (11). */
export const isAdmin = (person: Person, desk: Desk): boolean =>
  mayBeStaff(person, desk) && (person.isWorkspaceAdmin || desk.admins.includes(person.userId));

/** A member of any tier, or a manager; always a full member of the desk's own workspace (1). */
export const isStaff = (person: Person, desk: Desk): boolean =>
  isManager(person, desk) || tiersOf(person, desk).length > 0;

const mayBeStaff = (person: Person, desk: Desk): boolean => person.isFullMember && person.team === desk.team;
