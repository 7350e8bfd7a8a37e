import { mayManage } from '../domain/permissions.ts';
import type { Person } from '../domain/person.ts';
import { whyOf } from '../domain/why.ts';
import type { Ports, TicketRecord } from '../flows/ports.ts';
import { historyMessage } from '../views/history.ts';
import type { Message } from '../views/message.ts';
import { refusalMessage } from '../views/refusal-message.ts';
import { customerTicketDetails, ticketDetails } from '../views/ticket-details.ts';
import { whyMessage, whyWording } from '../views/why-message.ts';
import { readerOf, subjectOf } from './answers.ts';

export const looks = ['show', 'why', 'history'] as const;
export type Look = (typeof looks)[number];

/**
 * What a person may see of a ticket (11).
 *
 * @param record `null` where there is none, or none that this person may know of: one sentence says either
 * @param page of the history, from 0
 */
export const lookAt = (
  ports: Pick<Ports, 'desks'>,
  look: Look,
  record: TicketRecord | null,
  reader: Person,
  page = 0,
): Message => {
  const role = readerOf(ports, reader);
  if (record === null) return refusalMessage({ code: 'not-found' }, { isStaff: role === 'staff' });
  const subject = subjectOf(ports, record);
  switch (look) {
    case 'show':
      return role === 'staff' ? ticketDetails(subject) : customerTicketDetails(subject);
    case 'history':
      return historyMessage(
        subject,
        role === 'staff' && mayManage(reader, subject.desk) ? 'manager' : role,
        page,
        record.withdrawn,
      );
    case 'why':
      return whyMessage(subject, whyOf(subject.ticket, subject.policy, whyWording(subject.desk, role)));
  }
};
