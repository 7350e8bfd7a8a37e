import { aBot, type Bot } from '../support/a-bot.ts';
import { playLongStory, whatStands } from '../support/long-story.ts';

const played = async (how: 'no' | 'in-turn' | 'at-once'): Promise<ReturnType<typeof whatStands>> => {
  const bot: Bot = await aBot();
  try {
    bot.slack.faults.twice(how);
    await playLongStory(bot);
    expect(bot.slack.refusals.filter(({ error }) => error !== 'exchanged_trigger_id')).toEqual([]);
    return whatStands(bot);
  } finally {
    await bot.stop();
  }
};

describe('every event, press, form and command delivered twice (14.7)', () => {
  let once: Awaited<ReturnType<typeof played>>;
  beforeAll(async () => {
    once = await played('no');
  });

  it('leads to the same tickets and the same messages when both come at once', async () => {
    expect(await played('at-once')).toEqual(once);
  });

  it('leads to the same tickets and the same messages when one comes after the other', async () => {
    expect(await played('in-turn')).toEqual(once);
  });
});
