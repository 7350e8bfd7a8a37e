import { reaching } from '../../src/store/store-unreachable-error.ts';

describe('reaching the database', () => {
  it('gives up an answer that never comes, as when the connection is lost', async () => {
    await expect(reaching(() => new Promise(() => {}), 20)).rejects.toMatchObject({ code: 'store-unreachable' });
  });

  it('gives back what comes in time, and what fails as it failed', async () => {
    expect(await reaching(async () => 'stored', 1_000)).toBe('stored');
    const fault = new Error('A number is there twice');
    await expect(reaching(() => Promise.reject(fault), 1_000)).rejects.toBe(fault);
  });

  it('takes a socket that the server has just ended for what it is, and no other broken pipe', async () => {
    const ended = Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' });
    await expect(reaching(() => Promise.reject(ended))).rejects.toMatchObject({ code: 'store-unreachable' });
    const unread = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write' });
    await expect(reaching(() => Promise.reject(unread))).rejects.toBe(unread);
  });
});
