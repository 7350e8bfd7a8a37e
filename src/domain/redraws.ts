import type { EventType } from './event.ts';
import { cardAnchor, type NoticeKind, receiptAnchor, titledBy } from './notice.ts';
import { copiesOf, type Draft, draft, type Scene, saidAnchor } from './scene.ts';
import type { Ticket } from './ticket.ts';

/** Events that change nothing a card shows. */
const unseen: ReadonlySet<EventType> = new Set(['customer-said', 'noted', 'warned']);

/** The customer's words show on no card, but that their place can be reached again does. */
const isSeen = ({ event, before, after }: Scene): boolean =>
  !unseen.has(event.type) || (before !== null && before.placeLost !== after.placeLost);

/** Which posted messages no longer show what is so (2.5, 4.2, 6.2). */
export const redrawsOf = (scenes: readonly Scene[], anchors: readonly string[], final: Ticket): readonly Draft[] => {
  const names = new Set<string>();
  for (const { event, before, after } of scenes) {
    const moved = before !== null && before.posting !== after.posting;
    if (moved) for (const copy of copiesOf(before)) names.add(cardAnchor(before.posting, copy));
    if (event.type === 'message-edited' || event.type === 'message-removed' || event.type === 'message-separated') {
      for (const name of anchors) if (quotes(name, event.messageKey)) names.add(name);
      // The receipt quotes what the ticket was opened with.
      if (before?.messages[0]?.key === event.messageKey && anchors.includes(receiptAnchor)) names.add(receiptAnchor);
    }
    if (before !== null && before.title !== after.title)
      for (const name of anchors) if (titledBy(name) !== null) names.add(name);
    if (event.type === 'hand-over-noted')
      for (const name of anchors) if (name.startsWith('background:')) names.add(name);
  }
  if (scenes.some(isSeen)) {
    for (const copy of copiesOf(final)) names.add(cardAnchor(final.posting, copy));
  }
  const last = scenes.at(-1);
  if (last === undefined) return [];
  return [...names].map((redraws) =>
    draft(
      last,
      kindOf(redraws),
      { kind: 'under', anchor: redraws },
      { redraws, scene: sceneFor(redraws, scenes, last) },
    ),
  );
};

/** Whether a posted message shows the text of a customer's message: its own line, every background and card. */
const quotes = (anchor: string, messageKey: string): boolean =>
  anchor.startsWith(saidAnchor(messageKey)) || anchor.startsWith('background:') || anchor.startsWith('card:');

const kindOf = (anchor: string): NoticeKind => {
  const titled = titledBy(anchor);
  if (titled !== null) return titled.kind;
  if (anchor === receiptAnchor) return 'receipt';
  if (anchor.startsWith('card:')) return 'card';
  return anchor.startsWith('background:') ? 'background' : 'line';
};

/** A redrawn line is about the edit, from which its message is known. */
const sceneFor = (anchor: string, scenes: readonly Scene[], last: Scene): Scene =>
  scenes.find(({ event }) => 'messageKey' in event && event.messageKey !== null && quotes(anchor, event.messageKey)) ??
  last;
