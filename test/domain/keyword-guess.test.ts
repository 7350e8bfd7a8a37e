import { readStandardPolicy } from '../../src/desk-file.ts';
import { guessFromKeywords, type KeywordRules } from '../../src/domain/keyword-guess.ts';

const shipped = readStandardPolicy().keywords;

const rules: KeywordRules = {
  kind: { technical: ['down', 'größe', "can't log in"], billing: ['invoice', 'straße'], service: ['upgrade'] },
  service: { 'shared-hosting': [], vps: ['vps'], 'dedicated-server': ['root server'], domain: ['домен'], other: [] },
};

describe('a guess from keywords', () => {
  it.each([
    ['My VPS is down since this morning', 'technical', 'vps'],
    ['I was charged twice, please refund invoice 4711', 'billing', null],
    ['We want to upgrade our dedicated server', 'service', 'dedicated-server'],
    ['The nameservers of our domain are wrong', null, 'domain'],
    ['webmail says: cannot log in, 502 bad gateway', 'technical', 'shared-hosting'],
    ['Hello, is anybody there?', null, null],
    ['', null, null],
  ])('%j is %s, %s', (text, kind, service) => {
    expect(guessFromKeywords(shipped, text)).toEqual({ kind, service });
  });

  it('gives no guess on a tie', () => {
    expect(guessFromKeywords(rules, 'down, and where is my invoice').kind).toBeNull();
  });

  it('does not count a word twice', () => {
    expect(guessFromKeywords(rules, 'down down down and an invoice').kind).toBeNull();
  });

  it('finds whole words only, in any case and any script', () => {
    expect(guessFromKeywords(rules, 'download countdown markdown').kind).toBeNull();
    expect(guessFromKeywords(rules, 'DIE GRÖSSE? die Größe!').kind).toBe('technical');
    expect(guessFromKeywords(rules, 'Мой ДОМЕН не работает').service).toBe('domain');
    expect(guessFromKeywords(rules, 'домены').service).toBeNull();
    expect(guessFromKeywords(rules, 'I can’t log in').kind).toBe('technical');
    expect(guessFromKeywords(rules, 'the *root-server* 🔥').service).toBe('dedicated-server');
  });

  it('takes a pattern for what it is, letters', () => {
    const odd = { ...rules, kind: { ...rules.kind, service: ['c++ (beta)', '.*'] } };
    expect(guessFromKeywords(odd, 'anything at all').kind).toBeNull();
  });

  it('is quick on a long message', () => {
    expect(guessFromKeywords(shipped, 'down '.repeat(3000)).kind).toBe('technical');
  });
});
