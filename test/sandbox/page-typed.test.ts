import { wireOf } from '../../sandbox/page-typed.ts';
import { groupOf, personOf } from '../../sandbox/slack-seeds.ts';

const person = (id: string, name: string, displayName: string) =>
  [id, personOf({ id, name, displayName }, 'T1')] as const;
const people = new Map([
  person('U1', 'mary', 'Mary'),
  person('U2', 'mary.ann.lee', 'Mary Ann Lee'),
  person('U3', 'rd', 'R&D Desk'),
]);
const groups = new Map([['S1', groupOf({ id: 'S1', handle: 'support', members: ['U1'] })]]);
const wire = (typed: string): string => wireOf(typed, { people, groups });

describe('what is typed on the page', () => {
  it('mentions people by handle and by display name, the longest name first', () => {
    expect(wire('@mary and @Mary Ann Lee, and @mary.ann.lee')).toBe('<@U1> and <@U2>, and <@U2>');
    expect(wire('@MARY ANN LEE')).toBe('<@U2>');
    expect(wire('@Mary Ann Leeds')).toBe('<@U1> Ann Leeds');
    expect(wire('@R&D Desk')).toBe('<@U3>');
  });

  it('calls groups, and everybody, and leaves all else as text', () => {
    expect(wire('@support @here')).toBe('<!subteam^S1> <!here>');
    expect(wire('a@mary <!channel> <@U1>')).toBe('a@mary &lt;!channel&gt; &lt;@U1&gt;');
  });
});
