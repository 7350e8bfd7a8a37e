import type { Notice } from '../../src/domain/notice.ts';
import { planNotices } from '../../src/domain/plan-notices.ts';
import type { Message } from '../../src/views/message.ts';
import { noticeMessage } from '../../src/views/notice-message.ts';
import type { Subject } from '../../src/views/subject.ts';
import { type Step, subjectAfter } from './a-subject.ts';

export interface Said {
  readonly notice: Notice;
  readonly subject: Subject;
  readonly message: Message;
}

/** Everything that is said along a story, each notice at once, with the ticket as it is then. */
export const whatIsSaid = (steps: readonly Step[], setUp: Parameters<typeof subjectAfter>[1] = {}): readonly Said[] => {
  const said: Said[] = [];
  const anchors = new Set<string>();
  for (const index of steps.keys()) {
    const subject = subjectAfter(steps.slice(0, index + 1), setUp);
    const before = index === 0 ? null : subjectAfter(steps.slice(0, index), setUp);
    const seq = before?.events.length ?? 0;
    const { desk, policy, events } = subject;
    const now = steps[index]?.at ?? 0;
    const planned = planNotices({
      before: before?.ticket ?? null,
      events: events.slice(seq),
      seq,
      anchors: [...anchors],
      desk,
      policy,
      now,
    });
    for (const notice of planned) {
      const message = noticeMessage(notice, subject);
      if (message === null) continue;
      said.push({ notice, subject, message });
      if (notice.anchor !== null) anchors.add(notice.anchor);
    }
  }
  return said;
};

export const customersOnly = (said: readonly Said[]): readonly Said[] =>
  said.filter(({ notice }) => notice.to.kind === 'customer');
