import { aBot } from '../support/a-bot.ts';
it('looks', async () => {
  const bot = await aBot();
  try {
   for (const user of ['UBEN', 'UCLEO', 'UMAX']) await bot.slack.change.removeMember('CT2', user);
   await bot.settle();
   await bot.instances[0]?.keepDesk();
   await bot.settle();
   console.log(JSON.stringify(bot.slack.calls.filter(c=>c.method==='conversations.members').map(c=>[c.args,c.answer])), bot.told('UMAX'), bot.slack.refusals);
  } finally { await bot.stop();}
});
