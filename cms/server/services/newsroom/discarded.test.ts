import { expect, test } from 'vitest';
import { openContent } from '../../../../src/store/index.ts';
import type { Person } from '../../../protocol/roles.ts';
import type { Repository } from '../../stores/content/repository.ts';
import { listDiscarded, DISCARDED, readDiscarded } from './discarded.ts';

const fa: Person = { id: 'fa', name: '发', login: 'fa', role: 'publisher' };

/** A repository that counts how often its references are listed. */
function counting() {
  const references = new Map<string, string>();
  let listed = 0;
  const repository = {
    listRefs: async () => {
      listed++;
      return new Map(references);
    },
    readText: async (commit: string) => `全文 ${commit}`,
  } as unknown as Repository;
  return {
    texts: { repository, content: openContent() },
    add: (index: number) => references.set(`${DISCARDED}articles/a-${index}/${index}-fa`, `c${index}`),
    times: () => listed,
  };
}

test('回收站一页的文字，只查一遍有什么就读全', async () => {
  const { texts, add, times } = counting();
  for (let index = 0; index < 50; index++) add(index);
  const all = await listDiscarded(texts, fa);
  const found = await Promise.all(all.map(({ id }) => readDiscarded(texts, fa, id)));
  expect(found.map((one) => one?.document.text)).toEqual(all.map(({ commit }) => `全文 ${commit}`));
  expect(times()).toBe(2);
});

test('作者看不到别人的', async () => {
  const { texts, add } = counting();
  add(1);
  const [item] = await listDiscarded(texts, fa);
  const zuo: Person = { ...fa, login: 'zuo', role: 'author' };
  expect(await listDiscarded(texts, zuo)).toEqual([]);
  expect(await readDiscarded(texts, zuo, item?.id ?? '')).toBeUndefined();
  expect(await readDiscarded(texts, fa, item?.id ?? '')).toMatchObject({
    document: { text: '全文 c1' },
  });
});

test('刚刚放进去的就在里面', async () => {
  const { texts, add } = counting();
  add(1);
  const before = listDiscarded(texts, fa);
  await Promise.resolve();
  add(2);
  expect(await listDiscarded(texts, fa)).toHaveLength(2);
  expect(await before).toHaveLength(1);
});
