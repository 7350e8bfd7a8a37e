import type { Command } from '../domain/command.ts';
import type { Person } from '../domain/person.ts';
import { handleCommand } from '../flows/handle-command.ts';
import { separateIssue } from '../flows/separate-issue.ts';
import { howEscalationWorks } from '../views/how-escalation-works.ts';
import { actionIds, messageKeyIn } from '../views/ids.ts';
import { addDetails } from '../views/reason-forms.ts';
import type { ById } from './by-id.ts';
import type { Listening } from './context.ts';
import { listPage } from './lists.ts';
import { carriedBy, carryOut, originOf, type Press, pressOf, show } from './press.ts';

/** The customer's own buttons, which people of other workspaces have too (2.3, 2.4, 2.12, 8.2, 8.3, 8.6). */
export const registerCustomerButtons = (listeners: ById, ports: Listening): void => {
  const on = (id: string, act: (press: Press) => Promise<void>): void => {
    listeners.action(id, (args) => act(pressOf(ports, args)));
  };
  const onCommand = (id: string, commandFrom: (by: Person, seenStep: number) => Command): void => {
    on(id, (press) => {
      const { ticketId, step } = carriedBy(press);
      return carryOut(ports, press, handleCommand(ports, ticketId, commandFrom(press.by, step), press.cause));
    });
  };

  onCommand(actionIds.solved, (by, seenStep) => ({ type: 'confirm', by, as: 'customer', seenStep }));
  onCommand(actionIds.stillBroken, (by, seenStep) => ({ type: 'still-broken', by, seenStep }));
  onCommand(actionIds.customerReopen, reopen);
  onCommand(actionIds.isAnIssue, reopen);
  on(actionIds.separate, (press) => separate(ports, press));
  on(actionIds.addDetails, async (press) => {
    await press.open(addDetails.form(originOf(press)));
    await press.ack();
  });
  on(actionIds.howItWorks, async (press) => {
    await press.open(howEscalationWorks(ports.desks.currentPolicy().policy, ports.desks.desk()));
    await press.ack();
  });
  on(actionIds.myTickets, (press) => show(ports, press, listPage(ports, press.by, { of: 'customer' }, 0)));
};

const reopen = (by: Person, seenStep: number): Command => ({
  type: 'reopen',
  by,
  as: 'customer',
  reason: null,
  seenStep,
});

const separate = (ports: Listening, press: Press): Promise<void> => {
  const { ticketId } = carriedBy(press);
  const key = messageKeyIn(press.blockId) ?? '';
  const work = separateIssue(ports, press.by, ticketId, key, press.cause);
  return carryOut(
    ports,
    press,
    work.then(({ opened, left }) => {
      if (opened?.kind === 'done') ports.deliver(opened.record.ticket.id);
      return left;
    }),
  );
};
