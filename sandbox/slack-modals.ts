/** Modals and Home tabs: trigger ids, the stack of each person, hashes, and what was typed so far. */
import { ApiError } from './api-error.ts';
import { isTooLargeForView, problemsInView } from './block-limits.ts';
import { initialState } from './field-state.ts';
import { isRecord, type Json, recordIn, recordsIn, textIn } from './json.ts';
import type { View } from './slack-records.ts';
import { withIds } from './slack-storage.ts';
import type { OpenView, World } from './slack-world.ts';

/** Slack keeps at most so many modals on top of one another. */
const HIGHEST_STACK = 3;

type Trigger = { readonly user: string; readonly mintedAt: number; readonly fromModal: boolean; used: boolean };

export type Modals = {
  mintTrigger(user: string, fromModal: boolean): string;
  open(triggerId: string, view: unknown): View;
  push(triggerId: string, view: unknown): View;
  /** By view id or external id; a given hash must still be the newest. */
  update(which: { readonly viewId?: string; readonly externalId?: string }, hash: string | null, view: unknown): View;
  publish(user: string, hash: string | null, view: unknown): View;
  /** `response_action`: on the person's present top view. */
  answerUpdate(user: string, view: unknown): View;
  answerPush(user: string, view: unknown): View;
  top(user: string): OpenView | undefined;
  close(user: string, all: boolean): void;
};

const refusedView = (view: unknown): never | undefined => {
  if (!isRecord(view)) throw new ApiError('invalid_arguments', 'view is not an object');
  if (isTooLargeForView(view)) throw new ApiError('view_too_large');
  const problems = problemsInView(view);
  if (problems.length === 0) return undefined;
  const messages = problems.map((one) => `[ERROR] ${one.says} [json-pointer:${one.at}]`);
  throw new ApiError('invalid_arguments', messages.join('; '), { response_metadata: { messages } });
};

