import type { App } from '@slack/bolt';
import { actorMiddleware } from './actor.ts';
import { byId } from './by-id.ts';
import type { Listening } from './context.ts';
import { registerCustomerButtons } from './customer-buttons.ts';
import { faultMiddleware, registerErrors } from './errors.ts';
import { registerEscalateCommand } from './escalate-command.ts';
import { registerPages } from './look-buttons.ts';
import { type MessagePorts, registerMessages } from './messages.ts';
import { registerNewTicket } from './new-ticket.ts';
import { registerPolicyCommand } from './policy-command.ts';
import { registerPreviews } from './preview-forms.ts';
import { registerShortcuts } from './shortcuts.ts';
import { registerTicketButtons } from './ticket-buttons.ts';
import { registerTicketCommand } from './ticket-command.ts';
import { registerTicketForms } from './ticket-forms.ts';
import { registerTriage } from './triage-submit.ts';

/** Every way in. */
export const registerListeners = (app: App, ports: Listening & MessagePorts): void => {
  // For all of them: who acts, and what they hear when it fails.
  registerErrors(app, ports.log);
  app.use(faultMiddleware(ports.log));
  app.use(actorMiddleware(ports));

  // What people write, and the prompts that it leads to.
  const listeners = byId(app);
  registerMessages(app, listeners, ports);

  // Buttons and menus: cards, reminders and managers' messages; the customer's own; pages of lists and histories.
  registerTicketButtons(listeners, ports);
  registerCustomerButtons(listeners, ports);
  registerPages(listeners, ports);

  // Forms.
  registerNewTicket(listeners, ports);
  registerTicketForms(listeners, ports);
  registerPreviews(listeners, ports);
  registerTriage(listeners, ports);

  // Shortcuts and slash commands.
  registerShortcuts(app, ports);
  registerTicketCommand(app, ports);
  registerEscalateCommand(app, ports);
  registerPolicyCommand(app, ports);
};
