/** The first thing a window hears: everything that its person sees now. */

import { readManifest } from './demo-app.ts';
import type { PageClock, PageFaults, PageScene, ToPage } from './page/protocol.ts';
import { channelShapes, homeView, personShape, type Roles, topView } from './page-shapes.ts';
import type { Unread } from './page-unread.ts';
import type { Slack } from './slack.ts';

type Hello = Extract<ToPage, { readonly type: 'hello' }>;

type HelloParts = {
  readonly slack: Slack;
  readonly unread: Unread;
  readonly roleOf: Roles;
  readonly clock: PageClock;
  readonly faults: PageFaults;
  readonly scenes: readonly PageScene[];
  readonly about: Hello['about'];
};

export const helloFor = (you: string, { slack, unread, roleOf, clock, faults, scenes, about }: HelloParts): Hello => {
  const { world } = slack;
  const { features } = readManifest();
  // As in Slack, an app can be written to before it has said anything.
  if (world.people.get(you)?.team === world.team.id) slack.dmWithBot(you);
  return {
    type: 'hello',
    team: { name: world.team.name, domain: world.team.domain },
    you,
    people: [...world.people.values()].map((each) => personShape(each, roleOf)),
    groups: [...world.groups.values()].map(({ id, handle, members }) => ({ id, handle, members })),
    app: { userId: world.app.userId, name: world.app.name, hasHome: features.app_home.home_tab_enabled },
    channels: channelShapes(world, you, unread),
    commands: features.slash_commands.map(({ command, description, usage_hint: usageHint }) => ({
      command,
      description,
      usageHint,
    })),
    shortcuts: features.shortcuts.map(({ name, callback_id: callbackId, type, description }) => ({
      name,
      callbackId,
      type,
      description,
    })),
    clock,
    faults,
    scenes,
    view: topView(world, you),
    home: homeView(world, you),
    about,
  };
};
