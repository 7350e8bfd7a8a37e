import type { ModalView } from '@slack/types';
import { hour } from '../../src/domain/instant.ts';
import { assignForm, readAssignForm } from '../../src/views/assign-form.ts';
import { escalateForm, readEscalateForm } from '../../src/views/escalate-form.ts';
import { formMetadata, parseFormOrigin } from '../../src/views/form-origin.ts';
import {
  type NewTicketContext,
  newTicketForm,
  parseNewTicketContext,
  readNewTicketForm,
} from '../../src/views/new-ticket-form.ts';
import * as reasonForms from '../../src/views/reason-forms.ts';
import { readResolveForm, resolveForm, resolvePreview } from '../../src/views/resolve-form.ts';
import { readToldForm, toldForm } from '../../src/views/told-form.ts';
import { readTriageForm, triageForm, triageWarning, wasWarned } from '../../src/views/triage-form.ts';
import { readUpdateForm, updateForm, updatePreview } from '../../src/views/update-form.ts';
import { opening } from '../support/a-command.ts';
import { aPerson, aPolicy } from '../support/a-policy.ts';
import { openingTime } from '../support/a-record.ts';
import { subjectAfter } from '../support/a-subject.ts';

const origin = { ticketId: 'T1:C1:1.1', step: 3, channel: 'C1' } as const;
const typed = (value: string | null) => ({ input: { type: 'plain_text_input', value } });
const chosen = (value: string) => ({ input: { type: 'static_select', selected_option: { value } } });
const picked = (user: string | null) => ({ input: { type: 'users_select', selected_user: user } });
const timed = (at: number | null) => ({
  input: { type: 'datetimepicker', selected_date_time: at === null ? null : at / 1000 },
});
const fieldsOf = (view: ModalView): readonly string[] =>
  view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id ?? ''] : []));
const errorsOf = (read: { readonly ok: boolean; readonly errors?: object }): readonly string[] =>
  Object.keys(read.errors ?? {});

const asStaff: NewTicketContext = { for: 'staff', channel: 'C1', messageKey: null, source: 'command' };
const asCustomer: NewTicketContext = { ...asStaff, for: 'customer' };
const issue = {
  title: typed('  Down  '),
  description: typed('Since noon'),
  kind: chosen('technical'),
  service: chosen('vps'),
  impact: chosen('site'),
  urgency: chosen('down'),
  reach: chosen('chat'),
  contact: typed(null),
};

describe('the form for a new ticket', () => {
  it('gives every field, trimmed', () => {
    expect(readNewTicketForm(issue, asCustomer)).toEqual({
      ok: true,
      value: {
        title: 'Down',
        description: 'Since noon',
        kind: 'technical',
        service: 'vps',
        impact: 'site',
        urgency: 'down',
        customer: null,
        name: null,
        reach: 'chat',
        contact: null,
      },
    });
  });

  it('puts a sentence of its own under each wrong field', () => {
    const read = readNewTicketForm({ ...issue, title: typed(' \n '), kind: {}, reach: chosen('e-mail') }, asCustomer);
    expect(read).toEqual({
      ok: false,
      errors: {
        title: 'Please give it a title',
        kind: 'Please choose a kind',
        contact: 'Please give an e-mail address, such as ana@example.com',
      },
    });
  });

  it('takes from staff a person in Slack, or a name with a way to reach them', () => {
    expect(readNewTicketForm({ ...issue, customer: picked('U1') }, asStaff).ok).toBe(true);
    const phone = { ...issue, name: typed('Pat'), reach: chosen('phone'), contact: typed('+49 (30) 123-456') };
    expect(readNewTicketForm(phone, asStaff).ok).toBe(true);
    expect(errorsOf(readNewTicketForm(issue, asStaff))).toEqual(['name', 'reach']);
  });

  it('puts its complaints only under fields it has', () => {
    const complaints = errorsOf(readNewTicketForm({}, asStaff));
    expect(complaints.length).toBeGreaterThan(6);
    expect(fieldsOf(newTicketForm(asStaff))).toEqual(expect.arrayContaining([...complaints]));
    expect(fieldsOf(newTicketForm(asCustomer))).toEqual(
      expect.arrayContaining([...errorsOf(readNewTicketForm({}, asCustomer))]),
    );
  });

  it('remembers where it was opened', () => {
    const context: NewTicketContext = { ...asStaff, messageKey: 'C1:1.1', source: 'message-shortcut' };
    expect(parseNewTicketContext(newTicketForm(context).private_metadata ?? '')).toEqual(context);
    expect(parseNewTicketContext('{"for":"nobody"}')).toBeNull();
  });
});

