import type { ActionsBlock, Button } from '@slack/types';
import { type ButtonValue, buttonValue } from './button-value.ts';
import { actionIds } from './ids.ts';
import { actions, button } from './message.ts';

/** The customer's own buttons (2.3, 2.12, 8.1). */
export const receiptButtons = (value: ButtonValue): ActionsBlock =>
  actions([
    button('Add details', actionIds.addDetails, buttonValue(value)),
    button('How escalation works', actionIds.howItWorks, buttonValue(value)),
    button('My tickets', actionIds.myTickets, buttonValue(value)),
  ]);

export const solvedButtons = (value: ButtonValue): ActionsBlock =>
  actions([
    button('Solved', actionIds.solved, buttonValue(value), 'primary'),
    button('Still broken', actionIds.stillBroken, buttonValue(value)),
  ]);

export const reopenButton = (value: ButtonValue): Button =>
  button('Reopen', actionIds.customerReopen, buttonValue(value));

export const isAnIssueButton = (value: ButtonValue): Button =>
  button('It is an issue', actionIds.isAnIssue, buttonValue(value));
