/** Rich text: paragraphs, lists, quotes and what stands in them. Its text is text; nothing in it is markup. */
import type { ComponentChildren } from 'preact';
import { NamedEmoji, withEmoji } from './emoji.tsx';
import { type Json, jsonOf, listOf, textOf } from './json.ts';
import { DateText, Link, Mention, useNames } from './text.tsx';

const styled = (content: ComponentChildren, style: Json): ComponentChildren => {
  let shown = content;
  if (style.code === true) shown = <code>{shown}</code>;
  if (style.strike === true) shown = <s>{shown}</s>;
  if (style.italic === true) shown = <i>{shown}</i>;
  if (style.bold === true) shown = <b>{shown}</b>;
  return shown;
};

const Piece = ({ piece }: { readonly piece: Json }) => {
  const names = useNames();
  const style = jsonOf(piece.style);
  switch (piece.type) {
    case 'text':
      return <>{styled(withEmoji(textOf(piece.text)), style)}</>;
    case 'link':
      return <Link url={textOf(piece.url)}>{styled(withEmoji(textOf(piece.text) || textOf(piece.url)), style)}</Link>;
    case 'user':
      return <Mention isYou={piece.user_id === names.you}>@{names.person(textOf(piece.user_id))}</Mention>;
    case 'usergroup':
      return (
        <Mention isYou={names.groupsOfYours.has(textOf(piece.usergroup_id))}>
          @{names.group(textOf(piece.usergroup_id))}
        </Mention>
      );
    case 'channel':
      return <Mention isYou={false}>#{names.channel(textOf(piece.channel_id))}</Mention>;
    case 'broadcast':
      return <Mention isYou>@{textOf(piece.range)}</Mention>;
    case 'emoji':
      return <NamedEmoji name={textOf(piece.name)} />;
    case 'date':
      return (
        <>
          {styled(
            <DateText
              seconds={Number(piece.timestamp)}
              format={textOf(piece.format)}
              fallback={textOf(piece.fallback)}
            />,
            style,
          )}
        </>
      );
    default:
      return <>{textOf(piece.text)}</>;
  }
};

const Pieces = ({ of }: { readonly of: Json }) => (
  <>
    {listOf(of.elements).map((piece) => (
      <Piece piece={piece} />
    ))}
  </>
);

const Part = ({ part }: { readonly part: Json }) => {
  switch (part.type) {
    case 'rich_text_list': {
      const items = listOf(part.elements).map((item) => (
        <li>
          <Pieces of={item} />
        </li>
      ));
      return part.style === 'ordered' ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case 'rich_text_quote':
      return (
        <blockquote>
          <Pieces of={part} />
        </blockquote>
      );
    case 'rich_text_preformatted':
      return (
        <pre>
          <Pieces of={part} />
        </pre>
      );
    default:
      return (
        <p>
          <Pieces of={part} />
        </p>
      );
  }
};

export const RichText = ({ block }: { readonly block: Json }) => (
  <div class="rich" dir="auto">
    {listOf(block.elements).map((part) => (
      <Part part={part} />
    ))}
  </div>
);
