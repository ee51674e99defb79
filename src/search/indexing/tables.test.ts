import fc from 'fast-check';
import { expect, test } from 'vitest';
import { simplify } from '../text.ts';
import { inSimplified, traditionalForms } from './tables.ts';

const forms = traditionalForms();
const simplifiedOf = new Map(forms);

test('整篇折成简体，和逐字查表一样', () => {
  const char = fc.oneof(fc.constantFrom(...forms.map(([from]) => from)), fc.string({ unit: 'grapheme' }));
  fc.assert(
    fc.property(fc.array(char), (chars) => {
      const text = chars.join('');
      expect(inSimplified(text)).toBe(simplify(text, simplifiedOf));
    }),
  );
});
