/** auth.test, apps.connections.open, users.*, usergroups.*, team.info and views.*. */
import { ApiError } from './api-error.ts';
import { type Json, textIn } from './json.ts';
import { type ApiContext, isTrue, type Method, type Methods, noScope, paged } from './slack-methods.ts';
import { groupJson, userJson } from './slack-shapes.ts';
import { isForeign, type Person, type World } from './slack-world.ts';

const seenPerson = (world: World, id: unknown): Person => {
  const person = world.people.get(textIn(id));
  if (!person?.profileVisible) throw new ApiError('user_not_found', `user "${textIn(id)}"`);
  return person;
};

const always =
  (...scopes: readonly string[]) =>
  (): readonly string[] =>
    scopes;

export const peopleMethods = ({ world, socketUrl }: ApiContext): Methods => ({
  'auth.test': {
    tier: 'none',
    needs: [],
    scopes: noScope,
    run: () => ({
      url: `https://${world.team.domain}.slack.com/`,
      team: world.team.name,
      user: world.app.name,
      team_id: world.team.id,
      user_id: world.app.userId,
      bot_id: world.app.botId,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    token: 'app',
    tier: 'tier3',
    needs: [],
    scopes: noScope,
    run: () => ({ url: socketUrl() }),
  },
  'users.info': {
    tier: 'tier4',
    needs: ['user'],
    scopes: always('users:read'),
    run: (args) => ({ user: userJson(world, seenPerson(world, args.user)) }),
  },
  'users.list': {
    tier: 'tier2',
    needs: [],
    scopes: always('users:read'),
    run: (args) => {
      const own = [...world.people.values()].filter((one) => !isForeign(world, one));
      const { page, next } = paged(own, args, 1000);
      return { members: page.map((one) => userJson(world, one)), response_metadata: { next_cursor: next } };
    },
  },
  'usergroups.list': {
    tier: 'tier2',
    needs: [],
    scopes: always('usergroups:read'),
    run: (args) => ({
      usergroups: [...world.groups.values()].map((one) => ({
        ...groupJson(world, one),
        ...(isTrue(args.include_users) ? { users: one.members } : {}),
      })),
    }),
  },
  'usergroups.users.list': {
    tier: 'tier2',
    needs: ['usergroup'],
    scopes: always('usergroups:read'),
    run: (args) => {
      const group = world.groups.get(textIn(args.usergroup));
      if (!group) throw new ApiError('no_such_subteam', `group "${textIn(args.usergroup)}"`);
      return { users: group.members };
    },
  },
  'team.info': {
    tier: 'tier3',
    needs: [],
    scopes: always('team:read'),
    run: (args) => {
      const team = world.teams.get(textIn(args.team) || world.team.id);
      if (!team) throw new ApiError('team_not_found');
      return { team: { ...team, email_domain: '', icon: {} } };
    },
  },
});

export const viewMethods = ({ world, modals }: ApiContext): Methods => {
  const trigger = (args: Json): string => textIn(args.trigger_id) || textIn(args.interactivity_pointer);
  const hash = (args: Json): string | null => textIn(args.hash) || null;
  const method = (needs: readonly string[], run: (args: Json) => Json): Method => ({
    tier: 'tier4',
    needs,
    scopes: noScope,
    run,
  });
  return {
    'views.open': method(['trigger_id', 'view'], (args) => ({ view: modals.open(trigger(args), args.view) })),
    'views.push': method(['trigger_id', 'view'], (args) => ({ view: modals.push(trigger(args), args.view) })),
    'views.update': method(['view'], (args) => ({
      view: modals.update(
        { viewId: textIn(args.view_id), externalId: textIn(args.external_id) },
        hash(args),
        args.view,
      ),
    })),
    'views.publish': method(['user_id', 'view'], (args) => {
      const person = world.people.get(textIn(args.user_id));
      if (!person || person.deleted || person.isBot)
        throw new ApiError('user_not_found', `user "${textIn(args.user_id)}"`);
      // People of other workspaces have no Home tab of this app.
      if (isForeign(world, person)) throw new ApiError('not_enabled');
      return { view: modals.publish(person.id, hash(args), args.view) };
    }),
  };
};
