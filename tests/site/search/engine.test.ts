import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTextIndex } from '../../../src/search/browser/text-index.ts';
import { TEXT_FOLDER } from '../../../src/search/fulltext/sections.ts';
import { updateSearch } from '../../../src/search/indexing/recent.ts';
import type { SearchRecord } from '../../../src/search/indexing/record.ts';

/** The full-text index over several publishes; by itself see `src/search/fulltext/full-text.test.ts`. */

const recordOf = (address: string, title: string, text: string): SearchRecord => ({
  ...{ title, address, text, kind: '文章', summary: '', facets: {} },
  version: `${title}${text}`,
});

const temporary = () => mkdtempSync(join(tmpdir(), 'engine-'));

/** Reads as a browser does, from a folder. */
const filesOf = (folder: string) => async (path: string) => new Uint8Array(readFileSync(join(folder, path)));

test('新写的和改过的，在旧索引之外也找得到，编号是现在的编号', async () => {
  const base = join(temporary(), 'base');
  const old = Array.from({ length: 12 }, (_, number) =>
    recordOf(
      `/d${String(number).padStart(2, '0')}/`,
      `第${number}篇`,
      `秋天种小麦要看墒情，编号${number}号。`,
    ),
  );
  expect(await updateSearch(join(temporary(), 'old'), old, { folder: base })).toBe(0);
  const now = [
    recordOf('/c/', '防冻', '果园花期防冻，灌水最稳。'),
    ...old.filter((_, number) => number !== 3),
  ].map((one) => (one.address === '/d05/' ? recordOf(one.address, '玉米', '玉米什么时候收，看乳线。') : one));
  const target = join(temporary(), 'now');
  expect(await updateSearch(target, now, { folder: base })).toBe(2);
  const { sections } = JSON.parse(readFileSync(join(target, 'search/index/manifest.json'), 'utf8'));
  const joint = openTextIndex(filesOf(join(target, TEXT_FOLDER)), sections);
  const find = async (...terms: string[]) => {
    const found = await joint.all(terms);
    return Promise.all(found.map(async ({ doc }) => `${doc} ${(await joint.read(doc)).address}`));
  };
  expect(await find('防冻')).toEqual(['0 /c/']);
  expect(await find('玉米')).toEqual(['5 /d05/']);
  expect((await find('小麦')).sort()).toEqual(
    now.flatMap((record, doc) => (record.text.includes('小麦') ? `${doc} ${record.address}` : [])).sort(),
  );
  expect(await find('墒情', '编号')).toHaveLength(10);
});
