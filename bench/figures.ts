/** Middle of some figures; of two middles the lower. @throws when there are none */
export const median = (figures: readonly number[]): number => quantile(figures, 0.5);

/** The figure that so large a share does not exceed. @throws when there are none */
export const quantile = (figures: readonly number[], share: number): number => {
  const found = figures.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(figures.length * share) - 1)];
  if (found === undefined) throw new Error('Finding a quantile failed: there are no figures');
  return found;
};

/** Three figures that mean something; the rest is noise. */
export const rounded = (figure: number): number => Number(figure.toPrecision(3));
