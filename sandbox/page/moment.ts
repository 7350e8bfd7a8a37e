/** Instants as their reader sees them: on their own wall clock, and near days by name, as Slack says them. */

const cache = new Map<string, Intl.DateTimeFormat>();
const formatter = (zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = zone + JSON.stringify(options);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options });
  cache.set(key, made);
  return made;
};

/** The reader: their zone, and what is now. */
export interface Reader {
  readonly zone: string;
  readonly now: number;
}

const quarterMs = 15 * 60_000;
const days = new Map<string, string>();

/** The day an instant lies in. No zone shifts by less than a quarter of an hour, so each quarter is looked up once. */
export const dayKey = (at: number, zone: string): string => {
  const key = `${Math.floor(at / quarterMs)} ${zone}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const day = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
  days.set(key, day);
  return day;
};

export const timeText = (at: number, zone: string): string =>
  formatter(zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

export const dayText = (at: number, zone: string): string =>
  formatter(zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);

const day = 24 * 3_600_000;

const nearDay = (at: number, { zone, now }: Reader): string | null => {
  const key = dayKey(at, zone);
  if (key === dayKey(now, zone)) return 'Today';
  if (key === dayKey(now - day, zone)) return 'Yesterday';
  return key === dayKey(now + day, zone) ? 'Tomorrow' : null;
};

/** `Today`, or `Tuesday, 12 January`. */
export const dayName = (at: number, reader: Reader): string => nearDay(at, reader) ?? dayText(at, reader.zone);

/** `Mon 11 Jan 2027, 10:00`. */
export const fullText = (at: number, zone: string): string =>
  formatter(zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(at);

/** Slack's date tokens; what is not known stays as it is. */
export const dateTokens = (seconds: number, format: string, reader: Reader): string => {
  const at = seconds * 1_000;
  const { zone } = reader;
  const short = formatter(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at);
  const long = formatter(zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at);
  const pretty = (plain: string): string => nearDay(at, reader)?.toLowerCase() ?? plain;
  const tokens: Readonly<Record<string, () => string>> = {
    date_num: () => formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at),
    date: () => long,
    date_short: () => short,
    date_long: () => long,
    date_pretty: () => pretty(long),
    date_short_pretty: () => pretty(short),
    date_long_pretty: () => pretty(long),
    time: () => timeText(at, zone),
    time_secs: () =>
      formatter(zone, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at),
  };
  return format.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(tokens, name) ? (tokens[name]?.() ?? whole) : whole,
  );
};

/** Wall clock time in a zone as `YYYY-MM-DDTHH:mm`, for a field of date and time. */
export const localText = (at: number, zone: string): string => {
  const parts = Object.fromEntries(
    formatter(zone, {
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
};

/** The instant of a wall clock time in a zone; a time that a clock change leaves out is the one an hour on. */
export const instantOf = (local: string, zone: string): number | null => {
  const asUtc = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const shift = (at: number): number => Date.parse(`${localText(at, zone)}:00Z`) - at;
  const first = asUtc - shift(asUtc);
  return asUtc - shift(first);
};
