import type { WebClient } from '@slack/web-api';
import { loadTicket } from '../flows/find-ticket.ts';
import type { Act } from '../views/ids.ts';
import { type FormAct, formFor } from './act-forms.ts';
import type { Listening } from './context.ts';
import { formOrRefusal } from './form-entry.ts';
import { redrawView } from './open-view.ts';
import { answerAfterwards, originOf, type Press } from './press.ts';
import { loadingView } from './text-view.ts';

/** Forms that look different once the ticket is at hand; the others are only replaced where they would be refused. */
const ticketShapes: ReadonlySet<Act> = new Set<Act>(['escalate', 'triage', 'more']);

/**
 * Opens the form at once, for its trigger lives three seconds; the ticket's own facts follow (14.1). Triage starts
 * empty: Slack keeps what stands in a field over a redraw, so its fields come once they can say what is so.
 */
export const openActForm = async (ports: Listening, press: Press, act: FormAct, client: WebClient): Promise<void> => {
  const origin = originOf(press);
  const first = act === 'triage' ? loadingView() : formFor(act, origin, null, ports.clock.now());
  const opened = await press.open(first);
  await press.ack();
  answerAfterwards(ports, press, async () => {
    const record = await loadTicket(ports, origin.ticketId);
    if (record === null) return;
    const view = formOrRefusal(ports, act, origin, record, press.by);
    const isOther = view.callback_id !== first.callback_id;
    if (isOther || ticketShapes.has(act)) await redrawView(client, opened, view);
  });
};
