import { hour, minute } from '../../src/domain/instant.ts';
import { shortcutIds } from '../../src/views/ids.ts';
import { aBot, type Bot, furniture, manifest } from '../support/a-bot.ts';
import { acting } from '../support/acting.ts';
import { playLongStory } from '../support/long-story.ts';

/** A private tier channel and a private intake channel beside the public ones. */
const withPrivate = {
  ...furniture,
  channels: [
    ...(furniture.channels ?? []).map((channel) => (channel.id === 'CT3' ? { ...channel, private: true } : channel)),
    { id: 'CVIP', name: 'vip', private: true, members: ['UKIM', 'ULOU'] },
  ],
};

const desk = `
tiers:
  - { name: Support, channel: '#tier-1', members: { group: '@tier-1-team' } }
  - { name: Advanced, channel: CT2, members: channel }
  - { name: Management, channel: '#tier-3', members: channel }
managers: ['@max']
intake: ['#help', '#shop', '#vip']
`;

/** What becomes of people and channels, each of which the desk must hear of (4.3, 4.5). */
const changeTheDesk = async (bot: Bot): Promise<void> => {
  const { change } = bot.slack;
  const changes = [
    () => change.archive('CT2'),
    () => change.unarchive('CT2'),
    () => change.removeBot('CT2'),
    () => change.addBot('CT2'),
    () => change.archive('CVIP'),
    () => change.unarchive('CVIP'),
    () => change.removeBot('CVIP'),
    () => change.addMember('CT2', 'UANA'),
    () => change.removeMember('CT2', 'UANA'),
    () => change.setGroupMembers('ST1', ['UANA']),
    () => change.changeUser('UKIM', { displayName: 'Kimberly' }),
  ];
  for (const each of changes) {
    await each();
    await bot.settle();
  }
};

/** Nobody heard Slack for an hour: direct messages are looked through too. */
const auditAfterSilence = async (bot: Bot): Promise<void> => {
  await bot.instances[0]?.audit();
  bot.jumpTo(bot.clock.now() + hour);
  await bot.instances[0]?.audit();
  await bot.settle();
};

describe('the manifest', () => {
  let bot: Bot;
  beforeAll(async () => {
    bot = await aBot({ furniture: withPrivate, desk, onLog: () => {} });
    const { posts, presses, submits } = acting(bot);
    await playLongStory(bot);
    const vip = await posts('UKIM', 'CVIP', 'Our rack is down');
    await presses('UMAX', 'CT1', 'Escalate');
    await submits('UMAX', { reason: 'more rights', note: 'none' });
    await posts('UKIM', 'CVIP', 'All of it', vip);
    // What may have been said to a manager is looked up in their direct messages before it is said again (14.3).
    bot.slack.faults.api.add('chat.postMessage', { kind: 'drop-after' }, 6);
    await presses('UMAX', 'CT2', 'Escalate');
    await submits('UMAX', { reason: 'even more rights', note: 'none' });
    await bot.wait(2 * minute);
    await changeTheDesk(bot);
    await auditAfterSilence(bot);
  });
  afterAll(() => bot.stop());

  it('asks for exactly the scopes that are used', () => {
    expect([...bot.slack.usedScopes].toSorted()).toEqual(manifest.oauth_config.scopes.bot.toSorted());
  });

  it('subscribes to exactly the events that come', () => {
    const events = manifest.settings.event_subscriptions.bot_events;
    const isEvent = (name: string): boolean =>
      !['block_actions', 'message_action', 'shortcut', 'slash_command', 'view_submission', 'view_closed'].includes(
        name,
      );
    expect([...bot.slack.deliveredEventTypes].filter(isEvent).toSorted()).toEqual(events.toSorted());
  });

  it('declares exactly the commands that are answered', () => {
    const commands = manifest.features.slash_commands.map(({ command }) => command);
    expect([...bot.slack.usedCommands].toSorted()).toEqual(commands.toSorted());
  });

  it('declares exactly the shortcuts that are answered', () => {
    const shortcuts = manifest.features.shortcuts.map(({ callback_id }) => callback_id);
    expect(shortcuts.toSorted()).toEqual(Object.values(shortcutIds).toSorted());
    expect([...bot.slack.deliveredEventTypes]).toEqual(expect.arrayContaining(['shortcut', 'message_action']));
  });

  it('is refused nothing for want of a scope', () => {
    expect(bot.slack.refusals.filter(({ error }) => error === 'missing_scope')).toEqual([]);
  });
});
