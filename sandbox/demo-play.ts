/** What the people of the demo do, as steps of the story. Everything they act on is looked up as they would: by eye. */

import { type Case, type CaseName, type Deed, dmOf, hadButton, postedIn, saidInPlace, wordsOf } from './demo-case.ts';
import type { Actor, Cast } from './demo-cast.ts';
import type { Tale } from './demo-tale.ts';
import type { FormValues, Message, Outcome, Submission } from './slack-records.ts';

export type Play = {
  readonly tale: Tale;
  readonly cast: Cast;
  readonly cases: Map<CaseName, Case>;
  /** A customer writes in a channel; gives the ticket of the receipt. */
  writes(name: CaseName, by: Actor, where: Cast['shared'], text: string): Promise<Case>;
  /** `/ticket new`, in a channel the person is in. */
  opensByForm(name: CaseName, by: Actor, where: Cast['shared'], values: FormValues): Promise<Case>;
  /** A reply in the customer's thread. */
  replies(one: Case, by: Actor, text: string): Promise<void>;
  claims(one: Case, by: Actor, channel: string): Promise<void>;
  /** Resolve: the form, its preview, send. */
  resolves(one: Case, by: Actor, channel: string, values: FormValues): Promise<void>;
  /** The customer presses a button of the newest question in their place. */
  answers(one: Case, by: Actor, what: 'Solved' | 'Still broken'): Promise<void>;
  /** A button or menu entry of the card, and the form that it opens, if any. */
  onCard(one: Case, by: Actor, channel: string, what: string, then: Then): Promise<void>;
  command(one: Case, by: Actor, where: Cast['shared'], line: string, then: Then): Promise<void>;
};

type Then = { readonly deed: Deed; readonly does: string; readonly form?: FormValues };

