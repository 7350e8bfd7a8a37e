import { createInTurn } from '../src/delivery/in-turn.ts';
import { createPacer } from '../src/delivery/pacer.ts';
import { slackLimits } from '../src/delivery/slack-rates.ts';
import { createSlackSpeaker } from '../src/delivery/slack-speaker.ts';
import { createHeldDesk } from '../src/desk-source.ts';
import type { Command } from '../src/domain/command.ts';
import type { Duration, Instant } from '../src/domain/instant.ts';
import { second } from '../src/domain/instant.ts';
import { createDeliverer } from '../src/flows/deliver-notices.ts';
import { expireDeadlines } from '../src/flows/expire-deadlines.ts';
import { handleCommand } from '../src/flows/handle-command.ts';
import type { Incoming } from '../src/flows/incoming.ts';
import type { PolicyVersion, Ports, Speaker } from '../src/flows/ports.ts';
import { rememberedTickets } from '../src/flows/remembered-tickets.ts';
import { type Edit, type Removal, takeInEdit, takeInRemoval } from '../src/flows/take-in-change.ts';
import { takeInMessage } from '../src/flows/take-in-message.ts';
import type { Breakage } from './breakages.ts';
import type { Closures } from './closures.ts';
import type { Faults } from './faults.ts';
import type { Furniture } from './furniture.ts';
import { createLife } from './life.ts';
import { createLine } from './line.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import { SimulatedClient } from './simulated-client.ts';
import type { SlackModel } from './slack-model.ts';
import { createStoreThroughLine } from './store-through-line.ts';
import type { WatchedTickets } from './watched-tickets.ts';
import type { Witness } from './witness.ts';

/** Something Slack tells the desk, again until it is acked. */
export type Envelope =
  | { readonly kind: 'posted'; readonly message: Incoming }
  | { readonly kind: 'edited'; readonly edit: Edit }
  | { readonly kind: 'removed'; readonly removal: Removal };

/** One running process of the desk. */
export interface Replica {
  readonly name: string;
  isAwake(): boolean;
  die(): void;
  /** Takes in an event; resolves when it may be acked, fails when Slack shall send it again. */
  hear(envelope: Envelope): Promise<void>;
  /** Carries out a press; nobody sends it again. */
  press(ticketId: string, userId: string, commandFrom: PressedBy, causeId: string): void;
  /** Something wants to be done at this instant: the next sweep after it is the one that does it. */
  wake(instant: Instant): void;
}

type PressedBy = (by: Awaited<ReturnType<Ports['directory']['person']>>) => Command;

export interface ReplicaParts {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly faults: Faults;
  readonly random: Random;
  readonly tickets: WatchedTickets;
  readonly slack: SlackModel;
  readonly closures: Closures;
  readonly witness: Witness;
  readonly furniture: Furniture;
  readonly policies: () => readonly PolicyVersion[];
  /** How far this process's clock is from the time, behind or ahead. */
  readonly skew: Duration;
  readonly broken: ReadonlySet<Breakage>;
  readonly changed: (what: 'died' | 'asleep' | 'awake') => void;
  readonly trace: (line: string) => void;
}

const sweepEvery = 5 * second;
const leaseFor = 30 * second;
/** Few, so that some are forgotten in between. */
const remembered = 5;

