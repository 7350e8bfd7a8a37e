import type { NoticeKind } from '../domain/notice.ts';
import { at, type Line } from './line.ts';

/** Something that was to be said, and was not, since its reason was gone by then (14.3). */
export interface NotSaid {
  readonly kind: NoticeKind;
  readonly at: number;
}

export const notSaidLine = (notSaid: NotSaid): Line => [
  at(notSaid.at),
  ` · Not said, as it was out of date by then: ${names[notSaid.kind] ?? 'a message'}`,
];

const names: Readonly<Partial<Record<NoticeKind, string>>> = {
  call: 'a call to the tier',
  remind: 'a reminder',
  'ask-again': 'the question whether it is solved',
  'holding-update': 'how it stands, to the customer',
  'claim-offer': 'an offer to claim it',
  manager: 'a message to a manager',
  card: 'a new look of the card',
};
