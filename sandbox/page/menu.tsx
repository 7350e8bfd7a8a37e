/** A button that opens a small menu: arrows move, Escape and a press elsewhere close it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { withEmoji } from './emoji.tsx';
import { useTabStop } from './tab-stop.ts';

export interface MenuItem {
  readonly label: string;
  /** Busy is shown for as long as it takes. */
  readonly choose: () => unknown;
}

const gapPx = 8;

/** Below its button where there is room, else above it; always within the window. */
const placeAt = (list: HTMLElement, from: DOMRect): void => {
  const { offsetHeight: height, offsetWidth: width } = list;
  const isRoomBelow = from.bottom + height + gapPx <= innerHeight;
  const top = isRoomBelow ? from.bottom : from.top - height;
  const left = from.left + width + gapPx <= innerWidth ? from.left : from.right - width;
  list.style.top = `${Math.max(gapPx, Math.min(top, innerHeight - height - gapPx))}px`;
  list.style.left = `${Math.max(gapPx, left)}px`;
};

export const Menu = ({
  label,
  children,
  items,
  className = '',
}: {
  readonly label: string;
  readonly children: ComponentChildren;
  readonly items: readonly MenuItem[];
  readonly className?: string;
}) => {
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const tabIndex = useTabStop();
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useLayoutEffect(() => {
    // Measuring has the whole page laid out: not for each of the thousands of menus that are closed.
    if (!isOpen) return;
    const list = root.current?.querySelector<HTMLElement>('[role=menu]');
    const from = opener.current?.getBoundingClientRect();
    if (list !== null && list !== undefined && from !== undefined) placeAt(list, from);
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    root.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    const away = (event: Event): void => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', away);
    return () => document.removeEventListener('pointerdown', away);
  }, [isOpen]);

  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = async (item: MenuItem): Promise<void> => {
    close();
    setBusy(true);
    await item.choose();
    setBusy(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    const all = [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Tab') setOpen(false);
    if (event.key === 'Escape') {
      event.stopPropagation();
      event.preventDefault();
      close();
    }
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length)?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys are heard for the menu inside
    <div class={`menu ${className}`} ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={opener}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-busy={isBusy}
        tabIndex={tabIndex}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <div role="menu" aria-label={label} class="menu-list">
          {items.map((item) => (
            <button type="button" role="menuitem" tabIndex={-1} onClick={() => void choose(item)}>
              {withEmoji(item.label)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
};
