/** Scenes to begin with: each is set up with one press, and says what to watch. */
import { useState } from 'preact/hooks';
import { useShell } from './window.tsx';

export const ScenesPanel = () => {
  const shell = useShell();
  const [busy, setBusy] = useState<string | null>(null);
  const set = async (id: string): Promise<void> => {
    setBusy(id);
    await shell.try({ do: 'scene', id });
    setBusy(null);
  };
  return (
    <ul class="scenes">
      {shell.state.scenes.map(({ id, title, watch }) => (
        <li>
          <h3>{title}</h3>
          <p>{watch.join(' ')}</p>
          <button type="button" disabled={busy !== null} aria-label={`Set up: ${title}`} onClick={() => void set(id)}>
            {busy === id ? 'Setting up…' : 'Set up'}
          </button>
        </li>
      ))}
    </ul>
  );
};
