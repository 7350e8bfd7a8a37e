import { isTooLongForMessage, problemsInBlocks, problemsInView } from '../../sandbox/block-limits.ts';
import { pingsOf } from '../../sandbox/slack-pings.ts';
import type { Notice } from '../../src/domain/notice.ts';
import { assignForm } from '../../src/views/assign-form.ts';
import { faultMessage, takesLonger, tryAgain } from '../../src/views/error-sentences.ts';
import { escalateForm } from '../../src/views/escalate-form.ts';
import { foldedMessage } from '../../src/views/folded-message.ts';
import { handedOverMessage } from '../../src/views/handed-over-message.ts';
import { helpMessage, unknownCommandMessage } from '../../src/views/help-message.ts';
import { historyMessage } from '../../src/views/history.ts';
import { howEscalationWorks } from '../../src/views/how-escalation-works.ts';
import type { Message } from '../../src/views/message.ts';
import { moreForm } from '../../src/views/more-form.ts';
import { newTicketForm } from '../../src/views/new-ticket-form.ts';
import { policyMessage } from '../../src/views/policy-message.ts';
import { addOrNewPrompt, openTicketPrompt } from '../../src/views/prompts.ts';
import * as reasonForms from '../../src/views/reason-forms.ts';
import { resolveForm, resolvePreview } from '../../src/views/resolve-form.ts';
import { carried } from '../../src/views/subject.ts';
import { customerTicketDetails, ticketDetails } from '../../src/views/ticket-details.ts';
import { ticketList } from '../../src/views/ticket-list.ts';
import { toldForm } from '../../src/views/told-form.ts';
import { triageForm, triageWarning } from '../../src/views/triage-form.ts';
import { updateForm, updatePreview } from '../../src/views/update-form.ts';
import { whyMessage } from '../../src/views/why-message.ts';
import { aDesk, aPolicy } from '../support/a-policy.ts';
import { openingTime } from '../support/a-record.ts';
import { fullStory, neglected, type StoryWords } from '../support/a-story.ts';
import { type Step, subjectAfter } from '../support/a-subject.ts';
import { type Said, whatIsSaid } from '../support/what-is-said.ts';

const nasty =
  '<!channel> <@U1> <!subteam^S1> <https://evil.example|you> &amp; ``` *_~ \u202Eab😀 <!here> @here #general\n';
const fill = (length: number): string => nasty.repeat(Math.ceil(length / nasty.length)).slice(0, length);
const storyOf = (text: (length: number) => string): readonly Step[] =>
  fullStory({
    title: text(150),
    description: text(12_000),
    said: text(12_000),
    toCustomer: text(3_000),
    inside: text(3_000),
    name: text(200),
  } satisfies StoryWords);

const stories: Readonly<Record<string, readonly Step[]>> = {
  'the longest nasty input': storyOf(fill),
  'nothing but ampersands': storyOf((length) => '&'.repeat(length)),
  'nothing but emoji': storyOf((length) => '😀'.repeat(Math.floor(length / 2))),
  'nothing but white space': storyOf((length) => ' \n'.repeat(Math.floor(length / 2))),
  'empty text': storyOf(() => ''),
  'right-to-left text': storyOf((length) => 'האתר נפל '.repeat(length).slice(0, length)),
};

const weightOf = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + weightOf(each), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, inner]) => sum + (name === 'text' && typeof inner === 'string' ? inner.length : weightOf(inner)),
    0,
  );
};

const mustBeAccepted = (message: Message): void => {
  expect(problemsInBlocks(message.blocks, 'message')).toEqual([]);
  expect(isTooLongForMessage(message.blocks)).toBe(false);
  expect(weightOf(message.blocks)).toBeLessThan(10_000);
  expect(message.text.trim()).not.toBe('');
  expect(message.text.length).toBeLessThan(4_000);
};

const pings = (message: Message): readonly string[] =>
  pingsOf({ text: message.text, blocks: JSON.parse(JSON.stringify(message.blocks)), attachments: [] });

const mayPing = ({ notice, subject }: Said): readonly string[] => {
  const owner = subject.ticket.owner?.userId;
  if (notice.kind === 'call') return ['here', 'channel'];
  return (notice.kind === 'remind' || notice.kind === 'line') && owner !== undefined ? [owner] : [];
};

