import { z } from 'zod';
import type { Person } from '../domain/person.ts';

/** Left out, or null, of people of other workspaces. */
const flag = z
  .boolean()
  .nullish()
  .transform((given) => given ?? false);

/** A person as `users.info` and `users.list` show them; of people of other workspaces much is left out. */
export const profileShape = z.object({
  id: z.string(),
  team_id: z.string(),
  name: z.string().default(''),
  real_name: z.string().nullish(),
  tz: z.string().nullish(),
  deleted: flag,
  is_bot: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_admin: flag,
  is_owner: flag,
  profile: z.object({ display_name: z.string().nullish() }).default({}),
});

export type Profile = z.infer<typeof profileShape>;

const unseenName = 'a customer of this channel';

/**
 * The person as the desk knows them.
 *
 * @param team the workspace the event names, for where Slack shows no profile (2.12)
 */
export const personOf = (userId: string, team: string | null, profile: Profile | null): Person => {
  if (profile === null) {
    return { userId, team: team ?? '', name: unseenName, isFullMember: false, isWorkspaceAdmin: false };
  }
  return {
    userId,
    team: profile.team_id,
    name: namesOf(profile)[0] ?? unseenName,
    isFullMember: isFullMember(profile),
    isWorkspaceAdmin: profile.is_admin || profile.is_owner,
  };
};

/** What people call this person, the name Slack shows first; the handle comes last. */
export const namesOf = ({ profile, real_name, name }: Profile): readonly string[] =>
  [profile.display_name, real_name, name].flatMap((each) => (each?.trim() ? [each.trim()] : []));

/** No guest, no bot, not deactivated. Slackbot is no bot by its flags. */
export const isFullMember = (profile: Profile): boolean =>
  !profile.deleted &&
  !profile.is_bot &&
  !profile.is_restricted &&
  !profile.is_ultra_restricted &&
  profile.id !== 'USLACKBOT';