export const playOf = (tale: Tale): Play => {
  const { stage } = tale;
  const { slack, cast } = stage;
  const cases = new Map<CaseName, Case>();

  const begin = (name: CaseName, by: Actor, openedAt: number, found: Pick<Case, 'number' | 'place'>): Case => {
    const one: Case = { name, openedAt, ...found, acts: [{ at: openedAt, by, deed: 'opened' }], inside: [] };
    cases.set(name, one);
    return one;
  };
  const note = (one: Case, by: Actor, deed: Deed, form: FormValues = {}): void => {
    one.acts.push({ at: stage.now(), by, deed });
    one.inside.push(...insideFields.flatMap((field) => (typeof form[field] === 'string' ? [form[field]] : [])));
  };

  /** The newest message about the ticket in a channel that can be acted on. */
  const cardIn = (channel: string, one: Pick<Case, 'number'>): Message => {
    const card = postedIn({ slack }, channel, one).findLast((each) =>
      each.blocks.some(({ type }) => type === 'actions'),
    );
    if (card === undefined) throw new Error(`There is no card of ${one.number} in #${stage.nameOf(channel)}`);
    return card;
  };

  const sendForm = async (by: Actor, values: FormValues): Promise<Submission> => {
    // A form may come in two steps: empty at once, then with what belongs in it.
    await stage.settle();
    const sent = await slack.as(by.id).submit(values);
    if (sent.errors !== null) throw new Error(`The form of ${by.name} was refused: ${JSON.stringify(sent.errors)}`);
    return answered(sent, `${by.name}'s form`);
  };

  const pressOnCard = async (one: Case, by: Actor, channel: string, what: string, form?: FormValues): Promise<void> => {
    answered(await slack.as(by.id).press(cardIn(channel, one), what), `${by.name}'s press of ${what}`);
    if (form !== undefined) await sendForm(by, form);
  };

  return {
    tale,
    cast,
    cases,
    writes: async (name, by, where, text) => {
      const openedAt = stage.now();
      const mentions = cast.intake === null;
      const title = `${by.name}, a customer, writes in #${where.name}: “${mentions ? '@Tierline ' : ''}${text}”`;
      const hands = slack.as(by.id);
      const ts = await tale.step(title, () => (mentions ? hands.mention(where.id, text) : hands.post(where.id, text)));
      const place = { channel: where.id, threadTs: ts };
      const number = numberIn(saidInPlace({ slack }, { place }).filter(({ botId }) => botId !== null));
      return begin(name, by, openedAt, { number, place });
    },
    opensByForm: async (name, by, where, values) => {
      const openedAt = stage.now();
      const known = slack.messages().length;
      const fields = filledIn(values);
      await tale.step(
        `${by.name} types /ticket new, fills in the form and sends it`,
        async () => {
          answered(await slack.as(by.id).command('/ticket new', { channel: where.id }), '/ticket new');
          await sendForm(by, values);
        },
        fields,
      );
      const fresh = slack
        .messages()
        .slice(known)
        .filter(({ botId }) => botId !== null);
      const receipt = fresh.find(({ channel }) => channel === dmOf(by));
      const isStaff = cast.tiers.some(({ people }) => people.some(({ id }) => id === by.id));
      const place = receipt === undefined || isStaff ? null : { channel: receipt.channel, threadTs: receipt.ts };
      return begin(name, by, openedAt, { number: numberIn(fresh), place });
    },
    replies: async (one, by, text) => {
      const { place } = one;
      if (place === null) throw new Error(`${one.number} has no thread to reply in`);
      await tale.step(`${by.name} replies in the thread: “${text}”`, () =>
        slack.as(by.id).post(place.channel, text, { threadTs: place.threadTs }),
      );
      note(one, by, 'replied');
    },
    claims: async (one, by, channel) => {
      note(one, by, 'claimed');
      await tale.step(`${by.name} presses Claim on the card of ${one.number}`, () =>
        pressOnCard(one, by, channel, 'Claim'),
      );
    },
    resolves: async (one, by, channel, values) => {
      note(one, by, 'resolved', values);
      const fields = filledIn(values);
      await tale.step(
        `${by.name} presses Resolve, fills in the form, looks at the preview, sends it`,
        async () => {
          await pressOnCard(one, by, channel, 'Resolve', values);
          await sendForm(by, {});
        },
        fields,
      );
    },
    answers: async (one, by, what) => {
      note(one, by, what === 'Solved' ? 'solved' : 'still-broken');
      const asked = saidInPlace({ slack }, one).findLast((each) => hadButton(each, what));
      if (asked === undefined) throw new Error(`${by.name} was never asked whether ${one.number} is solved`);
      await tale.step(`${by.name} presses ${what}`, async () => {
        answered(await slack.as(by.id).press(asked, what), `${by.name}'s press of ${what}`);
      });
    },
    onCard: async (one, by, channel, what, { deed, does, form }) => {
      note(one, by, deed, form);
      await tale.step(does, () => pressOnCard(one, by, channel, what, form), filledIn(form));
    },
    command: async (one, by, where, line, { deed, does, form }) => {
      note(one, by, deed, form);
      const work = async (): Promise<void> => {
        answered(await slack.as(by.id).command(line, { channel: where.id }), line);
        if (form !== undefined) await sendForm(by, form);
      };
      await tale.step(does, work, filledIn(form));
    },
  };
};

/** Fields whose words stay among the staff. */
const insideFields = ['cause', 'fix', 'reason', 'note'];

const fieldNames: Readonly<Record<string, string>> = {
  cause: 'Cause (stays inside)',
  fix: 'Fix (stays inside)',
  message: 'What the customer reads',
  reason: 'Why (stays inside)',
  note: 'Hand-over note (stays inside)',
  description: 'What happens',
};

/** What somebody fills in, a line a field. */
const filledIn = (values: FormValues = {}): readonly string[] =>
  Object.entries(values).map(([field, value]) => {
    const name = fieldNames[field] ?? `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
    return `${name}: ${String(value)}`;
  });

const numberIn = (messages: readonly Message[]): string => {
  const number = messages.map((each) => /ESC-\d+/.exec(wordsOf(each))?.[0]).find((each) => each !== undefined);
  if (number === undefined) throw new Error('No ticket was opened: nobody has seen a number');
  return number;
};

const answered = <T extends Outcome>(outcome: T, what: string): T => {
  if (!outcome.acked || outcome.error !== null)
    throw new Error(`${what} was not answered: ${outcome.error ?? 'no ack'}`);
  return outcome;
};
