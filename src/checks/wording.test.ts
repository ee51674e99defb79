import { expect, test } from 'vitest';
import { MISSPELLINGS } from './misspellings.ts';

test.each(MISSPELLINGS.map((rule) => [rule.message, rule] as const))(
  '%s：错的说出来，对的不说',
  (_message, rule) => {
    for (const text of rule.wrong) expect(rule.pattern.test(text), text).toBe(true);
    for (const text of rule.right) expect(rule.pattern.test(text), text).toBe(false);
  },
);

test('对的句子，哪一条也不说', () => {
  const said = MISSPELLINGS.flatMap(({ right }) => right).flatMap((text) =>
    MISSPELLINGS.filter(({ pattern }) => pattern.test(text)).map(({ message }) => `${text}：${message}`),
  );
  expect(said).toEqual([]);
});
