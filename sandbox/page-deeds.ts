/** What people do on the page, done with their hands in the local Slack. */
import type { Ask, FormState } from './page/protocol.ts';
import { allDone, type PageAnswer, refused, troubled } from './page-answer.ts';
import { isIn, maySee, type ShownWorld } from './page-sight.ts';
import { troubleOf } from './page-trouble.ts';
import { wireOf } from './page-typed.ts';
import type { Slack } from './slack.ts';
import type { PressOptions } from './slack-hands.ts';
import type { FormValues, Message, Outcome } from './slack-records.ts';
import { messagesAt } from './slack-storage.ts';

type Of<Kind extends Ask['do']> = Extract<Ask, { readonly do: Kind }>;
type Act = Of<'act'>;

/** What a person does to the workspace; clock, scenes and faults are nobody's deed in it. */
export type Deed = Of<
  | 'post'
  | 'edit'
  | 'remove'
  | 'react'
  | 'command'
  | 'message-shortcut'
  | 'global-shortcut'
  | 'act'
  | 'submit'
  | 'close-view'
  | 'open-home'
>;

const notThere = refused('That message is not there any more.');
const noForm = refused('The form is closed already.');

const placeProblem = (world: ShownWorld, user: string, id: string): PageAnswer | null => {
  const channel = world.channels.get(id);
  if (!isIn(channel, user)) return refused('You are not in that channel.');
  return channel.archived ? refused(`#${channel.name} is archived: it can be read, and nothing more.`) : null;
};

const messageSeen = (world: ShownWorld, user: string, { channel, ts }: Pick<Message, 'channel' | 'ts'>) =>
  messagesAt(world, channel, ts).findLast((each) => !each.deleted && maySee(world, user, each)) ?? null;

/** Does it, and says what the person got for it. @throws what the hands of the local Slack cannot do */
export const doDeed = async (slack: Slack, user: string, deed: Deed): Promise<PageAnswer> => {
  const { world } = slack;
  if (world.people.get(user)?.deleted !== false) return refused('This account is deactivated: it can do nothing here.');
  const problem = 'channel' in deed ? placeProblem(world, user, deed.channel) : null;
  if (problem !== null) return problem;
  const hands = slack.as(user);
  switch (deed.do) {
    case 'post':
      return post(slack, user, deed);
    case 'edit':
    case 'remove':
      return changeOwn(slack, user, deed);
    case 'react':
      if (messageSeen(world, user, deed) === null) return notThere;
      await hands[deed.on ? 'react' : 'unreact'](deed.channel, deed.ts, deed.name);
      return allDone;
    case 'command':
      return told(hands.command(deed.line, deed), { what: 'command', line: deed.line });
    case 'message-shortcut':
      if (messageSeen(world, user, deed) === null) return notThere;
      return told(hands.messageShortcut(deed.callbackId, deed), { what: 'shortcut' });
    case 'global-shortcut':
      return told(hands.globalShortcut(deed.callbackId), { what: 'shortcut' });
    case 'act':
      return act(slack, user, deed);
    case 'submit':
      return submit(slack, user, deed.state);
    case 'close-view':
      return hands.view() === null ? noForm : told(hands.closeView(), { what: 'form' });
    case 'open-home':
      await hands.openHome();
      return allDone;
  }
};

/** What Slack keeps back is no answer either: nobody waits for it longer than Slack does. */
const mostWaitMs = 3_500;

const told = async (work: Promise<Outcome>, tried: Parameters<typeof troubleOf>[1]): Promise<PageAnswer> => {
  const { error } = await inTime(work);
  return troubled(troubleOf(error, tried));
};

const inTime = async <T extends Pick<Outcome, 'error'>>(work: Promise<T>): Promise<T | typeof late> => {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<typeof late>((resolve) => {
    timer = setTimeout(() => resolve(late), mostWaitMs);
  });
  return Promise.race([work, patience]).finally(() => clearTimeout(timer));
};

const late = { error: 'operation_timeout', errors: null } as const;

const post = async (slack: Slack, user: string, deed: Of<'post'>): Promise<PageAnswer> => {
  const { channel, text, threadTs, alsoToChannel, files } = deed;
  if (text.trim() === '' && files.length === 0) return refused('There is nothing to send yet.');
  if (threadTs !== null && messageSeen(slack.world, user, { channel, ts: threadTs }) === null) return notThere;
  // Nobody who writes waits until an app has taken note of it.
  await begun(
    slack.as(user).post(channel, wireOf(text, slack.world), {
      raw: true,
      ...(threadTs === null ? {} : { threadTs, broadcast: alsoToChannel }),
      ...(files.length === 0 ? {} : { files }),
    }),
  );
  return allDone;
};

/** What is refused is refused at once; what the bot then does with it shows by itself. */
const begun = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work, new Promise((resolve) => setImmediate(resolve))]).finally(() => {
    work.catch(() => {});
  });

const changeOwn = async (slack: Slack, user: string, deed: Of<'edit' | 'remove'>): Promise<PageAnswer> => {
  const message = messageSeen(slack.world, user, deed);
  if (message === null) return notThere;
  if (message.user !== user) return refused('Only the one who wrote a message can change it.');
  const hands = slack.as(user);
  if (deed.do === 'remove') await begun(hands.remove(deed.channel, deed.ts));
  else if (deed.text.trim() === '') return refused('A message cannot be empty. Delete it instead.');
  else await begun(hands.edit(deed.channel, deed.ts, wireOf(deed.text, slack.world), { raw: true }));
  return allDone;
};

const act = async (slack: Slack, user: string, deed: Act): Promise<PageAnswer> => {
  const { where, actionId, blockId, value, state } = deed;
  const hands = slack.as(user);
  const options: PressOptions = { blockId, ...(value === null ? {} : { value }) };
  switch (where.kind) {
    case 'message': {
      const message = messageSeen(slack.world, user, where);
      if (message === null) return notThere;
      const press = where.isOnlyForYou ? hands.pressEphemeral : hands.press;
      return told(press(where, actionId, options), { what: 'press' });
    }
    case 'view':
      if (hands.view() === null) return noForm;
      if (state !== null) hands.fillIn(known(slack, user, state));
      return told(hands.pressInView(actionId, options), { what: 'press' });
    case 'home':
      if (slack.home(user) === null) return refused('There is no Home tab yet.');
      return told(hands.pressHome(actionId, options), { what: 'press' });
  }
};

const submit = async (slack: Slack, user: string, state: FormState): Promise<PageAnswer> => {
  const hands = slack.as(user);
  if (hands.view() === null) return noForm;
  const { error, errors } = await inTime(hands.submit(known(slack, user, state)));
  return { type: 'done', done: { trouble: troubleOf(error, { what: 'form' }), errors } };
};

/** The fields that the form still has: it may have been redrawn while somebody was typing. */
const known = ({ world }: Slack, user: string, state: FormState): FormValues => {
  const typed = world.stacks.get(user)?.at(-1)?.typed ?? {};
  return Object.fromEntries(
    Object.entries(state).flatMap(([block, fields]) => {
      const kept = Object.entries(fields).filter(([action]) => typed[block]?.[action] !== undefined);
      return kept.length === 0 ? [] : [[block, Object.fromEntries(kept)]];
    }),
  );
};
