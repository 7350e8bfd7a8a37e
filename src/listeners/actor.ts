import type { AllMiddlewareArgs, AnyMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Ports } from '../flows/ports.ts';
import { arrivalIn } from './context.ts';
import { inTime } from './in-time.ts';

const pressedOrSent = z.object({
  user: z.object({ id: z.string(), team_id: z.string().nullish() }),
  team: z.object({ id: z.string() }).nullish(),
});
const typed = z.object({ command: z.string(), user_id: z.string(), team_id: z.string() });

/** Whose act this is, and of which workspace they are (2.12); `null` for events, whose authors are read elsewhere. */
const whoActs = (body: unknown): { readonly userId: string; readonly team: string | null } | null => {
  const command = typed.safeParse(body);
  if (command.success) return { userId: command.data.user_id, team: command.data.team_id };
  const act = pressedOrSent.safeParse(body);
  if (!act.success) return null;
  return { userId: act.data.user.id, team: act.data.user.team_id ?? act.data.team?.id ?? null };
};

/** Slack takes too long to say who somebody is. Nothing was begun for them. */
class PersonLateError extends Error {
  readonly code = 'slack-unreachable';

  constructor(userId: string) {
    super(`Reading the person '${userId}' failed: Slack takes too long`);
    this.name = 'PersonLateError';
  }
}

/** Puts the person behind a press, form, shortcut or command into `context.actor`. */
export const actorMiddleware =
  ({ directory }: Pick<Ports, 'directory'>) =>
  async ({ body, context, next }: AnyMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const who = whoActs(body);
    if (who !== null) {
      const read = await inTime(arrivalIn(context), directory.person(who.userId, who.team));
      if (read.late) throw new PersonLateError(who.userId);
      context.actor = read.value;
    }
    await next();
  };
