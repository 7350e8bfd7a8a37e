/** The window: who one is, where one looks, and the parts beside each other. */
import { render } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Channel } from './channel.tsx';
import { focusHeading, keepFocus } from './focus.ts';
import { FormDialog } from './form.tsx';
import { openLive } from './live.ts';
import { dayText } from './moment.ts';
import { Controls, Thread } from './side-panel.tsx';
import { Sidebar } from './sidebar.tsx';
import { type Names, NamesContext } from './text.tsx';
import { takeUpTheme } from './theme.tsx';
import { TopBar } from './top-bar.tsx';
import {
  type Acts,
  ActsContext,
  type Place,
  placeHash,
  readPlace,
  type Shell,
  ShellContext,
  useLive,
} from './window.tsx';

const personIn = (search: string): string | null => new URLSearchParams(search).get('as');
const noteMs = 9_000;

const App = () => {
  const [person, setPerson] = useState(personIn(location.search));
  const live = useMemo(() => openLive(person), [person]);
  useEffect(() => () => live.close(), [live]);
  const state = useLive(live);
  const [place, setPlace] = useState<Place>(readPlace(location.hash));
  const [isListShown, setListShown] = useState(false);
  const [note, setNote] = useState<string | null>(null);
  const [news, setNews] = useState({ count: 0, sentence: '' });
  const noteTimer = useRef(0);

  const say = useCallback((sentence: string): void => {
    clearTimeout(noteTimer.current);
    setNote(sentence);
    noteTimer.current = setTimeout(() => setNote(null), noteMs);
  }, []);
  useEffect(() => {
    if (state.notice === null) return;
    say(state.notice);
    live.clearNotice();
  }, [state.notice, live, say]);

  const go = useCallback((to: Partial<Place>): void => {
    setListShown(false);
    setPlace((now) => {
      const next = { ...now, at: null, ...to };
      history.replaceState(null, '', placeHash(next));
      return next;
    });
  }, []);
  const become = useCallback(
    (id: string): void => {
      history.replaceState(null, '', `?as=${encodeURIComponent(id)}${location.hash}`);
      setPerson(id);
      go({});
    },
    [go],
  );

  const here =
    state.channels.find(({ id }) => id === place.channel) ??
    state.channels.find(({ name }) => name === 'help') ??
    state.channels[0] ??
    null;
  useEffect(() => {
    if (here !== null && here.id !== place.channel) go({ channel: here.id, thread: null });
  }, [here, place.channel, go]);

  const acts = useMemo(
    (): Acts => ({
      live,
      go,
      goTo: (message) => {
        const { channels, messages } = live.state();
        const known = messages.get(message.channel ?? '')?.get(message.at ?? '')?.threadTs ?? null;
        const thread = message.thread ?? (known === message.at ? null : known);
        if (channels.some(({ id }) => id === message.channel)) go({ ...message, thread, panel: null });
        else say('That message is in a channel you are not in.');
      },
      become,
      say,
      announce: (sentence) => setNews(({ count }) => ({ count: count + 1, sentence })),
      try: async (ask) => {
        const answer = await live.ask(ask);
        const trouble = answer.type === 'refused' ? answer.why : answer.type === 'done' ? answer.done.trouble : null;
        if (trouble !== null) say(trouble);
        return trouble === null;
      },
    }),
    [live, go, become, say],
  );
  const shell: Shell = { ...acts, state, place };
  const { hello } = state;
  const you = hello?.you ?? '';
  const zone = state.people.get(you)?.zone ?? state.clock.zone;
  const today = dayText(state.clock.now, zone);
  // Names are made anew only when somebody or the day changes.
  const names = useMemo(
    (): Names => ({
      you,
      zone,
      now: state.clock.now,
      person: (id) => state.people.get(id)?.name ?? (id === hello?.app.userId ? hello.app.name : id),
      group: (id) => hello?.groups.find((each) => each.id === id)?.handle ?? id,
      channel: (id) => state.channels.find((each) => each.id === id)?.name ?? 'a channel',
      groupsOfYours: new Set(hello?.groups.filter(({ members }) => members.includes(you)).map(({ id }) => id)),
    }),
    [you, hello, state.people, zone, today],
  );
  return (
    <ActsContext.Provider value={acts}>
      <ShellContext.Provider value={shell}>
        <NamesContext.Provider value={names}>
          {/* No link: the address holds the place one is at. */}
          <button type="button" class="skip" onClick={focusHeading}>
            Skip to the messages
          </button>
          <div
            class={`app${isListShown ? ' list-shown' : ''}${place.panel !== null || place.thread !== null ? ' with-side' : ''}`}
          >
            <TopBar isListShown={isListShown} toggleList={() => setListShown(!isListShown)} />
            <Sidebar />
            {here === null ? (
              <main id="main" class="channel-view" aria-label="Connecting" />
            ) : (
              <Channel channel={here} key={`${you} ${here.id}`} />
            )}
            {place.panel !== null ? (
              <Controls panel={place.panel} key={place.panel} />
            ) : (
              here !== null &&
              place.thread !== null && (
                <Thread channel={here} ts={place.thread} key={`${you} ${here.id} ${place.thread}`} />
              )
            )}
          </div>
          <p role="status" class={state.isConnected ? 'hidden' : 'note'}>
            {state.isConnected ? '' : 'Connecting to the demo…'}
          </p>
          <p role="status" class="hidden">
            <span key={news.count}>{news.sentence}</span>
          </p>
          <div role="alert" class={note === null ? 'hidden' : 'note'}>
            {note}
          </div>
          {state.view !== null && <FormDialog view={state.view} key={`${you} ${state.view.id}`} />}
        </NamesContext.Provider>
      </ShellContext.Provider>
    </ActsContext.Provider>
  );
};

takeUpTheme();
keepFocus();
render(<App />, document.body);
