import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Clock } from '../sandbox/clock.ts';
import { type Slack, startSlack } from '../sandbox/slack.ts';
import type { Furniture } from '../sandbox/slack-furniture.ts';
import { readDeskText } from '../src/desk-file.ts';
import type { Desk } from '../src/domain/desk.ts';
import type { DeskPlan } from '../src/domain/desk-plan.ts';

const manifest = z
  .object({
    oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
    settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
    features: z.object({ slash_commands: z.array(z.object({ command: z.string() })) }),
  })
  .parse(parse(readFileSync(fileURLToPath(new URL('../manifest.yml', import.meta.url)), 'utf8')));

const numbered = (count: number, name: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}`);

export const team = 'T1';
export const customers = numbered(500, 'UCUSTOMER');
const agents = numbered(4, 'UAGENT');
export const intakeChannels = numbered(8, 'CHELP');
export const tierChannels = ['CTIER1', 'CTIER2', 'CTIER3'] as const;

const furniture: Furniture = {
  team: { id: team, name: 'Host', domain: 'host' },
  users: [...customers, ...agents].map((id) => ({ id, name: id.toLowerCase(), displayName: id.slice(1) })),
  channels: [
    ...intakeChannels.map((id) => ({ id, name: id.toLowerCase(), members: customers })),
    ...tierChannels.map((id) => ({ id, name: id.toLowerCase(), members: agents })),
  ],
  app: {
    scopes: manifest.oauth_config.scopes.bot,
    botEvents: manifest.settings.event_subscriptions.bot_events,
    commands: manifest.features.slash_commands.map(({ command }) => command),
  },
};

/** The shipped policy, day and night, so that no figure hangs on the hour at which it is taken. */
export const deskText = `
tiers:
${tierChannels.map((id, index) => `  - { name: Tier${index + 1}, channel: ${id}, members: channel }`).join('\n')}
managers: [${agents.at(-1)}]
intake: [${intakeChannels.join(', ')}]
policy:
  calendar: { zone: Etc/UTC, week: round-the-clock }
`;

/** Where both the desk and its peers work: the same channels and people, with Slack's limits or without. */
export const openWorkplace = (limits: boolean, clock: Clock = { now: Date.now }): Promise<Slack> =>
  startSlack({ furniture, clock, limits });

/** No pair of person and channel comes twice in 4,000: a second message within minutes would join the first (2.4). */
export const placeOf = (index: number): { readonly user: string; readonly channel: string } => ({
  user: customers[index % customers.length] ?? '',
  channel: intakeChannels[Math.floor(index / customers.length) % intakeChannels.length] ?? '',
});

export const agentOf = (index: number): string => agents[index % agents.length] ?? '';

/** The same desk as its file says, for what runs without Slack. */
export const desk: Desk = {
  team,
  tiers: tierChannels.map((channel, index) => ({
    name: `Tier${index + 1}`,
    channel,
    group: null,
    members: agents,
    trouble: null,
    callOnArrival: 'here',
    callOnBreach: 'channel',
  })),
  managers: [agents.at(-1) ?? ''],
  admins: [],
  intake: intakeChannels.map((channel) => ({ channel, since: 0 })),
  contact: { email: null, portal: null },
};

/** @throws when the desk above is wrong */
export const deskPlan = (): DeskPlan => {
  const reading = readDeskText(deskText);
  if (!reading.ok) throw new Error(`Reading the desk failed: ${JSON.stringify(reading.complaints)}`);
  return reading.plan;
};
