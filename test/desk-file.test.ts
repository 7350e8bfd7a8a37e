import { join } from 'node:path';
import { complaintAt, complaintText, readDeskFile, readDeskText } from '../src/desk-file.ts';

const complaintsOf = (text: string): readonly string[] => {
  const reading = readDeskText(text);
  return reading.ok ? [] : reading.complaints.map(complaintText);
};

const wrong = `# Our desk
tiers:
  - name: Support
    channel: #tier-1
    members: { group: '@tier1' }
  - name: Advanced
    channel: '#tier-2'
    members: chanel
  - name: Management
    channel: '#Tier-2'
    members: channel
    call: { breach: group, arival: here }
  - name: More
    channel: '#tier-4'
    members: channel
intake: ['#help', '#tier-2', '#help']
managers: []
policy:
  calendar:
    zone: Europe/Berln
  clocks:
    update:
      every: -5m
`;

describe('a desk file', () => {
  it('is read with names, ids and the shipped rest', () => {
    const reading = readDeskText(`tiers:
  - { name: Support, channel: '#Tier-1', members: { group: '@tier1' } }
  - { name: Advanced, channel: C02, members: { group: S02 } }
  - { name: Management, channel: '#tier-3', members: channel, call: { arrival: none } }
managers: ['@ana', U0123]
intake: ['#help']
`);
    if (!reading.ok) throw new Error(reading.complaints.map(complaintText).join('; '));
    const { policy, ...desk } = reading.plan;
    expect(policy.title).toBe('Escalation Process Policy');
    expect(desk).toEqual({
      tiers: [
        {
          name: 'Support',
          channel: { by: 'name', name: 'tier-1' },
          group: { by: 'name', name: 'tier1' },
          callOnArrival: 'group',
          callOnBreach: 'group',
        },
        {
          name: 'Advanced',
          channel: { by: 'id', id: 'C02' },
          group: { by: 'id', id: 'S02' },
          callOnArrival: 'group',
          callOnBreach: 'group',
        },
        {
          name: 'Management',
          channel: { by: 'name', name: 'tier-3' },
          group: null,
          callOnArrival: 'none',
          callOnBreach: 'channel',
        },
      ],
      managers: [
        { by: 'name', name: 'ana' },
        { by: 'id', id: 'U0123' },
      ],
      admins: [],
      intake: [{ by: 'name', name: 'help' }],
      contact: { email: 'support@mediabirdco.net', portal: 'https://support.mediabirdco.net' },
    });
  });

  it('lists every complaint at once, each with its line', () => {
    expect(complaintsOf(wrong)).toEqual([
      "line 4, tiers[0].channel: expected a channel such as '#tier-1' or its id, got nothing (a name with # must stand in quotes: '#tier-1')",
      "line 8, tiers[1].members: expected 'channel' or a group, got 'chanel'",
      "line 10, tiers[2].channel: '#tier-2' is already the channel of tier 2 'Advanced'",
      "line 12, tiers[2].call.arival: unknown setting 'arival': did you mean 'arrival'?",
      'line 12, tiers[2].call.breach: a tier without a user group cannot call one',
      "line 13, tiers[3]: tier 4 'More' has no clock: write one more entry under policy.clocks.tiers",
      "line 16, intake[1]: '#tier-2' is the channel of tier 2 'Advanced': customers write elsewhere",
      "line 16, intake[2]: '#help' is named twice",
      'line 17, managers: expected at least one manager',
      "line 20, policy.calendar.zone: no time zone is called 'Europe/Berln': did you mean 'Europe/Berlin'?",
      "line 23, policy.clocks.update.every: must not be negative: got '-5m'",
    ]);
  });

  it.each([
    ['', ['tiers: missing', 'managers: missing']],
    ['just words', ['line 1: expected settings such as tiers and managers']],
    [
      'managers: [@ana]',
      ["line 1: not valid YAML: Plain value cannot start with reserved character @ (write it in quotes: '@ana')"],
    ],
    ['a: 1\na: 2', ['line 2: not valid YAML: Map keys must be unique']],
    ["tiers: []\nmanagers: ['@ana']", ['line 1, tiers: expected at least one tier']],
  ])('says what is wrong with %j', (text, complaints) => {
    expect(complaintsOf(text)).toEqual(complaints);
  });

  it('names clocks that no tier has', () => {
    const desk = "tiers: [{ name: Support, channel: '#a', members: channel }]\nmanagers: ['@ana']";
    expect(complaintsOf(desk)).toEqual([
      'policy.clocks.tiers: the policy has clocks for 3 tiers, the desk has 1: write as many entries as tiers',
    ]);
    expect(complaintsOf(`${desk}\npolicy: { clocks: { tiers: [{}] } }`)).toEqual([]);
  });

  it('calls a group only where there is one', () => {
    const desk =
      "tiers: [{ name: Support, channel: '#a', members: channel, call: { breach: group } }]\nmanagers: ['@ana']";
    expect(complaintsOf(`${desk}\npolicy: { clocks: { tiers: [{}] } }`)).toEqual([
      'line 1, tiers[0].call.breach: a tier without a user group cannot call one',
    ]);
  });

  it('is pointed at by what is found out later', () => {
    expect(complaintAt(wrong, ['tiers', 1, 'channel'], "Slack knows no channel '#tier-2'")).toEqual({
      line: 7,
      path: 'tiers[1].channel',
      message: "Slack knows no channel '#tier-2'",
    });
    expect(complaintAt(wrong, ['policy', 'clocks', 'wait'], 'x').line).toBe(21);
  });

  it('that is no file says so', () => {
    const reading = readDeskFile(import.meta.dirname);
    expect(reading.ok ? '' : reading.complaints.map(complaintText).join()).toMatch(/^cannot be read: .*EISDIR/);
  });

  it('that cannot be read says so', () => {
    const reading = readDeskFile(join(import.meta.dirname, 'no-such-desk.yaml'));
    expect(reading.ok ? [] : reading.complaints.map(complaintText)).toEqual(['cannot be read: there is no such file']);
  });
});
