/** A question before what cannot be taken back. */
import { useEffect, useId, useRef } from 'preact/hooks';

export const Confirm = ({
  title,
  text,
  yes,
  no = 'Cancel',
  isDanger = false,
  answer,
}: {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no?: string;
  readonly isDanger?: boolean;
  readonly answer: (isYes: boolean) => void;
}) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const { current } = dialog;
    current?.showModal();
    // Closed before it goes, it gives the focus back.
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="form confirm"
      role="alertdialog"
      aria-labelledby={id}
      aria-describedby={`${id}-text`}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        answer(false);
      }}
    >
      <header class="form-head">
        <h2 id={id}>{title}</h2>
      </header>
      <p class="form-body" id={`${id}-text`}>
        {text}
      </p>
      <footer class="form-foot">
        <button type="button" onClick={() => answer(false)}>
          {no}
        </button>
        <button type="button" class={isDanger ? 'danger' : 'primary'} onClick={() => answer(true)}>
          {yes}
        </button>
      </footer>
    </dialog>
  );
};
