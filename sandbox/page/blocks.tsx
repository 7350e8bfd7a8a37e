/** Block Kit as Slack shows it: what the bot uses, and a plain word for what it does not. */
import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { Confirm } from './confirm.tsx';
import { withEmoji } from './emoji.tsx';
import { Field, type Filling } from './fields.tsx';
import { type Json, jsonOf, listOf, textOf } from './json.ts';
import { Menu } from './menu.tsx';
import { RichText } from './rich-text.tsx';
import { useTabStop } from './tab-stop.ts';
import { Mrkdwn } from './text.tsx';

/** What a press does, and whose answer is waited for. */
export interface Acting {
  readonly act: (blockId: string, actionId: string, value: string | null) => Promise<void>;
  readonly filling: Filling | null;
}

const nothing: Acting = { act: async () => {}, filling: null };
export const ActingContext = createContext<Acting>(nothing);

const TextObject = ({ text }: { readonly text: unknown }) => {
  const { type, text: words, verbatim } = jsonOf(text);
  if (type === 'mrkdwn') return <Mrkdwn wire={textOf(words)} key={String(verbatim)} />;
  return <span class="lines">{withEmoji(textOf(words))}</span>;
};

const labelOf = (element: Json): string => textOf(jsonOf(element.text).text);

const ActionButton = ({ element, blockId }: { readonly element: Json; readonly blockId: string }) => {
  const { act } = useContext(ActingContext);
  const tabIndex = useTabStop();
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const press = async (): Promise<void> => {
    if (isBusy) return;
    if (/^https?:/.test(textOf(element.url))) window.open(textOf(element.url), '_blank', 'noopener');
    setBusy(true);
    await act(blockId, textOf(element.action_id), typeof element.value === 'string' ? element.value : null);
    setBusy(false);
  };
  const button = (
    <button
      type="button"
      class={`act ${textOf(element.style)}`}
      aria-busy={isBusy}
      tabIndex={tabIndex}
      aria-label={textOf(element.accessibility_label) || undefined}
      onClick={() => (element.confirm === undefined ? void press() : setAsking(true))}
    >
      {withEmoji(labelOf(element))}
    </button>
  );
  const asked = jsonOf(element.confirm);
  const wordsOf = (part: string, fallback: string): string => textOf(jsonOf(asked[part]).text) || fallback;
  return (
    <>
      {button}
      {isAsking && (
        <Confirm
          title={wordsOf('title', 'Are you sure?')}
          text={wordsOf('text', '')}
          yes={wordsOf('confirm', 'Yes')}
          no={wordsOf('deny', 'Cancel')}
          isDanger={asked.style === 'danger'}
          answer={(isYes) => {
            setAsking(false);
            if (isYes) void press();
          }}
        />
      )}
    </>
  );
};

const Element = ({ element, blockId }: { readonly element: Json; readonly blockId: string }) => {
  const acting = useContext(ActingContext);
  const { act } = acting;
  const actionId = textOf(element.action_id);
  switch (element.type) {
    case 'button':
      return <ActionButton element={element} blockId={blockId} />;
    case 'overflow':
      return (
        <Menu
          label="More actions"
          className="overflow"
          items={listOf(element.options).map((option) => ({
            label: labelOf(option),
            choose: () => act(blockId, actionId, textOf(option.value)),
          }))}
        >
          <span aria-hidden="true">⋯</span>
        </Menu>
      );
    case 'image':
      return <span class="picture">{textOf(element.alt_text)}</span>;
    default:
      return (
        <Field
          element={element}
          blockId={blockId}
          label={textOf(jsonOf(element.placeholder).text) || 'Choose'}
          filling={acting.filling}
          onPick={(value) => act(blockId, actionId, value)}
        />
      );
  }
};

const Input = ({ block }: { readonly block: Json }) => {
  const { filling, act } = useContext(ActingContext);
  const blockId = textOf(block.block_id);
  const element = jsonOf(block.element);
  return (
    <Field
      element={element}
      blockId={blockId}
      label={textOf(jsonOf(block.label).text)}
      hint={textOf(jsonOf(block.hint).text)}
      isOptional={block.optional === true}
      filling={filling}
      onPick={block.dispatch_action === true ? (value) => act(blockId, textOf(element.action_id), value) : null}
    />
  );
};

const Block = ({ block }: { readonly block: Json }) => {
  const blockId = textOf(block.block_id);
  switch (block.type) {
    case 'rich_text':
      return <RichText block={block} />;
    case 'section':
      return (
        <div class="section" dir="auto">
          <div class="section-text">
            {block.text !== undefined && <TextObject text={block.text} />}
            {listOf(block.fields).length > 0 && (
              <div class="section-fields">
                {listOf(block.fields).map((field) => (
                  <div>
                    <TextObject text={field} />
                  </div>
                ))}
              </div>
            )}
          </div>
          {block.accessory !== undefined && <Element element={jsonOf(block.accessory)} blockId={blockId} />}
        </div>
      );
    case 'header':
      return (
        <p class="header">
          <TextObject text={block.text} />
        </p>
      );
    case 'context':
      return (
        <div class="context" dir="auto">
          {listOf(block.elements).map((each) =>
            each.type === 'image' ? <span class="picture">{textOf(each.alt_text)}</span> : <TextObject text={each} />,
          )}
        </div>
      );
    case 'actions':
      return (
        <div class="actions">
          {listOf(block.elements).map((element) => (
            <Element element={element} blockId={blockId} />
          ))}
        </div>
      );
    case 'markdown':
      return (
        <div dir="auto">
          <span class="lines">{withEmoji(textOf(block.text))}</span>
        </div>
      );
    case 'divider':
      return <hr />;
    case 'input':
      return <Input block={block} />;
    case 'image':
      return <p class="picture">{textOf(block.alt_text)}</p>;
    default:
      return <p class="picture">A block of type {textOf(block.type)}, which this page does not draw</p>;
  }
};

export const Blocks = ({ blocks }: { readonly blocks: readonly Json[] }) => (
  <div class="blocks">
    {blocks.map((block, index) => (
      <Block block={block} key={textOf(block.block_id) || index} />
    ))}
  </div>
);
