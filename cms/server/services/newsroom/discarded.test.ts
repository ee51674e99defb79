import { expect, test } from 'vitest';
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
    repository,
    add: (index: number) => references.set(`${DISCARDED}articles/a-${index}/${index}-fa`, `c${index}`),
    times: () => listed,
  };
}

test('回收站一页的文字，只查一遍有什么就读全', async () => {
  const { repository, add, times } = counting();
  for (let index = 0; index < 50; index++) add(index);
  const all = await listDiscarded(repository, fa);
  const texts = await Promise.all(all.map(({ id }) => readDiscarded(repository, fa, id)));
  expect(texts.map((found) => found?.text)).toEqual(all.map(({ commit }) => `全文 ${commit}`));
  expect(times()).toBe(2);
});

test('作者看不到别人的', async () => {
  const { repository, add } = counting();
  add(1);
  const [item] = await listDiscarded(repository, fa);
  const zuo: Person = { ...fa, login: 'zuo', role: 'author' };
  expect(await listDiscarded(repository, zuo)).toEqual([]);
  expect(await readDiscarded(repository, zuo, item?.id ?? '')).toBeUndefined();
  expect(await readDiscarded(repository, fa, item?.id ?? '')).toMatchObject({ text: '全文 c1' });
});

test('刚刚放进去的就在里面', async () => {
  const { repository, add } = counting();
  add(1);
  const before = listDiscarded(repository, fa);
  await Promise.resolve();
  add(2);
  expect(await listDiscarded(repository, fa)).toHaveLength(2);
  expect(await before).toHaveLength(1);
});
