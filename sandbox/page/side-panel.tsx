/** What stands beside the channel: a thread, or the demo's own controls. */
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
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
}) => (
  <aside class="side" aria-label={title}>
    <header class="side-head">
      <h2>{title}</h2>
      <button type="button" class="plain" aria-label={`Close ${title.toLowerCase()}`} onClick={close}>
        <span aria-hidden="true">✕</span>
      </button>
    </header>
    {children}
  </aside>
);

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
        target={place.at}
        key={ts}
      />
      <Composer
        channel={channel.id}
        threadTs={ts}
        label="Reply in the thread"
        channelName={nameOf(channel)}
        key={`${channel.id} ${ts}`}
      />
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
