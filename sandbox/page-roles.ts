/** What each person of the demo plays. */

import type { Cast } from './demo-cast.ts';
import type { PagePerson } from './page/protocol.ts';
import type { Person } from './slack-world.ts';

type Role = Pick<PagePerson, 'role' | 'group'>;

export const rolesIn = (cast: Cast) => {
  const tiersOf = (id: string): readonly string[] =>
    cast.tiers.flatMap(({ number, people }) => (people.some((each) => each.id === id) ? [`Tier ${number}`] : []));
  return ({ id, isBot }: Person): Role => {
    if (isBot) return { role: 'App', group: 'staff' };
    const tiers = tiersOf(id);
    if (cast.managers.some((each) => each.id === id))
      return { role: ['Manager', ...tiers].join(', '), group: 'managers' };
    if (tiers.length > 0) return { role: tiers.join(', '), group: 'staff' };
    if (cast.foreign.some((each) => each.id === id)) return { role: 'Customer, another company', group: 'elsewhere' };
    if (cast.customers.some((each) => each.id === id)) return { role: 'Customer', group: 'customers' };
    return { role: 'Admin', group: 'staff' };
  };
};
