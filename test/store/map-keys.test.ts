import fc from 'fast-check';
import { fieldName, keyOf } from '../../src/store/map-keys.ts';

describe('fieldName', () => {
  it('leaves plain names as they are', () => {
    expect(fieldName('card:1:U2')).toBe('card:1:U2');
  });

  it('writes dots and dollars so that MongoDB sees neither', () => {
    expect(fieldName('said:C1:170.000100')).toBe('said:C1:170%2E000100');
    expect(fieldName('$set')).toBe('%24set');
  });

  it('gives every name back, and never two names one field', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('%', '.', '$', '2', 'E', '\0') }),
    );
    fc.assert(
      fc.property(name, (key) => {
        const field = fieldName(key);
        expect(field).toMatch(/^[^.$\0]+$/u);
        expect(keyOf(field)).toBe(key);
      }),
    );
  });
});
