/** What became of something asked for. A refusal is an answer: one kind sentence. */
import type { Done, PageSlice } from './page/protocol.ts';

export type PageAnswer =
  | { readonly type: 'done'; readonly done: Done }
  | { readonly type: 'slice'; readonly slice: PageSlice }
  | { readonly type: 'refused'; readonly why: string };

export const allDone: PageAnswer = { type: 'done', done: { trouble: null, errors: null } };

export const refused = (why: string): PageAnswer => ({ type: 'refused', why });

export const troubled = (trouble: string | null): PageAnswer => ({ type: 'done', done: { trouble, errors: null } });
