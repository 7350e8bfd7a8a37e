/** What the page makes of what a person types, as a Slack client does: `@` and a name is a mention, markup is only text. */

import type { ShownWorld } from './page-sight.ts';
import { escaped } from './slack-pings.ts';

/** @returns wire text: `&lt;`, `<@U1>`, `<!subteam^S1>`, `<!here>` */
export const wireOf = (typed: string, { people, groups }: Pick<ShownWorld, 'people' | 'groups'>): string => {
  const wires = new Map<string, string>([
    ...['here', 'channel', 'everyone'].map((range) => [range, `<!${range}>`] as const),
    ...[...groups.values()].map(({ id, handle }) => [handle.toLowerCase(), `<!subteam^${id}>`] as const),
    ...[...people.values()].map(({ id, name }) => [name.toLowerCase(), `<@${id}>`] as const),
  ]);
  // The longest name first, so that `@Ana Maria` is not `@Ana`.
  const names = [...wires.keys()].sort((a, b) => b.length - a.length).map((name) => escaped(literal(name)));
  const called = new RegExp(`(?<![^\\s(])@(${names.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
  return escaped(typed).replace(called, (whole, name: string) => wires.get(name.toLowerCase()) ?? whole);
};

const literal = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
