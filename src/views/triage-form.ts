import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { clocksOf } from '../domain/clocks.ts';
import type { Instant } from '../domain/instant.ts';
import { type Kind, kinds, type Service, services } from '../domain/keyword-guess.ts';
import { type Impact, impacts, priorityOf, type Urgency, urgencies } from '../domain/priority.ts';
import { choiceField, modal, saysField, textField } from './form-fields.ts';
import { type FormOrigin, formMetadata, jsonIn } from './form-origin.ts';
import { choiceIn, type FormRead, formRead, needed, textIn } from './form-values.ts';
import { fieldIds, formIds } from './ids.ts';
import { impactNames, kindNames, serviceNames, tierInWords, urgencyNames } from './labels.ts';
import { bold, type Line } from './line.ts';
import type { Subject } from './subject.ts';

export interface TriageFields {
  readonly kind: Kind | null;
  readonly service: Service | null;
  readonly impact: Impact;
  readonly urgency: Urgency;
  readonly reason: string;
}

const unsorted = 'unsorted';
const notSorted = { [unsorted]: 'Not sorted' } as const;

/**
 * Sort the ticket; its deadlines follow (3.3).
 *
 * @param subject `null` where the ticket is not at hand yet: views.update fills in what stands now
 * @param chosen what was sent and needs a second look, with {@link triageWarning} above it
 */
export const triageForm = (
  origin: FormOrigin,
  subject: Subject | null,
  chosen: TriageFields | null = null,
  warning: Line | null = null,
): ModalView => {
  const now = chosen ?? subject?.ticket ?? null;
  return modal({
    id: formIds.triage,
    title: 'Triage',
    submit: warning === null ? 'Save' : 'Save all the same',
    metadata: warning === null ? formMetadata(origin) : confirmedMetadata(origin),
    blocks: [...(warning === null ? [] : [saysField(...warning)]), ...fields(now, chosen?.reason ?? null)],
  });
};

const fields = (
  now: Pick<TriageFields, 'kind' | 'service' | 'impact' | 'urgency'> | null,
  reason: string | null,
): readonly KnownBlock[] => [
  choiceField({
    id: fieldIds.kind,
    label: 'Kind',
    names: { ...kindNames, ...notSorted },
    initial: now === null ? null : (now.kind ?? unsorted),
  }),
  choiceField({
    id: fieldIds.service,
    label: 'Service',
    names: { ...serviceNames, ...notSorted },
    initial: now === null ? null : (now.service ?? unsorted),
  }),
  choiceField({ id: fieldIds.impact, label: 'Who is hit?', names: impactNames, initial: now?.impact ?? null }),
  choiceField({ id: fieldIds.urgency, label: 'How bad is it?', names: urgencyNames, initial: now?.urgency ?? null }),
  textField({ id: fieldIds.reason, label: 'Why?', hint: 'Stays inside.', initial: reason }),
];

/** Says that a change makes a deadline past, or `null` when it does not (3.3). */
export const triageWarning = (subject: Subject, chosen: TriageFields, now: Instant): Line | null => {
  const { ticket, policy, desk } = subject;
  const priority = priorityOf(policy.priority, chosen.impact, chosen.urgency);
  const due = clocksOf({ ...ticket, priority, retimedAt: now }, policy).find(({ retimed }) => retimed);
  if (due === undefined) return null;
  return due.name === 'hand-over'
    ? [
        bold('This escalates now'),
        `, to ${tierInWords(desk, ticket.tier + 1)}: with this priority its time is already up.`,
      ]
    : [bold('The answer is due now'), ': with this priority its time is already up, and the tier is called again.'];
};

/** Marks the form whose warning has been read, so that its next submit is carried out. */
const confirmedMetadata = (origin: FormOrigin): string =>
  JSON.stringify({ ticketId: origin.ticketId, step: origin.step, channel: origin.channel, warned: true });

/** Whether this form already showed its warning. */
export const wasWarned = (metadata: string): boolean =>
  z.object({ warned: z.literal(true) }).safeParse(jsonIn(metadata)).success;

export const readTriageForm = (values: unknown): FormRead<TriageFields> => {
  const impact = choiceIn(values, fieldIds.impact, impacts);
  const urgency = choiceIn(values, fieldIds.urgency, urgencies);
  const reason = textIn(values, fieldIds.reason);
  return formRead(
    {
      impact: needed(impact, 'Please say who is hit'),
      urgency: needed(urgency, 'Please say how bad it is'),
      reason: needed(reason, 'Please say why'),
    },
    () =>
      impact && urgency && reason
        ? {
            kind: choiceIn(values, fieldIds.kind, kinds),
            service: choiceIn(values, fieldIds.service, services),
            impact,
            urgency,
            reason,
          }
        : null,
  );
};
