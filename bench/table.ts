import type { Results } from './results.ts';
import type { Throughput } from './throughput.ts';

type Row = readonly [what: string, tierline: string, peer: string, ratio: string];

/** The results as people read them: what, the desk's figure, the peer's, and how they compare. */
export const tableOf = (results: Results): string => {
  const rows = [
    ...throughputRows('message → ticket, receipt, card', results.intake),
    ...throughputRows('press → owner on the card', results.claim),
    ...deadlineRows(results),
    ...growthRows(results),
    ...idleRows(results),
    ...tripRows(results),
  ];
  return [`Database: ${results.database}`, '', ...aligned(rows), ...limitLines(results)].join('\n');
};

const throughputRows = (what: string, found: Throughput | undefined): readonly Row[] => {
  if (found === undefined) return [];
  const { tierline, bare, ratio, savedRatio, cpuRatio } = found;
  return [
    [what, `${tierline.perSecond}/s`, `bare Bolt app ${bare.perSecond}/s`, `${ratio}`],
    ['  until every mark is saved', `${tierline.savedPerSecond}/s`, '', `${savedRatio}`],
    ['  CPU of the process', `${tierline.cpuMs} ms`, `${bare.cpuMs} ms`, `${cpuRatio} ×`],
    ['  99th percentile to ack', `${tierline.ackP99Ms} ms`, `${bare.ackP99Ms} ms`, ''],
  ];
};

const deadlineRows = ({ deadlines }: Results): readonly Row[] => {
  if (deadlines === undefined) return [];
  const { tierline, bulkWrite, agenda, saying, ratioToAgenda, ratioToBulkWrite } = deadlines;
  const own = `${tierline.perSecond}/s`;
  return [
    ['timed escalation, decided and saved', own, `bare bulkWrite ${bulkWrite.perSecond}/s`, `${ratioToBulkWrite}`],
    ['', own, `Agenda at ${agenda.concurrency} at once ${agenda.perSecond}/s`, `${ratioToAgenda} ×`],
    ['  said in Slack, and marked', `${saying.perSecond}/s`, `${saying.calls} calls each`, ''],
  ];
};

const growthRows = ({ growth }: Results): readonly Row[] => {
  if (growth === undefined) return [];
  const { sizes, due, timeRatio, documentsRatio, memoryRatio } = growth;
  const [first] = sizes;
  return sizes.map(({ open, ms, documentsExamined, memoryMb }): Row => {
    const isLast = open === sizes.at(-1)?.open && open !== first?.open;
    const ratio = isLast ? `time ${timeRatio} ×, documents ${documentsRatio} ×, memory ${memoryRatio} ×` : '';
    return [`sweep of ${due} due, ${open} open`, `${ms} ms`, `${documentsExamined} examined, ${memoryMb} MB`, ratio];
  });
};

const idleRows = ({ idle }: Results): readonly Row[] => {
  if (idle === undefined) return [];
  const { tierline, empty, cpuRatio, queries } = idle;
  const scanned = queries.filter(({ scans }) => scans).map(({ query }) => query);
  const index = scanned.length === 0 ? 'all from an index' : `NOT from an index: ${scanned.join('; ')}`;
  return [
    [`idle minute, ${tierline.open} open`, `${tierline.cpuMs} ms CPU`, `none open ${empty.cpuMs} ms`, `${cpuRatio} ×`],
    ['  queries', `${tierline.queries}`, index, ''],
    ['  memory', `${tierline.memoryMb} MB`, `none open ${empty.memoryMb} MB`, ''],
  ];
};

const tripRows = ({ roundTrips }: Results): readonly Row[] =>
  Object.entries(roundTrips ?? {}).map(([action, { mongodb, slack, atMost, count }]) => [
    `round trips: ${action}`,
    `${mongodb} MongoDB`,
    `${slack} Slack${count > 1 ? ` (of ${count})` : ''}`,
    atMost === null ? '' : `at most ${atMost}`,
  ]);

const limitLines = ({ limits }: Results): readonly string[] => {
  if (limits === undefined) return [];
  const { messages, tierline, bare } = limits;
  const row = (what: string, pick: (found: typeof tierline) => string): Row => [what, pick(tierline), pick(bare), ''];
  return [
    '',
    `With Slack's own limits on, ${messages} messages and all cards in one channel:`,
    ...aligned([
      ['', 'Tierline', 'bare Bolt app', ''],
      row('messages → tickets', ({ intakePerMinute }) => `${intakePerMinute}/min`),
      row('presses → owners', ({ claimPerMinute }) => `${claimPerMinute}/min`),
      row('calls, of them 429', ({ calls, tooMany }) => `${calls}, ${tooMany}`),
    ]),
  ];
};

const aligned = (rows: readonly Row[]): readonly string[] => {
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
};
