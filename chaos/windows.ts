/** Stretches of time in which something could not be done, epoch ms. */
export interface Windows {
  /** Begins one, if none is open. */
  begin(): void;
  end(): void;
  /** A stretch that is known beforehand. */
  add(from: number, to: number): void;
  readonly all: readonly { readonly from: number; readonly to: number }[];
}

export const createWindows = (now: () => number): Windows => {
  const closed: { readonly from: number; readonly to: number }[] = [];
  let openSince: number | null = null;
  return {
    begin: () => {
      openSince ??= now();
    },
    end: () => {
      if (openSince !== null) closed.push({ from: openSince, to: now() });
      openSince = null;
    },
    add: (from, to) => closed.push({ from, to }),
    get all() {
      return openSince === null ? closed : [...closed, { from: openSince, to: Number.POSITIVE_INFINITY }];
    },
  };
};

/**
 * From when on somebody could have done what was caused at `cause` and was seen at `seen`: the end of the last stretch in
 * between that kept everybody from it.
 */
export const couldActFrom = (
  cause: number,
  seen: number,
  windows: readonly { readonly from: number; readonly to: number }[],
): number =>
  windows
    .filter(({ from, to }) => from <= seen && to > cause)
    .reduce((latest, { to }) => Math.max(latest, Math.min(to, seen)), cause);
