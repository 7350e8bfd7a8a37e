/** Slack's mrkdwn, shown: links, mentions, dates, and the few signs that make text bold or code. All else is text. */
import { type ComponentChildren, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { withEmoji } from './emoji.tsx';
import { dateTokens, type Reader } from './moment.ts';
import { placeAt } from './permalink.ts';
import { useTabStop } from './tab-stop.ts';
import { placeHash, useActs } from './window.tsx';

/** Who is meant by an id, and who reads. */
export interface Names extends Reader {
  readonly you: string;
  readonly person: (id: string) => string;
  readonly group: (id: string) => string;
  readonly channel: (id: string) => string;
  readonly groupsOfYours: ReadonlySet<string>;
}

export const NamesContext = createContext<Names | null>(null);

export const useNames = (): Names => {
  const names = useContext(NamesContext);
  if (names === null) throw new Error('Nobody has said who is who');
  return names;
};

const plainOf = (wire: string): string => wire.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Wire text as one would type it: `@Kim` for `<@U1>`, so that it can be edited. */
export const typedOf = (wire: string, names: Names): string =>
  plainOf(
    wire
      .replace(/<@(\w+)(?:\|[^>]*)?>/g, (_, id: string) => `@${names.person(id)}`)
      .replace(/<!subteam\^(\w+)(?:\|[^>]*)?>/g, (_, id: string) => `@${names.group(id)}`)
      .replace(/<!(here|channel|everyone)>/g, '@$1'),
  );

/** Wire text as one would read it out. */
export const spokenOf = (wire: string, names: Names): string =>
  typedOf(
    wire
      .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
      .replace(/<#(\w+)(?:\|[^>]*)?>/g, (_, id: string) => `#${names.channel(id)}`)
      .replace(/<(?![@!])[^|>]*\|([^>]*)>/g, '$1')
      .replace(/<(?![@!])([^>]*)>/g, '$1'),
    names,
  );

export const Mention = ({ children, isYou }: { readonly children: ComponentChildren; readonly isYou: boolean }) => (
  <span class={isYou ? 'mention you' : 'mention'}>{children}</span>
);

/** Messages of this workspace are gone to; any other address opens beside the demo. Anything but the web stays text. */
export const Link = ({ url, children }: { readonly url: string; readonly children: ComponentChildren }) => {
  const { live, goTo } = useActs();
  const tabIndex = useTabStop();
  const place = placeAt(url, live.state().hello?.team.domain ?? '');
  if (place !== null)
    return (
      <a
        href={placeHash({ ...place, panel: null, scene: null })}
        tabIndex={tabIndex}
        onClick={(event) => {
          event.preventDefault();
          goTo(place);
        }}
      >
        {children}
      </a>
    );
  if (!/^(https?:|mailto:)/i.test(url)) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" tabIndex={tabIndex}>
      {children}
    </a>
  );
};

export const DateText = ({ seconds, format, fallback }: { seconds: number; format: string; fallback: string }) => {
  const reader = useNames();
  return (
    <time dateTime={new Date(seconds * 1_000).toISOString()} title={fallback}>
      {dateTokens(seconds, format, reader)}
    </time>
  );
};

const Angle = ({ inside }: { readonly inside: string }) => {
  const names = useNames();
  const [target = '', label] = inside.split('|', 2);
  if (target.startsWith('@')) {
    const id = target.slice(1);
    return <Mention isYou={id === names.you}>@{names.person(id)}</Mention>;
  }
  if (target.startsWith('#')) return <Mention isYou={false}>#{names.channel(target.slice(1))}</Mention>;
  if (target.startsWith('!date^')) {
    const [, seconds = '0', format = ''] = target.split('^');
    return <DateText seconds={Number(seconds)} format={format} fallback={plainOf(label ?? '')} />;
  }
  if (target.startsWith('!subteam^')) {
    const id = target.slice('!subteam^'.length);
    return <Mention isYou={names.groupsOfYours.has(id)}>@{names.group(id)}</Mention>;
  }
  if (target.startsWith('!')) return <Mention isYou>@{target.slice(1)}</Mention>;
  return <Link url={plainOf(target)}>{withEmoji(plainOf(label ?? target))}</Link>;
};

const marks = { '*': 'b', _: 'i', '~': 's' } as const;
const inline = /<([^<>\n]+)>|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)([^\n]*?\S)\3(?![\p{L}\p{N}])/gu;

const Inline = ({ text, isMarked }: { readonly text: string; readonly isMarked: boolean }) => {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const found of text.matchAll(inline)) {
    const [whole, angle, code, mark, marked = ''] = found;
    if (!isMarked && angle === undefined) continue;
    parts.push(withEmoji(plainOf(text.slice(from, found.index))));
    from = found.index + whole.length;
    if (angle !== undefined) parts.push(<Angle inside={angle} />);
    else if (code !== undefined) parts.push(<code>{plainOf(code)}</code>);
    else {
      const Mark = marks[mark as keyof typeof marks];
      parts.push(
        <Mark>
          <Inline text={marked} isMarked />
        </Mark>,
      );
    }
  }
  return (
    <>
      {parts}
      {withEmoji(plainOf(text.slice(from)))}
    </>
  );
};

/** @param wire as Slack keeps it: `&amp;`, `<@U1>`, `*bold*` */
export const Mrkdwn = ({ wire, isMarked = true }: { readonly wire: string; readonly isMarked?: boolean }) => (
  <>
    {wire.split(/```/).map((part, index) =>
      index % 2 === 1 && isMarked ? (
        <pre>{plainOf(part.replace(/^\n/, ''))}</pre>
      ) : (
        quoted(part).map(({ isQuote, text }) =>
          isQuote && isMarked ? (
            <blockquote>
              <Inline text={text} isMarked />
            </blockquote>
          ) : (
            <span class="lines">
              <Inline text={isQuote ? `&gt;${text}` : text} isMarked={isMarked} />
            </span>
          ),
        )
      ),
    )}
  </>
);

/** Runs of lines, those that begin with `>` apart. */
const quoted = (text: string): readonly { readonly isQuote: boolean; readonly text: string }[] => {
  const runs: { isQuote: boolean; text: string }[] = [];
  for (const line of text.split('\n')) {
    const isQuote = line.startsWith('&gt;');
    const shown = isQuote ? line.slice(4) : line;
    const last = runs.at(-1);
    if (last?.isQuote === isQuote) last.text += `\n${shown}`;
    else runs.push({ isQuote, text: shown });
  }
  return runs;
};
