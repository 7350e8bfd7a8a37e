import type { ActionsBlock, Button, Overflow } from '@slack/types';
import { isReachable } from '../domain/ticket.ts';
import { type ButtonValue, buttonValue, menuValue } from './button-value.ts';
import { type Act, actionIds } from './ids.ts';
import { actions, button, plain } from './message.ts';
import { carried, type Subject } from './subject.ts';

/** What each act is called on buttons, in the menu and in "More…". */
const actNames: Readonly<Record<Act, string>> = {
  claim: 'Claim',
  'take-over': 'Take over',
  release: 'Release',
  assign: 'Assign',
  escalate: 'Escalate',
  'call-managers': 'Call managers',
  'hand-back': 'Hand back',
  'hand-over-note': 'Hand-over note',
  update: 'Update customer',
  told: 'Told them',
  wait: 'Wait for customer',
  resume: 'Resume',
  resolve: 'Resolve',
  'confirm-for-customer': 'Solved for the customer',
  reopen: 'Reopen',
  dismiss: 'Dismiss',
  note: 'Note',
  triage: 'Triage',
  acknowledge: 'Acknowledge',
  show: 'Open',
  why: 'Why',
  history: 'History',
  more: 'More…',
};

/** Slack shows no more in a menu. */
const menuLimit = 5;

/** Two main buttons for the state, the most likely rest in the menu, everything else behind "More…" (12). */
export const cardButtons = (subject: Subject): ActionsBlock => {
  const [first, second, ...rest] = offersOf(subject);
  const value = carried(subject);
  const buttons: Button[] = [];
  if (first !== undefined) buttons.push(actButton(first, value, 'primary'));
  if (second !== undefined) buttons.push(actButton(second, value));
  return actions([...buttons, menu(rest, value)]);
};

export const actButton = (act: Act, value: ButtonValue, style: 'primary' | null = null): Button =>
  button(actNames[act], act, buttonValue(value), style);

const menu = (rest: readonly Act[], value: ButtonValue): Overflow => {
  const offered = rest.length <= menuLimit ? rest : [...rest.slice(0, menuLimit - 1), 'more' as const];
  return {
    type: 'overflow',
    action_id: actionIds.menu,
    options: offered.map((act) => ({ text: plain(actNames[act]), value: menuValue(act, value) })),
  };
};

/** What can be done to the ticket as it stands, the likeliest first. The first two become buttons. */
export const offersOf = (subject: Subject): readonly Act[] => {
  const { ticket } = subject;
  const reached = isReachable(ticket);
  const offers = mainOffers(subject);
  const telling: readonly Act[] = reached ? [] : ['told'];
  const noting: readonly Act[] = ticket.noteMissing ? ['hand-over-note'] : [];
  return [...new Set([...offers.slice(0, 2), ...telling, ...noting, ...offers.slice(2)])];
};

const mainOffers = ({ ticket, policy }: Subject): readonly Act[] => {
  const escalate: Act = ticket.tier >= policy.clocks.tiers.length ? 'call-managers' : 'escalate';
  const handBack: readonly Act[] = ticket.tier > 1 ? ['hand-back'] : [];
  const known: readonly Act[] = ['note', 'history', 'why'];
  switch (ticket.status) {
    case 'open':
      return ticket.owner === null
        ? ['claim', escalate, 'triage', 'update', 'dismiss', 'assign', 'wait', 'resolve', ...handBack, ...known]
        : [
            'resolve',
            'update',
            'wait',
            escalate,
            'triage',
            'release',
            'take-over',
            'assign',
            ...handBack,
            'dismiss',
            ...known,
          ];
    case 'waiting':
      return [
        'resume',
        'resolve',
        'update',
        escalate,
        ...(ticket.owner === null ? (['claim'] as const) : (['release', 'take-over'] as const)),
        'assign',
        'triage',
        ...handBack,
        'dismiss',
        ...known,
      ];
    case 'resolved':
      return [
        'reopen',
        ...(isReachable(ticket) ? [] : (['confirm-for-customer'] as const)),
        'update',
        escalate,
        'dismiss',
        ...known,
      ];
    case 'closed':
      return ['reopen', ...known, escalate];
  }
};
