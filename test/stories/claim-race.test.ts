import { aBot, furniture } from '../support/a-bot.ts';
import { acting } from '../support/acting.ts';

const crowd = Array.from({ length: 50 }, (_, index) => ({
  id: `UC${index + 10}`,
  name: `crowd-${index + 10}`,
  displayName: `Crowd ${index + 10}`,
}));
const crowdIds = crowd.map(({ id }) => id);

const crowded = {
  ...furniture,
  users: [...(furniture.users ?? []), ...crowd],
  channels: (furniture.channels ?? []).map((channel) =>
    channel.id === 'CT1' ? { ...channel, members: [...(channel.members ?? []), ...crowdIds] } : channel,
  ),
  groups: [{ id: 'ST1', handle: 'tier-1-team', members: crowdIds }],
};

describe('fifty people who press Claim at once', () => {
  it('have one owner among them, one entry on record, and 49 are told who has it (4.2)', async () => {
    const bot = await aBot({ instances: 2, furniture: crowded });
    try {
      const { posts, asks } = acting(bot);
      await posts('UKIM', 'CHELP', 'My VPS is down since noon');
      const card = bot.card('CT1');
      const outcomes = await Promise.all(crowdIds.map((userId) => bot.slack.as(userId).press(card, 'Claim')));
      await bot.settle();
      expect(outcomes.filter(({ acked }) => !acked)).toEqual([]);

      const owners = crowd.filter(({ displayName }) => bot.textOf(bot.card('CT1')).includes(displayName));
      expect(owners).toHaveLength(1);
      const [owner] = owners;
      const told = crowdIds.map((userId) => ({ userId, whispers: bot.whispered(userId) }));
      expect(told.filter(({ whispers }) => whispers.length === 0).map(({ userId }) => userId)).toEqual([owner?.id]);
      const losers = told.filter(({ userId }) => userId !== owner?.id);
      expect(losers).toHaveLength(49);
      for (const { whispers } of losers) {
        expect(whispers).toEqual([expect.stringContaining(`${owner?.displayName} has it already, since `)]);
      }
      const history = await asks('UMAX', '/ticket history ESC-1', 'CT1');
      expect(history.match(/claimed it/g)).toHaveLength(1);
      expect(history).toContain(`${owner?.displayName} claimed it`);
      expect(
        bot.slack.read('CT1', { threadTs: card.ts }).filter((each) => /claimed/.test(bot.textOf(each))),
      ).toHaveLength(1);
      expect(bot.slack.refusals).toEqual([]);
    } finally {
      await bot.stop();
    }
  });
});
