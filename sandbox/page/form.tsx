/** The form on top: what it holds, its errors under their fields, and what Slack says when the app does not answer. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ActingContext, Blocks } from './blocks.tsx';
import { type Filling, type Held, stateOf } from './fields.tsx';
import type { FormState, PageView } from './protocol.ts';
import { useNames } from './text.tsx';
import { useShell } from './window.tsx';

/** Where one begins: at the first field, or where there is none at the button that sends it, or else at what is to be read. */
const firstOf = (dialog: HTMLElement): HTMLElement | null =>
  dialog.querySelector<HTMLElement>('.form-body :is(input, select, textarea)') ??
  dialog.querySelector<HTMLElement>('[type=submit]') ??
  dialog.querySelector<HTMLElement>('.form-body');

export const FormDialog = ({ view }: { readonly view: PageView }) => {
  const { live, state } = useShell();
  const names = useNames();
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState<FormState>(view.typed);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  useLayoutEffect(() => {
    const { current } = dialog;
    if (current?.open === false) current.showModal();
    if (current !== null) firstOf(current)?.focus();
    // Closed before it goes, it gives the focus back to where it was opened.
    return () => current?.close();
  }, []);
  useEffect(() => {
    setErrors({});
    setTrouble(null);
  }, [view]);
  useEffect(() => {
    if (Object.keys(errors).length > 0) dialog.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [errors]);

  const held = useMemo(() => stateOf(view.blocks, typed), [view, typed]);
  const people = useMemo(
    () => [...state.people.values()].filter(({ isBot, isDeactivated }) => !isBot && !isDeactivated),
    [state.people],
  );
  const filling: Filling = {
    state: held,
    errors,
    zone: names.zone,
    people,
    channels: state.channels.filter(({ kind }) => kind !== 'dm'),
    fill: (blockId: string, actionId: string, value: Held) =>
      setTyped((now) => ({ ...now, [blockId]: { ...now[blockId], [actionId]: value } })),
  };
  const act = async (blockId: string, actionId: string, value: string | null): Promise<void> => {
    const answer = await live.ask({ do: 'act', where: { kind: 'view' }, blockId, actionId, value, state: held });
    if (answer.type === 'refused') setTrouble(answer.why);
    else if (answer.type === 'done') setTrouble(answer.done.trouble);
  };
  const submit = async (): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setTrouble(null);
    const answer = await live.ask({ do: 'submit', state: held });
    setBusy(false);
    if (answer.type === 'refused') setTrouble(answer.why);
    if (answer.type !== 'done') return;
    setErrors(answer.done.errors ?? {});
    setTrouble(answer.done.trouble);
  };
  const close = (): void => void live.ask({ do: 'close-view' });

  return (
    <dialog
      ref={dialog}
      class="form"
      aria-labelledby="form-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <form
        noValidate
        aria-busy={isBusy}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <header class="form-head">
          <h2 id="form-title" tabIndex={-1}>
            {view.title}
          </h2>
          <button type="button" class="plain" aria-label="Close the form" onClick={close}>
            <span aria-hidden="true">✕</span>
          </button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys */}
        <section class="form-body" tabIndex={0} aria-label={view.title}>
          {trouble !== null && (
            <p role="alert" class="trouble">
              {trouble}
            </p>
          )}
          <ActingContext.Provider value={{ act, filling }}>
            <Blocks blocks={view.blocks} />
          </ActingContext.Provider>
        </section>
        <footer class="form-foot">
          <button type="button" onClick={close}>
            {view.close ?? 'Cancel'}
          </button>
          {view.submit !== null && (
            <button type="submit" class="primary" aria-busy={isBusy}>
              {isBusy ? 'Sending…' : view.submit}
            </button>
          )}
        </footer>
      </form>
    </dialog>
  );
};