/** The parts meet as they do in the product's own `app.ts`, around doubles of store, Slack and clock. */
export const startReplica = (parts: ReplicaParts): Replica => {
  const { name, scheduler, faults, random, tickets, slack, witness, furniture, skew, trace } = parts;
  const life = createLife(scheduler, (what) => {
    trace(`${name} ${what}`);
    parts.changed(what);
  });
  const line = createLine(scheduler, faults, random, life);
  const clock = { now: () => scheduler.now() + skew };
  const log = { info: () => {}, warn: () => {}, error: (what: string, facts?: object) => failed(what, facts) };
  const desks = createHeldDesk(() => line.ask(parts.policies));
  desks.hold(furniture.desk);
  const client = new SimulatedClient({
    scheduler,
    faults,
    random,
    life,
    slack,
    closures: parts.closures,
    showsMarks: !parts.broken.has('no-look-up'),
    received: (message) => {
      trace(`posted ${message.channel} ${message.mark?.event_payload.notice ?? ''}`);
      witness.received(message);
    },
    shown: (channel, ts, drawing) => {
      trace(`shown ${channel} ${ts}`);
      witness.shown(channel, ts, drawing);
    },
    notRedrawn: witness.notRedrawn,
  });
  const pacer = createPacer({
    clock,
    limits: slackLimits,
    patience: leaseFor / 5,
    wait: (ms) => new Promise((resolve) => scheduler.in(ms, () => life.reach(resolve))),
  });
  const speaker = createSlackSpeaker({ client, pacer, pressUrls: { take: () => null }, log, clock });
  let salts = 0;
  const ports: Ports = {
    clock,
    tickets: rememberedTickets(createStoreThroughLine(tickets, line, parts.broken), remembered),
    desks,
    directory: {
      person: async (userId, team) => {
        if (faults.happens('directory failed', 0.004)) throw new DirectoryError();
        return personIn(furniture, userId, team);
      },
      zoneOf: async () => null,
    },
    speaker: witnessed(speaker, witness, parts.broken),
    log,
    processId: name,
    leaseFor,
    salt: () => {
      salts += 1;
      return `${name} ${salts}`;
    },
  };
  const failed = (what: string, facts?: object): void => {
    const error = facts !== undefined && 'error' in facts ? facts.error : null;
    if (error instanceof Error && !('code' in error)) trace(`${name}: ${what}: ${error.message}`);
    if (what === 'wording failed' || (error instanceof Error && !('code' in error))) witness.faulted(what, error);
  };
  const deliverer = createDeliverer(ports);
  const ready = desks.renew().catch(() => life.die());
  const inTurn = createInTurn();

  const sweep = oneAtATime(async () => {
    await ready;
    const moved = await expireDeadlines(ports);
    // Deadlines do not wait for what is said of them.
    deliverer.deliver(moved).catch((error: unknown) => failed('saying failed', { error }));
  });
  const sayDue = oneAtATime(async () => {
    await ready;
    await deliverer.deliverDue();
  });

  let planned: Instant | null = null;
  const wake = (instant: Instant): void => {
    const own = Math.max(instant, clock.now() + 1);
    const at = Math.ceil(own / sweepEvery) * sweepEvery - skew;
    if (!life.isAlive() || (planned !== null && planned <= at)) return;
    planned = at;
    scheduler.at(at, () => life.reach(() => lookNow(at)));
  };
  const wakeAgain = (): void => {
    const next = tickets.nextInstant();
    if (next !== null) wake(next);
  };
  /** A look that would find nothing is spared: most would, since whoever was told of an instant is told of it in vain. */
  const lookNow = (at: Instant): void => {
    if (planned !== at) return;
    planned = null;
    const jobs = [
      ...(tickets.due(clock.now(), 1).length > 0 ? [sweep()] : []),
      ...(tickets.unsaid(clock.now(), 1).length > 0 ? [sayDue()] : []),
    ];
    for (const job of jobs) job.catch((error: unknown) => failed('sweep failed', { error })).finally(wakeAgain);
    if (jobs.length === 0) wakeAgain();
  };

  const read = (channel: string, ts: string): Promise<Incoming | null> =>
    line.ask(() => slack.find(channel, ts)?.words ?? null);

  const hearNow = async (envelope: Envelope): Promise<void> => {
    await ready;
    const taken = await takeIn(envelope);
    if (taken.kind === 'ticket' && taken.outcome.kind === 'done') deliverer.kick(taken.outcome.record.ticket.id);
  };

  const takeIn = (envelope: Envelope) => {
    switch (envelope.kind) {
      case 'posted': {
        const { message } = envelope;
        return inTurn(`${message.channel}:${message.userId}`, () => takeInMessage(ports, message, read));
      }
      case 'edited':
        return takeInEdit(ports, envelope.edit, read);
      case 'removed':
        return takeInRemoval(ports, envelope.removal, read);
    }
  };

  const press = async (ticketId: string, userId: string, commandFrom: PressedBy, id: string): Promise<void> => {
    await ready;
    const by = await ports.directory.person(userId, null);
    const outcome = await handleCommand(ports, ticketId, commandFrom(by), { id, at: clock.now() });
    if (outcome.kind === 'done') deliverer.kick(ticketId);
  };

  return {
    name,
    isAwake: life.isAwake,
    die: life.die,
    hear: (envelope) =>
      new Promise((resolve, reject) => life.reach(() => void hearNow(envelope).then(resolve, reject))),
    press: (ticketId, userId, commandFrom, id) => {
      life.reach(() => {
        press(ticketId, userId, commandFrom, id).catch((error: unknown) => failed('press failed', { error }));
      });
    },
    wake,
  };
};

/** What comes while it runs is skipped, as cron's next tick is. */
const oneAtATime = (run: () => Promise<void>): (() => Promise<void>) => {
  let isRunning = false;
  return async () => {
    if (isRunning) return;
    isRunning = true;
    await run().finally(() => {
      isRunning = false;
    });
  };
};

class DirectoryError extends Error {
  readonly code = 'slack-unreachable';
  constructor() {
    super('Reading a person failed: Slack does not answer');
    this.name = 'DirectoryError';
  }
}

const personIn = ({ customers, staff, desk }: Furniture, userId: string, team: string | null) =>
  [...customers, ...staff].find((each) => each.userId === userId) ?? {
    userId,
    team: team ?? desk.team,
    name: 'a customer of this channel',
    isFullMember: false,
    isWorkspaceAdmin: false,
  };

const witnessed = (speaker: Speaker, witness: Witness, broken: ReadonlySet<Breakage>): Speaker => ({
  say: async (remarks, to, until) => {
    const saying = speaker.say(remarks, to, until);
    if (broken.has('said-before-sent') && remarks.every(({ notice }) => notice.anchor === null)) {
      return { outcome: 'said', channel: '', ts: '', leftOut: [] };
    }
    const said = await saying;
    witness.heard(remarks, said);
    return said;
  },
});
