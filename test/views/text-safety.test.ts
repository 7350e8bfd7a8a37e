import fc from 'fast-check';
import { buttonValue, parseButtonValue, parseMenuValue } from '../../src/views/button-value.ts';
import { cut, cutLine, cutMarkup } from '../../src/views/cut.ts';
import { escapeText } from '../../src/views/escape.ts';
import { messageBlockId, messageKeyIn, pageBlockId, pageIn } from '../../src/views/ids.ts';
import { plainWords } from '../../src/views/plain-words.ts';

describe('escaping', () => {
  it('leaves nothing that Slack could read as a token, and can be undone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeText(text)).not.toMatch(/[<>]/);
        expect(plainWords(escapeText(text))).toBe(text);
      }),
    );
  });

  it('does not undo what a person really typed', () => {
    expect(plainWords(escapeText('&lt;!channel&gt;'))).toBe('&lt;!channel&gt;');
  });
});

describe('the words of a Slack message', () => {
  it.each([
    ['<@U1> look', '@U1 look'],
    ['<@U1|ana> look', '@ana look'],
    ['<#C1|general>', '#general'],
    ['<!channel> a &lt;b&gt; &amp;amp;', '@channel a <b> &amp;'],
    ['<!subteam^S1|@support>', '@support'],
    ['<https://a.example/x>', 'https://a.example/x'],
    ['<https://evil.example|your bank>', 'your bank (https://evil.example)'],
    ['<http://a.example|a.example>', 'http://a.example'],
    ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
  ])('%s reads %s', (raw, expected) => {
    expect(plainWords(raw)).toBe(expected);
  });
});

describe('cutting', () => {
  it('never exceeds the limit, splits no character, and leaves short texts alone', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 10, max: 60 }), (text, limit) => {
        for (const shorter of [cut(text, limit), cutLine(text, limit)]) {
          expect(shorter.length).toBeLessThanOrEqual(limit);
          expect(shorter).not.toMatch(/\p{Surrogate}/u);
        }
        if (text.length <= limit) expect(cut(text, limit)).toBe(text);
      }),
    );
  });

  it('says that it cut', () => {
    expect(cut('a'.repeat(100), 50)).toMatch(/a… \(cut\)$/);
  });

  it('never ends inside an entity or a token of ours', () => {
    expect(cutMarkup(`${'a'.repeat(18)}&amp;${'b'.repeat(20)}`, 28)).toBe(`${'a'.repeat(18)}… (cut)`);
    expect(cutMarkup(`${'a'.repeat(10)}<!date^1^{time}|noon>${'b'.repeat(20)}`, 28)).toBe(`${'a'.repeat(10)}… (cut)`);
  });
});

describe('a button', () => {
  it('gives back ticket and step, whatever the id holds', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(999_999_999), (ticketId, step) => {
        expect(parseButtonValue(buttonValue({ ticketId, step }))).toEqual({ ticketId, step });
      }),
    );
  });

  it.each(['', '1', '|x', 'x|y', '-1|x', '1|'])('that is none of ours (%j) is known as such', (value) => {
    expect(parseButtonValue(value)).toBeNull();
    expect(parseMenuValue(`claim|${value}`)).toBeNull();
  });

  it('of the menu with an act we do not know is none of ours', () => {
    expect(parseMenuValue('destroy|1|x')).toBeNull();
  });

  it('about a message finds it again by its block', () => {
    expect(messageKeyIn(messageBlockId('C1:1700000000.000100'))).toBe('C1:1700000000.000100');
    expect(messageKeyIn('something else')).toBeNull();
    expect(pageIn(pageBlockId('tier-2', 7))).toEqual({ of: 'tier-2', page: 7 });
    expect(pageIn('page|x|mine')).toBeNull();
  });
});
