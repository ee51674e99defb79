import { expect, test } from 'vitest';
import { z } from 'zod';
import { addRandomUuid } from './random-uuid.ts';

test('没有 https 的页面也做得出合格的、各不相同的编号', () => {
  const plain: Pick<Crypto, 'getRandomValues'> & { randomUUID?: () => string } = {
    getRandomValues: (bytes) => crypto.getRandomValues(bytes),
  };
  addRandomUuid(plain);
  const made = Array.from({ length: 100 }, () => plain.randomUUID?.());
  for (const id of made) expect(z.uuidv4().safeParse(id).success, id).toBe(true);
  expect(new Set(made).size).toBe(100);
});
