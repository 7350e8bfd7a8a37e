import { day, minute } from '../../src/domain/instant.ts';
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

describe('a message that joined a ticket', () => {
  it('stays on it when it comes again after that ticket is closed (2.4)', async () => {
    const bot = await aBot();
    try {
      const { posts, presses, submits } = acting(bot);
      await posts('UKIM', 'CHELP', 'My VPS is down');
      await bot.wait(minute);
      bot.slack.faults.suppress('app_mention');
      await bot.slack.as('UKIM').mention('CHELP', 'it is urgent');
      await bot.settle();
      expect(bot.texts('CT1', bot.card('CT1').ts).join('\n')).toContain('it is urgent');
      await presses('UANA', 'CT1', 'Dismiss');
      await submits('UANA', { reason: 'A test' });
      await bot.wait(minute);
      bot.slack.faults.release();
      await bot.settle();
      expect(bot.textOf(bot.card('CT1'))).toContain('ESC-1');
      expect(bot.slack.read('CHELP').filter(({ text }) => text.includes('it is urgent'))).toHaveLength(1);
      expect(bot.slack.read('CT1').map(bot.textOf).join('\n')).not.toContain('ESC-2');
    } finally {
      await bot.stop();
    }
  });
});

describe('an edit of what stands on an earlier ticket of the thread', () => {
  it('is kept there, and adds nothing to the newer ticket (2.4, 2.5, 8.3)', async () => {
    const bot = await aBot();
    try {
      const { posts, presses, submits, asks } = acting(bot);
      const root = await posts('UKIM', 'CHELP', 'My VPS is down');
      const reply = await posts('UKIM', 'CHELP', 'It answers no ping', root);
      await presses('UANA', 'CT1', 'Dismiss');
      await submits('UANA', { reason: 'A test' });
      await bot.wait(8 * day);
      await posts('UKIM', 'CHELP', 'It is down again', root);
      await bot.slack.as('UKIM').edit('CHELP', reply, 'It answers no ping at all');
      await bot.settle();
      expect(bot.textOf(bot.card('CT1'))).toContain('ESC-2');
      expect(await asks('UMAX', '/ticket history ESC-1', 'CT1')).toContain('at all');
      expect(await asks('UMAX', '/ticket history ESC-2', 'CT1')).not.toContain('at all');
    } finally {
      await bot.stop();
    }
  });
});
