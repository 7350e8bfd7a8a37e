import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { AppSeed, Furniture } from '../sandbox/slack-furniture.ts';

/** The people and channels of a run, and the desk among them. */

export const customers = ['UKIM', 'ULOU', 'UGUS'] as const;
export const manager = 'UMAX';
export const intake = ['CHELP', 'CMORE', 'CSHOP', 'CMAIL'] as const;

/** By tier, from the first: its channel, and who may act there. */
export const tiers = [
  { channel: 'CT1', members: ['UANA', 'UBEN', manager] },
  { channel: 'CT2', members: ['UBEN', 'UCLEO', manager] },
  { channel: 'CT3', members: ['UDORA', manager] },
] as const;

export const displayNames: Readonly<Record<string, string>> = {
  UANA: 'Ana',
  UBEN: 'Ben',
  UCLEO: 'Cleo',
  UDORA: 'Dora',
  UMAX: 'Max',
  UKIM: 'Kim',
  ULOU: 'Lou',
  UGUS: 'Gus',
};

interface Manifest {
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } };
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } };
  readonly features: { readonly slash_commands: readonly { readonly command: string }[] };
}

/** The app with just what the manifest asks for. */
const appSeed = (): AppSeed => {
  const path = fileURLToPath(new URL('../manifest.yml', import.meta.url));
  const manifest: Manifest = parse(readFileSync(path, 'utf8'));
  return {
    scopes: manifest.oauth_config.scopes.bot,
    botEvents: manifest.settings.event_subscriptions.bot_events,
    commands: manifest.features.slash_commands.map(({ command }) => command),
  };
};

export const furniture = (): Furniture => ({
  team: { id: 'T1', name: 'Host', domain: 'host' },
  users: Object.entries(displayNames).map(([id, displayName]) => ({
    id,
    name: displayName.toLowerCase(),
    displayName,
    isRestricted: id === 'UGUS',
  })),
  channels: [
    ...intake.map((id) => ({ id, name: id.toLowerCase(), members: [...customers, 'UANA', 'UBEN', manager] })),
    ...tiers.map(({ channel, members }, index) => ({ id: channel, name: `tier-${index + 1}`, members: [...members] })),
  ],
  app: appSeed(),
});

/** In milliseconds, from the instant a ticket arrives in a tier. */
export const respondWithin = 3_000;
export const handOverWithin = 4_000;

/** The ladder in seconds; what repeats is far away, so that the end of a run is quiet. */
export const deskText = `
tiers:
  - { name: Support, channel: CT1, members: channel }
  - { name: Advanced, channel: CT2, members: channel }
  - { name: Management, channel: CT3, members: channel }
managers: [${manager}]
intake: [${intake.join(', ')}]
policy:
  calendar: { zone: Etc/UTC, week: round-the-clock }
  clocks:
    tiers:
      - respond: { within: ${respondWithin}ms, time: elapsed }
        takeUp: 10m
        handOver: { within: ${handOverWithin}ms, time: elapsed }
      - respond: { within: ${respondWithin}ms, time: elapsed }
        takeUp: 10m
        handOver: { within: ${handOverWithin}ms, time: elapsed }
      - respond: { within: ${respondWithin}ms, time: elapsed }
        takeUp: 10m
    update: { every: 24h }
    close: { after: 72h }
  joinWithin: 0
`;
