import { aBot } from '../support/a-bot.ts';
import { act, formOf, refusals, send } from '../support/a-conversation.ts';
it('look', async () => {
  const bot = await aBot({onLog: (l)=>console.log(l)});
    const ts = await bot.slack.as('UBEN').post('CHELP', 'We update the mail servers tonight');
    await bot.slack.as('ULOU').post('CHELP', 'My mail is gone!', { threadTs: ts });
    await bot.settle();
    const [prompt] = bot.slack.ephemerals('ULOU');
    const out = prompt ? await bot.slack.as('ULOU').pressEphemeral(prompt, 'Open a ticket') : null;
    await bot.settle();
    console.log(JSON.stringify(out), bot.whispered('ULOU'), refusals(bot), JSON.stringify(bot.slack.calls.slice(-4)));
    await bot.slack.as('UKIM').post('CHELP', 'My VPS is down');
    await bot.settle();
    await act(bot, 'UANA', bot.card('CT1'), 'Triage');
    console.log(formOf(bot,'UANA'));
    const sent = await send(bot, 'UANA', { kind: 'billing', service: 'domain', reason: 'It is about the bill' });
    console.log(JSON.stringify(sent));
  await bot.stop();
});
