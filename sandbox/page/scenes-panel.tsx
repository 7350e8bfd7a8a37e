/** Scenes to begin with: each is set up with one press, and says what to watch. */
import { useState } from 'preact/hooks';
import { useShell } from './window.tsx';

/** What to watch in the scene that is being played; it stays until it is put away. */
export const Watching = () => {
  const { state, place, go } = useShell();
  const scene = state.scenes.find(({ id }) => id === place.scene);
  if (scene === undefined) return null;
  return (
    <section class="watching" aria-label="What to watch">
      <p>
        <b>{scene.title}.</b> {scene.watch.join(' ')}
      </p>
      <button type="button" class="plain" aria-label="Put the scene’s words away" onClick={() => go({ scene: null })}>
        <span aria-hidden="true">✕</span>
      </button>
    </section>
  );
};

export const ScenesPanel = () => {
  const shell = useShell();
  const [busy, setBusy] = useState<string | null>(null);
  const set = async (id: string): Promise<void> => {
    setBusy(id);
    const isSet = await shell.try({ do: 'scene', id });
    setBusy(null);
    if (isSet) shell.go({ scene: id, panel: null, thread: null });
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
