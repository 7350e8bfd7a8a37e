import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { PressArgs } from './press.ts';
import type { SubmitArgs } from './submission.ts';

/** Buttons, menus and forms, each with what answers to its id. */
export interface ById {
  /** @throws when the id has its listener already */
  action(id: string, listener: (args: PressArgs) => Promise<void>): void;
  /** @throws when the id has its listener already */
  view(id: string, listener: (args: SubmitArgs) => Promise<void>): void;
}

/**
 * Bolt asks every listener whether it is meant, each with a copy of the arguments: with one for each of some sixty ids that is
 * half of the time of a press. Here one listener for all presses, and one for all forms, looks up which is meant.
 */
export const byId = (app: App): ById => {
  const actions = new Map<string, (args: PressArgs) => Promise<void>>();
  const views = new Map<string, (args: SubmitArgs) => Promise<void>>();
  app.action<BlockAction>(anyId, async (args) => actions.get(args.action.action_id)?.(args));
  app.view<ViewSubmitAction>(anyId, async (args) => views.get(args.view.callback_id)?.(args));
  return {
    action: (id, listener) => add(actions, id, listener),
    view: (id, listener) => add(views, id, listener),
  };
};

const anyId = /./;

const add = <T>(listeners: Map<string, T>, id: string, listener: T): void => {
  if (listeners.has(id)) throw new Error(`Listening failed: '${id}' has a listener already`);
  listeners.set(id, listener);
};
