import type { Command } from '../src/domain/command.ts';
import { hour } from '../src/domain/instant.ts';
import type { Person } from '../src/domain/person.ts';
import type { Ticket } from '../src/domain/ticket.ts';
import type { Furniture } from './furniture.ts';
import type { Random } from './random.ts';

/** What somebody does next about a ticket. */
export type Act =
  | { readonly kind: 'press'; readonly userId: string; readonly commandFrom: (by: Person) => Command }
  | { readonly kind: 'write'; readonly by: Person; readonly text: string }
  | { readonly kind: 'edit' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'nothing' };

type Habit = readonly [weight: number, act: (scene: Scene) => Act];

interface Scene {
  readonly ticket: Ticket;
  readonly random: Random;
  readonly furniture: Furniture;
  readonly now: number;
}

const staffOf = ({ ticket, random, furniture }: Scene): string => {
  const able = furniture.desk.tiers.slice(ticket.tier - 1).flatMap(({ members }) => members);
  const anyone = random.chance(0.05) ? furniture.staff.map(({ userId }) => userId) : able;
  return random.pickAny(anyone) ?? furniture.desk.managers[0] ?? '';
};

const ownerOr = (scene: Scene): string =>
  scene.ticket.owner !== null && scene.random.chance(0.8) ? scene.ticket.owner.userId : staffOf(scene);

/** The card they look at: mostly fresh, sometimes drawn before the last change, sometimes a typed command. */
const seen = ({ ticket, random }: Scene): number | null => {
  const draw = random.next();
  return draw < 0.6 ? ticket.step : draw < 0.7 ? ticket.step - 1 : null;
};

const press = (userId: string, commandFrom: (by: Person) => Command): Act => ({ kind: 'press', userId, commandFrom });

const staffPress =
  (commandFrom: (by: Person, seenStep: number | null, scene: Scene) => Command) =>
  (scene: Scene): Act => {
    const seenStep = seen(scene);
    return press(ownerOr(scene), (by) => commandFrom(by, seenStep, scene));
  };

const customerPress =
  (commandFrom: (by: Person, seenStep: number | null) => Command) =>
  (scene: Scene): Act => {
    const seenStep = seen(scene);
    return press(scene.ticket.customer.userId ?? '', (by) => commandFrom(by, seenStep));
  };

const says =
  (...texts: readonly [string, ...string[]]) =>
  (scene: Scene): Act => {
    const by = scene.furniture.customers.find(({ userId }) => userId === scene.ticket.customer.userId);
    return by === undefined ? { kind: 'nothing' } : { kind: 'write', by, text: scene.random.pick(texts) };
  };

const staffSays = (scene: Scene): Act => {
  const userId = ownerOr(scene);
  const by = scene.furniture.staff.find((each) => each.userId === userId);
  return by === undefined ? { kind: 'nothing' } : { kind: 'write', by, text: 'We are looking at it' };
};

