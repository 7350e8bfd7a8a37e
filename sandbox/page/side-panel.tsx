/** What stands beside the channel: a thread, or the demo's own controls. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { Archived } from './channel.tsx';
import { ClockPanel } from './clock-panel.tsx';
import { Composer } from './composer.tsx';
import { FaultsPanel } from './faults-panel.tsx';
import { MessageList } from './message-list.tsx';
import type { PageChannel } from './protocol.ts';
import { ScenesPanel } from './scenes-panel.tsx';
import { useChannelName } from './sidebar.tsx';
import { threadOf } from './state.ts';
import { type Panel, useShell } from './window.tsx';

const Side = ({
  title,
  close,
  children,
}: {
  readonly title: string;
  readonly close: () => void;
  readonly children: ComponentChildren;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    // A window that opens with it has the focus nowhere yet, and keeps it there.
    if (document.activeElement !== document.body) heading.current?.focus();
  }, []);
  return (
    <aside
      class="side"
      aria-label={title}
      onKeyDown={({ key, target, isComposing }) => {
        // In a dialog above it, Escape means that dialog.
        if (key === 'Escape' && !isComposing && target instanceof Element && target.closest('dialog') === null) close();
      }}
    >
      <header class="side-head">
        <h2 ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" class="plain" aria-label={`Close ${title.toLowerCase()}`} onClick={close}>
          <span aria-hidden="true">✕</span>
        </button>
      </header>
      {children}
    </aside>
  );
};

export const Thread = ({ channel, ts }: { readonly channel: PageChannel; readonly ts: string }) => {
  const { state, live, go, place } = useShell();
  const nameOf = useChannelName();
  useEffect(() => void live.loadThread(channel.id, ts), [live, channel.id, ts, state.isConnected, state.hello]);
  return (
    <Side title="Thread" close={() => go({ thread: null })}>
      <MessageList
        messages={threadOf(state, channel.id, ts)}
        label="Messages of the thread"
        isInThread
        isLoaded={state.threads.has(`${channel.id} ${ts}`)}
        place={place}
      />
      {channel.isArchived ? (
        <Archived />
      ) : (
        <Composer channel={channel.id} threadTs={ts} label="Reply in the thread" channelName={nameOf(channel)} />
      )}
    </Side>
  );
};

const titles: Readonly<Record<Panel, string>> = { clock: 'Clock', scenes: 'Scenes', faults: 'Faults' };

export const Controls = ({ panel }: { readonly panel: Panel }) => {
  const { go } = useShell();
  return (
    <Side title={titles[panel]} close={() => go({ panel: null })}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrollable by keys */}
      <section class="side-body" tabIndex={0} aria-label={titles[panel]}>
        {panel === 'clock' && <ClockPanel />}
        {panel === 'scenes' && <ScenesPanel />}
        {panel === 'faults' && <FaultsPanel />}
      </section>
    </Side>
  );
};
