import { afterEach, describe, expect, it } from '@jest/globals';
import { createSlackClient } from '../../src/delivery/slack-client.ts';
import { createSlackDirectory } from '../../src/delivery/slack-directory.ts';
import { createStaffMemory } from '../../src/delivery/staff-memory.ts';
import { sdkLogger } from '../../src/logger.ts';
import { allClosed, openBench } from '../sandbox/bare-app.ts';
import { aLog } from '../support/a-log.ts';

afterEach(allClosed);

const aMemory = async () => {
  const { slack, clock } = await openBench();
  const logger = sdkLogger(aLog(), 'web-api');
  const client = createSlackClient({ token: slack.tokens.bot, apiUrl: slack.apiUrl, logger });
  const directory = createSlackDirectory(client, clock);
  return { slack, directory, staff: createStaffMemory(client, directory, clock, 'T1') };
};

describe('the memory of who can be staff', () => {
  it('keeps what it knew of a person until they are read anew: nobody drops out of a desk half read (4.3)', async () => {
    const { staff } = await aMemory();
    await staff.learn(['U1', 'U3']);
    staff.forget('U1');
    expect(staff.maybeStaff('U1')).toBe(true);
    expect(staff.maybeStaff('U3')).toBe(false);
  });

  it('reads whom it was told to forget the next time', async () => {
    const { slack, directory, staff } = await aMemory();
    await staff.learn(['U1']);
    await slack.change.deactivate('U1');
    directory.forget('U1');
    staff.forget('U1');
    await staff.learn(['U1']);
    expect(staff.maybeStaff('U1')).toBe(false);
  });
});
