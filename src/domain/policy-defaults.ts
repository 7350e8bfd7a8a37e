import { parseDuration } from './duration.ts';

type Settings = Readonly<Record<string, unknown>>;

/**
 * Completes a policy as written by the standard one as written, part by part; lists are taken whole, but for `clocks.tiers`,
 * whose entries are completed one by one (the last by the standard's last). Where a leading number is given and what hangs on
 * it is not, that keeps the standard's proportion: `update.every: 24s` acts 0.25 s before, as 24 h acts 15 min before.
 * So too for `close.after` (confirm), a tier's `respond.within` (its priorities, `takeUp`) and `handOver.within` (its priorities).
 */
export const completedPolicy = (given: unknown, standard: unknown): unknown => {
  const clocks = part(given, 'clocks');
  const standardClocks = part(standard, 'clocks');
  const tiers = completedTiers(part(clocks, 'tiers'), part(standardClocks, 'tiers'));
  const bent = { ...settings(standard), clocks: bentClocks(clocks, settings(standardClocks)) };
  const whole = completed(given, bent);
  if (!isSettings(whole) || !isSettings(whole.clocks)) return whole;
  return { ...whole, clocks: { ...whole.clocks, tiers } };
};

const completedTiers = (given: unknown, standard: unknown): unknown => {
  if (given === undefined) return standard;
  if (!Array.isArray(given) || !Array.isArray(standard)) return given;
  return given.map((entry, index) => {
    const isLast = index === given.length - 1;
    const model = isLast ? standard.at(-1) : standard.slice(0, -1)[index];
    return completed(entry, model === undefined ? undefined : bentTier(entry, settings(model)));
  });
};

const bentClocks = (given: unknown, standard: Settings): Settings => ({
  ...standard,
  update: scaledBy(given, standard, ['update', 'every'], standard.update, [
    'actBefore',
    'remindOwnerBefore',
    'remindTierBefore',
  ]),
  confirm: scaledBy(given, standard, ['close', 'after'], standard.confirm, ['after']),
});

const bentTier = (given: unknown, standard: Settings): Settings => {
  const bent = scaledBy(given, standard, ['respond', 'within'], standard, ['takeUp']);
  return {
    ...settings(bent),
    respond: bentTarget(given, standard, 'respond'),
    handOver: bentTarget(given, standard, 'handOver'),
  };
};

const bentTarget = (given: unknown, standard: Settings, name: string): unknown =>
  isSettings(standard[name])
    ? scaledBy(given, standard, [name, 'within'], standard[name], ['priorities'])
    : standard[name];

/** Scales the named parts of `target` by how much longer the leading number is than the standard's. */
const scaledBy = (
  given: unknown,
  standard: Settings,
  [outer, inner]: readonly [string, string],
  target: unknown,
  names: readonly string[],
): unknown => {
  const now = lengthOf(part(part(given, outer), inner));
  const before = lengthOf(part(part(standard, outer), inner));
  if (now === null || before === null || before === 0) return target;
  const scaled = names.map((name) => [name, scaledValue(part(target, name), now / before)] as const);
  return { ...settings(target), ...Object.fromEntries(scaled.filter(([, value]) => value !== undefined)) };
};

const scaledValue = (value: unknown, factor: number): unknown => {
  if (Array.isArray(value)) return value.map((item) => scaledValue(item, factor));
  if (isSettings(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scaledValue(item, factor)]));
  }
  const length = lengthOf(value);
  return length === null ? value : `${Math.round(length * factor)}ms`;
};

const completed = (given: unknown, standard: unknown): unknown => {
  if (given === undefined) return standard;
  if (!isSettings(given) || !isSettings(standard)) return given;
  const keys = [...new Set([...Object.keys(standard), ...Object.keys(given)])];
  return Object.fromEntries(keys.map((key) => [key, completed(given[key], standard[key])]));
};

const lengthOf = (value: unknown): number | null => (typeof value === 'string' ? parseDuration(value) : null);

const part = (whole: unknown, name: string): unknown => (isSettings(whole) ? whole[name] : undefined);

const settings = (value: unknown): Settings => (isSettings(value) ? value : {});

const isSettings = (value: unknown): value is Settings =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
