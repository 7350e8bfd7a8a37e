/** One message, with what can be done to it. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { ActingContext, Blocks } from './blocks.tsx';
import { Confirm } from './confirm.tsx';
import { NamedEmoji } from './emoji.tsx';
import { textOf } from './json.ts';
import { Menu, type MenuItem } from './menu.tsx';
import { fullText, timeText } from './moment.ts';
import type { PageMessage } from './protocol.ts';
import { useTabStop } from './tab-stop.ts';
import { Mrkdwn, typedOf, useNames } from './text.tsx';
import { useActs } from './window.tsx';

const reactions = ['eyes', 'white_check_mark', 'pushpin', '+1', 'heart'] as const;

export const Avatar = ({ name, isBot }: { readonly name: string; readonly isBot: boolean }) => (
  <span
    class={isBot ? 'avatar bot' : `avatar tone-${((name.codePointAt(0) ?? 0) + name.length) % 6}`}
    aria-hidden="true"
  >
    {isBot ? '↥' : name.slice(0, 1)}
  </span>
);

interface MessageProps {
  readonly message: PageMessage;
  readonly isInThread: boolean;
}

export const MessageRow = (props: MessageProps) =>
  props.message.subtype === 'tombstone' ? <Tombstone {...props} /> : <Said {...props} />;

/** What is left of a message that had replies. */
const Tombstone = ({ message, isInThread }: MessageProps) => {
  const names = useNames();
  return (
    <article
      class="message tombstone"
      aria-label={`Deleted message, ${fullText(message.at, names.zone)}`}
      data-ts={message.ts}
      tabIndex={useTabStop()}
    >
      <span class="avatar" aria-hidden="true">
        <NamedEmoji name="wastebasket" />
      </span>
      <div class="message-body">
        <p class="quiet">This message was deleted.</p>
        {!isInThread && message.replyCount > 0 && <Replies message={message} />}
      </div>
    </article>
  );
};

const Said = ({ message, isInThread }: MessageProps) => {
  const { live, say } = useActs();
  const names = useNames();
  const [isEditing, setEditing] = useState(false);
  const [isNear, setNear] = useState(false);
  const name = names.person(message.user);
  const when = fullText(message.at, names.zone);
  const { channel, ts, isOnlyForYou } = message;
  const acting = useMemo(
    () => ({
      filling: null,
      act: async (blockId: string, actionId: string, value: string | null) => {
        const where = { kind: 'message', channel, ts, isOnlyForYou } as const;
        const answer = await live.ask({ do: 'act', where, blockId, actionId, value, state: null });
        if (answer.type === 'refused') say(answer.why);
        if (answer.type === 'done' && answer.done.trouble !== null) say(answer.done.trouble);
      },
    }),
    [live, say, channel, ts, isOnlyForYou],
  );
  const isSpoken = message.blocks.length === 0;
  return (
    <article
      class={`message${message.isForYou ? ' for-you' : ''}${isOnlyForYou ? ' only-you' : ''}`}
      aria-label={`${name}, ${when}`}
      data-ts={ts}
      tabIndex={useTabStop()}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
    >
      <Avatar name={name} isBot={message.isBot} />
      <div class="message-body">
        {isOnlyForYou && <p class="aside">Only visible to you</p>}
        {message.isBroadcast && !isInThread && <p class="aside">replied to a thread, and to the channel</p>}
        <p class="message-head">
          <b class="author">{name}</b>
          {message.isBot && <span class="tag">APP</span>}{' '}
          <time dateTime={new Date(message.at).toISOString()} title={when}>
            {timeText(message.at, names.zone)}
          </time>
        </p>
        {isEditing ? (
          <EditBox message={message} done={() => setEditing(false)} />
        ) : isSpoken ? (
          <div class="said" dir="auto">
            <Mrkdwn wire={message.text} />
            {message.isEdited && <span class="edited"> (edited)</span>}
          </div>
        ) : (
          <ActingContext.Provider value={acting}>
            <Blocks blocks={message.blocks} />
          </ActingContext.Provider>
        )}
        {message.files.length > 0 && (
          <ul class="files" aria-label="Files">
            {message.files.map((file) => (
              <li>{textOf(file.name) || 'A file'}</li>
            ))}
          </ul>
        )}
        <Reactions message={message} />
        {!isInThread && message.replyCount > 0 && <Replies message={message} />}
      </div>
      {!isOnlyForYou && (
        <Tools message={message} isInThread={isInThread} isNear={isNear} edit={() => setEditing(true)} />
      )}
    </article>
  );
};

