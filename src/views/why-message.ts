import type { Desk } from '../domain/desk.ts';
import { ticketName } from '../domain/ticket.ts';
import type { ClockStory, Wording } from '../domain/why.ts';
import { cut } from './cut.ts';
import { tierInWords } from './labels.ts';
import { at, bold, type Line, lineText } from './line.ts';
import { bullets, type Message, message, paragraph, rich } from './message.ts';
import type { Subject } from './subject.ts';

/** How the domain words its sentences: an instant in braces is shown as a moment in the reader's own time. */
export const whyWording = (desk: Desk, reader: Wording['reader']): Wording => ({
  at: (instant) => `{${instant}}`,
  tier: (tier) => tierInWords(desk, tier),
  reader,
});

const sentencesShown = 20;

/** `/ticket why`: each clock explained in sentences (5.7). The sentences come from the domain. */
export const whyMessage = ({ ticket }: Pick<Subject, 'ticket'>, clocks: readonly ClockStory[]): Message => {
  const head: Line = [bold(`Why ${ticketName(ticket)} is due when it is`)];
  if (clocks.length === 0)
    return message(`No clock runs on ${ticketName(ticket)}.`, [
      rich(paragraph([`No clock runs on ${ticketName(ticket)}.`])),
    ]);
  const share = Math.floor(7_000 / clocks.length);
  return message(`${lineText(head)}: ${lineText([clocks.map(({ clock }) => clock).join(', ')])}.`, [
    rich(
      paragraph(head),
      ...clocks.flatMap(({ clock, sentences }) => [paragraph(['\n', bold(clock)]), bullets(within(sentences, share))]),
    ),
  ]);
};

/** As many sentences as fit; a long calendar can have many closed days. */
const within = (sentences: readonly string[], share: number): readonly Line[] => {
  const each = Math.floor(share / Math.max(1, Math.min(sentences.length, sentencesShown)));
  const rows = sentences
    .slice(0, sentencesShown)
    .map((sentence): Line => withMoments(cut(sentence, Math.max(each, 100))));
  return sentences.length > sentencesShown ? [...rows, [`… and ${sentences.length - sentencesShown} more`]] : rows;
};

const withMoments = (sentence: string): Line =>
  sentence.split(/(\{\d{12,14}\})/).map((part) => {
    const instant = /^\{(\d+)\}$/.exec(part)?.[1];
    return instant === undefined ? part : at(Number(instant));
  });
