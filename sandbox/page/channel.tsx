/** The open channel: its messages, and where one writes. */
import { useEffect, useMemo } from 'preact/hooks';
import { ActingContext, Blocks } from './blocks.tsx';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';
import type { PageChannel } from './protocol.ts';
import { Watching } from './scenes-panel.tsx';
import { useSeen } from './seen.ts';
import { useChannelName } from './sidebar.tsx';
import { listOf } from './state.ts';
import { useShell } from './window.tsx';

export const Channel = ({ channel }: { readonly channel: PageChannel }) => {
  const { state, live, place } = useShell();
  const name = useChannelName()(channel);
  const { id } = channel;
  const known = state.messages.get(id);
  // The list changes with the channel's own messages alone.
  const messages = useMemo(() => listOf(state, id), [known, id, state.floors]);
  const isLoaded = state.hasMore.has(id);
  useEffect(() => {
    if (state.isConnected && !isLoaded) void live.load(id);
    // Where it was refused, as while a scene is set up, the next hello asks again.
  }, [live, id, isLoaded, state.isConnected, state.hello]);
  const newAfter = useSeen(channel);
  const people = channel.members.filter((each) => state.people.get(each)?.isBot === false).length;
  return (
    <main class="channel-view" id="main" aria-label={name}>
      <header class="channel-head">
        <h2 tabIndex={-1}>{name}</h2>
        <span class="quiet">
          {channel.kind === 'dm' ? 'Direct message' : `${people} people`}
          {channel.isShared ? ', shared with another company' : ''}
          {channel.isArchived ? ', archived' : ''}
        </span>
      </header>
      <Watching />
      {channel.kind === 'dm' && state.hello?.app.hasHome === true && <Home />}
      <MessageList
        messages={messages}
        label={`Messages in ${name}`}
        isLoaded={isLoaded}
        hasMore={state.hasMore.get(id) ?? false}
        loadMore={() => live.load(id)}
        newAfter={newAfter}
        place={place.thread === null ? place : null}
      />
      {channel.isArchived ? <Archived /> : <Composer channel={id} label={`Message ${name}`} />}
    </main>
  );
};

export const Archived = () => <p class="quiet center">This channel is archived: it can be read, and nothing more.</p>;

/** What the app publishes as its Home tab. */
const Home = () => {
  const shell = useShell();
  const { live, say, state } = shell;
  const acting = useMemo(
    () => ({
      filling: null,
      act: async (blockId: string, actionId: string, value: string | null) => {
        const answer = await live.ask({ do: 'act', where: { kind: 'home' }, blockId, actionId, value, state: null });
        if (answer.type === 'refused') say(answer.why);
        if (answer.type === 'done' && answer.done.trouble !== null) say(answer.done.trouble);
      },
    }),
    [live, say],
  );
  return (
    <details
      class="home"
      onToggle={(event) => {
        if (event.currentTarget.open) void shell.try({ do: 'open-home' });
      }}
    >
      <summary>Home</summary>
      {state.home === null ? (
        <p class="quiet">The app has not published anything here yet.</p>
      ) : (
        <ActingContext.Provider value={acting}>
          <Blocks blocks={state.home.blocks} />
        </ActingContext.Provider>
      )}
    </details>
  );
};