describe.each(Object.entries(stories))('with %s', (_, story) => {
  it('every notice is accepted by Slack, and pings nobody it should not', () => {
    const said = whatIsSaid(story);
    expect(said.length).toBeGreaterThan(80);
    for (const each of said) {
      mustBeAccepted(each.message);
      const allowed = mayPing(each);
      expect(pings(each.message).filter((id) => !allowed.includes(id))).toEqual([]);
      expect(each.message.text).not.toMatch(/<(?!!date\^|!here>|!channel>|@ANA>|@BEN>|@DORA>)/);
    }
  });

  it('every answer to a command is accepted by Slack and pings nobody', () => {
    const subject = subjectAfter(story);
    const { ticket, desk, policy } = subject;
    const page = { tickets: [ticket, ticket, ticket], total: 40, page: 1, perPage: 3, of: 'mine', heading: 'Yours' };
    const messages = [
      ticketDetails(subject),
      customerTicketDetails(subject),
      ...(['customer', 'staff', 'manager'] as const).flatMap((reader) =>
        [0, 1, 9].map((at) => historyMessage(subject, reader, at)),
      ),
      ticketList({ ...page, reader: 'staff' }, desk),
      ticketList({ ...page, reader: 'customer' }, desk),
      addOrNewPrompt(ticket, 'C1:1.1'),
      openTicketPrompt('C1:1.1'),
      unknownCommandMessage(ticket.description, 'list'),
      handedOverMessage({ name: ticket.customer.name }, ['ESC-1'], ['ESC-2']),
      whyMessage({ ticket }, [{ clock: 'update', sentences: Array.from({ length: 60 }, () => ticket.description) }]),
      helpMessage('customer', policy, desk),
      helpMessage('staff', policy, desk),
      policyMessage(
        { version: 1, policy, publishedAt: openingTime, by: ticket.customer.name, why: ticket.description },
        desk,
      ),
      takesLonger,
      tryAgain('7F3K2Q'),
      faultMessage('7F3K2Q'),
    ];
    for (const message of messages) {
      mustBeAccepted(message);
      expect(pings(message)).toEqual([]);
    }
  });

  it('every form is accepted by Slack', () => {
    const subject = subjectAfter(story);
    const { ticket } = subject;
    const origin = { ticketId: ticket.id, step: ticket.step, channel: 'C1' };
    const chosen = { kind: null, service: null, impact: 'many', urgency: 'down', reason: ticket.description } as const;
    const context = { channel: 'C1', messageKey: 'C1:1.1', source: 'command' } as const;
    const prefill = { title: ticket.title, description: ticket.description, customer: 'U1' };
    const views = [
      newTicketForm({ ...context, for: 'customer' }),
      newTicketForm({ ...context, for: 'staff' }, prefill),
      ...Object.values(reasonForms).map(({ form }) => form(origin)),
      updateForm(origin),
      updatePreview(origin, { text: ticket.description || 'x', expectedAt: openingTime }, subject),
      updatePreview(origin, { text: 'x', expectedAt: null }, null),
      resolveForm(origin),
      resolvePreview(
        origin,
        { cause: ticket.description, fix: ticket.description, message: ticket.description },
        subject,
      ),
      escalateForm(origin, null),
      escalateForm(origin, { ...subject, ticket: { ...ticket, tier: 1, priority: 'critical' } }),
      assignForm(origin),
      toldForm(origin, openingTime),
      triageForm(origin, null),
      triageForm(origin, subject),
      triageForm(origin, subject, chosen, triageWarning(subject, chosen, openingTime) ?? ['Now']),
      moreForm(carried(subject), 'C1', null),
      moreForm(carried(subject), null, subject),
      howEscalationWorks(subject.policy, subject.desk),
    ];
    for (const view of views) expect(problemsInView(view)).toEqual([]);
  });
});

describe('many notices in one message', () => {
  const subject = subjectAfter(storyOf(fill).slice(0, 1));
  const notice = (kind: 'call' | 'manager'): Notice => {
    const found = whatIsSaid(neglected(6)).find((said) => said.notice.kind === kind)?.notice;
    if (found === undefined) throw new Error(`The story has no ${kind}`);
    return { ...found, seq: 1, about: 'opened', tier: 1 };
  };

  it.each(['call', 'manager'] as const)('stay within the limits: 200 of kind %s', (kind) => {
    const link = 'https://example.slack.com/archives/C1/p1?thread_ts=1.1&cid=C1';
    const message = foldedMessage(Array.from({ length: 200 }, () => ({ notice: notice(kind), subject, link })));
    if (message === null) throw new Error('Nothing was said');
    mustBeAccepted(message);
    expect(pings(message)).toEqual(kind === 'call' ? ['here'] : []);
  });
});

describe('stories of neglect', () => {
  it.each([2, 6, 20, 60, 200])('say only what Slack accepts after %i hours', (hours) => {
    for (const { message } of whatIsSaid(neglected(hours), { desk: aDesk(), policy: aPolicy() }))
      mustBeAccepted(message);
  });
});
