import { hour } from '../../src/domain/instant.ts';
import { aBot, deskText } from '../support/a-bot.ts';
import { freshDatabase } from '../support/database.ts';

const twoTiers = `${deskText.replace(/ {2}- \{ name: Management.*\n/, '')}
policy:
  clocks:
    tiers:
      - {}
      - { respond: { within: 1h, time: elapsed }, handOver: null }
`;

describe('a tier that has tickets', () => {
  it('cannot be taken out of the desk file: the start is refused, and says which ticket is there (6.6)', async () => {
    const database = await freshDatabase();
    try {
      const bot = await aBot({ mongodbUri: database.uri });
      await bot.slack.as('UKIM').post('CHELP', 'My VPS is down since noon');
      await bot.wait(20 * hour);
      await bot.stop();
      await expect(aBot({ mongodbUri: database.uri, desk: twoTiers, startAt: bot.clock.now() })).rejects.toThrow(
        /tier 3 cannot be removed while it has tickets: 1, the first is ESC-1/,
      );
    } finally {
      await database.drop();
    }
  });
});
