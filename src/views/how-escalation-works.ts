import type { ModalView } from '@slack/types';
import type { Desk } from '../domain/desk.ts';
import type { Policy } from '../domain/policy.ts';
import { cutLine } from './cut.ts';
import { modal } from './form-fields.ts';
import { formIds } from './ids.ts';
import { bold } from './line.ts';
import { bullets, paragraph, rich } from './message.ts';
import { contactLines, hoursText, stageLines, updateLines } from './policy-words.ts';

/** "How escalation works": the stages, their times, the contact lines; aims, never guarantees (2.3, §7). */
export const howEscalationWorks = (policy: Policy, desk: Desk): ModalView =>
  modal({
    id: formIds.text,
    title: 'How escalation works',
    submit: null,
    blocks: [
      rich(
        paragraph(['An issue goes from tier to tier until it is solved:']),
        bullets(stageLines(policy, desk)),
        paragraph(['\n', bold('What you hear from us')]),
        bullets(updateLines(policy)),
        paragraph(['\n', bold('Please note')]),
        bullets([
          ['These times are aims, not guarantees; how long a solution takes depends on the issue.'],
          [`Business time is ${cutLine(hoursText(policy.calendar), 500)}.`],
          ...policy.words.customersPart.slice(0, 6).map((sentence) => [cutLine(sentence, 300)]),
        ]),
        ...contact(desk),
      ),
    ],
  });

const contact = (desk: Desk) => {
  const lines = contactLines(desk);
  return lines.length === 0 ? [] : [paragraph(['\n', bold('Contact')]), bullets(lines)];
};
