import {
  addBusiness,
  businessBetween,
  type Calendar,
  nonBusinessSpans,
  type Window,
} from '../../src/domain/calendar.ts';

const hour = 3_600_000;
const nine = { from: 9 * 60, to: 17 * 60 };
const allDay = { from: 0, to: 24 * 60 };

const open = (
  zone: string,
  weekday: Window[],
  weekend: Window[] = [],
  holidays: Calendar['holidays'] = [],
): Calendar => ({
  zone,
  week: { mon: weekday, tue: weekday, wed: weekday, thu: weekday, fri: weekday, sat: weekend, sun: weekend },
  holidays,
});

const office = open('Etc/UTC', [nine]);
const at = (text: string): number => Date.parse(text);
const text = (instant: number): string => new Date(instant).toISOString().slice(0, 16);

describe('business time', () => {
  it('takes one business hour from Friday 16:30 to Monday 09:30', () => {
    expect(text(addBusiness(office, at('2025-06-06T16:30Z'), hour))).toBe('2025-06-09T09:30');
  });

  it('starts at the next opening when it begins in the night', () => {
    expect(text(addBusiness(office, at('2025-06-07T03:00Z'), hour))).toBe('2025-06-09T10:00');
  });

  it('is due when the window ends, not when the next one opens', () => {
    expect(text(addBusiness(office, at('2025-06-06T16:00Z'), hour))).toBe('2025-06-06T17:00');
  });

  it('stays put when nothing is added, at night too', () => {
    expect(addBusiness(office, at('2025-06-07T03:00Z'), 0)).toBe(at('2025-06-07T03:00Z'));
  });

  it('leaves out the lunch break and the holiday', () => {
    const shop = open(
      'Etc/UTC',
      [
        { from: 540, to: 720 },
        { from: 780, to: 1020 },
      ],
      [],
      [{ date: '2025-12-25', name: 'Christmas' }],
    );
    expect(text(addBusiness(shop, at('2025-12-24T11:30Z'), 5 * hour))).toBe('2025-12-26T09:30');
  });

  it('counts the hours that a window over a daylight-saving night really has', () => {
    const berlin = open('Europe/Berlin', [allDay], [allDay]);
    expect(businessBetween(berlin, at('2025-03-29T23:00Z'), at('2025-03-30T22:00Z'))).toBe(23 * hour);
    const nights = open('Europe/Berlin', [], [{ from: 0, to: 360 }]);
    expect(businessBetween(nights, at('2025-03-29T20:00Z'), at('2025-03-30T20:00Z'))).toBe(5 * hour);
    expect(businessBetween(nights, at('2025-10-25T20:00Z'), at('2025-10-26T20:00Z'))).toBe(7 * hour);
  });

  it('opens right after the jump when its hour is left out', () => {
    const early = open('Europe/Berlin', [], [{ from: 150, to: 300 }]);
    expect(text(addBusiness(early, at('2025-03-29T20:00Z'), hour))).toBe('2025-03-30T02:00');
  });

  it('knows no business in a day that never was', () => {
    const apia = open('Pacific/Apia', [nine]);
    // Thursday 29 December 2011 was followed by Saturday the 31st.
    expect(businessBetween(apia, at('2011-12-29T10:00Z'), at('2012-01-01T10:00Z'))).toBe(8 * hour);
  });

  it('says how much of a stretch counted, and nothing of one that runs backwards', () => {
    expect(businessBetween(office, at('2025-06-02T00:00Z'), at('2025-06-09T00:00Z'))).toBe(40 * hour);
    expect(businessBetween(office, at('2025-06-09T00:00Z'), at('2025-06-02T00:00Z'))).toBe(0);
  });

  it('undoes itself over years', () => {
    const berlin = open('Europe/Berlin', [nine]);
    const start = at('2025-01-01T10:00Z');
    expect(businessBetween(berlin, start, addBusiness(berlin, start, 9000 * hour))).toBe(9000 * hour);
  });

  it('refuses to look for an opening that never comes, or for no time at all', () => {
    expect(() => addBusiness(open('Etc/UTC', []), 0, hour)).toThrow('no day of the week has a window');
    expect(() => addBusiness(office, 0, -1)).toThrow('the length is -1 ms');
    expect(() => addBusiness(office, Number.NaN, hour)).toThrow('Cannot add business time');
  });
});

describe('the hours that did not count', () => {
  it('are told with the holiday between them', () => {
    const holiday = open('Etc/UTC', [nine], [], [{ date: '2025-06-09', name: 'Whit Monday' }]);
    const spans = nonBusinessSpans(holiday, at('2025-06-06T16:30Z'), at('2025-06-10T09:30Z'));
    expect(spans.map((span) => [text(span.from), text(span.to), span.why, span.holiday])).toEqual([
      ['2025-06-06T17:00', '2025-06-09T00:00', 'closed', null],
      ['2025-06-09T00:00', '2025-06-10T00:00', 'holiday', 'Whit Monday'],
      ['2025-06-10T00:00', '2025-06-10T09:00', 'closed', null],
    ]);
  });

  it('are none round the clock, and no more than asked for', () => {
    const always = open('Europe/Berlin', [allDay], [allDay]);
    expect(nonBusinessSpans(always, at('2025-01-01T00:00Z'), at('2026-01-01T00:00Z'))).toEqual([]);
    expect(nonBusinessSpans(office, at('2025-01-01T00:00Z'), at('2026-01-01T00:00Z'), 5)).toHaveLength(5);
  });

  it('and those that did make up the whole', () => {
    const [from, to] = [at('2025-02-27T03:00Z'), at('2025-04-12T12:00Z')];
    const berlin = open(
      'Europe/Berlin',
      [nine],
      [],
      [
        { date: '2025-03-30', name: 'a Sunday' },
        { date: '2025-04-01', name: 'x' },
      ],
    );
    const closed = nonBusinessSpans(berlin, from, to).reduce((sum, span) => sum + span.to - span.from, 0);
    expect(closed + businessBetween(berlin, from, to)).toBe(to - from);
  });
});
