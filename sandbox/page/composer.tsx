/** Where one writes: messages, files, and commands with their completion. */
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Offer, offersFor } from './completion.ts';
import { NamedEmoji } from './emoji.tsx';
import { Menu } from './menu.tsx';
import { useShell } from './window.tsx';

interface Attached {
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
}

const mostFiles = 10;

/** What was begun somewhere and not sent, until one comes back to it. */
const drafts = new Map<string, string>();

export const Composer = ({
  channel,
  label,
  threadTs = null,
  channelName = '',
}: {
  readonly channel: string;
  readonly label: string;
  readonly threadTs?: string | null;
  readonly channelName?: string;
}) => {
  const shell = useShell();
  const { state, live, say } = shell;
  const draft = `${state.hello?.you} ${channel} ${threadTs}`;
  const [text, putText] = useState(drafts.get(draft) ?? '');
  const [caret, setCaret] = useState<number | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const toPut = useRef<number | null>(null);
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const [isBoth, setBoth] = useState(false);
  const [chosen, setChosen] = useState(0);
  const picker = useRef<HTMLInputElement>(null);
  const listId = useId();
  // A list put away with Escape stays away until something is typed.
  const all = caret === null ? [] : offersFor(text, caret, state);
  const offered = threadTs === null ? all : all.filter(({ label }) => !label.startsWith('/'));
  const setText = (next: string): void => {
    putText(next);
    if (next === '') drafts.delete(draft);
    else drafts.set(draft, next);
  };
  useLayoutEffect(() => {
    if (toPut.current === null) return;
    field.current?.setSelectionRange(toPut.current, toPut.current);
    toPut.current = null;
  }, [text]);

  const attach = (picked: readonly File[]): void => {
    const all = [...files, ...picked.map(({ name, type, size }) => ({ name, mimetype: type, size }))];
    if (all.length > mostFiles) say(`At most ${mostFiles} files go with one message.`);
    setFiles(all.slice(0, mostFiles));
  };

  const send = async (): Promise<void> => {
    const typed = text;
    if (typed.trim() === '' && files.length === 0) return;
    const isCommand = typed.startsWith('/');
    if (isCommand && threadTs !== null) {
      say(`${typed.split(/\s/, 1)[0]} is not supported in threads. Sorry!`);
      return;
    }
    setText('');
    const answer = await live.ask(
      isCommand
        ? { do: 'command', channel, line: typed.trim() }
        : { do: 'post', channel, text: typed, threadTs, alsoToChannel: isBoth, files },
    );
    const trouble = answer.type === 'refused' ? answer.why : answer.type === 'done' ? answer.done.trouble : null;
    if (trouble === null && isCommand) {
      if (files.length > 0) say('A command takes no files along. They are still here for your next message.');
      return;
    }
    if (trouble === null) {
      setFiles([]);
      setBoth(false);
      return;
    }
    say(trouble);
    if ((drafts.get(draft) ?? '') === '') setText(typed);
  };

  const complete = (offer: Offer): void => {
    setText(offer.text);
    setCaret(null);
    toPut.current = offer.caret;
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const picked = offered[chosen % Math.max(1, offered.length)];
    if (picked !== undefined && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setChosen((chosen + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
      return;
    }
    if (picked !== undefined && (event.key === 'Tab' || event.key === 'Enter') && !event.shiftKey) {
      event.preventDefault();
      complete(picked);
      return;
    }
    if (picked !== undefined && event.key === 'Escape') {
      event.stopPropagation();
      setCaret(null);
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    void send();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {offered.length > 0 && (
        <div id={listId} role="listbox" aria-label={text.startsWith('/') ? 'Commands' : 'Suggestions'} class="commands">
          {offered.map((each, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the text field keeps the focus and names the active one
            <div
              role="option"
              id={`${listId}-${index}`}
              aria-selected={index === chosen % offered.length}
              onMouseDown={(event) => {
                event.preventDefault();
                complete(each);
              }}
            >
              {each.emoji !== null && <NamedEmoji name={each.emoji} />} <b>{each.label}</b>{' '}
              <span class="quiet">{each.about}</span>
            </div>
          ))}
        </div>
      )}
      <textarea
        ref={field}
        aria-label={label}
        placeholder={label}
        dir="auto"
        rows={Math.min(8, Math.max(2, text.split('\n').length))}
        value={text}
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? `${listId}-${chosen % offered.length}` : undefined}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {files.length > 0 && (
        <ul class="files" aria-label="Files to send">
          {files.map((file) => (
            <li>
              {file.name}
              <button
                type="button"
                class="plain take-off"
                aria-label={`Take ${file.name} off`}
                onClick={() => {
                  setFiles(files.filter((each) => each !== file));
                  field.current?.focus();
                }}
              >
                <span aria-hidden="true">✕</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="composer-foot">
        {threadTs === null && (
          <Menu
            label="Shortcuts"
            items={state.shortcuts
              .filter(({ type }) => type === 'global')
              .map(({ name, callbackId }) => ({
                label: `${name} · ${state.hello?.app.name ?? ''}`,
                choose: () => shell.try({ do: 'global-shortcut', callbackId }),
              }))}
          >
            <NamedEmoji name="zap" />
          </Menu>
        )}
        <button type="button" aria-label="Attach a file" title="Attach a file" onClick={() => picker.current?.click()}>
          <NamedEmoji name="paperclip" />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          aria-label="Files"
          onChange={({ currentTarget }) => {
            attach([...(currentTarget.files ?? [])]);
            currentTarget.value = '';
          }}
        />
        {threadTs !== null && channelName !== '' && (
          <label class="choice">
            <input type="checkbox" checked={isBoth} onChange={() => setBoth(!isBoth)} /> Also send to {channelName}
          </label>
        )}
        <button type="submit" class="primary send">
          Send
        </button>
      </div>
    </form>
  );
};
