import { expect } from '@jest/globals';
import type { PageMessage } from '../../sandbox/page/protocol.ts';
import { beginnings, stretchesOf } from '../../sandbox/page/stretches.ts';

/** Messages of these seconds; of a message only its ts matters here. */
const said = (from: number, to: number): PageMessage[] =>
  Array.from({ length: to - from }, (_, index) => ({ ts: `${1_000 + from + index}.000000` }) as PageMessage);

const lengths = (messages: readonly PageMessage[], starts: readonly string[]): readonly number[] =>
  stretchesOf(messages, starts).map((each) => each.messages.length);

describe('stretches of a list', () => {
  it('hold ten messages each, and the newest what is left', () => {
    expect(lengths(said(0, 25), beginnings(said(0, 25), []))).toEqual([10, 10, 5]);
    expect(beginnings([], [])).toEqual([]);
  });

  it('stay as they are when older and newer messages come', () => {
    const known = beginnings(said(50, 75), []);
    const starts = beginnings(said(38, 83), known);
    expect(starts).toEqual(expect.arrayContaining([...known]));
    expect(lengths(said(38, 83), starts)).toEqual([10, 2, 10, 10, 10, 3]);
  });

  it('lose a message that is deleted, the first of all too, and nothing moves into another', () => {
    const known = beginnings(said(0, 30), []);
    const left = said(0, 30).filter((_, index) => index % 10 !== 0);
    expect(beginnings(left, known)).toEqual(known);
    expect(lengths(left, known)).toEqual([9, 9, 9]);
  });

  it('are left out when all in them is deleted', () => {
    const known = beginnings(said(0, 30), []);
    expect(stretchesOf([...said(0, 10), ...said(20, 30)], known).map(({ start }) => start)).toEqual([
      known[0],
      known[2],
    ]);
  });
});