describe('every form of a ticket', () => {
  const forms: readonly (readonly [string, ModalView, readonly string[]])[] = [
    ...Object.entries(reasonForms).map(([name, { form, read }]) => [name, form(origin), errorsOf(read({}))] as const),
    ['update', updateForm(origin), errorsOf(readUpdateForm({}, 0))],
    ['update preview', updatePreview(origin, { text: 'x', expectedAt: null }, null), errorsOf(readUpdateForm({}, 0))],
    ['resolve', resolveForm(origin), errorsOf(readResolveForm({}))],
    [
      'resolve preview',
      resolvePreview(origin, { cause: 'c', fix: 'f', message: 'm' }, null),
      errorsOf(readResolveForm({})),
    ],
    ['escalate', escalateForm(origin, null), errorsOf(readEscalateForm({}))],
    ['assign', assignForm(origin), errorsOf(readAssignForm({}))],
    ['told', toldForm(origin, 0), errorsOf(readToldForm({}, 0))],
    ['triage', triageForm(origin, null), errorsOf(readTriageForm({}))],
  ];

  it.each(forms)('%s: carries its origin, and complains about nothing it does not ask', (_, view, complaints) => {
    expect(parseFormOrigin(view.private_metadata ?? '')).toEqual(origin);
    expect(complaints.length).toBeGreaterThan(0);
    expect(fieldsOf(view)).toEqual(expect.arrayContaining([...complaints]));
  });

  it.each(Object.entries(reasonForms))('%s: takes white space for nothing', (_, { form, read }) => {
    const [field = ''] = fieldsOf(form(origin));
    expect(read({ [field]: typed(' \n\t ') }).ok).toBe(false);
    expect(read({ [field]: typed(' because ') })).toEqual({ ok: true, value: 'because' });
  });

  it('knows an origin that is none', () => {
    expect(parseFormOrigin('')).toBeNull();
    expect(parseFormOrigin('{"ticketId":""}')).toBeNull();
    expect(parseFormOrigin(formMetadata({ ...origin, step: null }))).toEqual({ ...origin, step: null });
  });
});

describe('an update', () => {
  it('may leave the time open, but not name one that has passed', () => {
    expect(readUpdateForm({ text: typed('Soon'), expected: timed(null) }, hour)).toEqual({
      ok: true,
      value: { text: 'Soon', expectedAt: null },
    });
    expect(errorsOf(readUpdateForm({ text: typed('Soon'), expected: timed(hour) }, hour))).toEqual(['expected']);
  });

  it('shows in the preview word for word what goes, still to be changed', () => {
    const view = updatePreview(origin, { text: 'We *restart* <it>', expectedAt: 2 * hour }, subjectAfter([open]));
    expect(JSON.stringify(view)).toContain('"initial_value":"We *restart* <it>"');
    expect(JSON.stringify(view)).toContain('kim reads this on ESC-12, word for word');
  });

  it('says in the preview when a person has to tell the customer', () => {
    const byPhone = opening(openingTime, { place: { kind: 'none' } });
    const view = updatePreview(origin, { text: 'x', expectedAt: null }, subjectAfter([{ ...open, command: byPhone }]));
    expect(JSON.stringify(view)).toContain('Please tell them this yourself');
  });
});

const open = { at: openingTime, command: opening(openingTime) } as const;

describe('escalating by hand', () => {
  it('offers the last tier only to a critical ticket', () => {
    const subject = subjectAfter([open]);
    const critical = { ...subject, ticket: { ...subject.ticket, priority: 'critical' } } as const;
    expect(fieldsOf(escalateForm(origin, subject))).not.toContain('tier');
    expect(fieldsOf(escalateForm(origin, critical))).toContain('tier');
    const texts = { reason: typed('r'), note: typed('n') };
    expect(readEscalateForm({ ...texts, tier: chosen('3') })).toEqual({
      ok: true,
      value: { reason: 'r', note: 'n', toTier: 3 },
    });
    expect(readEscalateForm(texts)).toEqual({ ok: true, value: { reason: 'r', note: 'n', toTier: null } });
  });
});

describe('triage', () => {
  const subject = subjectAfter([
    open,
    { at: openingTime + hour, command: { type: 'claim', by: aPerson('ANA'), seenStep: null } },
  ]);
  const urgent = { kind: null, service: null, impact: 'many', urgency: 'down', reason: 'r' } as const;

  it('does not lose kind and service while the ticket is not at hand', () => {
    expect(JSON.stringify(triageForm(origin, null))).not.toContain('initial_option');
    expect(JSON.stringify(triageForm(origin, subject))).toContain(
      '"initial_option":{"text":{"type":"plain_text","text":"Not sorted"',
    );
  });

  it('warns when the change makes a deadline past, and remembers that it did', () => {
    const clocks = aPolicy().clocks;
    const [first, ...rest] = clocks.tiers;
    if (first?.handOver == null) throw new Error('The policy has no first tier');
    const quick = { ...first.handOver, priorities: { critical: { within: hour, time: 'elapsed' } } } as const;
    const policy = aPolicy({ clocks: { ...clocks, tiers: [{ ...first, handOver: quick }, ...rest] } });
    const warning = triageWarning({ ...subject, policy }, urgent, openingTime + 3 * hour);
    expect(JSON.stringify(warning)).toContain('This escalates now');
    expect(triageWarning(subject, urgent, openingTime + 3 * hour)).toBeNull();
    expect(wasWarned(triageForm(origin, subject, urgent, warning).private_metadata ?? '')).toBe(true);
    expect(wasWarned(triageForm(origin, subject).private_metadata ?? '')).toBe(false);
  });

  it('reads "not sorted" as none', () => {
    const values = {
      kind: chosen('unsorted'),
      service: chosen('vps'),
      impact: chosen('site'),
      urgency: chosen('down'),
      reason: typed('r'),
    };
    expect(readTriageForm(values)).toEqual({
      ok: true,
      value: { kind: null, service: 'vps', impact: 'site', urgency: 'down', reason: 'r' },
    });
  });
});

describe('"Told them"', () => {
  it('takes who, how and when, and nothing that is still to come', () => {
    const values = { who: typed('Pat'), how: typed('by phone'), when: timed(hour) };
    expect(readToldForm(values, hour)).toEqual({ ok: true, value: { who: 'Pat', how: 'by phone', toldAt: hour } });
    expect(errorsOf(readToldForm(values, hour - 1))).toEqual(['when']);
  });
});
