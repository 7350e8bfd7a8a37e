import { aBot } from '../support/a-bot.ts';
import { acting } from '../support/acting.ts';
import { playLongStory, whatStands } from '../support/long-story.ts';

/** What everybody can read at the end of the long story, and what is on record of its first two tickets. */
const played = async (how: 'no' | 'in-turn' | 'at-once') => {
  const bot = await aBot();
  try {
    bot.slack.faults.twice(how);
    await playLongStory(bot);
    bot.slack.faults.twice('no');
    const { asks } = acting(bot);
    const first = await asks('UMAX', '/ticket history ESC-1', 'CT1');
    const second = await asks('UMAX', '/ticket history ESC-2', 'CT1');
    return { stands: whatStands(bot), histories: [first, second] };
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
