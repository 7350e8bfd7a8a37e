/** The bar at the top: which workspace, the clock, and the ways to its panels. */
import { NamedEmoji } from './emoji.tsx';
import { fullText } from './moment.ts';
import { type Panel, useShell } from './window.tsx';

const panels: readonly { readonly id: Panel; readonly label: string; readonly emoji: string }[] = [
  { id: 'clock', label: 'Clock', emoji: 'clock3' },
  { id: 'scenes', label: 'Scenes', emoji: 'clapper' },
  { id: 'faults', label: 'Faults', emoji: 'wrench' },
];

export const TopBar = ({
  isListShown,
  toggleList,
}: {
  readonly isListShown: boolean;
  readonly toggleList: () => void;
}) => {
  const shell = useShell();
  const { state, place, go } = shell;
  const { clock } = state;
  return (
    <header class="top">
      <button
        type="button"
        class="narrow-only"
        aria-label="Channels and people"
        aria-expanded={isListShown}
        onClick={toggleList}
      >
        <span aria-hidden="true">☰</span>
      </button>
      <h1 class="team">{state.hello?.team.name ?? 'Tierline'}</h1>
      <p class="clock">
        <span class="hidden">The clock stands at </span>
        {fullText(clock.now, clock.zone)}
        {clock.isMoving && <span class="moving"> moving…</span>}
      </p>
      <button
        type="button"
        class="wide-only"
        disabled={clock.isMoving}
        onClick={() => void shell.try({ do: 'clock', move: { by: 'next-deadline' } })}
      >
        Next deadline
      </button>
      <nav class="panels" aria-label="Demo">
        {panels.map(({ id, label, emoji }) => (
          <button
            type="button"
            aria-pressed={place.panel === id}
            aria-label={label}
            onClick={() => go({ panel: place.panel === id ? null : id })}
          >
            <span aria-hidden="true">
              <NamedEmoji name={emoji} />
            </span>
            <span class="wide-only">{label}</span>
          </button>
        ))}
      </nav>
    </header>
  );
};
