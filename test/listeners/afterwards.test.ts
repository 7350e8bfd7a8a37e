import { createAfterwards } from '../../src/listeners/afterwards.ts';

describe('what goes on after the ack', () => {
  it('ends there, even when its failure cannot be told either (13.4)', async () => {
    const told: unknown[] = [];
    const afterwards = createAfterwards();
    afterwards.run(
      () => Promise.reject(new Error('ratelimited')),
      (error) => {
        told.push(error);
        return Promise.reject(new Error('ratelimited again'));
      },
    );
    // An unhandled rejection would fail the run, and end the process.
    await afterwards.idle();
    expect(told).toHaveLength(1);
  });
});
