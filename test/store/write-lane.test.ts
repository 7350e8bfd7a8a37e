import { createWriteLane, type Landed } from '../../src/store/write-lane.ts';

/** A server that answers when it is told to. */
const aServer = () => {
  const sent: (readonly number[])[] = [];
  const answers: ((landed: readonly Landed<string>[] | Error) => void)[] = [];
  const send = (writes: readonly number[]): Promise<readonly Landed<string>[]> =>
    new Promise((resolve, reject) => {
      sent.push(writes);
      answers.push((landed) => (landed instanceof Error ? reject(landed) : resolve(landed)));
    });
  const fine = (writes: readonly number[]) => writes.map((each) => ({ outcome: `stored ${each}` }));
  return {
    sent,
    send,
    answer: (index: number) => answers[index]?.(fine(sent[index] ?? [])),
    fail: (index: number, error: Error) => answers[index]?.(error),
    answers,
  };
};

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('writes that come together', () => {
  it('go out at once while there is room, and together when there is none', async () => {
    const server = aServer();
    const write = createWriteLane()({ send: server.send, most: 3, part: 1, yields: 0 });
    const first = write(1);
    await turn();
    const rest = [2, 3, 4, 5].map((each) => write(each));
    await turn();
    expect(server.sent).toEqual([[1]]);
    server.answer(0);
    expect(await first).toBe('stored 1');
    await turn();
    expect(server.sent).toEqual([[1], [2, 3, 4]]);
    server.answer(1);
    await Promise.all(rest.slice(0, 3));
    await turn();
    server.answer(2);
    expect(await Promise.all(rest)).toEqual([2, 3, 4, 5].map((each) => `stored ${each}`));
    expect(server.sent).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('each have their own outcome', async () => {
    const server = aServer();
    const write = createWriteLane()({ send: server.send, most: 3, part: 1, yields: 0 });
    const both = Promise.allSettled([write(1), write(2), write(3)]);
    await turn();
    server.answers[0]?.([{ outcome: 'stored 1' }, { error: new Error('too large') }]);
    const [one, two, three] = await both;
    expect(one).toEqual({ status: 'fulfilled', value: 'stored 1' });
    expect(two).toMatchObject({ status: 'rejected', reason: { message: 'too large' } });
    expect(three).toMatchObject({ status: 'rejected' });
  });

  it('all fail when the server is gone, and those that come later are sent again', async () => {
    const server = aServer();
    const write = createWriteLane()({ send: server.send, most: 3, part: 1, yields: 0 });
    const lost = Promise.allSettled([write(1), write(2)]);
    await turn();
    server.fail(0, new Error('gone'));
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const later = write(3);
    await turn();
    server.answer(1);
    expect(await later).toBe('stored 3');
  });

  it('go one batch at a time, first what somebody waits for, and then what has let others go first long enough', async () => {
    const [acts, marks] = [aServer(), aServer()];
    const lane = createWriteLane();
    const act = lane({ send: acts.send, most: 1, part: 1, yields: 0 });
    const mark = lane({ send: marks.send, most: 3, part: 1, yields: 60 });
    const all = [mark(1), mark(2), act(3), act(4), act(5)];
    await turn();
    expect([acts.sent, marks.sent]).toEqual([[[3]], []]);
    acts.answer(0);
    await all[2];
    await turn();
    expect([acts.sent, marks.sent]).toEqual([[[3], [4]], []]);
    await new Promise((resolve) => setTimeout(resolve, 80));
    // The fifth came before the marks had to go; one that comes now has to wait for them.
    const late = act(6);
    acts.answer(1);
    await all[3];
    await turn();
    acts.answer(2);
    await all[4];
    await turn();
    expect([acts.sent.length, marks.sent]).toEqual([3, [[1, 2]]]);
    marks.answer(0);
    await Promise.all(all.slice(0, 2));
    await turn();
    acts.answer(3);
    expect(await late).toBe('stored 6');
  });

  it.each([
    ['a part of those that wait', 1 / 4, [40, 40, 30, 23, 17, 13, 10, 8, 8, 8, 3]],
    ['all together', 1, [40, 40, 40, 40, 40]],
  ])('go as their kind wants, %s, and never too many at once', async (_, part, sizes) => {
    const server = aServer();
    const write = createWriteLane()({ send: server.send, most: 40, part, yields: 0 });
    const all = Array.from({ length: 200 }, (_, number) => write(number));
    for (let index = 0; server.sent.flat().length < all.length; index += 1) {
      await turn();
      server.answer(index);
    }
    await turn();
    server.answer(server.sent.length - 1);
    await Promise.all(all);
    expect(server.sent.map(({ length }) => length)).toEqual(sizes);
  });
});
