/** The panel of faults: what goes wrong now, and the orders to it. */

import type { Fault } from './api-faults.ts';
import type { ApiFaultKind, PageFaults } from './page/protocol.ts';
import type { PageStage } from './page-stage.ts';

const delayMs = 2_500;
const waitSeconds = 5;

const faultOf = (kind: ApiFaultKind): Fault => {
  switch (kind) {
    case 'refuse':
      return { kind: 'error', error: 'internal_error' };
    case 'delay':
      return { kind: 'slow', ms: delayMs };
    case 'drop':
      // The worst way: it was done, and the bot never hears so.
      return { kind: 'drop-after' };
    case 'rate-limit':
      return { kind: 'rate-limited', retryAfter: waitSeconds };
  }
};

const kinds: Readonly<Record<Fault['kind'], ApiFaultKind>> = {
  error: 'refuse',
  status: 'refuse',
  slow: 'delay',
  'drop-before': 'drop',
  'drop-after': 'drop',
  'rate-limited': 'rate-limit',
};

/** The next calls of the bot to Slack, whichever they are, meet this. */
export const orderFault = ({ slack }: PageStage, kind: ApiFaultKind, calls: number): void =>
  slack.faults.api.add('*', faultOf(kind), calls);

/** Takes every fault back, and lets go what was kept. */
export const calmFaults = ({ slack }: PageStage): void => {
  slack.faults.api.clear();
  slack.faults.twice('no');
  slack.faults.release();
};

export const faultsShape = ({ slack, botState }: PageStage): PageFaults => ({
  bot: botState(),
  connections: slack.connections(),
  api: slack.faults.api.waiting().map(({ fault, left }) => ({ kind: kinds[fault.kind], left })),
  isDoubling: slack.faults.isDoubling(),
  isHolding: slack.faults.isHolding(),
  metFaults: slack.faults.api.met.length,
  redeliveriesWaiting: slack.redeliveriesWaiting(),
  refusals: slack.refusals.length,
});
