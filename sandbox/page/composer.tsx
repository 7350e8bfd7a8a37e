/** Where one writes: messages, files, and commands with their completion. */
import { useId, useRef, useState } from 'preact/hooks';
import { NamedEmoji } from './emoji.tsx';
import { Menu } from './menu.tsx';
import type { PageCommand } from './protocol.ts';
import { useShell } from './window.tsx';

interface Attached {
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
}

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
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const [isBoth, setBoth] = useState(false);
  const [chosen, setChosen] = useState(0);
  const picker = useRef<HTMLInputElement>(null);
  const listId = useId();
  const offered = threadTs === null ? commandsFor(text, state.commands) : [];

  const send = async (): Promise<void> => {
    const typed = text;
    if (typed.trim() === '' && files.length === 0) return;
    setText('');
    const answer = await live.ask(
      typed.startsWith('/')
        ? { do: 'command', channel, line: typed.trim() }
        : { do: 'post', channel, text: typed, threadTs, alsoToChannel: isBoth, files },
    );
    const trouble = answer.type === 'refused' ? answer.why : answer.type === 'done' ? answer.done.trouble : null;
    if (trouble === null) {
      setFiles([]);
      setBoth(false);
      return;
    }
    say(trouble);
    setText((now) => (now === '' ? typed : now));
  };

  const complete = (command: PageCommand): void => setText(`${command.command} `);
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
        <div id={listId} role="listbox" aria-label="Commands" class="commands">
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
              <b>{each.command}</b> {each.usageHint} <span class="quiet">{each.description}</span>
            </div>
          ))}
        </div>
      )}
      <textarea
        aria-label={label}
        placeholder={label}
        dir="auto"
        rows={Math.min(8, Math.max(2, text.split('\n').length))}
        value={text}
        aria-controls={offered.length > 0 ? listId : undefined}
        aria-activedescendant={offered.length > 0 ? `${listId}-${chosen % offered.length}` : undefined}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKeyDown}
      />
      {files.length > 0 && (
        <ul class="files" aria-label="Files to send">
          {files.map(({ name }) => (
            <li>{name}</li>
          ))}
        </ul>
      )}
      <div class="composer-foot">
        {threadTs === null && (
          <Menu
            label="Shortcuts"
            className="up"
            items={state.shortcuts
              .filter(({ type }) => type === 'global')
              .map(({ name, callbackId }) => ({
                label: `${name} · ${state.hello?.app.name ?? ''}`,
                choose: () => void shell.try({ do: 'global-shortcut', callbackId }),
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
            setFiles([...(currentTarget.files ?? [])].map(({ name, type, size }) => ({ name, mimetype: type, size })));
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

/** Offered while the command's name is being typed. */
const commandsFor = (text: string, commands: readonly PageCommand[]): readonly PageCommand[] =>
  /^\/\S*$/.test(text) ? commands.filter(({ command }) => command.startsWith(text)) : [];
