import { writeFileSync } from 'node:fs';
import { aBot } from '../support/a-bot.ts';
import { playLongStory, whatStands } from '../support/long-story.ts';
it('looks', async () => {
  const bot = await aBot();
  try { await playLongStory(bot); } finally {
  writeFileSync('/tmp/look/standing.json', JSON.stringify(whatStands(bot), null, 1));
  writeFileSync('/tmp/look/whispers.json', JSON.stringify(Object.fromEntries(['UANA','UKIM','UBEN','UMAX','ULOU','UGUS','UFAY','UFLO'].map((u)=>[u, bot.whispered(u)])), null, 1));
  writeFileSync('/tmp/look/used.json', JSON.stringify({s:[...bot.slack.usedScopes].sort(), e:[...bot.slack.deliveredEventTypes].sort(), c:[...bot.slack.usedCommands], m:[...new Set(bot.slack.calls.map(c=>c.method))], r: bot.slack.refusals}, null, 1));
  await bot.stop();}
});
