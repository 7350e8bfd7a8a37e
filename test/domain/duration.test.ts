import { durationText, parseDuration } from '../../src/domain/duration.ts';

describe('a length of time', () => {
  it.each([
    ['90m', 5_400_000],
    ['4h', 14_400_000],
    ['20s', 20_000],
    ['3d', 259_200_000],
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['0s', 0],
  ])('%s is read', (written, length) => {
    expect(parseDuration(written)).toBe(length);
  });

  it.each(['', ' ', '90', '-5m', '1.5h', '30m1h', '1 h', 'soon', '99999999d', '4H'])('%j is refused', (written) => {
    expect(parseDuration(written)).toBeNull();
  });

  it.each([
    ['1h', '1 hour'],
    ['90m', '1 hour 30 minutes'],
    ['24h', '24 hours'],
    ['36h', '36 hours'],
    ['72h', '3 days'],
    ['50h', '2 days 2 hours'],
    ['20s', '20 seconds'],
    ['250ms', '250 milliseconds'],
    ['59s999ms', '1 minute'],
  ])('%s is said as %s', (written, said) => {
    expect(durationText(parseDuration(written) ?? Number.NaN)).toBe(said);
  });
});
