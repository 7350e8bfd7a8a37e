import { setTimeout as pause } from 'node:timers/promises';
import type { Slack } from '../sandbox/slack.ts';
import type { FormValues, Message, Submission } from '../sandbox/slack-records.ts';
import type { Random } from '../simulation/random.ts';
import { ownWord } from './customers.ts';
import { type Affair, type Sent, ticketIdOf } from './deeds.ts';
import { isReply, markOf } from './sayings.ts';
import { tiers } from './town.ts';

export interface Staff {
  /** Members of the tiers, and the customer at the end, do something about it in the time that is left, or nothing. */
  lookAfter(affair: Affair, random: Random, until: number): Promise<void>;
}

const patience = 5_000;
/** A form whose trigger was lost does not open any more. */
const formPatience = 2_500;

export const createStaff = (slack: Slack): Staff => {
  const busy = new Map<string, Promise<unknown>>();

  /** One person does one thing at a time: their forms lie on top of each other. */
  const inTurn = <T>(person: string, work: () => Promise<T>): Promise<T> => {
    const mine = (busy.get(person) ?? Promise.resolve()).then(work);
    busy.set(
      person,
      mine.catch(() => {}),
    );
    return mine;
  };

  /** The newest card that offers this, and the tier it stands in; null when none comes. */
  const cardWith = async (affair: Affair, label: string): Promise<{ card: Message; tier: number } | null> => {
    const since = Date.now();
    while (Date.now() - since < patience) {
      for (const [tier, { channel }] of [...tiers.entries()].reverse()) {
        const card = cardIn(slack, affair, channel);
        if (card === null) continue;
        if (JSON.stringify(card.blocks).includes(`"${label}"`)) return { card, tier };
        break;
      }
      await pause(50);
    }
    return null;
  };

  const press = async (
    affair: Affair,
    by: string,
    what: 'claim' | 'solved',
    label: string,
    on: Message,
  ): Promise<void> => {
    const at = Date.now();
    const outcome = await slack.as(by).press(on, label);
    affair.presses.push({ what, by, at, outcome, ackedAt: Date.now() });
  };

  const claim = async (affair: Affair, random: Random): Promise<void> => {
    const found = await cardWith(affair, 'Claim');
    if (found === null) return;
    const members = tiers[found.tier]?.members ?? [];
    const racers = random.chance(0.3) ? members.slice(0, 2) : [random.pickAny(members) ?? ''];
    await Promise.all(racers.map((by) => press(affair, by, 'claim', 'Claim', found.card)));
  };

  const send = async (affair: Affair, random: Random, what: Sent['what']): Promise<void> => {
    const label = labels[what];
    const found = await cardWith(affair, label);
    if (found === null) return;
    const by = random.pickAny(tiers[found.tier]?.members ?? []) ?? '';
    await inTurn(by, async () => {
      const hands = slack.as(by);
      await hands.press(found.card, label);
      const isOpen = (): boolean => JSON.stringify(hands.view()?.blocks ?? []).includes('"input"');
      await slack.until(isOpen, 'a form', formPatience).catch(() => {});
      if (isOpen()) await fillAndSend(affair, { what, by, words: ownWord(random, what), tier: found.tier + 1 });
      while (hands.view() !== null) await hands.closeView();
    });
  };

  const fillAndSend = async (affair: Affair, form: Pick<Sent, 'what' | 'by' | 'words' | 'tier'>): Promise<void> => {
    const { what, words } = form;
    const hands = slack.as(form.by);
    const at = Date.now();
    let sent = await hands.submit(fields(what, words));
    if (what !== 'escalate') {
      if (!sent.acked || (!sent.pushed && !sent.updated)) return;
      sent = await hands.submit();
    }
    let end = endOf(sent);
    // Who is told that it takes long, or nothing at all, presses once more.
    if (end === 'unknown' && hands.view() !== null) end = endOf(await hands.submit()) === 'kept' ? 'kept' : 'unknown';
    affair.forms.push({ ...form, at, end, endedAt: Date.now() });
  };

  const solved = async (affair: Affair): Promise<void> => {
    const { by, channel, ts } = affair.first;
    const asks = (one: Message): boolean => JSON.stringify(one.blocks).includes('"Still broken"');
    const question = (): Message | undefined => slack.read(channel, { threadTs: ts }).findLast(asks);
    await slack.until(() => question() !== undefined, 'the question', patience).catch(() => {});
    const found = question();
    if (found !== undefined) await press(affair, by, 'solved', 'Solved', found);
  };

  return {
    lookAfter: async (affair, random, until) => {
      const plan = random.pick(plans);
      for (const step of plan) {
        await pause(random.between(50, 1_000));
        if (Date.now() > until) return;
        try {
          if (step === 'claim') await claim(affair, random);
          else if (step === 'solved') await solved(affair);
          else await send(affair, random, step);
        } catch (error) {
          // The card was redrawn under the hand: nothing was done.
          if (!String(error).includes('Cannot press')) throw error;
        }
      }
    },
  };
};

type Step = 'claim' | 'solved' | Sent['what'];

const plans: readonly [readonly Step[], ...(readonly Step[])[]] = [
  [],
  [],
  ['claim'],
  ['claim', 'update'],
  ['claim', 'update', 'resolve', 'solved'],
  ['claim', 'resolve', 'solved'],
  ['resolve'],
  ['escalate', 'claim'],
  ['claim', 'escalate', 'claim', 'update'],
  ['escalate', 'escalate', 'update', 'resolve'],
];

const labels = { update: 'Update customer', resolve: 'Resolve', escalate: 'Escalate' } as const;

const fields = (what: Sent['what'], words: string): FormValues => {
  switch (what) {
    case 'update':
      return { text: `News: ${words}` };
    case 'resolve':
      return { cause: 'a full disk', fix: 'more room', message: `Done: ${words}` };
    case 'escalate':
      return { reason: `Because: ${words}`, note: `Tried: ${words}` };
  }
};

const endOf = (sent: Submission): Sent['end'] => {
  if (!sent.acked || JSON.stringify(sent.body).includes('longer than usual')) return 'unknown';
  return sent.closed && sent.errors === null && sent.error === null ? 'kept' : 'refused';
};

/** The card of an issue in a channel, as it stands now. */
const cardIn = (slack: Slack, affair: Affair, channel: string): Message | null =>
  slack
    .messages()
    .findLast(
      (message) =>
        message.channel === channel &&
        !message.deleted &&
        !isReply(message) &&
        message.pings.length === 0 &&
        markOf(message)?.ticket === ticketIdOf(affair),
    ) ?? null;
