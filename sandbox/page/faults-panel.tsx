/** What can go wrong between the bot and Slack, ordered by hand, to see that nothing is lost. */
import type { ApiFaultKind } from './protocol.ts';
import { useShell } from './window.tsx';

const kinds: readonly { readonly kind: ApiFaultKind; readonly label: string }[] = [
  { kind: 'refuse', label: 'Refuse' },
  { kind: 'delay', label: 'Delay' },
  { kind: 'drop', label: 'Drop the answer' },
  { kind: 'rate-limit', label: 'Ask to wait' },
];

export const FaultsPanel = () => {
  const shell = useShell();
  const { faults } = shell.state;
  if (faults === null) return null;
  const isRunning = faults.bot === 'running';
  return (
    <>
      <h3>The bot</h3>
      <p>
        It is <b>{faults.bot}</b>, with {faults.connections} {faults.connections === 1 ? 'connection' : 'connections'}.
      </p>
      <div class="buttons">
        <button
          type="button"
          disabled={faults.bot === 'starting' || faults.bot === 'stopping'}
          onClick={() => void shell.try({ do: 'bot', run: !isRunning })}
        >
          {isRunning ? 'Stop the bot' : 'Start the bot'}
        </button>
        <button type="button" onClick={() => void shell.try({ do: 'cut' })}>
          Cut its connections
        </button>
      </div>
      <fieldset class="buttons">
        <legend>The next 5 calls of the bot to Slack</legend>
        {kinds.map(({ kind, label }) => (
          <button type="button" onClick={() => void shell.try({ do: 'fault', kind, calls: 5 })}>
            {label}
          </button>
        ))}
      </fieldset>
      <fieldset class="buttons">
        <legend>What Slack tells the bot</legend>
        <button
          type="button"
          aria-pressed={faults.isDoubling}
          onClick={() => void shell.try({ do: 'double', on: !faults.isDoubling })}
        >
          Deliver everything twice
        </button>
        <button
          type="button"
          aria-pressed={faults.isHolding}
          onClick={() => void shell.try({ do: 'hold', on: !faults.isHolding })}
        >
          Keep it back
        </button>
      </fieldset>
      <button type="button" class="primary" onClick={() => void shell.try({ do: 'calm' })}>
        Take all faults back
      </button>
      <h3>So far</h3>
      <ul>
        <li>{faults.metFaults} calls met a fault</li>
        <li>{faults.redeliveriesWaiting} deliveries wait to be tried again</li>
        {faults.api.map(({ kind, left }) => (
          <li>
            {kinds.find((each) => each.kind === kind)?.label}:{' '}
            {left === null ? 'until taken back' : `${left} calls left`}
          </li>
        ))}
      </ul>
    </>
  );
};
