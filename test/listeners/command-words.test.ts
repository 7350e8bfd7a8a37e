import {
  nearestOf,
  readNumbered,
  readPeople,
  readTicketWords,
  strangerIn,
  ticketNumberIn,
} from '../../src/listeners/command-words.ts';

describe('what is typed after /ticket', () => {
  it.each(['', '   ', 'help'])('%j is a call for help', (text) => {
    expect(readTicketWords(text)).toEqual({ kind: 'verb', verb: 'help', rest: '' });
  });

  it('is a verb in any case, and the rest as it was', () => {
    expect(readTicketWords(' Claim  ESC-12 now\nplease ')).toEqual({
      kind: 'verb',
      verb: 'claim',
      rest: 'ESC-12 now\nplease',
    });
  });

  it('shows a ticket when it is only a number', () => {
    expect(readTicketWords('#12')).toEqual({ kind: 'verb', verb: 'show', rest: '#12' });
  });

  it.each([
    ['clam', 'claim'],
    ['reslove', 'resolve'],
    ['histroy', 'history'],
    ['lst', 'list'],
  ])('offers the nearest command for the typo "%s"', (typed, nearest) => {
    expect(readTicketWords(`${typed} 12`)).toEqual({ kind: 'unknown', typed, nearest });
  });

  it('guesses nothing wild', () => {
    expect(nearestOf('supercalifragilistic', ['new', 'list'])).toBeNull();
  });
});

describe('a ticket number', () => {
  it.each(['ESC-12', 'esc-12', 'Esc12', '#12', '12'])('may be written %s', (word) => {
    expect(ticketNumberIn(word)).toBe(12);
  });

  it.each(['', 'ESC-', 'ESC-x', '12a', '-12', '1234567890', '<@U12>'])('is not %j', (word) => {
    expect(ticketNumberIn(word)).toBeNull();
  });

  it('stands before what is said', () => {
    expect(readNumbered('esc-7 it is  the disk')).toEqual({ number: 7, text: 'it is  the disk' });
    expect(readNumbered('it is the disk')).toEqual({ number: null, text: 'is the disk' });
  });
});

describe('people in a command', () => {
  it('come as ids, before the words', () => {
    expect(readPeople('<@U1|ana> <@W2> she knows <@U3>', 2)).toEqual({
      people: ['U1', 'W2'],
      text: 'she knows <@U3>',
    });
    expect(readPeople('just words', 2)).toEqual({ people: [], text: 'just words' });
  });

  it('are strangers where Slack did not know them', () => {
    expect(strangerIn('@ana please')).toBe('ana');
    expect(strangerIn('please @ana')).toBeNull();
  });
});