const claim = staffPress((by, seenStep) => ({ type: 'claim', by, seenStep }));
const takeOver = staffPress((by, seenStep) => ({ type: 'take-over', by, seenStep }));
const release = staffPress((by, seenStep) => ({ type: 'release', by, seenStep }));
const assign = (scene: Scene): Act => {
  const to = scene.random.pickAny(scene.furniture.staff);
  if (to === null) return { kind: 'nothing' };
  return press(ownerOr(scene), (by) => ({ type: 'assign', by, to, note: 'Yours', handOver: false }));
};
const note = staffPress((by) => ({ type: 'note', by, text: 'Looks like DNS' }));
const update = staffPress((by, _seen, { now }) => ({
  type: 'update',
  by,
  text: 'Half way there',
  expectedAt: now + hour,
}));
const wait = staffPress((by, seenStep) => ({ type: 'wait', by, need: 'Your domain', seenStep }));
const resume = staffPress((by, seenStep) => ({ type: 'resume', by, seenStep }));
const resolve = staffPress((by, seenStep) => ({
  ...{ type: 'resolve', by, seenStep },
  ...{ cause: 'A full disk', fix: 'Made room', message: 'It works again' },
}));
const dismiss = staffPress((by, seenStep) => ({ type: 'dismiss', by, reason: 'A test', seenStep }));
const escalate = staffPress((by, seenStep) => ({
  ...{ type: 'escalate', by, seenStep, toTier: null },
  ...{ reason: 'Beyond us', note: 'Tried everything' },
}));
const handBack = staffPress((by, seenStep) => ({ type: 'hand-back', by, reason: 'Not ours', seenStep }));
const addNote = staffPress((by) => ({ type: 'add-hand-over-note', by, note: 'Restarted twice' }));
const reopen = staffPress((by, seenStep) => ({ type: 'reopen', by, as: 'staff', reason: 'Not yet', seenStep }));
const triage = staffPress((by, _seen, { random }) => ({
  ...{ type: 'triage', by, kind: 'technical', service: 'vps', reason: 'Sorted' },
  ...{ impact: random.pick(['person', 'site', 'many']), urgency: random.pick(['can-wait', 'degraded', 'down']) },
}));
const acknowledge = (scene: Scene): Act => {
  const seenStep = seen(scene);
  return press(scene.furniture.desk.managers[0] ?? '', (by) => ({ type: 'acknowledge', by, seenStep }));
};
const solved = customerPress((by, seenStep) => ({ type: 'confirm', by, as: 'customer', seenStep }));
const stillBroken = customerPress((by, seenStep) => ({ type: 'still-broken', by, seenStep }));
const customerReopens = customerPress((by, seenStep) => ({
  type: 'reopen',
  by,
  as: 'customer',
  reason: null,
  seenStep,
}));
const edit = (): Act => ({ kind: 'edit' });
const remove = (): Act => ({ kind: 'remove' });
const nothing = (): Act => ({ kind: 'nothing' });

const onOpen: readonly Habit[] = [
  [5, claim],
  [2, staffSays],
  [1, assign],
  [1, note],
  [1, triage],
  [1, update],
  [1, wait],
  [2, resolve],
  [0.7, escalate],
  [0.4, handBack],
  [0.3, dismiss],
  [0.5, release],
  [0.5, takeOver],
  [0.4, acknowledge],
  [0.3, addNote],
  [2, says('Any news?', 'thanks', 'It is still down')],
  [0.5, edit],
  [0.2, remove],
  [3, nothing],
];

const onWaiting: readonly Habit[] = [
  [3, says('My domain is example.test', 'thanks')],
  [1, resume],
  [1, resolve],
  [0.6, escalate],
  [0.3, handBack],
  [0.3, solved],
  [0.5, edit],
  [0.3, triage],
  [0.3, update],
  [2, nothing],
];

const onResolved: readonly Habit[] = [
  [3, solved],
  [1, stillBroken],
  [1, says('thanks', 'thank you')],
  [1, says('It is still broken', 'What did you do?')],
  [0.2, escalate],
  [0.2, reopen],
  [0.2, update],
  [3, nothing],
];

const onClosed: readonly Habit[] = [
  [0.3, customerReopens],
  [0.4, says('thanks', 'It is still broken')],
  [0.1, reopen],
  [0.1, edit],
  [4, nothing],
];

const habitsOn = ({ status }: Ticket): readonly Habit[] => {
  switch (status) {
    case 'open':
      return onOpen;
    case 'waiting':
      return onWaiting;
    case 'resolved':
      return onResolved;
    case 'closed':
      return onClosed;
  }
};

/** What somebody who looks at this ticket now does about it. */
export const nextAct = (scene: Scene): Act => {
  const habits = habitsOn(scene.ticket);
  let draw = scene.random.next() * habits.reduce((sum, [weight]) => sum + weight, 0);
  for (const [weight, act] of habits) {
    draw -= weight;
    if (draw < 0) return act(scene);
  }
  return { kind: 'nothing' };
};

/** What ends a ticket for good, by somebody who may always do it. */
export const dismissal = ({ desk }: Furniture): Act =>
  press(desk.managers[0] ?? '', (by) => ({ type: 'dismiss', by, reason: 'The story ends', seenStep: null }));
