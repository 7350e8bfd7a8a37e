import { furnish } from '../../sandbox/demo-furniture.ts';
import { afterBusiness, hour } from '../../sandbox/demo-policy.ts';
import { readDeskText } from '../../src/desk-file.ts';

const furnished = (yaml: string) => {
  const reading = readDeskText(yaml);
  if (!reading.ok) throw new Error(JSON.stringify(reading.complaints));
  return { ...furnish(reading.plan, {}), calendar: reading.plan.policy.calendar };
};

const desk = `
tiers:
  - { name: Front, channel: C0FRONT, members: channel }
  - { name: Back, channel: '#back', members: { group: '@back-office' } }
  - { name: Top, channel: '#top', members: { group: S0TOP } }
managers: ['@Mary Ann Lee', U0BOSS, '@ana']
admins: ['@ana']
intake: ['#help', C0SHOP]
policy: { calendar: { zone: Europe/Berlin } }
`;

describe('the local Slack of the demo', () => {
  it('has every channel, group and person that the desk names, under its name or its id', () => {
    const { channels = [], groups = [], users = [] } = furnished(desk).furniture;
    expect(channels.map(({ id, name }) => `${id} ${name}`)).toEqual(
      expect.arrayContaining(['C0FRONT c0front', 'CBACK back', 'CTOP top', 'CHELP help', 'C0SHOP c0shop']),
    );
    expect(groups.map(({ id, handle }) => `${id} ${handle}`)).toEqual([
      expect.stringMatching(/^SBACK\w+OFFICE back-office$/),
      'S0TOP tier-3-group',
    ]);
    expect(users.find(({ id }) => id === 'U0BOSS')).toBeDefined();
    expect(users.find(({ displayName }) => displayName === 'Mary Ann Lee')?.name).toBe('mary.ann.lee');
    expect(users.filter(({ name }) => name === 'ana')).toHaveLength(1);
  });

  it('has people in every tier, and no name twice', () => {
    const { furniture, cast } = furnished(desk);
    const names = (furniture.users ?? []).map(({ displayName }) => displayName);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set((furniture.users ?? []).map(({ id }) => id)).size).toBe(names.length);
    for (const { people, group, room } of cast.tiers) {
      const place = group === null ? furniture.channels : furniture.groups;
      const members = place?.find(({ id }) => id === (group?.id ?? room.id))?.members ?? [];
      expect(people.map(({ id }) => id).filter((id) => !members.includes(id))).toEqual([]);
    }
  });

  it('shares a channel with another workspace', () => {
    const { furniture, cast } = furnished(desk);
    const shared = furniture.channels?.find(({ id }) => id === cast.shared.id);
    expect(shared?.shared).toEqual(furniture.foreignTeams?.map(({ id }) => id));
    expect(shared?.members).toEqual(expect.arrayContaining(cast.foreign.map(({ id }) => id)));
  });

  it('has a place to write in on a desk without intake channels', () => {
    const { cast } = furnished(desk.replace("intake: ['#help', C0SHOP]", ''));
    expect(cast.intake).toBeNull();
    expect(cast.lounge.name).toBe('lounge');
  });
});

describe("the demo's own count of business time", () => {
  it('carries half an hour of Friday over to Monday', () => {
    const { calendar } = furnished(desk);
    expect(afterBusiness(Date.UTC(2027, 0, 22, 15, 30), hour, calendar)).toBe(Date.UTC(2027, 0, 25, 8, 30));
  });
});
