import type { Affair } from '../../chaos/deeds.ts';
import type { Evidence } from '../../chaos/evidence.ts';
import { judge } from '../../chaos/oracle.ts';
import { furniture } from '../../chaos/town.ts';
import { movedClock } from '../../sandbox/clock.ts';
import { type Slack, startSlack } from '../../sandbox/slack.ts';

/** A bot of the story's own: it says in the local Slack what a story wants said, as Tierline would mark it. */
interface Stage {
  readonly slack: Slack;
  readonly affair: Affair;
  say(notice: string, channel: string, text: string, threadTs?: string): Promise<string>;
  wait(ms: number): void;
  verdict(): readonly string[];
}

let slack: Slack;
afterEach(() => slack.stop());

const startedAt = Date.UTC(2027, 0, 11, 10);

const aStage = async (): Promise<Stage> => {
  const clock = movedClock(startedAt, { flows: false });
  slack = await startSlack({ furniture: furniture(), clock, limits: false, redeliverAfterMs: [] });
  const ts = await slack.as('UKIM').post('CHELP', 'Please look: issuex');
  const first = { by: 'UKIM', channel: 'CHELP', ts, at: clock.now(), words: 'issuex', editedAt: null, removedAt: null };
  const affair: Affair = { first, replies: [], presses: [], forms: [] };
  const say = async (notice: string, channel: string, text: string, threadTs?: string): Promise<string> => {
    const mark = { ticket: `T1:CHELP:${ts}`, notice, others: '' };
    const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${slack.tokens.bot}` },
      body: JSON.stringify({
        ...{ channel, text },
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
        metadata: { event_type: 'tierline_notice', event_payload: mark },
      }),
    });
    return ((await answer.json()) as { readonly ts: string }).ts;
  };
  const evidence = (): Evidence => ({ slack, affairs: [affair], obstacles: [] });
  return {
    ...{ slack, affair, say },
    wait: (ms) => clock.moveBy(ms),
    verdict: () => judge(evidence()).map(({ kind, what }) => `${kind}: ${what}`),
  };
};

interface Changes {
  readonly receipt?: 'late' | 'twice';
  readonly manager?: 'left out';
  readonly order?: 'turned' | 'call first';
  readonly lastCard?: string;
}

/** Nobody touches it: it climbs to the last tier, and everybody is told. */
const climb = async ({ say, wait, affair }: Stage, changes: Changes = {}): Promise<void> => {
  const { ts } = affair.first;
  if (changes.receipt === 'late') wait(6_500);
  await say('1-0', 'CHELP', 'ESC-1 · Thank you, we have your issue.', ts);
  if (changes.receipt === 'twice') await say('1-0', 'CHELP', 'ESC-1 · Thank you, we have your issue.', ts);
  await say('1-1', 'CT1', 'ESC-1 · issuex · moved to Tier 3');
  wait(7_000);
  const told = ['ESC-1 was escalated: it is now with Tier 2 (Advanced)', 'ESC-1 was escalated: it is now with Tier 3'];
  const turned = changes.order === 'turned';
  await say(turned ? '4-0' : '3-0', 'CHELP', told[turned ? 1 : 0] ?? '', ts);
  await say('3-1', 'CT2', 'ESC-1 · issuex · moved to Tier 3');
  wait(7_000);
  await say(turned ? '3-0' : '4-0', 'CHELP', told[turned ? 0 : 1] ?? '', ts);
  if (changes.order === 'call first') await say('4-9', 'CT3', '<!here> Tier 3: escalated to you');
  const card = await say('4-1', 'CT3', changes.lastCard ?? 'ESC-1 · issuex. Open · Tier 3');
  await say('4-2', 'CT3', 'What is known about ESC-1: issuex', card);
  if (changes.manager !== 'left out')
    await say('4-3', slack.dmWithBot('UMAX'), 'ESC-1: Time ran out: escalated to Tier 3');
};

describe('what the oracle of chaos finds', () => {
  it('finds nothing where all is as promised', async () => {
    const stage = await aStage();
    await climb(stage);
    expect(stage.verdict()).toEqual([]);
  });

  it('finds a message lost of which nothing came', async () => {
    const stage = await aStage();
    expect(stage.verdict()).toEqual(['lost: Kim wrote the issue "issuex", and nothing came of it']);
  });

  it('finds a reply lost that no tier can read', async () => {
    const stage = await aStage();
    await climb(stage);
    const { first, replies } = stage.affair;
    replies.push({ ...first, ts: '1.0', words: 'replyx' });
    expect(stage.verdict()).toEqual([expect.stringMatching(/^lost: Kim's message "replyx" .*not to be read/)]);
  });

  it('finds a press lost that was acknowledged, unless it was refused', async () => {
    const stage = await aStage();
    await climb(stage);
    const press = { what: 'claim', by: 'UANA', at: startedAt, ackedAt: startedAt } as const;
    const outcome = { acked: true, afterMs: 5, body: {}, error: null };
    const refusal = { kind: 'ephemeral', text: 'Ben has it already', blocks: [] } as const;
    stage.affair.presses.push({ ...press, outcome: { ...outcome, replies: [refusal] } });
    expect(stage.verdict()).toEqual([]);
    stage.affair.presses.push({ ...press, outcome: { ...outcome, replies: [] } });
    expect(stage.verdict()).toEqual([expect.stringMatching(/^lost: Ana pressed "claim"/)]);
  });

  it('finds a form lost that was taken', async () => {
    const stage = await aStage();
    await climb(stage);
    const sent = { by: 'UANA', at: startedAt, endedAt: startedAt, tier: 1, words: 'newsx', end: 'kept' } as const;
    stage.affair.forms.push({ ...sent, what: 'update' });
    expect(stage.verdict()).toEqual([expect.stringMatching(/^lost: Ana's form "update"/)]);
  });

  it('finds what was said twice', async () => {
    const stage = await aStage();
    await climb(stage, { receipt: 'twice' });
    expect(stage.verdict()).toEqual([expect.stringMatching(/^doubled: .* the same was said 2 times in CHELP/)]);
  });

  it('finds two receipts that are two notices', async () => {
    const stage = await aStage();
    await climb(stage);
    await stage.say('9-0', 'CHELP', 'ESC-2 · Thank you, we have your issue.', stage.affair.first.ts);
    expect(stage.verdict()).toEqual([expect.stringMatching(/^doubled: the customer .* more than once/)]);
  });

  it('finds what was left out', async () => {
    const stage = await aStage();
    await climb(stage, { manager: 'left out' });
    expect(stage.verdict()).toEqual([expect.stringMatching(/^missing: no manager was told/)]);
  });

  it('finds a card that does not show how it stands', async () => {
    const stage = await aStage();
    await climb(stage, { lastCard: 'ESC-1 · issuex. Open · Tier 3. Ana has it since today' });
    expect(stage.verdict()).toEqual([expect.stringMatching(/^missing: the card .* does not show that nobody has it/)]);
  });

  it('finds what was said in the wrong order', async () => {
    const stage = await aStage();
    await climb(stage, { order: 'turned' });
    expect(stage.verdict()).toEqual([expect.stringMatching(/^misordered: .* came after/)]);
  });

  it('finds a call that came before the card it is about', async () => {
    const stage = await aStage();
    await climb(stage, { order: 'call first' });
    expect(stage.verdict()).toEqual([expect.stringMatching(/^misordered: .* in CT3, "ESC-1 .* came after "@here/)]);
  });

  it('finds nothing wrong with a call that took its time', async () => {
    const stage = await aStage();
    await climb(stage);
    await stage.say('3-9', 'CT3', '<!here> Tier 3: escalated to you');
    expect(stage.verdict()).toEqual([]);
  });

  it('finds what came more than a minute of life late', async () => {
    const stage = await aStage();
    await climb(stage, { receipt: 'late' });
    expect(stage.verdict()).toEqual([
      expect.stringMatching(/^late: the receipt .* 6\.5 s after/),
      expect.stringMatching(/^late: the first card .* 6\.5 s after/),
      expect.stringMatching(/^late: the card in tier 2 .* 6\.5 s after/),
      expect.stringMatching(/^late: the card in tier 3 .* 6\.5 s after/),
    ]);
  });
});
