import type { Message } from '../../sandbox/slack-records.ts';
import type { Bot } from './a-bot.ts';
import { acting } from './acting.ts';

/** A message, what becomes of it to its solution, and every other way in: once each. */
export const playLongStory = async (bot: Bot): Promise<void> => {
  const { posts, presses, pressesLast, pressesMore, submits, asks } = acting(bot);
  const { slack } = bot;

  const ts = await posts('UKIM', 'CHELP', 'My VPS is slow');
  const reply = await posts('UKIM', 'CHELP', 'It began at noon', ts);
  await slack.as('UKIM').mention('CHELP', 'anyone there?', { threadTs: ts });
  await bot.settle();
  await slack.as('UKIM').edit('CHELP', reply, 'It began at eleven');
  await bot.settle();
  const gone = await posts('UKIM', 'CHELP', 'Never mind this one', ts);
  await slack.as('UKIM').remove('CHELP', gone);
  await bot.settle();
  await presses('UANA', 'CT1', 'Claim');
  await posts('UANA', 'CHELP', 'I look at it now', ts);

  await presses('UANA', 'CT1', 'Update customer');
  await submits('UANA', { text: 'We found a full disk.' });
  await submits('UANA');
  await presses('UANA', 'CT1', 'Wait for customer');
  await submits('UANA', { need: 'May we reboot it?' });
  await posts('UKIM', 'CHELP', 'Yes, please', ts);

  await asks('UANA', '/escalate ESC-1', 'CT1');
  await submits('UANA', { reason: 'Needs more rights', note: 'Rebooted twice' });
  await presses('UCLEO', 'CT2', 'Claim');
  await asks('UCLEO', '/ticket handback ESC-1 Yours after all', 'CT2');
  await presses('UANA', 'CT1', 'Claim');
  await presses('UANA', 'CT1', 'Resolve');
  await submits('UANA', { cause: 'disk full', fix: 'cleaned up', message: 'Your VPS is fast again.' });
  await submits('UANA');
  await pressesLast('UKIM', 'CHELP', ts, 'Still broken');
  await asks('UANA', '/ticket claim ESC-1', 'CT1');
  await asks('UANA', '/ticket resolve ESC-1', 'CT1');
  await submits('UANA', { cause: 'disk full again', fix: 'bigger disk', message: 'It has a bigger disk now.' });
  await submits('UANA');
  await pressesLast('UKIM', 'CHELP', ts, 'Solved');

  await asks('ULOU', '/ticket new My shop is slow');
  await submits('ULOU', {
    description: 'Pages take a minute',
    kind: 'technical',
    service: 'shared-hosting',
    impact: 'site',
    urgency: 'degraded',
  });
  await asks('UANA', '/ticket note ESC-2 Looks like the database', 'CT1');
  await presses('UANA', 'CT1', 'Triage');
  await submits('UANA', { impact: 'person', urgency: 'can-wait', reason: 'A test shop' });
  await presses('UANA', 'CT1', 'Claim');
  await pressesMore('UANA', 'CT1', 'Release');
  await asks('UANA', '/ticket assign ESC-2 <@UBEN|ben> please', 'CT1');
  await asks('UBEN', '/ticket handover <@UANA|ana> I am off', 'CT1');
  await presses('UMAX', 'CT1', 'Escalate');
  await submits('UMAX', { reason: 'Wants a bigger plan', note: 'Nothing yet' });

  await slack.as('UANA').globalShortcut('new-ticket');
  await bot.settle();
  await submits('UANA', {
    title: 'Invoice is wrong',
    description: 'Charged twice',
    kind: 'billing',
    service: 'other',
    impact: 'person',
    urgency: 'can-wait',
    name: 'Mrs Smith',
    reach: 'phone',
    contact: '+49 30 123456',
  });
  await presses('UANA', 'CT1', 'Told them');
  await submits('UANA', { who: 'Mrs Smith', how: 'by phone' });

  const talk = await posts('ULOU', 'CTALK', 'My domain expired');
  await slack.as('UANA').messageShortcut('create-ticket', { channel: 'CTALK', ts: talk });
  await bot.settle();
  await submits('UANA', { kind: 'service', service: 'domain', impact: 'person', urgency: 'down' });
  await slack.as('UKIM').messageShortcut('create-ticket', { channel: 'CHELP', ts });
  await bot.settle();

  await slack.as('UKIM').mention('CTALK', 'our backup failed');
  await bot.settle();
  const dm = await slack.as('UGUS').dm('Is anybody there?');
  await bot.settle();
  await pressesLast('UGUS', slack.dmWithBot('UGUS'), dm, 'Open a ticket');
  await slack.as('UANA').mention('CHELP', 'what is mine?');
  await bot.settle();
  await asks('UKIM', '/policy show');

  const foreign = await posts('UFAY', 'CSHOP', 'Our dedicated server is down');
  await pressesLast('UFLO', 'CSHOP', foreign, 'Add details');
  await submits('UFLO', { text: 'Since this morning' });
  await posts('UFAY', 'CSHOP', 'And our mail bounces');
  await pressesLast('UFAY', 'CSHOP', foreign, 'Separate issue');
};

/**
 * What everybody can read afterwards: channels, their threads and direct messages, without Slack's own ids. Tickets
 * are named in the order of their cards: a number may be skipped (1).
 */
export const whatStands = (bot: Bot): Readonly<Record<string, readonly string[]>> => {
  const living = bot.slack.messages().filter(({ deleted, onlyFor }) => !deleted && onlyFor === null);
  const numbers = [...new Set(living.flatMap((message) => bot.textOf(message).match(/ESC-\d+/g) ?? []))].toSorted(
    (a, b) => Number(a.slice(4)) - Number(b.slice(4)),
  );
  const textOf = (message: Message): string =>
    bot.textOf(message).replaceAll(/ESC-\d+/g, (name) => `ticket ${numbers.indexOf(name) + 1}`);
  const standing: Record<string, string[]> = {};
  for (const message of living) {
    const root = living.find(({ channel, ts }) => channel === message.channel && ts === message.threadTs);
    const under = root === undefined || root === message ? '' : ` under ${textOf(root).split('\n')[0]}`;
    const place = `${message.channel}${under}`;
    standing[place] = [...(standing[place] ?? []), textOf(message)];
  }
  return standing;
};