export const createModals = (world: World, triggerMs: number): Modals => {
  const triggers = new Map<string, Trigger>();
  let hashes = 0;

  const newHash = (): string => {
    hashes += 1;
    return `${Math.floor(world.clock.now() / 1000)}.${hashes.toString(36).padStart(8, '0')}`;
  };

  const stackOf = (user: string): OpenView[] => {
    const stack = world.stacks.get(user) ?? [];
    world.stacks.set(user, stack);
    return stack;
  };

  const built = (raw: Json, id: string, place: Json): View => ({
    external_id: '',
    ...(raw.type === 'home'
      ? {}
      : { title: null, submit: null, close: null, notify_on_close: false, clear_on_close: false }),
    ...raw,
    ...place,
    type: textIn(raw.type),
    id,
    hash: newHash(),
    team_id: world.team.id,
    app_id: world.app.appId,
    app_installed_team_id: world.team.id,
    bot_id: world.app.botId,
    blocks: recordsIn(raw.blocks).map((block) => withIds(world, block)),
    callback_id: textIn(raw.callback_id),
    private_metadata: textIn(raw.private_metadata),
  });

  /** What was typed stays where block id and action id stay. */
  const typedInto = (view: View, before: OpenView['typed']): OpenView['typed'] => {
    const fresh = initialState(view.blocks);
    const kept = Object.entries(fresh).map(([block, fields]) => [
      block,
      Object.fromEntries(Object.entries(fields).map(([action, value]) => [action, before[block]?.[action] ?? value])),
    ]);
    return Object.fromEntries(kept);
  };

  const add = (user: string, raw: Json): View => {
    const stack = stackOf(user);
    if (stack.length >= HIGHEST_STACK) throw new ApiError('push_limit_reached');
    const external = textIn(raw.external_id);
    const taken = [...world.stacks.values()].flat().some((one) => external !== '' && one.view.external_id === external);
    if (taken) throw new ApiError('duplicate_external_id');
    const id = world.newId('V');
    const below = stack.at(-1)?.view.id ?? null;
    const view = built(raw, id, { root_view_id: stack[0]?.view.id ?? id, previous_view_id: below });
    stack.push({ view, typed: initialState(view.blocks) });
    world.ears.tell({ kind: 'view', user });
    return view;
  };

  /** Whose form or Home tab it is. */
  const tellOf = (slot: OpenView): void => {
    for (const [user, stack] of world.stacks) if (stack.includes(slot)) world.ears.tell({ kind: 'view', user });
    for (const [user, home] of world.homes) if (home === slot) world.ears.tell({ kind: 'home', user });
  };

  const replace = (slot: OpenView, raw: Json): View => {
    const { id, root_view_id, previous_view_id } = slot.view;
    slot.view = built(raw, id, { root_view_id, previous_view_id });
    slot.typed = typedInto(slot.view, slot.typed);
    tellOf(slot);
    return slot.view;
  };

  const spend = (id: string): Trigger => {
    const trigger = triggers.get(id);
    if (!trigger) throw new ApiError('invalid_trigger_id', `no trigger "${id}" was ever handed out`);
    if (trigger.used) throw new ApiError('exchanged_trigger_id');
    if (performance.now() - trigger.mintedAt > triggerMs) throw new ApiError('expired_trigger_id');
    trigger.used = true;
    return trigger;
  };

  const sameHash = (slot: OpenView, hash: string | null): void => {
    if (hash !== null && hash !== slot.view.hash) throw new ApiError('hash_conflict');
  };

  const modalOnly = (raw: Json): void => {
    if (raw.type !== 'modal') throw new ApiError('invalid_arguments', `a ${textIn(raw.type)} view cannot be opened`);
  };

  return {
    mintTrigger: (user, fromModal) => {
      const id = `${world.newId('')}.${world.team.id}.${triggers.size}`;
      triggers.set(id, { user, mintedAt: performance.now(), fromModal, used: false });
      return id;
    },
    open: (triggerId, view) => {
      refusedView(view);
      modalOnly(recordIn(view));
      const trigger = spend(triggerId);
      // Out of a modal the new one lies on top; from anywhere else it is the only one.
      if (!trigger.fromModal) world.stacks.set(trigger.user, []);
      return add(trigger.user, recordIn(view));
    },
    push: (triggerId, view) => {
      refusedView(view);
      modalOnly(recordIn(view));
      const trigger = spend(triggerId);
      if (!trigger.fromModal || stackOf(trigger.user).length === 0) {
        throw new ApiError('invalid_arguments', 'views.push needs a trigger from an open modal');
      }
      return add(trigger.user, recordIn(view));
    },
    update: ({ viewId, externalId }, hash, view) => {
      refusedView(view);
      const all = [...[...world.stacks.values()].flat(), ...world.homes.values()];
      const slot = all.find((one) => one.view.id === viewId || (externalId && one.view.external_id === externalId));
      if (!slot) throw new ApiError('not_found', 'no such view is open');
      sameHash(slot, hash);
      return replace(slot, recordIn(view));
    },
    publish: (user, hash, view) => {
      refusedView(view);
      if (recordIn(view).type !== 'home') throw new ApiError('invalid_arguments', 'only a home view can be published');
      const slot = world.homes.get(user);
      if (slot) {
        sameHash(slot, hash);
        return replace(slot, recordIn(view));
      }
      const id = world.newId('V');
      const made = built(recordIn(view), id, { root_view_id: id, previous_view_id: null });
      world.homes.set(user, { view: made, typed: initialState(made.blocks) });
      world.ears.tell({ kind: 'home', user });
      return made;
    },
    answerUpdate: (user, view) => {
      refusedView(view);
      const slot = stackOf(user).at(-1);
      if (!slot) throw new ApiError('not_found', 'no modal is open');
      return replace(slot, recordIn(view));
    },
    answerPush: (user, view) => {
      refusedView(view);
      return add(user, recordIn(view));
    },
    top: (user) => stackOf(user).at(-1),
    close: (user, all) => {
      if (all) world.stacks.set(user, []);
      else stackOf(user).pop();
      world.ears.tell({ kind: 'view', user });
    },
  };
};
