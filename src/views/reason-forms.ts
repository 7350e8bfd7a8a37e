import { saysField } from './form-fields.ts';
import { fieldIds, formIds } from './ids.ts';
import { bold } from './line.ts';
import { oneTextForm } from './one-text-form.ts';

const internal = 'Stays inside: the customer does not see it.';

/** The customer's "Add details" (2.3). */
export const addDetails = oneTextForm({
  id: formIds.addDetails,
  title: 'Add details',
  submit: 'Add',
  field: fieldIds.text,
  label: 'What else should we know?',
  hint: 'What you see, since when, and what changed before. Please leave passwords out.',
  empty: 'Please write what we should know',
});

export const note = oneTextForm({
  id: formIds.note,
  title: 'Note',
  submit: 'Save note',
  field: fieldIds.note,
  label: 'Note',
  hint: internal,
  empty: 'Please write the note',
});

/** "Call managers", what Escalate reads at the last tier (6.6). */
export const callManagers = oneTextForm({
  id: formIds.callManagers,
  title: 'Call managers',
  submit: 'Call managers',
  field: fieldIds.reason,
  label: 'Why do you need them?',
  hint: internal,
  empty: 'Please say why you need them',
});

/** Back to the tier below (6.6). */
export const handBack = oneTextForm({
  id: formIds.handBack,
  title: 'Hand back',
  submit: 'Hand back',
  field: fieldIds.reason,
  label: 'Why does it go back?',
  hint: internal,
  empty: 'Please say why it goes back',
  above: [saysField('It goes one tier down, and that tier has it at once.')],
});

/** The note asked for after a timed escalation (6.1). */
export const handOverNote = oneTextForm({
  id: formIds.handOverNote,
  title: 'Hand-over note',
  submit: 'Save note',
  field: fieldIds.note,
  label: 'What was tried, and what is needed?',
  hint: internal,
  empty: 'Please write what was tried and what is needed',
});

/** Wait for the customer (5.4). The one text of these that the customer reads. */
export const waitForCustomer = oneTextForm({
  id: formIds.wait,
  title: 'Wait for customer',
  submit: 'Ask and wait',
  field: fieldIds.need,
  label: 'What do you need from the customer?',
  hint: 'The customer reads this, word for word.',
  empty: 'Please say what you need from the customer',
  above: [saysField('Hand-over clocks stand still until the customer answers. The update clock goes on.')],
});

/** Staff's close: there is no issue (8.6). */
export const dismiss = oneTextForm({
  id: formIds.dismiss,
  title: 'Dismiss',
  submit: 'Dismiss',
  field: fieldIds.reason,
  label: 'Why is it no issue?',
  hint: internal,
  empty: 'Please say why it is no issue',
  above: [
    saysField(
      'For chatter, spam and tests. The customer gets one line with a way back. Is it solved? Then use ',
      bold('Resolve'),
      '.',
    ),
  ],
});

export const reopen = oneTextForm({
  id: formIds.reopen,
  title: 'Reopen',
  submit: 'Reopen',
  field: fieldIds.reason,
  label: 'Why does it open again?',
  hint: internal,
  empty: 'Please say why it opens again',
});
