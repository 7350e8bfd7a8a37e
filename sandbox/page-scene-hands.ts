/** What people do to set up a scene. Everything is done as they would do it; nothing is put into the database. */
import type { Actor, Cast } from './demo-cast.ts';
import { passInstants, secondAfter, settle } from './page-passing.ts';
import type { PageStage } from './page-stage.ts';
import type { FormValues, Message, Outcome } from './slack-records.ts';

export type SceneHands = {
  readonly cast: Cast;
  /** A customer asks for help, where the desk takes it. */
  writes(by: Actor, text: string): Promise<void>;
  /** `/ticket new`, its form filled in and sent. */
  opensByForm(by: Actor, values: FormValues): Promise<void>;
  /** On the newest card of a tier's channel. */
  claims(by: Actor, channel: string): Promise<void>;
  resolves(by: Actor, channel: string, values: FormValues): Promise<void>;
  /** Lets so many milliseconds pass. */
  waits(ms: number): Promise<void>;
};

export const sceneHands = (stage: PageStage): SceneHands => {
  const { slack, cast, clock } = stage;

  const press = async (by: Actor, channel: string, what: string): Promise<void> => {
    const card = slack.read(channel).findLast(({ botId, blocks }) => botId !== null && hasButton(blocks, what));
    if (card === undefined) throw new Error(`Setting up the scene failed: there is no ${what} in ${channel}`);
    answered(await slack.as(by.id).press(card, what), what);
    await settle(stage);
  };
  const send = async (by: Actor, values: FormValues): Promise<void> => {
    const sent = await slack.as(by.id).submit(values);
    answered(sent, 'the form');
    if (sent.errors !== null) throw new Error(`Setting up the scene failed: ${JSON.stringify(sent.errors)}`);
    await settle(stage);
  };

  return {
    cast,
    writes: async (by, text) => {
      const hands = slack.as(by.id);
      await (cast.intake === null ? hands.mention(cast.shared.id, text) : hands.post(cast.intake.id, text));
      await settle(stage);
    },
    opensByForm: async (by, values) => {
      answered(await slack.as(by.id).command('/ticket new', { channel: cast.lounge.id }), '/ticket new');
      await settle(stage);
      await send(by, values);
    },
    claims: (by, channel) => press(by, channel, 'Claim'),
    resolves: async (by, channel, values) => {
      await press(by, channel, 'Resolve');
      await send(by, values);
      // The preview of what the customer will read.
      await send(by, {});
    },
    waits: async (ms) => {
      const at = secondAfter(clock.now() + ms);
      await passInstants(stage, at);
      clock.moveTo(at);
    },
  };
};

const hasButton = (blocks: Message['blocks'], what: string): boolean =>
  JSON.stringify(blocks).includes(`"text":${JSON.stringify(what)}`);

const answered = (outcome: Outcome, what: string): void => {
  if (!outcome.acked || outcome.error !== null)
    throw new Error(`Setting up the scene failed: ${what} was not answered (${outcome.error ?? 'no ack'})`);
};
