/** What the page makes of what a person types, as a Slack client does: `@` and a name is a mention, markup is only text. */

import type { ShownWorld } from './page-sight.ts';
import { escaped } from './slack-pings.ts';

/** @returns wire text: `&lt;`, `<@U1>`, `<!subteam^S1>`, `<!here>` */
export const wireOf = (typed: string, { people, groups }: Pick<ShownWorld, 'people' | 'groups'>): string => {
  const persons = [...people.values()];
  // Where two are called alike, the handle counts.
  const wires = new Map<string, string>([
    ...persons.map(({ id, displayName }) => [keyOf(displayName), `<@${id}>`] as const),
    ...['here', 'channel', 'everyone'].map((range) => [range, `<!${range}>`] as const),
    ...[...groups.values()].map(({ id, handle }) => [keyOf(handle), `<!subteam^${id}>`] as const),
    ...persons.map(({ id, name }) => [keyOf(name), `<@${id}>`] as const),
  ]);
  // The longest name first, so that `@Ana Maria` is not `@Ana`.
  const names = [...wires.keys()].filter(Boolean).sort((a, b) => b.length - a.length);
  const called = new RegExp(`(?<![^\\s(])@(${names.map(literal).join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
  return escaped(typed).replace(called, (whole, name: string) => wires.get(name.toLowerCase()) ?? whole);
};

const keyOf = (name: string): string => escaped(name.toLowerCase());

const literal = (name: string): string => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
