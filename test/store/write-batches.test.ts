import { type Landed, writeBatches } from '../../src/store/write-batches.ts';

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

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('writes that come together', () => {
  it('go out at once while there is room, and together when there is none', async () => {
    const server = aServer();
    const write = writeBatches(server.send, { most: 3, atOnce: 1 });
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
    const write = writeBatches(server.send, { most: 3, atOnce: 1 });
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
    const write = writeBatches(server.send, { most: 3, atOnce: 1 });
    const lost = Promise.allSettled([write(1), write(2)]);
    await turn();
    server.fail(0, new Error('gone'));
    expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const later = write(3);
    await turn();
    server.answer(1);
    expect(await later).toBe('stored 3');
  });
});
