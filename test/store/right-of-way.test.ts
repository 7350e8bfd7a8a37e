import { createRightOfWay } from '../../src/store/right-of-way.ts';

describe('work that somebody waits for', () => {
  const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

  it('goes before work that nobody waits for, which goes on when it is done', async () => {
    const way = createRightOfWay();
    const order: string[] = [];
    let done = (): void => {};
    const first = way.first(
      () =>
        new Promise<void>((resolve) => {
          done = resolve;
        }),
    );
    const after = way.clear(10_000).then(() => order.push('mark'));
    await soon();
    order.push('act');
    done();
    await Promise.all([first, after]);
    expect(order).toEqual(['act', 'mark']);
  });

  it('holds nothing up for longer than was said, and nothing at all when it failed', async () => {
    const way = createRightOfWay();
    const stuck = way.first(() => new Promise<void>(() => {}));
    await way.clear(10);
    const other = createRightOfWay();
    await expect(other.first(() => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
    await other.clear(10_000);
    void stuck;
  });
});
