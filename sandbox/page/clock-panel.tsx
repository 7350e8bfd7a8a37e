/** The moved clock: where it stands, how to move it, what comes next, and what happened on the way. */
import { useState } from 'preact/hooks';
import { withEmoji } from './emoji.tsx';
import { fullText, localText } from './moment.ts';
import type { ClockMove, PageHappening } from './protocol.ts';
import { Mrkdwn } from './text.tsx';
import { useShell } from './window.tsx';

const moves: readonly { readonly label: string; readonly move: ClockMove }[] = [
  { label: '+15 min', move: { by: 'minutes', minutes: 15 } },
  { label: '+1 h', move: { by: 'minutes', minutes: 60 } },
  { label: 'Next deadline', move: { by: 'next-deadline' } },
  { label: 'Monday 9:00', move: { by: 'next-monday' } },
];

/** On a narrow window the panel would lie over what it leads to. */
const besideOrNot = (): 'clock' | null => (matchMedia('(max-width: 900px)').matches ? null : 'clock');

const lastingText = (seconds: number): string => (seconds < 100 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`);

export const ClockPanel = () => {
  const shell = useShell();
  const { clock, happenings } = shell.state;
  const [local, setLocal] = useState('');
  const go = (move: ClockMove): void => void shell.try({ do: 'clock', move });
  const isIn = (channel: string): boolean => shell.state.channels.some(({ id }) => id === channel);
  return (
    <>
      <p class="clock-now" role="timer">
        {fullText(clock.now, clock.zone)} <span class="quiet">{clock.zone}</span>
      </p>
      <fieldset class="buttons">
        <legend>Move the clock forward</legend>
        {moves.map(({ label, move }) => (
          <button type="button" disabled={clock.isMoving} onClick={() => go(move)}>
            {label}
          </button>
        ))}
        {clock.isMoving && (
          <button type="button" class="primary" onClick={() => void shell.try({ do: 'clock-stop' })}>
            Stop here
          </button>
        )}
      </fieldset>
      {clock.secondsLeft !== null && (
        <p class="quiet">
          About {lastingText(clock.secondsLeft)} left: it stops at whatever is due, and waits until all of it is said.
        </p>
      )}
      <form
        class="inline"
        onSubmit={(event) => {
          event.preventDefault();
          go({ by: 'instant', local: local || localText(clock.now, clock.zone) });
        }}
      >
        <label>
          To
          <input
            type="datetime-local"
            value={local || localText(clock.now, clock.zone)}
            onInput={(event) => setLocal(event.currentTarget.value)}
          />
        </label>
        <button type="submit" disabled={clock.isMoving}>
          Go there
        </button>
      </form>
      <h3>What is due next</h3>
      {clock.due === null && <p class="quiet">Only people of the desk see this: it is about everybody’s tickets.</p>}
      {clock.due?.length === 0 && <p class="quiet">Nothing is due.</p>}
      <ol class="due">
        {clock.due?.map(({ at, ticket, title, what, card }) => (
          <li>
            <time dateTime={new Date(at).toISOString()}>{fullText(at, clock.zone)}</time>
            {card === null || !isIn(card.channel) ? (
              <b>{ticket ?? title}</b>
            ) : (
              <button
                type="button"
                class="plain"
                onClick={() => shell.go({ channel: card.channel, thread: null, panel: besideOrNot(), at: card.ts })}
              >
                {ticket ?? title}
              </button>
            )}{' '}
            {withEmoji(what)}
          </li>
        ))}
      </ol>
      <h3>What happened on the way</h3>
      {happenings === null && <p class="quiet">Move the clock, and what the bot does on the way stands here.</p>}
      {happenings !== null && happenings.list.length === 0 && <p class="quiet">Nothing happened.</p>}
      {happenings !== null && happenings.left > 0 && (
        <p class="quiet">
          The newest {happenings.list.length}; {happenings.left} older ones are not listed.
        </p>
      )}
      <ol class="happenings">
        {happenings?.list.map((each) => (
          <Happening happening={each} />
        ))}
      </ol>
    </>
  );
};

const Happening = ({ happening }: { readonly happening: PageHappening }) => {
  const { state, go } = useShell();
  const { at, channel, ts, threadTs, text, kind } = happening;
  const isVisible = state.channels.some(({ id }) => id === channel);
  const words = (
    <span class="clamp">
      <Mrkdwn wire={text} isMarked={false} />
    </span>
  );
  return (
    <li>
      <time dateTime={new Date(at).toISOString()}>{fullText(at, state.clock.zone)}</time>
      {kind === 'redrawn' && <span class="quiet"> card redrawn</span>}
      {isVisible ? (
        <button
          type="button"
          class="plain"
          onClick={() => go({ channel, thread: threadTs, panel: threadTs === null ? besideOrNot() : null, at: ts })}
        >
          {words}
        </button>
      ) : (
        words
      )}
    </li>
  );
};
