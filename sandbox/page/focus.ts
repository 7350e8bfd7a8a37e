/** The focus never gets lost: when what had it goes away, the nearest part that is left takes it. */

/** What lies over or beside the rest. Who was in it comes back to where they were before. */
const layers = 'dialog, aside';

/** What had the focus and what lies around it, nearest first; out of a layer it goes on with what was there before. */
let chain: readonly Element[] = [];
const before = new WeakMap<Element, readonly Element[]>();

const upTo = (element: Element, end: Element | null): readonly Element[] => {
  const { parentElement } = element;
  return element === end || parentElement === null ? [element] : [element, ...upTo(parentElement, end)];
};

const onFocus = ({ target }: Event): void => {
  if (!(target instanceof Element)) return;
  const layer = target.closest(layers);
  if (layer !== null && !chain.includes(layer)) before.set(layer, chain);
  chain = [...upTo(target, layer), ...(layer === null ? [] : (before.get(layer) ?? []))];
};

/** Within a part the message that Tab stops at, or the heading. */
const takers = 'article[tabindex="0"], h2[tabindex]';

const takes = (part: Element): boolean => {
  if (!(part instanceof HTMLElement) || !part.isConnected) return false;
  part.focus();
  return document.activeElement === part;
};

const isLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

const takeBack = (): void => {
  for (const part of chain) {
    if (takes(part)) return;
    const taker = part.isConnected ? part.querySelector(takers) : null;
    if (taker !== null && takes(taker)) return;
  }
};

/** Who presses beside everything wants no focus; who had it in what is hidden or gone still does. */
const onBlur = ({ relatedTarget }: FocusEvent): void => {
  if (relatedTarget !== null) return;
  queueMicrotask(() => {
    const [last] = chain;
    if (last === undefined || !isLost()) return;
    if (last.isConnected && last.checkVisibility({ visibilityProperty: true })) chain = [];
    else takeBack();
  });
};

export const keepFocus = (): void => {
  document.addEventListener('focusin', onFocus);
  document.addEventListener('focusout', onBlur);
  new MutationObserver(() => {
    if (chain[0]?.isConnected === false && isLost()) takeBack();
  }).observe(document.body, { childList: true, subtree: true });
};

/** The heading of what one has come to. */
export const focusHeading = (): void => document.querySelector<HTMLElement>('#main h2')?.focus();
