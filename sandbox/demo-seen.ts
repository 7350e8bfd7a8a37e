/** What people newly see in the local Slack, read from its record. */
import type { Stage } from './demo-stage.ts';
import { type Json, recordsIn, textIn } from './json.ts';
import { plainTextOf, type Reader } from './plain-text.ts';
import { blocksOf } from './slack-elements.ts';
import type { Message } from './slack-records.ts';

export type Sighting = {
  /** Who sees it, and where. */
  readonly where: string;
  readonly how: 'new' | 'redrawn';
  /** A reply under a card: for those who look into it. */
  readonly isAside: boolean;
  /** In the bot's direct messages, or for one person only. */
  readonly isPrivate: boolean;
  readonly message: Message;
  readonly lines: readonly string[];
};

/** Gives what has come since it was asked last, people's own messages left out. */
export const watcherOf = (stage: Stage): (() => readonly Sighting[]) => {
  const { slack, nameOf } = stage;
  const reader: Reader = { tz: stage.cast.zone, nameOf };
  let known = 0;
  const drawn = new Map<Message, number>();

  return () => {
    const all = slack.messages();
    const fresh = new Set(all.slice(known));
    known = all.length;
    const sightings: Sighting[] = [];
    for (const message of all) {
      const before = drawn.get(message) ?? 0;
      drawn.set(message, message.revisions.length);
      if (message.botId === null || message.deleted) continue;
      const how = fresh.has(message) ? 'new' : message.revisions.length > before ? 'redrawn' : null;
      if (how === null) continue;
      const inThread = message.threadTs !== null && message.threadTs !== message.ts;
      const where = whereOf(stage, message, inThread);
      const isPrivate = message.channel.startsWith('D') || message.onlyFor !== null;
      const isAside = inThread && isStaffPlace(stage, message.channel);
      sightings.push({ where, how, isAside, isPrivate, message, lines: linesOf(message, reader) });
    }
    return together(sightings.sort((a, b) => rank(stage, a) - rank(stage, b)));
  };
};

const whereOf = ({ nameOf }: Stage, { channel, onlyFor }: Message, inThread: boolean): string => {
  if (channel.startsWith('D')) return `${nameOf(channel.slice(1))}, direct message${inThread ? ', in the thread' : ''}`;
  const place = `#${nameOf(channel)}${inThread ? ', in the thread' : ''}`;
  return onlyFor === null ? place : `only ${nameOf(onlyFor)} sees this, in ${place}`;
};

const isStaffPlace = ({ cast }: Stage, channel: string): boolean =>
  cast.tiers.some(({ room }) => room.id === channel) || cast.managers.some(({ id }) => channel === `D${id}`);

/** Customers first, then the tiers from the first to the last, then direct messages. */
const rank = ({ cast }: Stage, { message: { channel }, isAside }: Sighting): number => {
  const tier = cast.tiers.findIndex(({ room }) => room.id === channel);
  const isManager = cast.managers.some(({ id }) => channel === `D${id}`);
  if (tier >= 0) return 10 + tier * 2 + (isAside ? 1 : 0);
  return isManager ? 100 : channel.startsWith('D') && !cast.customers.some(({ id }) => channel === `D${id}`) ? 90 : 0;
};

/** The same words to several people are shown once. */
const together = (sightings: readonly Sighting[]): readonly Sighting[] => {
  const folded: Sighting[] = [];
  for (const each of sightings) {
    const same = folded.findIndex(
      (one) => one.isPrivate && each.isPrivate && one.how === each.how && String(one.lines) === String(each.lines),
    );
    const one = folded[same];
    if (one === undefined) folded.push(each);
    else folded[same] = { ...one, where: `${one.where.split(',')[0]} and ${each.where}` };
  }
  return folded;
};

/** A message as its readers see it: one line a paragraph, bullets and quotes marked, its buttons last. */
const linesOf = (message: Pick<Message, 'text' | 'blocks' | 'attachments'>, reader: Reader): readonly string[] => {
  const blocks = blocksOf(message);
  if (blocks.length === 0) return [plainTextOf({ text: message.text }, reader)];
  return blocks.flatMap((block) => (block.type === 'actions' ? [buttonsIn(block)] : blockLines(block, reader)));
};

const blockLines = (block: Json, reader: Reader): readonly string[] => {
  if (block.type !== 'rich_text') return unmarked(plainTextOf({ blocks: [block] }, reader)).split('\n');
  return recordsIn(block.elements).flatMap((element) => {
    const lines = plainTextOf({ blocks: [{ ...block, elements: [element] }] }, reader)
      .split('\n')
      .filter((line) => line.trim() !== '');
    if (element.type === 'rich_text_list') return lines.map((line) => `• ${line}`);
    return element.type === 'rich_text_quote' ? lines.map((line) => `“${line}”`) : lines;
  });
};

/** Emphasis is for the eye in Slack; in a terminal its stars are only noise. */
const unmarked = (text: string): string => text.replace(/\*([^*\n]+)\*/g, '$1');

const buttonsIn = (block: Json): string =>
  recordsIn(block.elements)
    .map((element) => (element.type === 'button' ? `[${textIn(recordsIn([element.text])[0]?.text)}]` : '[⋯]'))
    .join(' ');