const Replies = ({ message }: { readonly message: PageMessage }) => {
  const { go } = useActs();
  const { replyCount, ts, lastReplyTs } = message;
  const names = useNames();
  return (
    <button type="button" class="replies" tabIndex={useTabStop()} onClick={() => go({ thread: ts, panel: null })}>
      {replyCount} {replyCount === 1 ? 'reply' : 'replies'}
      {lastReplyTs !== null && <span class="quiet"> last at {timeText(Number(lastReplyTs) * 1_000, names.zone)}</span>}
    </button>
  );
};

const Reactions = ({ message }: { readonly message: PageMessage }) => {
  const shell = useActs();
  const names = useNames();
  const tabIndex = useTabStop();
  if (message.reactions.length === 0) return null;
  const { channel, ts } = message;
  return (
    <div class="reactions">
      {message.reactions.map(({ name, users }) => {
        const isYours = users.includes(names.you);
        return (
          <button
            type="button"
            tabIndex={tabIndex}
            aria-pressed={isYours}
            aria-label={`${users.length} ${name}, ${users.map(names.person).join(', ')}`}
            onClick={() => void shell.try({ do: 'react', channel, ts, name, on: !isYours })}
          >
            <NamedEmoji name={name} /> {users.length}
          </button>
        );
      })}
    </div>
  );
};

const Tools = ({
  message,
  isInThread,
  isNear,
  edit,
}: {
  readonly message: PageMessage;
  readonly isInThread: boolean;
  /** Pointed at: what is done most stands there at once. All of it is in the menu too, for hands on a keyboard. */
  readonly isNear: boolean;
  readonly edit: () => void;
}) => {
  const shell = useActs();
  const { go } = shell;
  const state = shell.live.state();
  const { channel, ts, threadTs } = message;
  const isYours = message.user === state.hello?.you;
  const [isDeleting, setDeleting] = useState(false);
  const tabIndex = useTabStop();
  const react = (name: string): void => void shell.try({ do: 'react', channel, ts, name, on: true });
  const reply = { label: 'Reply in thread', choose: () => go({ thread: threadTs ?? ts, panel: null }) };
  const items: readonly MenuItem[] = [
    ...(isInThread ? [] : [reply]),
    ...state.shortcuts
      .filter(({ type }) => type === 'message')
      .map(({ name, callbackId }) => ({
        label: `${name} · ${state.hello?.app.name ?? ''}`,
        choose: () => shell.try({ do: 'message-shortcut', callbackId, channel, ts }),
      })),
    ...(isYours
      ? [
          { label: 'Edit message', choose: edit },
          { label: 'Delete message', choose: () => setDeleting(true) },
        ]
      : []),
    ...reactions.map((name) => ({ label: `React with :${name}:`, choose: () => react(name) })),
  ];
  return (
    <div class="tools">
      {isNear &&
        reactions.slice(0, 3).map((name) => (
          <button type="button" tabIndex={tabIndex} aria-label={`React with ${name}`} onClick={() => react(name)}>
            <NamedEmoji name={name} />
          </button>
        ))}
      {isNear && !isInThread && (
        <button type="button" tabIndex={tabIndex} aria-label={reply.label} title={reply.label} onClick={reply.choose}>
          <NamedEmoji name="speech_balloon" />
        </button>
      )}
      <Menu label="Message actions" items={items}>
        <span aria-hidden="true">⋮</span>
      </Menu>
      {isDeleting && (
        <Confirm
          title="Delete message"
          text="It is gone for everybody who could read it."
          yes="Delete"
          isDanger
          answer={(isYes) => {
            setDeleting(false);
            if (isYes) void shell.try({ do: 'remove', channel, ts });
          }}
        />
      )}
    </div>
  );
};

const EditBox = ({ message, done }: { readonly message: PageMessage; readonly done: () => void }) => {
  const shell = useActs();
  const [text, setText] = useState(typedOf(message.text, useNames()));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = async (): Promise<void> => {
    if (await shell.try({ do: 'edit', channel: message.channel, ts: message.ts, text })) done();
  };
  return (
    <form
      class="edit"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          done();
        }
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.target instanceof HTMLButtonElement)
          return;
        event.preventDefault();
        void save();
      }}
    >
      <textarea
        aria-label="Edit message"
        ref={field}
        dir="auto"
        rows={3}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="button" onClick={done}>
        Cancel
      </button>
      <button type="submit" class="primary">
        Save
      </button>
    </form>
  );
};
